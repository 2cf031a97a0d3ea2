// The debug overlay says what is wrong: keys, addresses, consent, and requests that are blocked.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { listenOnNewPort } from '../server/ports.mjs';
import { keepingRoot, overlayOf } from './debug_page.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { strictPolicy } from './pages.mjs';
import { until } from './until.mjs';

const openShown = async (t, browser, /** @type {any} */ { config = {}, events = {}, ...more } = {}) => {
  const site = await openSite(t, browser, {
    before: keepingRoot,
    events: { flushInterval: 100, ...events },
    config: (url) => ({ debug: true, ...(typeof config === 'function' ? config(url) : config) }),
    ...more,
  });
  const tab = await site.open('script.html', 'window');
  const overlay = overlayOf(tab);
  await overlay.open();
  return { site, tab, overlay };
};

/** A server on another origin, which gives each request this reply; without `headers` CORS hides it. */
const openOther = async (t, status, headers = {}) => {
  const requests = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers['sec-fetch-mode'] ?? ''}`);
    response.writeHead(status, headers).end('{}');
  });
  const url = await listenOnNewPort(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `${url}/collect`, requests };
};

inEachEngine('diagnoses of the debug overlay', (_engine, browser) => {
  test('a wrong key is named with the address and the option', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    assert.deepEqual(await overlay.texts('.problem'), []);
    await overlay.has('.good', 'Nothing that the overlay knows of.');
    await site.fault({ target: 'events', status: 401, count: 10 });
    await tab.run(() => shopper.click('one', 1));
    const text = await overlay.has('.problem[data-id="key"]', 'The key or an id is wrong');
    assert.ok(text.includes(`${site.serverUrl}/refine/events`), text);
    assert.ok(text.includes('status 401'), text);
    await overlay.show('events');
    await overlay.has('.tag', 'dropped: refused');
  });

  test('a wrong address is named with the option that has it', async (t) => {
    const { url } = await openOther(t, 404, { 'access-control-allow-origin': '*' });
    const { tab, overlay } = await openShown(t, browser(), {
      config: { provider: { name: 'none' }, events: { url, flushInterval: 100 } },
    });
    await tab.run(() => shopper.click('one', 1));
    const text = await overlay.has('.problem[data-id="address"]', 'The address is wrong');
    assert.ok(text.includes(`${url} replies with status 404`), text);
    assert.match(text, /Correct events\.url/);
  });

  test('a wrong key of a data call is named, and a good reply ends the diagnosis', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await site.fault({ target: 'recs', status: 403, count: 1 });
    const call = () =>
      tab.run(() =>
        shopper.vitrine.recs.similarItems({ anchorId: 'SKU-0001', topK: 4 }).then(
          () => 'good',
          (error) => error.code + ' ' + error.message,
        ),
      );
    assert.notEqual(await call(), 'good');
    await overlay.has('.problem[data-id="key"]', 'data calls get nothing');
    assert.equal(await call(), 'good');
    await overlay.lacks('.problem', 'The key or an id is wrong');
  });

  test('unknown consent is named with what waits, and ends when the shopper has answered', async (t) => {
    const { tab, overlay } = await openShown(t, browser(), { config: { consent: 'unknown' } });
    await tab.run(() => shopper.click('one', 1));
    await overlay.has('.problem[data-id="consent"]', 'Waiting for it in memory: 2 events.');
    await overlay.show('events');
    await overlay.has('.row .tag', 'waiting for consent');
    await tab.run(() => shopper.vitrine.setConsent('granted'));
    await until(async () => (await overlay.texts('.row .tag')).join() === 'received,received', 'the same two events');
    await overlay.show('start');
    await overlay.lacks('.problem', 'Nobody has said');
  });

  test('denied consent is named with where it comes from', async (t) => {
    const { tab, overlay } = await openShown(t, browser());
    await tab.run(() => shopper.vitrine.setConsent('denied'));
    await overlay.has('.problem[data-id="consent"]', "setConsent('denied') was called");
    await tab.run(() => shopper.vitrine.optOut());
    await overlay.has('.problem[data-id="consent"]', 'optOut() was called');
  });

  test('a reply that CORS hides is told by the test of the address, which is sent only on a click', async (t) => {
    const mute = await openOther(t, 200);
    const { tab, overlay } = await openShown(t, browser(), {
      config: { provider: { name: 'none' }, events: { url: mute.url, flushInterval: 100 } },
    });
    await tab.run(() => shopper.click('one', 1));
    await overlay.has('.problem[data-id="blocked"]', 'To tell the two apart, test the address');
    assert.ok(
      mute.requests.every((request) => request.startsWith('POST')),
      mute.requests.join(),
    );
    await overlay.press('.act', 'Test this address');
    await overlay.has('.problem[data-id="blocked"]', 'CORS hides the reply');
    assert.equal(mute.requests.filter((request) => request.startsWith('GET')).length, 1);
  });

  test('a request that something blocks is told by the same test', async (t) => {
    const { site, tab, overlay } = await openShown(t, browser());
    await site.stopServer();
    await tab.run(() => shopper.click('one', 1));
    await overlay.press('.act', 'Test this address');
    await overlay.has('.problem[data-id="blocked"]', 'an ad blocker');
    await overlay.show('events');
    await overlay.has('.tag', 'waits to be sent again');
  });

  test("a request that the page's own policy forbids is named as such", async (t) => {
    const { site, tab, overlay } = await openShown(t, browser(), {
      policy: { ...strictPolicy, 'connect-src': "'self'" },
    });
    await tab.run(() => shopper.click('one', 1));
    const text = await overlay.has('.problem[data-id="policy"]', 'does not allow requests');
    assert.ok(text.includes(`Add ${site.serverUrl} to connect-src`), text);
  });

  test('a core that cannot run is named', async (t) => {
    const site = await openSite(t, browser(), { before: keepingRoot, config: { debug: true } });
    for (const file of ['vitrine-refine.wasm', 'vitrine.wasm', 'vitrine-core.js'])
      site.pages.absent.add(`/dist/${file}`);
    const tab = await browser().open(site.address('script.html'), 'window');
    const overlay = overlayOf(tab);
    await overlay.open();
    await overlay.has('.problem[data-id="core"]', 'The core does not run');
    await overlay.show('lines');
    await overlay.has('[data-code="core-not-loaded"]', 'What to do');
  });
});
