// The static studio: a folder that any server can serve below any path, without the demo server.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { after, before, test } from 'node:test';
import { buildStudio, studioFolder } from '../../tools/studio.mjs';
import { listenOnNewPort } from '../server/ports.mjs';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { choose, codeIn, openStudio, statesAre } from './studio/open.mjs';
import { until } from './until.mjs';

const kTypes = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const kPath = '/tools/of%20ours/studio/';

let server;
let url;
let missing;
before(async () => {
  await buildStudio();
  missing = [];
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://shop');
    const name = pathname.startsWith(kPath) ? pathname.slice(kPath.length) || 'index.html' : undefined;
    try {
      if (name === undefined || !statSync(studioFolder + name).isFile()) throw Error('not here');
      const type = kTypes[extname(name)] ?? 'text/plain';
      response.writeHead(200, { 'content-type': type }).end(readFileSync(studioFolder + name));
    } catch {
      missing.push(pathname);
      response.writeHead(404).end();
    }
  });
  url = `${await listenOnNewPort(server)}${kPath}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const products = (tab) =>
  tab.run(() =>
    [...document.querySelector('#canvas').contentDocument.querySelectorAll('[data-vitrine-item]')].map((item) =>
      item.getAttribute('data-vitrine-item'),
    ),
  );

inEachEngine('static studio', (engine, browser) => {
  test('every service replies with its example, which the page calls so', { timeout: 180_000 }, async (t) => {
    const tab = await openStudio(t, browser(), url, { count: '3' });
    assert.match(await tab.run(() => document.querySelector('#controls').textContent), /This is example data/);
    for (const service of ['Depict', 'RichRelevance', 'Doofinder', 'Refine']) {
      await choose(tab, 'Service', service);
      await until(
        () =>
          tab.run((name) => document.querySelector('#canvas').studio?.settings.service === name.toLowerCase(), service),
        service,
      );
      await statesAre(tab, /^ready$/);
      await until(async () => (await products(tab)).length === 3, `3 products of ${service}`);
      await until(
        () =>
          tab.run(() =>
            [...document.querySelector('#canvas').contentDocument.images].some(({ naturalWidth }) => naturalWidth > 0),
          ),
        `a picture of ${service}`,
      );
    }
    await until(() => tab.run(() => !!document.querySelector('.editor').shadowRoot), 'the editor', 60_000);
    if (engine === 'chromium') assert.deepEqual(await tab.consoleLines(), []);
    assert.deepEqual(missing, []);
  });

  test('a pasted reply is shown, and the code has places for the shop’s own names', { timeout: 60_000 }, async (t) => {
    const results = [{ productId: 'P-1', metadata: { name: 'Pasted', price: 12, url: '/p' } }];
    const reply = JSON.stringify({ status: 'success', serveId: 'sv', results });
    const tab = await openStudio(t, browser(), url, { data: 'pasted', reply, tab: 'code' });
    assert.deepEqual(await products(tab), ['P-1']);
    assert.match(await codeIn(tab), /YOUR_ORGANIZATION/);
    assert.doesNotMatch(await codeIn(tab), /127\.0\.0\.1/);
  });

  test('a live endpoint replies there too', { timeout: 60_000 }, async (t) => {
    const service = await startServer();
    t.after(() => service.stop());
    const tab = await openStudio(t, browser(), url, { data: 'live', count: '4' }, { isReady: false });
    await until(() => tab.run(() => !!document.querySelector('[data-key]')), 'the fields of the account');
    await tab.run(
      (keys) => {
        for (const [name, value] of Object.entries(keys)) {
          const field = document.querySelector(`[data-key="${name}"]`);
          field.value = value;
          field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }
      },
      { apiKey: 'pk_demo', organizationId: 'o', catalogId: 'c', apiUrl: `${service.url}/refine` },
    );
    await until(async () => (await products(tab)).length === 4, 'products of the endpoint', 30_000);
  });

  test('measures and findings work under the policy of the folder’s pages', { timeout: 90_000 }, async (t) => {
    const tab = await openStudio(t, browser(), url, { count: '2', scheme: 'light', tab: 'measures' });
    await until(
      () => tab.run(() => document.querySelector('.measures-table td')?.textContent === '0'),
      'no finding',
      60_000,
    );
    assert.match(await tab.run(() => document.querySelector('meta[http-equiv]').content), /require-trusted-types-for/);
  });
});
