// The demo shop, end to end: the database holds each act of the shopper once, and nothing else.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../server/server.mjs';
import { launch } from './engine.mjs';
import { identityOf, runErrand } from './shopping_session.mjs';
import { openProxy } from './proxy.mjs';
import { readStore } from './open_site.mjs';
import { expectViews, keyOfEvent, startWalk, surfaceOf } from './page_walk.mjs';
import { until } from './until.mjs';
import { expectRows, protocols } from './service_rows.mjs';

let browser;
let server;
before(async () => {
  // Requests through the proxy name its port.
  [browser, server] = [await launch('chromium'), await startServer({ hosts: ['127.0.0.1'] })];
  console.log(browser.version);
});
after(async () => {
  await browser?.quit();
  await server?.stop();
});

const cents = (amount) => Math.round(amount * 100);

test('a shopper browses, buys, logs in and out, and exactly these events are stored', async () => {
  const store = readStore(server.url);
  const {
    walk,
    before: [visitor, session],
    after: [visitorOut, sessionOut],
    user,
    bought,
    query,
  } = await runErrand(browser, server.url);
  const { tab } = walk;

  const { events } = await store.events();
  const others = events.filter(({ type }) => type !== 'view' && type !== 'pageView').map(keyOfEvent);
  assert.deepEqual(others.toSorted(), walk.expected.map(keyOfEvent).toSorted());
  expectViews(events, walk.views);

  await test('identity', () => {
    const logOut = events.findIndex(({ visitorId }) => visitorId === visitorOut);
    const order = events.toSorted((a, b) => a.at - b.at || a.seq - b.seq);
    const identified = order.findIndex(({ type }) => type === 'identify');
    const left = order.findIndex(({ visitorId }) => visitorId !== visitor);
    assert.ok(logOut > 0 && identified > 0 && left > identified);
    order.forEach((event, i) => {
      assert.equal(event.visitorId, i < left ? visitor : visitorOut, `visitor of event ${i}`);
      assert.equal(event.sessionId, i < left ? session : sessionOut, `session of event ${i}`);
      assert.equal(event.userId ?? null, i >= identified && i < left ? user : null, `user of event ${i}`);
    });
  });

  await test('every event names its serve', () => {
    const serves = new Map(events.filter(({ type }) => type === 'itemsServed').map((event) => [event.serveId, event]));
    // Changes on the cart's page belong to no list.
    for (const event of events.filter(({ itemId, surface }) => itemId && surface)) {
      const serve = serves.get(event.serveId);
      assert.ok(serve, `serve of ${keyOfEvent(event)}`);
      assert.deepEqual([event.surface, event.source], [serve.surface, serve.source]);
      assert.equal(event.surface, surfaceOf(event));
      assert.equal(serve.itemIds[event.position], event.itemId);
      assert.equal(event.pageId, serve.pageId, 'on the same page');
      assert.ok(serve.seq < event.seq, 'after it was shown');
    }
    const search = events.find(({ type, source }) => type === 'itemsServed' && source === 'search');
    assert.equal(search.query, query);
    assert.equal(search.totalResults >= search.itemIds.length, true);
    for (const event of events.filter(({ type, source }) => type === 'itemsServed' && source === 'similar-items')) {
      assert.equal(event.anchorId, new URL(event.url).pathname.split('/')[2]);
    }
  });

  await test("the purchase has the order's lines", async () => {
    const products = new Map(
      (await (await fetch(`${server.url}/catalog.json`)).json()).map((product) => [product.id, product]),
    );
    const purchase = events.find(({ type }) => type === 'purchase');
    const items = [...bought].map(([itemId, quantity]) => ({
      itemId,
      quantity,
      unitPrice: products.get(itemId).price,
    }));
    assert.deepEqual(
      purchase.items.map(({ attribution: _, ...item }) => item),
      items,
    );
    // Each was found in a list that had been shown before, in its place.
    for (const { itemId, attribution } of purchase.items) {
      const serve = events.find(({ type, serveId }) => type === 'itemsServed' && serveId === attribution.serveId);
      assert.equal(serve.itemIds[attribution.position], itemId);
      assert.deepEqual([serve.surface, serve.source], [attribution.surface, attribution.source]);
      assert.notEqual(attribution.source, 'product', 'the page of the product led nobody to it');
      assert.ok(serve.at <= attribution.touchedAt && attribution.touchedAt <= purchase.at);
    }
    assert.equal(
      cents(purchase.value),
      items.reduce((sum, item) => sum + item.quantity * cents(item.unitPrice), 0),
    );
    assert.equal(purchase.currency, 'EUR');
  });

  await test('events of a page are numbered without gaps, in order of time', () => {
    const pages = new Set(events.map(({ pageId }) => pageId));
    assert.ok(pages.size >= 10);
    for (const page of pages) {
      assert.deepEqual(
        events.filter(({ type, pageId }) => type === 'pageView' && pageId === page).map(({ seq }) => seq),
        [0],
      );
      const order = events.filter(({ pageId }) => pageId === page).toSorted((a, b) => a.seq - b.seq);
      order.forEach((event, i) => {
        assert.equal(event.seq, i);
        assert.ok(i === 0 || order[i - 1].at <= event.at);
      });
    }
  });

  await test('the console is empty', async () => {
    assert.deepEqual(await tab.consoleLines(), []);
  });
});

for (const service of Object.keys(protocols).filter((name) => name !== 'refine')) {
  test(`a session with ${service}: the service stores the events of its protocol, the shop the others`, async (t) => {
    const store = readStore(server.url);
    await store.clear();
    const errand = await runErrand(browser, server.url, { service });
    t.after(() => browser.closeTabs());
    await expectRows(server.url, service, errand);
    assert.deepEqual(await errand.walk.tab.consoleLines(), []);
  });
}

test('pages of the shop enter the back/forward cache and report after they are restored', async (t) => {
  const store = readStore(server.url);
  const walk = await startWalk(browser, server.url, '/category/plants?service=refine');
  const { tab } = walk;
  t.after(() => browser.closeTabs());
  const [visitorId] = await identityOf(tab);
  const pages = ['plants', 'product'];
  await tab.run((page) => (window.mark = page), pages[0]);
  await walk.follow(() => tab.click('#listing .card-link'));
  await tab.run((page) => (window.mark = page), pages[1]);
  await walk.follow(() => tab.click('.logo'));
  for (const page of pages.reverse()) {
    const before = await tab.address();
    await tab.run(() => void history.back());
    await until(async () => (await tab.address()) !== before, 'the page before');
    const [mark, reasons] = await tab.run(() => [
      window.mark,
      performance.getEntriesByType('navigation')[0].notRestoredReasons,
    ]);
    assert.deepEqual([mark, reasons], [page, null]);
  }
  await tab.click('#listing .card:nth-child(2) .card-add');
  const itemId = await tab.run(() => document.querySelector('#listing .card:nth-child(2)').dataset.id);
  const { events } = await store.arrived(1, { visitorId, type: 'addToCart' });
  assert.deepEqual(
    events.map((event) => [event.itemId, event.position, event.source]),
    [[itemId, 1, 'category']],
  );
});

/** Browses, fills the cart and orders, with nothing to help but the shop itself. */
const shopWithout = async (t, changes) => {
  const shop = await openProxy(server.url, changes);
  t.after(async () => {
    await browser.closeTabs();
    await shop.stop();
  });
  const tab = await browser.open();
  await tab.consoleLines(); // discards the lines of earlier pages
  await tab.goto(shop.url);
  const follow = async (selector, isThere) => {
    await tab.click(selector);
    await until(() => tab.run(isThere), `what follows ${selector}`);
  };
  await until(
    () => tab.run(() => document.querySelectorAll('#picks .card, #reduced .card').length > 10),
    'a filled home page',
  );
  const isListed = (path) =>
    until(
      () => tab.run((wanted) => location.pathname === wanted && !!document.querySelector('#listing .card-link'), path),
      path,
    );
  await tab.click('a[href="/category/kitchen"]');
  await isListed('/category/kitchen');
  await follow(
    '#listing .card-link',
    () => location.pathname.startsWith('/product/') && !!document.querySelector('#similar .card'),
  );
  await tab.click('.product-buy > .button');
  const isShown = () => getComputedStyle(document.querySelector('#similar .card-add')).visibility === 'visible';
  await until(() => tab.run(isShown), 'the choice of the shop itself');
  await tab.click('#similar .card-add');
  await tab.type('#find', 'lamp');
  await tab.click('.find button');
  await isListed('/search');
  await follow('a.tool[href="/cart"]', () => document.querySelectorAll('.line').length === 2);
  await follow(
    '.summary .button',
    () => location.pathname === '/checkout' && document.querySelector('#place').textContent.includes('€'),
  );
  const fields = { email: 'ada@example.org', name: 'Ada', street: 'Weidenweg 7', postcode: '10249', town: 'Berlin' };
  for (const [name, text] of Object.entries(fields)) await tab.type(`input[name=${name}]`, text);
  await follow(
    '#place',
    () => location.pathname === '/order-done' && document.querySelector('#thanks').textContent === 'Thank you, Ada.',
  );
  const lines = await tab.consoleLines();
  return { lines: lines.map(({ message }) => message), pages: 7 };
};

const ownLines = (lines) => lines.filter((line) => line.includes('[vitrine]'));

test('the shop sells without the script', async (t) => {
  const { lines } = await shopWithout(t, { absent: ['/dist/vitrine.js'] });
  assert.deepEqual(
    lines.filter((line) => !/vitrine\.js - Failed to load resource: .*404/.test(line)),
    [],
  );
});

test('the shop sells without WebAssembly and the JavaScript core, and each page reports that once', async (t) => {
  const { lines, pages } = await shopWithout(t, {
    absent: ['/dist/vitrine-core.js'],
    policy: (policy) => policy.replace(" 'wasm-unsafe-eval'", ''),
  });
  const own = ownLines(lines);
  assert.equal(own.length, pages, lines.join('\n'));
  for (const line of own) assert.match(line, /the core is not running/);
  assert.deepEqual(
    lines.filter(
      (line) => !own.includes(line) && !/vitrine-core\.js\?b=\w+ - Failed to load resource: .*404/.test(line),
    ),
    [],
  );
});
