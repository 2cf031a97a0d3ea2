// Snippets that are parts of a page with the script tag, with what stands before them in the page and what must be true
// afterwards.

import { readFileSync } from 'node:fs';
import { root } from '../../../tools/steps.mjs';

/**
 * @typedef {{ before?: string, after: string, change?: (text: string) => string, asCode?: boolean, join?: string[] }}
 * PageCase `after` runs as a module; `v` is the Vitrine. `asCode`: the snippet is the content of a script. `join`:
 * snippets of the same page that belong together, in their order in the page
 */

const kProvider = `{ name: 'refine', apiKey: 'pk_demo', organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
  catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26' }`;
const kStub = `window.vitrine = typeof vitrine === 'function' ? vitrine : function () {
    (vitrine.q = vitrine.q || []).push([Date.now(), [].slice.call(arguments)]);
  };`;
const kTag = '<script async src="/vitrine.js"></script>';
const start = (more = '') => `<script>${kStub} vitrine('init', { provider: ${kProvider}${more} });</script>`;
const withTag = (more = '') => start(more) + kTag;

const integrity = () => JSON.parse(readFileSync(`${root}dist/integrity.json`, 'utf8'));
/** Writes the real hashes in place of the page's. */
const withHashes = (text) => {
  const hashes = integrity();
  return text
    .replace('https://cdn.example/vitrine/', '/')
    .replace('integrity="sha384-…"', `integrity="${hashes['vitrine.js']}"`)
    .replace(/([\w-]+\.(?:wasm|js))=sha384-…/g, (_, file) => `${file}=${hashes[file]}`);
};
const kReady = "check(/^v_/.test(v.getVisitorId()), 'the Vitrine of the page');";
const shown = (
  count,
) => `await ready(() => document.querySelectorAll('vitrine-widget[state=ready] [data-vitrine-item]').length
  === ${count}, 'products in the widget');`;
const called = (type, test) => ({
  asCode: true,
  before: withTag(),
  after: `await v.events.flush(); check(sentEvents('${type}').some((event) => ${test}), 'the event');`,
});

/** Three blocks of a service's page: the init, calls, and a widget. */
const service = (name, change, test) => ({
  join: [`docs/services/${name}.md js 1`, `docs/services/${name}.md html 1`, `docs/services/${name}.md js 2`],
  change,
  after: `${test}
    v.setCart(['SKU-0017']);
    document.querySelector('vitrine-widget').scrollIntoView();
    await customElements.whenDefined('vitrine-widget');
    await document.querySelector('vitrine-widget').refresh();
    await ready(() => document.querySelector('vitrine-widget').matches('[state=ready], [state=empty]'), 'the widget');`,
});

/** @type {Record<string, PageCase>} */
export const pages = {
  'README.md html 3': {
    before: '<script>function addToYourCart(id) { window.taken = id; return Promise.resolve(); }</script>',
    after: `${shown(8)}
      document.querySelector('[data-vitrine-add]').click();
      await ready(() => window.taken && document.querySelector('[data-vitrine-cart=added]'), 'the cart');`,
  },
  'docs/loading.md html 1': { after: kReady },
  'docs/loading.md html 2': {
    before: start(),
    change: withHashes,
    after: `${kReady} check(v.events.getMetrics().runtime === 'wasm', 'the checked file');`,
  },
  'docs/loading.md html 3': {
    before: start(),
    change: (text) => text.replaceAll('src="', 'src="/'),
    after: "check(v.events.getMetrics().runtime === 'wasm2js', 'the core as JavaScript');",
  },
  'docs/consent.md html 1': {
    before: '<script>window.Cookiebot = { consent: { statistics: true }, hasResponse: true };</script>',
    change: (text) => text.replace('// … the snippet', kStub).replace('{ … }', kProvider),
    after: "await ready(() => v.getConsent() === 'granted', 'the answer of the banner');",
  },
  'docs/bridges.md html 1': {
    before: `${start()}<script>window.dataLayer = [{ event: 'view_item',
      ecommerce: { currency: 'EUR', items: [{ item_id: 'A', price: 10 }] } }];</script>`,
    after: "await ready(async () => (await v.events.flush(), sentEvents('viewItem')[0]?.itemId === 'A'), 'the event');",
  },
  'docs/migrate/ga4.md html 1': {
    before: `${start()}<script>window.dataLayer = [{ event: 'view_item',
      ecommerce: { items: [{ item_id: 'A', price: 10 }] } }];</script>`,
    after: `const isSent = () => sentEvents('viewItem')[0]?.currency === 'EUR';
      await ready(async () => (await v.events.flush(), isSent()), 'the event');`,
  },
  'docs/shops.md html 1': {
    change: (text) => text + kTag,
    after: "check(v.getConsent() === 'unknown', 'waits for the answer');",
  },
  'docs/shops.md html 2': {
    before: `${start()}<script>window.require = (names) => { window.asked = names; };</script>`,
    after: `${kReady} await ready(() => window.asked?.length > 0, 'the script for Magento');`,
  },
  'js/README.md html 1': {
    before: withTag(', autoTrack: true'),
    after: `const isSent = () => sentEvents('itemsServed')[0]?.itemIds[0] === 'SKU-0017';
      await ready(async () => (await v.events.flush(), isSent()), 'the list');
      document.querySelector('[data-vitrine-add]').click(); await v.events.flush();
      check(sentEvents('addToCart')[0]?.quantity === 1, 'the cart');`,
  },
  'widget/README.md html 1': {
    before: withTag(),
    after: `${shown(12)} check(document.querySelector('[data-vitrine-item] b'), 'the own template');`,
  },
  'widget/README.md html 2': {
    before: withTag(),
    after: `let outcome;
      const detail = { itemId: 'A', quantity: 2, waitUntil: (promise) => (outcome = promise) };
      document.dispatchEvent(new CustomEvent('vitrine:add-to-cart', { detail }));
      await outcome;
      check(sent.some(({ url, body }) => url.endsWith('/cart') && JSON.parse(body).id === 'A'), 'the cart');`,
  },
  'docs/migrate/README.md js 1': {
    ...called('custom', "event.properties.oldVisitorId === 'old-1'"),
    before: `${withTag()}<script>const oldVisitorId = 'old-1';</script>`,
  },
  'docs/migrate/snowplow.md js 1': called('purchase', "event.orderId === 'o-1' && event.value === 20"),
  'docs/migrate/segment.md html 1': {
    after: `v.events.track('hello');
      await v.events.flush();
      const batches = sent.filter(({ url }) => url === 'https://api.segment.io/v1/batch');
      const calls = batches.flatMap(({ body }) => JSON.parse(body).batch);
      check(calls.some(({ type, event }) => type === 'track' && event === 'hello'), 'the call of the event');
      check(v.events.getMetrics().queued === 0, 'the batch is confirmed');`,
  },
  'docs/migrate/segment.md js 1': called('viewItem', "event.itemId === 'SKU-1' && event.title === 'Mug'"),
  'docs/migrate/ga4.md js 1': called('addToCart', "event.itemId === 'SKU-1' && event.unitPrice === 10"),
  'docs/services/refine.md js 1': service(
    'refine',
    (text) => text.replace('value: 50', 'value: 5000'),
    "check(recs.results.length > 0 && found.results.length > 0, 'products');",
  ),
  'docs/services/depict.md js 1': service(
    'depict',
    (text) =>
      text.replace("market: 'se', locale: 'sv_SE'", "market: 'eu', locale: 'en'").replace("'boots'", "'lighting'"),
    "check(recs.results.length > 0 && shelf.results.length > 0, 'products');",
  ),
  'docs/services/richrelevance.md js 1': service(
    'richrelevance',
    (text) => text.replace("'boots'", "'lamp'").replace('page: 2', 'page: 1'),
    "check(recs.results.length > 0 && found.results.length > 0, 'products');",
  ),
  'docs/services/doofinder.md js 1': service(
    'doofinder',
    (text) =>
      text
        .replace('11111111-2222-4333-8444-555555555555', '5f3e0000-0000-4000-8000-000000000001')
        .replace('my.shop/p/', 'my.shop/product/')
        .replace("'bo'", "'lam'"),
    "check(recs.results.length > 0 && terms.length > 0, 'products and words');",
  ),
};

/**
 * Returns the page of a case.
 * @param {string} key
 * @param {PageCase} one
 * @param {Record<string, string>} blocks the texts of its snippets, by their keys
 */
export const pageOf = (key, { before = '', after, asCode = false, join }, blocks) => {
  const code = (text) => `<script>\n${text}</script>\n`;
  let body = blocks[key];
  let calls = '';
  if (join) {
    const [init, widget, rest] = join.map((name) => blocks[name]);
    body = `${code(`${kStub}\n${init}`)}${kTag}\n${widget}`;
    calls = `const vitrine = v;\n${rest}`;
  } else if (asCode) body = code(body);
  return `<!doctype html>
<html lang="en"><title>A snippet</title><link rel="icon" href="data:,">
<script src="/server.js"></script><script src="/stub.js"></script>
${before}
${body}
<script type="module">
const v = await new Promise((resolve) => window.vitrine('ready', resolve));
{
${calls}
${after}
}
outcome.done = true;
</script></html>`;
};
