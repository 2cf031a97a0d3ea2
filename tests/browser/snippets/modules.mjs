// Snippets that are modules or parts of one, with what they take for granted and what must be true afterwards.

/**
 * @typedef {{ kind?: 'js' | 'jsx' | 'vue' | 'svelte', before?: string, after: string, isServer?: boolean,
 *   change?: (text: string) => string, uses?: Record<string, string> }} ModuleCase `change` adapts addresses and ports;
 *   `uses`: other snippets of the page that this one imports, by their keys
 */

const kCookiebot = 'globalThis.Cookiebot = { consent: { statistics: true }, hasResponse: true };';
const kAddToCart = 'globalThis.addToCart = async (id) => { globalThis.taken = id; };';
const kMount = "const place = document.body.appendChild(document.createElement('div')); place.id = 'app';";
const kConfig = 'globalThis.config = { provider };';
const kItems = 'vitrine-widget[state=ready] [data-vitrine-item]';
/** Waits for a widget with so many products. */
const shows = (count) =>
  `await ready(() => document.querySelectorAll('${kItems}').length === ${count}, 'products in the widget');`;
const kWidgetReady = shows(8);
/** Sends what waits, and waits for an event of a type with this product. */
const kViewed = `await ready(
  async () => (await made[0].events.flush(), sentEvents('viewItem')[0]?.itemId === 'A'),
  'the event',
);`;
const kPushed = "[{ event: 'view_item', ecommerce: { currency: 'EUR', items: [{ item_id: 'A', price: 10 }] } }]";
const kSession = `const slate = await made[0].recs.trending({ topK: 3 });
  check(sent.some(({ body }) => JSON.parse(body || '{}').session_id === 'dep-1'), 'the id of the other script');
  check(slate.results.length > 0, 'products');`;
const kDepict = `const tenant = 'osier', market = 'eu';
  Object.defineProperty(globalThis, 'localStorage', { value: { getItem: () => 'dep-1' } });`;

/** @type {Record<string, ModuleCase>} */
export const modules = {
  'docs/beside-vendors.md js 1': { isServer: true, before: kDepict, after: kSession },
  'docs/migrate/depict.md js 1': { isServer: true, before: kDepict, after: kSession },
  'docs/migrate/algolia-insights.md js 1': {
    before: 'const vitrine = new Vitrine({ provider });',
    after: `await vitrine.events.flush();
      check(sentEvents('itemsServed')[0]?.query === 'boots', 'the search');
      check(sentEvents('click')[0]?.itemId === 'SKU-2' && sentEvents('click')[0].position === 1, 'the click');`,
  },
  'docs/bridges.md js 1': {
    before: `globalThis.dataLayer = ${kPushed};`,
    after: kViewed,
  },
  'docs/consent.md js 1': {
    before: kCookiebot,
    after: "await ready(() => made[0].getConsent() === 'granted', 'the answer of the banner');",
  },
  'docs/formats.md js 1': {
    after: `made[0].events.track('a');
      const isSent = () => sent.some(({ url }) => url.includes('tp2'));
      await ready(async () => (await made[0].events.flush(), isSent()), 'the request');`,
  },
  'docs/frameworks.md jsx 1': {
    kind: 'jsx',
    before: kAddToCart,
    after: `${kMount}
      const [{ createRoot }, { createElement }] = [await import('react-dom/client'), await import('react')];
      createRoot(place).render(createElement(Shop));
      ${kWidgetReady}
      document.querySelector('[data-vitrine-add]').click();
      await ready(() => globalThis.taken, 'the cart');`,
  },
  'docs/frameworks.md jsx 2': {
    kind: 'jsx',
    isServer: true,
    before: kConfig,
    after: `const element = await Page();
      check(/data-vitrine-view/.test(element.props.html) && element.props.serve, 'the markup');`,
  },
  'docs/frameworks.md js 1': {
    before: `import { h } from 'vue'; ${kConfig} ${kMount}
      const Shop = { render: () => h('p', { id: 'shop' }, 'a shop') };`,
    after: "check(document.querySelector('#app #shop').textContent === 'a shop', 'the shop');",
  },
  'docs/frameworks.md html 1': {
    kind: 'vue',
    before: `${kConfig} ${kAddToCart} ${kMount}
      import { createApp } from 'vue'; import { createVitrine, vVitrineView } from 'vitrine/vue';`,
    after: `createApp(Component, { sku: 'SKU-0017' })
      .use(createVitrine({ config }))
      .directive('vitrine-view', vVitrineView)
      .mount('#app');
      ${kWidgetReady}
      await ready(() => document.querySelectorAll('ul > li > a').length === 8, 'the own cards');`,
  },
  'docs/frameworks.md js 2': {
    before: `${kConfig} ${kMount} import { createApp, h } from 'vue'; import { useVitrine } from 'vitrine/vue';
      globalThis.defineNuxtPlugin = (plugin) => (globalThis.plugin = plugin);`,
    after: `let used;
      const vueApp = createApp({ setup: () => { used = useVitrine(); return () => h('p'); } });
      globalThis.plugin({ vueApp });
      vueApp.mount('#app');
      await ready(() => used.value?.getVisitorId(), 'the Vitrine of the plugin');`,
  },
  'docs/frameworks.md html 2': {
    kind: 'vue',
    isServer: true,
    before: `import { ref, createSSRApp, h, Suspense } from 'vue'; import { renderToString } from 'vue/server-renderer';
      ${kConfig} globalThis.useAsyncData = async (_key, load) => ({ data: ref(await load()) });`,
    after: `const html = await renderToString(createSSRApp({ render: () => h(Suspense, null, [h(Component)]) }));
      check((html.match(/data-vitrine-item=/g) ?? []).length === 8, 'eight products in the markup');`,
  },
  'docs/frameworks.md html 3': {
    kind: 'svelte',
    before: `${kConfig} ${kAddToCart} import { mount } from 'svelte';`,
    after: `mount(Component, { target: document.body, props: { sku: 'SKU-0017' } });
      ${kWidgetReady}`,
  },
  'docs/identity.md js 1': {
    isServer: true,
    before: "const vitrine = new Vitrine({ provider }), visitorId = 'v_a', sessionId = 's_a';",
    after: `check(shopper.getUserId() === 'u-1842' && shopper.getVisitorId() === 'v_a', 'the ids');
      check(slate.results.length === 8, 'eight products');`,
  },
  'docs/npm.md js 1': {
    after:
      "check(/^v_/.test(vitrine.getVisitorId()) && customElements.get('vitrine-widget'), 'a Vitrine and the element');",
  },
  'docs/npm.md js 2': {
    after: `const started = await loadVitrine({ provider });
      check(started.events.getMetrics().runtime === 'wasm', 'WebAssembly where it is allowed');`,
  },
  'docs/npm.md js 3': {
    before: `const order = { orderId: 'o', value: 1, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] };
      const buy = (one) => one.events.trackPurchase(order);
      console.assert = (isTrue) => check(isTrue, 'the purchase in the network of the test');`,
    after: 'check(network.events.length > 0, "events");',
  },
  'docs/plugins.md js 1': {
    after: `made[0].events.track('a'); await made[0].events.flush();
      check(sentEvents('custom')[0].store === 'north', 'the member of the plugin');`,
  },
  'docs/plugins.md js 2': {
    before: 'globalThis.vitrine = (name, config) => check(new Vitrine(config) && name === "init", "the init");',
    after: `made[0].events.track('a'); await made[0].events.flush();
      check(sentEvents('custom').length === 1, 'other events pass');`,
  },
  'docs/plugins.md js 3': {
    after: `const vitrine = new Vitrine({ provider, plugins: [scrub] });
      vitrine.events.trackSearch('ada@example.org'); vitrine.events.trackSearch('mug');
      await vitrine.events.flush();
      check(vitrine.events.getMetrics().dropped.hook === 1, 'one search is dropped');
      check(sentEvents('search').length === 1, 'the other one is sent');`,
  },
  'docs/plugins.md js 4': {
    before: 'const metrics = { count: (name, bytes) => (metrics.seen = [name, bytes]) };',
    after: `const vitrine = new Vitrine({ provider, plugins: [monitor] });
      vitrine.events.track('a'); await vitrine.events.flush();
      check(metrics.seen[0] === 'vitrine.bytes' && metrics.seen[1] > 0, 'the bytes');`,
  },
  'docs/plugins.md js 5': {
    before: `const shop = { reported: [], onCart: (listen) => (shop.add = listen) };
        shop.report = (event) => shop.reported.push(event.itemId);`,
    after: `const vitrine = new Vitrine({ provider, plugins: [bridge()] });
      shop.add({ id: 'mine', count: 2 }); vitrine.events.trackAddToCart('other');
      await vitrine.events.flush();
      check(shop.reported.join() === 'other', 'no echo');
      check(sentEvents('addToCart').map((event) => event.itemId).join() === 'mine,other', 'both are recorded');`,
  },
  'docs/plugins.md js 6': {
    before: 'const banner = { onChange: (listen) => (banner.answer = listen) };',
    after: `const vitrine = new Vitrine({ provider, consent: 'unknown', plugins: [consent] });
      banner.answer(false);
      check(vitrine.getConsent() === 'denied', 'the answer');
      await ready(() => document.documentElement.getAttribute('data-consent') === 'denied', 'the attribute');`,
  },
  'docs/plugins.md js 7': {
    after: `const { whenVitrine } = await import('vitrine');
      whenVitrine((own) => own.events.track('seen'));
      await ready(() => logged.some((line) => line.includes('(debug)')), 'a line in the console');`,
    change: (text) => text.replace('{ provider,', '{ provider: globalThis.provider,'),
  },
  'docs/queries.md js 1': {
    before: `const account = { name: 'depict', tenant: 'osier', market: 'eu', locale: 'en' };
      const vitrine = new Vitrine({ provider: account });`,
    change: (text) =>
      text
        .replaceAll("'boots'", "'lamp'")
        .replace("categoryId: 'lamp'", "categoryId: 'lighting'")
        .replace('topK: 24, page: 2', 'topK: 2, page: 2')
        .replace("field: 'price'", "field: 'sale_price'")
        .replace('Loam', 'Lumenfold'),
    after: `check(found.results.length > 0 && shelf.results.every(({ brand }) => brand === 'Lumenfold'), 'products');
      check(Array.isArray(terms), 'terms');`,
  },
  'docs/wire.md js 1': {
    isServer: true,
    change: (text) => text.replace('listen(8790,', 'listen(process.env.PORT,'),
    after: `const post = () => snippetFetch('http://127.0.0.1:' + process.env.PORT, {
        method: 'POST', body: JSON.stringify({ events: [{ eventId: 'a', type: 'click' }] }) });
      await ready(async () => (await post().catch(() => ({}))).ok, 'the collector');
      const reply = await (await post()).json();
      check(reply.accepted === 1 && stored.size === 1, 'each event once');
      setTimeout(() => process.exit(0), 50);`,
  },
  'docs/start/application.md jsx 1': {
    kind: 'jsx',
    before: kMount,
    after: `${shows(4)}
      document.querySelector('[data-vitrine-add]').click();
      await ready(() => cart.length === 1, 'the cart');`,
  },
  'docs/start/application.md js 1': {
    before: kMount,
    uses: { './Shop.vue': 'docs/start/application.md vue 1' },
    after: `${shows(4)}`,
  },
  'docs/start/application.md js 2': {
    before: kMount,
    after: `${shows(4)}
      await vitrine.events.flush();
      check(sentEvents('custom')[0]?.name === 'application_started', 'the own event');`,
  },
  'docs/start/application.md js 3': {
    before:
      "const vitrine = new Vitrine({ provider }), card = document.body.appendChild(document.createElement('article'));",
    after: `card.click(); stop(); await vitrine.events.flush();
      check(sentEvents('itemsServed')[0]?.itemIds.length === 4, 'the list');
      check(sentEvents('click').length === 1, 'the click');`,
  },
};
