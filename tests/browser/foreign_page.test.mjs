// A page of another origin and the demo server: it can use the services, but not the server's controls.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { listenOnNewPort } from '../server/ports.mjs';
import { startServer } from '../server/server.mjs';
import { event, post, send, stored } from '../server/wire.mjs';
import { inEachEngine } from './each_engine.mjs';

/** Serves an empty page from an origin of its own. */
const openForeignSite = async (t) => {
  const site = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'));
  const url = await listenOnNewPort(site);
  t.after(() => {
    site.closeAllConnections();
    site.close();
  });
  // The engines treat 127.0.0.1 and localhost as two sites, and two ports of one host as one.
  return { sameSite: `${url}/`, crossSite: `${url.replace('127.0.0.1', 'localhost')}/` };
};

inEachEngine('a page of another origin', (_engine, browser) => {
  test('can neither order faults nor read or remove events, by any kind of request', async (t) => {
    const server = await startServer();
    t.after(() => server.stop());
    await post(server, [event('view')]);
    for (const url of Object.values(await openForeignSite(t))) {
      const tab = await browser().open(url);
      const got = await tab.run(async (base) => {
        const order = /** @type {const} */ ({ method: 'POST', mode: 'no-cors', body: '{"target":"all","status":500}' });
        await fetch(`${base}/_faults`, order);
        navigator.sendBeacon(`${base}/_faults`, order.body);
        const isScript = await new Promise((resolve) => {
          const script = Object.assign(document.createElement('script'), { src: `${base}/_events` });
          script.onload = () => resolve(true);
          script.onerror = () => resolve(false);
          document.head.append(script);
        });
        const inits = /** @type {RequestInit[]} */ ([{}, { method: 'DELETE' }, { mode: 'no-cors' }]);
        const reads = inits.map((init) =>
          fetch(`${base}/_events`, init).then(
            (reply) => reply.text(),
            () => '',
          ),
        );
        return { isScript, texts: await Promise.all(reads) };
      }, server.url);
      assert.deepEqual(got, { isScript: false, texts: ['', '', ''] }, url);
      assert.deepEqual((await send(server, 'GET', '/_faults')).body, { pending: [] }, url);
      assert.equal((await stored(server)).total, 1, url);
      await tab.close();
    }
  });
});
