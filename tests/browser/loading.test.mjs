// The script finds itself and a core however it was brought into the page and whatever the server replies; a purchase
// made early arrives.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const built = (name) => readFileSync(new URL(`../../dist/${name}`, import.meta.url));
const kScript = built('vitrine.js').toString();
const kWasm = built('vitrine-refine.wasm');
// The name of the file's last section.
const kBuild = kWasm.subarray(-8).toString();
const kFiles = ['vitrine-refine.wasm', 'vitrine.wasm'];
const fetched = (use) => `<script>fetch('/dist/vitrine.js?v=2').then((reply) => reply.text()).then(${use})</script>`;
// Inlined as a template engine does it.
const inlined = (attributes) => `<script ${attributes}>${kScript.replaceAll('</script', '<\\/script')}</script>`;

/** The ways of bringing the script into a page: markup, and the query of the page's own in the wasm file's address. */
const kWays = {
  'a tag': ['<script src="/dist/vitrine.js"></script>', ''],
  'an async tag with a version': ['<script async src="/dist/vitrine.js?v=2"></script>', '?v=2'],
  'a deferred tag': ['<script defer src="/dist/vitrine.js"></script>', ''],
  'a tag with type="module"': ['<script type="module" src="/dist/vitrine.js?v=2"></script>', '?v=2'],
  'import()': ["<script>import('/dist/vitrine.js?v=2')</script>", '?v=2'],
  'a file with a hash in its name': ['<script src="/dist/vitrine.3fec7d7.js"></script>', ''],
  'a bundle beside the core': ['<script type="module" src="/dist/shop-B3a.js"></script>', ''],
  'a bundle elsewhere, with vitrine.base': [
    '<script>vitrine.base = "/dist/?v=2"</script><script src="/bundles/shop.js"></script>',
    '?v=2',
  ],
  'inlined text, with data-wasm and data-core': [
    inlined(
      'data-wasm="/dist/vitrine.wasm?v=3" data-widgets="/dist/vitrine-widgets.js" data-core="/dist/vitrine-core.js"',
    ),
    undefined,
  ],
  'fetched text that is inlined': [
    fetched('(text) => document.head.append(Object.assign(document.createElement("script"), { text }))'),
    '?v=2',
  ],
  'fetched text that is evaluated': [fetched('(text) => (0, eval)(text)'), '?v=2'],
  'a blob': [
    fetched(`(text) => document.head.append(Object.assign(document.createElement('script'), {
      src: URL.createObjectURL(new Blob([text], { type: 'text/javascript' })) }))`),
    '?v=2',
  ],
  'a tag in a page with elements named vitrine': [
    '<form name="vitrine"></form><a id="Vitrine"></a><script src="/dist/vitrine.js"></script>',
    '',
  ],
};

/** Returns the path of the wasm file; without a query of the page's own it is data-wasm, which is taken as it is. */
const pathOf = (query) =>
  query === undefined
    ? 'dist/vitrine.wasm?v=3'
    : `dist/vitrine-refine.wasm?${query && query.slice(1) + '&'}b=${kBuild}`;

const html = { type: 'text/html', body: '<!doctype html>Not found' };
const kOther = built('vitrine-tracking.wasm');

/**
 * The server's replies for the wasm file, and what the one warning says; undefined: there is none.
 * @type {Record<string, [import('./pages.mjs').Reply, RegExp | undefined]>}
 */
const kReplies = {
  'the file': [{ body: kWasm }, undefined],
  'the file with a wrong type': [{ type: 'application/octet-stream', body: kWasm }, undefined],
  'an old file from the cache': [
    ({ headers }) => ({ body: headers['cache-control'] === 'no-cache' ? kWasm : kOther }),
    undefined,
  ],
  404: [{ status: 404, ...html }, /HTTP 404\. /],
  'HTML with 200': [html, /not the core of this version \(text\/html, /],
  'a part of the file': [{ body: kWasm.subarray(0, 50_000) }, /not the core of this version \(application\/wasm, /],
  'all but the end of the file': [
    { body: kWasm.subarray(0, -11) },
    /not the core of this version \(application\/wasm, no /,
  ],
  'the file of another version': [{ body: kOther }, /not the core of this version \(application\/wasm, no /],
  nothing: [{}, /\(allow it in connect-src and, on another origin, by CORS\)\. /],
};

const purchase = (orderId) =>
  `{ orderId: '${orderId}', value: 10, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] }`;
const page = (markup, orderId) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Loading</title>
<link rel="icon" href="data:,">
<script src="/watch.js"></script>
<script src="/settings.js"></script>
<script src="/shopper.js"></script>
<script src="/snippet.js"></script>
<script>vitrine('events.trackPurchase', ${purchase(orderId)})</script>
${markup}`;

const consoleOf = (tab) => tab.run(() => seen.console);
const ordersOf = async (site) => (await site.events({ type: 'purchase' })).events.map(({ orderId }) => orderId);

/** Opens a site whose page load.html holds `markup` and a purchase before it. */
const openLoading = async (t, browser, markup, policy = {}) => {
  const site = await openSite(t, browser, { policy });
  const { replies } = site.pages;
  for (const path of ['/dist/vitrine.3fec7d7.js', '/dist/shop-B3a.js', '/bundles/shop.js'])
    replies.set(path, { body: kScript });
  replies.set('/empty.html', { body: '<!doctype html><title>Empty</title>' });
  return {
    ...site,
    /** Opens the page in a new tab, with a purchase of this order. */
    show(orderId) {
      replies.set('/load.html', { body: page(markup, orderId) });
      return browser.open(site.address('load.html'));
    },
    /** Waits until the order has arrived. */
    ordered: (orderId) => until(async () => (await ordersOf(site)).includes(orderId), `the order ${orderId}`),
  };
};

test('the bundles have none of the parts of the glue that disturb a page', () => {
  for (const file of ['vitrine.js', 'vitrine-tracking.js', 'module.js', 'module-tracking.js'])
    for (const part of ['scriptDirectory', 'Build with -sASSERTIONS', 'sync fetching'])
      assert.ok(!built(file).includes(part), `${file}: ${part}`);
  assert.equal(kScript.split('currentScript').length - 1, 2, 'only the script itself reads document.currentScript');
});

inEachEngine('loading', (_engine, browser) => {
  for (const [way, [markup, query]] of Object.entries(kWays)) {
    test(`${way}: an early purchase arrives whatever the server replies for the wasm file`, async (t) => {
      const site = await openLoading(t, browser(), markup);
      const { pages } = site;
      const path = pathOf(query);
      for (const [name, [reply, warning]] of Object.entries(kReplies)) {
        for (const file of kFiles) pages.replies.set(`/dist/${file}`, reply);
        pages.requests.length = 0;
        const tab = await site.show(name);
        await isUp(tab);
        await site.ordered(name);
        const { faults, console: lines } = await tab.run(() => seen);
        assert.deepEqual(faults, [], name);
        assert.equal(lines.length, warning ? 1 : 0, `${name}: ${lines.join('\n')}`);
        if (warning) {
          assert.ok(lines[0].startsWith(`warn: [vitrine] ${site.address(path)}: `), `${name}: ${lines[0]}`);
          assert.match(lines[0], warning, name);
          assert.match(lines[0], / \(core-not-loaded\)$/);
        }
        const kind = await tab.run(() => shopper.vitrine.events.getMetrics().runtime);
        assert.equal(kind, warning ? 'wasm2js' : 'wasm', name);
        assert.ok(pages.requests.includes(`/${path}`), `${name}: ${pages.requests}`);
        await tab.close();
      }
    });

    test(`${way}: a purchase made before the core is up survives a navigation`, async (t) => {
      const site = await openLoading(t, browser(), markup);
      const [file] = pathOf(query).split('?');
      const release = site.pages.hold(`/${file}`);
      const tab = await site.show('left');
      await until(() => site.pages.requests.some((url) => url.startsWith(`/${file}`)), 'the request');
      await tab.goto(site.address('empty.html'));
      release();
      await tab.goto(site.address('script.html'));
      await site.ordered('left');
      assert.deepEqual(await ordersOf(site), ['left']);
    });

    test(`${way}: where no core can be loaded, purchases reach the next page that has one`, async (t) => {
      const site = await openLoading(t, browser(), markup);
      for (const file of kFiles) site.pages.replies.set(`/dist/${file}`, { status: 404, ...html });
      site.pages.absent.add('/dist/vitrine-core.js');
      const tab = await site.show('early');
      await until(async () => (await consoleOf(tab)).length > 0, 'the console line');
      await tab.run(() =>
        vitrine('events.trackPurchase', {
          orderId: 'late',
          value: 10,
          currency: 'EUR',
          items: [{ itemId: 'a', quantity: 1 }],
        }),
      );
      const { faults, console: lines } = await tab.run(() => seen);
      assert.deepEqual(faults, []);
      assert.equal(lines.length, 1, lines.join('\n'));
      assert.match(lines[0], /^error: \[vitrine\] the core is not running \(.*vitrine(-refine)?\.wasm.*: HTTP 404\. /);
      assert.match(lines[0], /vitrine-core\.js.*Put the files .* \(core-not-loaded\)$/);
      for (const file of kFiles) site.pages.replies.delete(`/dist/${file}`);
      await tab.goto(site.address('script.html'));
      for (const order of ['early', 'late']) await site.ordered(order);
      assert.deepEqual((await ordersOf(site)).sort(), ['early', 'late']);
    });
  }
});
