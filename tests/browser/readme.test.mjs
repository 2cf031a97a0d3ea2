// The first snippet of the README, as a shop pastes it: its events arrive in a collector of the shop's own, without any
// service.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { listenOnNewPort } from '../server/ports.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url));
/** Returns the README's first block of code in this language. */
const blockOf = (language) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(`${read('README.md')}`)[1];

/** Starts a collector on an origin of its own. `rows` has the events of all batches, in the order of their arrival. */
const openCollector = async (t) => {
  const rows = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { events } = JSON.parse(text);
    rows.push(...events);
    const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
    response.writeHead(200, headers).end(JSON.stringify({ accepted: events.length }));
  });
  const url = await listenOnNewPort(server);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { rows, url: `${url}/collect` };
};

inEachEngine("the README's first snippet", (_engine, browser) => {
  test('brings a page view, a purchase and an own event into the collector, and the console is silent', async (t) => {
    const { rows, url } = await openCollector(t);
    const site = await openSite(t, browser(), { policy: {} });
    const snippet = blockOf('html').replace('https://my.shop/collect', url);
    assert.match(snippet, new RegExp(url), 'the snippet names the collector');
    for (const name of ['vitrine-tracking.js', 'vitrine-tracking-none.wasm', 'vitrine-autotrack.js'])
      site.pages.replies.set(`/${name}`, { body: read(`dist/${name}`) });
    site.pages.replies.set('/shop.html', {
      body: `<!doctype html>
<title>My shop</title>
<link rel="icon" href="data:,">
<script src="/watch.js"></script>
${snippet}
<script>${blockOf('js')}</script>`,
    });
    const tab = await browser().open(site.address('shop.html'));
    await until(() => rows.length >= 3, 'three events');
    const view = { type: 'pageView', url: site.address('shop.html') };
    const item = { itemId: 'SKU-1', quantity: 1, unitPrice: 49.9 };
    const purchase = { type: 'purchase', orderId: 'o-1', value: 49.9, currency: 'EUR', items: [item] };
    const own = { type: 'custom', name: 'newsletter_signup', properties: { form: 'footer' } };
    const membersOf = (row, wanted) => Object.fromEntries(Object.keys(wanted).map((name) => [name, row?.[name]]));
    for (const wanted of [view, purchase, own]) {
      const found = rows.filter(({ type }) => type === wanted.type);
      assert.deepEqual([found.length, membersOf(found[0], wanted)], [1, wanted]);
    }
    assert.deepEqual(new Set(rows.map(({ visitorId }) => /^v_\w+$/.test(visitorId))), new Set([true]));
    assert.deepEqual(await tab.run(() => [seen.console, seen.faults]), [[], []]);
  });
});
