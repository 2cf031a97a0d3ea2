// The bridge to the page's data layer: what the page pushes is stored by the collector, and what widgets do is pushed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { settled } from './items.mjs';
import { isUp, isVisible, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const head = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script src="/watch.js"></script><script src="/before.js"></script><script src="/settings.js"></script>
<script src="/shopper.js"></script><script src="/snippet.js"></script>`;
const gtag = 'window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }';

/** Opens a page. `early` runs before the bridge; `tag` has the attributes of its script. */
const open = async (t, browser, { early = '', tag = '', before = answering, ...options } = {}) => {
  const site = await openSite(t, browser, { before, policy: {}, ...options });
  const scripts = `<script>${early}</script><script async src="/dist/vitrine.js"></script>
    <script async src="/dist/vitrine-datalayer.js" ${tag}></script><main></main>`;
  site.pages.replies.set('/page.html', { body: `${head}${scripts}` });
  const tab = await browser.open(site.address('page.html'), 'window');
  await isUp(tab);
  await isVisible(tab);
  await until(() => tab.run(() => !!(/** @type {any} */ (window)['vitrine-bridge-dataLayer'])), 'the bridge');
  return { site, tab };
};
/** Pushes messages, as the page does. */
const push = (tab, ...messages) => tab.run((all) => /** @type {any} */ (window).dataLayer.push(...all), messages);
/** Returns the messages that Vitrine has pushed. */
const pushed = (tab) =>
  tab.run(() => {
    const all = /** @type {any} */ (window).dataLayer.map((one) => (one[0] ? Array.from(one) : one));
    return JSON.parse(JSON.stringify(all.filter((one) => one.vitrine && one.event)));
  });
const stored = async (site, tab, types) => {
  const of = await settled(site, tab);
  return types.flatMap((type) => of(type)).toSorted((a, b) => a.seq - b.seq);
};
const consoleOf = (tab) => tab.run(() => seen.console);
const items = (...ids) =>
  ids.map((id, index) => ({ item_id: id, item_name: `Name ${id}`, price: 9.5, quantity: 2, index }));
const shopping = ['itemsServed', 'click', 'viewItem', 'addToCart', 'removeFromCart', 'purchase', 'search', 'custom'];
const brief = (events) =>
  events.map(({ type, itemId, itemIds, quantity, unitPrice, currency, query, orderId, position }) =>
    [type, itemId ?? itemIds?.join() ?? query ?? orderId, position, quantity, unitPrice, currency]
      .filter((part) => part !== undefined)
      .join(' '),
  );

const ga4 = [
  {
    event: 'view_item_list',
    ecommerce: { item_list_id: 'related', item_list_name: 'Related', items: items('a', 'b') },
  },
  { ecommerce: null },
  { event: 'select_item', ecommerce: { item_list_id: 'related', items: items('b') } },
  { event: 'view_item', ecommerce: { currency: 'EUR', value: 9.5, items: items('b') } },
  { event: 'add_to_cart', ecommerce: { currency: 'EUR', items: items('b') } },
  { event: 'remove_from_cart', ecommerce: { currency: 'EUR', items: items('b') } },
  { event: 'search', search_term: 'shoes' },
  { event: 'view_search_results', search_term: 'shoes' },
  { event: 'view_search_results', search_term: 'hoes' },
  {
    event: 'purchase',
    ecommerce: {
      ...{ transaction_id: 'o-1', value: '19.99', currency: 'EUR', tax: 1.5, shipping: '4.90', coupon: 'SUMMER' },
      items: [{ item_id: 'b', price: '9.50', quantity: '2', discount: 0.5 }],
    },
  },
];
const recorded = [
  'itemsServed a,b',
  'click b 1',
  'viewItem b 9.5 EUR',
  'addToCart b 2 9.5 EUR',
  'removeFromCart b 2 9.5 EUR',
  'search shoes',
  'search hoes',
  'purchase o-1 EUR',
];

inEachEngine('the data layer', (_engine, browser) => {
  test('GA4 events that were pushed before, and later, are recorded once each, with all their values', async (t) => {
    const early = `window.dataLayer = ${JSON.stringify(ga4.slice(0, 4))};`;
    const { site, tab } = await open(t, browser(), { early });
    // The order is reported twice, as on a page that the shopper loads again.
    await push(tab, ...ga4.slice(4), ga4.at(-1));
    const events = await stored(site, tab, shopping);
    assert.deepEqual(brief(events), recorded);
    const [list, click] = events;
    const order = events.at(-1);
    assert.deepEqual([list.surface, list.source, click.serveId], ['related', 'Related', list.serveId]);
    const { value, tax, shipping, coupon } = order;
    assert.deepEqual({ value, tax, shipping, coupon }, { value: 19.99, tax: 1.5, shipping: 4.9, coupon: 'SUMMER' });
    assert.deepEqual(
      order.items.map(({ attribution, ...item }) => [item, attribution.surface]),
      [[{ itemId: 'b', quantity: 2, unitPrice: 9.5, discount: 0.5 }, 'related']],
    );
    assert.deepEqual(await consoleOf(tab), []);
    assert.deepEqual(await pushed(tab), []);
  });

  test('the same by gtag(), where the parameters are the arguments', async (t) => {
    const { site, tab } = await open(t, browser(), { early: `${gtag} gtag('js', new Date()); gtag('config', 'G-1');` });
    await tab.run((messages) => {
      for (const { event, ecommerce, ...rest } of messages)
        if (event) /** @type {any} */ (window).gtag('event', event, { ...ecommerce, ...rest });
    }, ga4);
    assert.deepEqual(brief(await stored(site, tab, shopping)), recorded);
  });

  test('the older form, also beside the new one in a message, counts once', async (t) => {
    const { site, tab } = await open(t, browser());
    const product = { id: 'b', name: 'Name b', price: '9.50', quantity: 2 };
    await push(
      tab,
      { ecommerce: { currencyCode: 'EUR', impressions: [{ ...product, list: 'related', position: 1 }] } },
      { event: 'productClick', ecommerce: { click: { actionField: { list: 'related' }, products: [product] } } },
      { ecommerce: { currencyCode: 'EUR', detail: { products: [product] } } },
      { event: 'gtm.dom' },
      { event: 'addToCart', ecommerce: { currencyCode: 'EUR', add: { products: [product] } } },
      { event: 'removeFromCart', ecommerce: { currencyCode: 'EUR', remove: { products: [product] } } },
      { event: 'promotionClick', ecommerce: { promoClick: { promotions: [{ id: 'p1' }] } } },
      {
        event: 'purchase',
        ecommerce: {
          currencyCode: 'EUR',
          purchase: { actionField: { id: 'o-2', revenue: '35.43', tax: '4.90' }, products: [product] },
        },
      },
      {
        event: 'add_to_cart',
        ecommerce: { currencyCode: 'EUR', currency: 'EUR', add: { products: [product] }, items: items('c') },
      },
    );
    const events = await stored(site, tab, shopping);
    assert.deepEqual(brief(events), [
      'itemsServed b',
      'click b 0',
      'viewItem b 9.5 EUR',
      'addToCart b 2 9.5 EUR',
      'removeFromCart b 2 9.5 EUR',
      'custom',
      'purchase o-2 EUR',
      'addToCart c 2 9.5 EUR',
    ]);
    const promotion = events.find(({ type }) => type === 'custom');
    assert.deepEqual([promotion.name, promotion.properties], ['select_promotion', { promotions: [{ id: 'p1' }] }]);
    assert.deepEqual([events[0].surface, events.at(-2).value, events.at(-2).tax], ['related', 35.43, 4.9]);
    assert.deepEqual(await consoleOf(tab), []);
  });

  test('a wrong value costs its event and one line, and nothing is thrown into the page', async (t) => {
    const { site, tab } = await open(t, browser());
    const results = await tab.run(() => {
      const { dataLayer } = /** @type {any} */ (window);
      const trap = new Proxy(
        {},
        {
          get: () => {
            throw new Error('mine');
          },
        },
      );
      const bad = [
        { event: 'add_to_cart', ecommerce: { items: [{ price: 1 }] } },
        { event: 'add_to_cart', ecommerce: { items: [{ price: 1 }] } },
        {
          event: 'purchase',
          ecommerce: { transaction_id: 'o', value: 1, currency: 'EUR', items: [{ item_id: 'a', price: '1,50' }] },
        },
        { event: 'view_item', ecommerce: 'none' },
        { event: 'view_item', ecommerce: { items: 5 } },
        { event: 'purchase' },
        { event: 'toString', ecommerce: {} },
        { event: Symbol('s') },
        { event: 'select_item', ecommerce: { items: [null] } },
        trap,
        null,
        undefined,
        'text',
        5,
        () => 1,
        [],
        ['event'],
        ['event', 'purchase'],
      ];
      return bad.map((message) => dataLayer.push(message));
    });
    assert.deepEqual(
      results,
      results.map((_, index) => index + results[0]),
    );
    await push(tab, { event: 'add_to_cart', ecommerce: { currency: 'EUR', items: items('good') } });
    assert.deepEqual(brief(await stored(site, tab, shopping)), ['addToCart good 2 9.5 EUR']);
    const lines = await consoleOf(tab);
    const start = 'warn: [vitrine] "add_to_cart" of dataLayer was not recorded: itemId ';
    assert.ok(
      lines[0].startsWith(start) && lines[0].includes('Correct what the page pushes. (bad-data-layer)'),
      lines[0],
    );
    assert.match(lines[1], /"purchase" of dataLayer was not recorded: .*unitPrice/);
    assert.ok(
      lines.every((line) => line.endsWith('(bad-data-layer)')),
      lines.join('\n'),
    );
    assert.equal(new Set(lines).size, lines.length);
    assert.deepEqual(await tab.run(() => seen.faults), []);
  });

  test('a tag manager that wraps push before or after, and a page that replaces the array, lose nothing', async (t) => {
    // As gtm.js does: its own push calls the one before.
    const manager = `(window.wrap = () => {
      window.tags = window.tags || [];
      const before = dataLayer.push;
      dataLayer.push = function (...messages) {
        const result = before.apply(dataLayer, messages);
        for (const message of messages) tags.push(message.event);
        return result + 100;
      };
    })();`;
    const { site, tab } = await open(t, browser(), { early: `window.dataLayer = []; ${manager}` });
    const add = (id) => ({ event: 'add_to_cart', ecommerce: { currency: 'EUR', items: items(id) } });
    assert.equal(await push(tab, add('one')), 101);
    await tab.run(() => /** @type {any} */ (window).wrap());
    assert.equal(await push(tab, add('two')), 202);
    await tab.run((message) => {
      const page = /** @type {any} */ (window);
      page.dataLayer = [...page.dataLayer, message];
    }, add('three'));
    // Without the wrapper the array is looked at now and then.
    await site.arrived(3, { type: 'addToCart' });
    await push(tab, add('four'));
    await tab.run((message) => Array.prototype.push.call(/** @type {any} */ (window).dataLayer, message), add('five'));
    await site.arrived(5, { type: 'addToCart' });
    const ids = (await stored(site, tab, ['addToCart'])).map(({ itemId }) => itemId);
    assert.deepEqual(ids, ['one', 'two', 'three', 'four', 'five']);
    assert.deepEqual(await tab.run(() => /** @type {any} */ (window).tags), Array(3).fill('add_to_cart'));
    assert.deepEqual(await tab.run(() => Object.keys(/** @type {any} */ (window).dataLayer)), [
      '0',
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  const showWidget = (tab, count = 2) =>
    tab.run(async (products) => {
      answers.next = [{ text: answers.slate(products) }];
      document.addEventListener('click', (event) => event.preventDefault());
      const widget = answers.put({});
      await widget.refresh();
    }, count);

  test('what a widget does is pushed as GA4 events, and does not come back', async (t) => {
    const { site, tab } = await open(t, browser(), {
      early: "window.dataLayer = [{ 'gtm.start': 1, event: 'gtm.js' }];",
    });
    await tab.run(() =>
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil(Promise.resolve())),
    );
    await showWidget(tab);
    await site.arrived(1, { type: 'view' });
    await tab.press('vitrine-widget a');
    await tab.run(() => /** @type {any} */ (document.querySelector('[data-vitrine-add]')).click());
    await until(async () => (await pushed(tab)).some(({ event }) => event === 'add_to_cart'), 'the pushed add_to_cart');
    const of = await settled(site, tab);
    const [list] = of('itemsServed');
    const messages = await pushed(tab);
    assert.deepEqual(
      messages.map(({ event }) => event),
      ['view_item_list', 'select_item', 'add_to_cart'],
    );
    const [view, select, added] = messages.map(({ ecommerce }) => ecommerce);
    assert.deepEqual([view.item_list_id, view.item_list_name], [list.surface, list.source]);
    assert.deepEqual(
      view.items.map(({ item_id, index }) => [item_id, index]),
      list.itemIds.map((id, index) => [id, index]),
    );
    assert.deepEqual([select.items[0].item_id, select.items[0].index], [list.itemIds[0], 0]);
    assert.deepEqual([added.items[0].item_id, added.items[0].quantity], [list.itemIds[0], 1]);
    for (const type of ['itemsServed', 'click', 'addToCart']) assert.equal(of(type).length, 1, type);
    assert.deepEqual(await consoleOf(tab), []);
  });

  test('where the shop pushes the same itself, each side has it once', async (t) => {
    const { site, tab } = await open(t, browser());
    await tab.run(() => {
      const { dataLayer } = /** @type {any} */ (window);
      const report = (event, item_id) =>
        dataLayer.push({ event, ecommerce: { currency: 'EUR', items: [{ item_id }] } });
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => {
        const { itemId } = detail;
        // The first one is pushed before the cart has replied, the second one behind.
        if (itemId === 'p0') report('add_to_cart', itemId);
        detail.waitUntil(
          Promise.resolve().then(() => {
            if (itemId === 'p1') setTimeout(() => report('add_to_cart', itemId), 50);
          }),
        );
      });
      document.addEventListener(
        'click',
        ({ target }) => {
          const item =
            /** @type {any} */ (target).closest('a') && /** @type {any} */ (target).closest('[data-vitrine-item]');
          if (item) report('select_item', item.dataset.vitrineItem);
        },
        true,
      );
    });
    await showWidget(tab, 3);
    const ids = ['p0', 'p1', 'p2'];
    await tab.press('vitrine-widget a');
    await tab.run(() => {
      for (const button of document.querySelectorAll('[data-vitrine-add]')) /** @type {any} */ (button).click();
    });
    await site.arrived(3, { type: 'addToCart' });
    await site.arrived(1, { type: 'view' });
    await push(tab, { event: 'add_to_cart', ecommerce: { currency: 'EUR', items: items('end') } });
    // The shop does not push the third one. What waited before it would have been pushed before.
    await until(async () => (await pushed(tab)).some(({ event }) => event === 'add_to_cart'), 'the third item');
    const of = await settled(site, tab);
    assert.deepEqual(
      of('addToCart')
        .map(({ itemId }) => itemId)
        .toSorted(),
      [...ids, 'end'].toSorted(),
    );
    assert.deepEqual(
      of('click').map(({ itemId }) => itemId),
      [ids[0]],
    );
    const messages = (await pushed(tab)).map(
      ({ event, ecommerce }) => `${event} ${ecommerce.items.map((i) => i.item_id)}`,
    );
    assert.deepEqual(messages.toSorted(), ['add_to_cart p2', 'view_item_list p0,p1,p2']);
  });

  test('gtag.js without a tag manager gets its arguments', async (t) => {
    const { site, tab } = await open(t, browser(), { early: `${gtag} gtag('js', new Date()); gtag('config', 'G-1');` });
    await showWidget(tab);
    await site.arrived(1, { type: 'view' });
    const [event, name, list] = await tab.run(() => {
      const all = [.../** @type {any} */ (window).dataLayer];
      const last = all.at(-1);
      return [String(last) === '[object Arguments]' && last[0], last[1], last[2].items.map((item) => item.item_id)];
    });
    assert.deepEqual([event, name, list], ['event', 'view_item_list', ['p0', 'p1']]);
    assert.equal((await settled(site, tab))('itemsServed').length, 1);
  });

  test('one direction alone, under another name', async (t) => {
    const { site, tab } = await open(t, browser(), { tag: 'data-name="layer" data-direction="out"' });
    await tab.run((messages) => /** @type {any} */ (window).layer.push(...messages), ga4);
    await showWidget(tab);
    await site.arrived(1, { type: 'view' });
    const events = await tab.run(() =>
      /** @type {any} */ (window).layer.filter((one) => one.vitrine && one.event).map((one) => one.event),
    );
    assert.deepEqual(events, ['view_item_list']);
    assert.deepEqual(brief(await stored(site, tab, ['purchase', 'viewItem', 'search'])), []);
  });

  test('the npm entry does the same', async (t) => {
    const site = await openSite(t, browser(), { policy: {} });
    const html = readFileSync(`${root}tests/browser/pages/module.html`, 'utf8');
    site.pages.replies.set('/page.html', {
      body: html.replace(
        /<script type="module".*?<\/script>/s,
        `<script type="module">
        import { Vitrine } from '/dist/index.js';
        import { dataLayerPlugin } from '/dist/data-layer.js';
        window.dataLayer = ${JSON.stringify(ga4)};
        const itemId = ({ item_id }) => 'sku-' + item_id;
        shopper.vitrine = new Vitrine({ ...settings, plugins: [dataLayerPlugin({ itemId })] });
      </script>`,
      ),
    });
    const tab = await browser().open(site.address('page.html'), 'window');
    await until(() => tab.run(() => !!window.shopper?.vitrine), 'Vitrine');
    assert.deepEqual(
      brief(await stored(site, tab, shopping)),
      recorded.map((line) => line.replace(/\b([ab])(?=[ ,]|$)/g, 'sku-$1')),
    );
  });
});
