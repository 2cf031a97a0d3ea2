// Runs the examples that shops copy, unchanged, except for two things: the package's name leads to dist/, and the
// service's address leads to a server on this machine.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { serveRefine } from './refine_wire.mjs';

const sdk = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vitrine-seeds-'));
const { Refine, RefineValidationError, RefineRateLimitError } = await import(pathToFileURL(sdk).href);

/** Returns the code block under each heading of a page. */
const blocksOf = (page) => {
  const text = readFileSync(new URL(`seeds/${page}.md`, import.meta.url), 'utf8');
  return new Map(
    Array.from(text.matchAll(/^## (.+)\n\n```ts\n([\s\S]*?)^```$/gm), ([, heading, code]) => [heading, code]),
  );
};
const tracking = blocksOf('event-tracking');
const recommendations = blocksOf('user-recommendations');

/** Runs a block as a module. `names` are the definitions that the test needs. */
const run = async (block, names = [], context = {}) => {
  Object.assign(globalThis, context);
  const name = `${Object.keys(context).length}-${Math.random().toString(36).slice(2)}.mjs`;
  const outfile = join(folder, name);
  await build({
    stdin: { contents: `${block}\nexport { ${names.join(', ')} };`, loader: 'ts', resolveDir: folder },
    alias: { '@refine-ai/sdk': sdk },
    external: [sdk],
    bundle: true,
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
};

let service;
const realFetch = globalThis.fetch;
const said = [];

before(async () => {
  service = await serveRefine();
  process.env.REFINE_API_KEY = 'pk_test';
  globalThis.fetch = (url, init) => realFetch(String(url).replace('https://api.joinrefine.io', service.url), init);
  console.log = (...parts) => said.push(parts);
});
after(() => {
  globalThis.fetch = realFetch;
  service.close();
  rmSync(folder, { recursive: true });
});

const config = { apiKey: 'pk_test', organizationId: 'org_abc123', catalogId: 'cat_xyz789' };
/** Makes a fresh SDK, as the global that the shorter blocks use, with the server that it reaches. */
const fresh = async () => {
  const refine = new Refine(config);
  const results = await refine.search.text({ query: 'shoes', topK: 3 });
  const recs = await refine.recs.similarItems({ anchorId: 'sku_001', topK: 3 });
  service.asked.length = service.events.length = 0;
  return {
    refine,
    query: 'shoes',
    results,
    recs,
    options: { surface: 'search_results' },
    productId: 'sku_002',
    position: 1,
  };
};
const told = async (refine) => {
  await refine.events.flush();
  return service.events.splice(0);
};
const types = (events) => events.map(({ type }) => type);

test('The ServeContext pattern', async () => {
  const context = await fresh();
  await run(tracking.get('The ServeContext pattern'), ['context'], { ...context, results: context.results.results });
  const events = await told(context.refine);
  assert.deepEqual(types(events), ['itemsServed', 'click', 'view', 'addToCart']);
  for (const { serveId, surface, source } of events)
    assert.deepEqual([serveId, surface, source], [context.results.serveId, 'search_results', 'search']);
  assert.deepEqual([events[1].itemId, events[1].position], ['sku_002', 1]);
});

test('Quick start', async () => {
  service.events.length = 0;
  const { refine, results, handleProductClick } = await run(tracking.get('Quick start'), [
    'refine',
    'results',
    'handleProductClick',
  ]);
  handleProductClick('sku_003', 2);
  const [served, purchase, click] = await told(refine);
  assert.deepEqual(
    [served.type, served.query, served.itemIds.length, served.totalResults],
    ['itemsServed', 'shoes', 20, 240],
  );
  assert.equal(served.serveId, results.serveId);
  assert.deepEqual(
    [purchase.type, purchase.orderId, purchase.value, purchase.currency],
    ['purchase', 'order_123', 149.99, 'USD'],
  );
  assert.deepEqual(purchase.items, [{ itemId: 'sku_001', quantity: 1, unitPrice: 149.99 }]);
  assert.deepEqual([click.type, click.itemId, click.position, click.serveId], ['click', 'sku_003', 2, results.serveId]);
  const search = service.asked.find(({ path }) => path === '/search/text');
  assert.deepEqual(
    [search.query, search.topK, search.organizationId, search.catalogId],
    ['shoes', 20, 'org_abc123', 'cat_xyz789'],
  );
  for (const event of [served, purchase, click]) {
    assert.match(event.eventId, /^[0-9A-HJKMNP-TV-Z]{26}$/);
    assert.equal(event.visitorId, refine.getVisitorId());
    assert.equal(event.sessionId, refine.getSessionId());
  }
});

/** @type {[heading: string, expected: object][]} */
const listsServed = [
  ['trackSearch()', { query: 'shoes', surface: 'search_results', source: 'search', totalResults: 240 }],
  ['trackRecommendations()', { surface: 'product_page', source: 'similar-items', anchorId: 'sku_001' }],
  [
    'trackItemsServed()',
    { surface: 'home_page', source: 'curated', itemIds: ['sku_001', 'sku_002', 'sku_003'], totalResults: 3 },
  ],
];
for (const [heading, expected] of listsServed)
  test(heading, async () => {
    const context = await fresh();
    await run(tracking.get(heading), [], context);
    const [event] = await told(context.refine);
    assert.equal(event.type, 'itemsServed');
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(event[name], value, name);
    if (heading === 'trackRecommendations()') assert.equal(event.serveId, context.recs.serveId);
    else assert.match(event.serveId, /^sv_/);
  });

test('trackPurchase()', async () => {
  const context = await fresh();
  await run(tracking.get('trackPurchase()'), [], context);
  const [event] = await told(context.refine);
  assert.deepEqual([event.type, event.value, event.items.length], ['purchase', 299.98, 2]);
});

test('ServeContext methods', async () => {
  const context = await fresh();
  await run(tracking.get('ServeContext methods'), [], { ...context, results: context.results.results });
  const [, click, view, cart] = await told(context.refine);
  assert.deepEqual([click.position, view.position, cart.position], [3, 0, undefined]);
});

test('Event queue management', async () => {
  const context = await fresh();
  context.refine.identify('u');
  await run(tracking.get('Event queue management'), [], context);
  const { queued, sent, failed, retrying } = said.at(-1)[0];
  assert.deepEqual({ queued, sent, failed, retrying }, { queued: 0, sent: 1, failed: 0, retrying: 0 });
});

test('Configuration', async () => {
  const { refine } = await run(tracking.get('Configuration'), ['refine']);
  assert.match(refine.getVisitorId(), /^v_/);
});

test('Page unload handling', async () => {
  const context = await fresh();
  context.refine.identify('u');
  const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
  await run(tracking.get('Page unload handling'), [], { ...context, document, window: new EventTarget() });
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('beforeunload'));
  delete globalThis.document;
  delete globalThis.window;
  assert.deepEqual(types(await told(context.refine)), ['identify']);
});

test('Complete example', async () => {
  const { refine, SearchPage } = await run(tracking.get('Complete example'), ['refine', 'SearchPage']);
  service.events.length = 0;
  const cards = [];
  const container = {
    set innerHTML(html) {
      for (const [, id, position] of html.matchAll(/data-id="(.*?)" data-position="(.*?)"/g))
        cards.push(
          Object.assign(new EventTarget(), { dataset: { id, position }, classList: { contains: () => false } }),
        );
    },
    querySelectorAll: () => cards,
  };
  const observer = {};
  Object.assign(globalThis, {
    document: { getElementById: () => container, querySelectorAll: () => cards },
    IntersectionObserver: class {
      constructor(callback) {
        observer.callback = callback;
      }
      observe() {}
      unobserve() {}
    },
  });
  await new SearchPage().search('shoes');
  delete globalThis.document;
  delete globalThis.IntersectionObserver;
  cards[2].dispatchEvent(new Event('click'));
  observer.callback([{ isIntersecting: true, target: cards[0] }]);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  const [served, click, view] = await told(refine);
  assert.equal(served.itemIds.length, 24);
  assert.deepEqual([click.type, click.itemId, click.position], ['click', 'sku_003', 2]);
  assert.deepEqual([view.type, view.itemId, view.position], ['view', 'sku_001', 0]);
});

test('Basic usage', async () => {
  said.length = 0;
  await run(recommendations.get('Basic usage'));
  assert.equal(said.length, 12);
  assert.equal(said[0][0], 'Shoe sku_001 - $49.5');
  const { path, configId, topK, userId, visitorId, sessionId } = service.asked.at(-1);
  assert.deepEqual([path, configId, topK, userId], ['/recs/user', 'personalized_picks', 12, 'user_12345']);
  assert.match(visitorId + sessionId, /^v_\w+s_\w+$/);
  assert.equal(service.lastHeaders.refine_api_key, 'pk_test');
});

test('User identification', async () => {
  const context = await fresh();
  await run(recommendations.get('User identification'), [], context);
  assert.equal(service.asked.at(-1).userId, 'user_12345');
});

test('without identify the call fails with a validation error, before any network', async () => {
  const { refine } = await fresh();
  await assert.rejects(refine.recs.forUser({ configId: 'picks', topK: 12 }), RefineValidationError);
  assert.deepEqual(service.asked, []);
});

test('Identity flow', async () => {
  const context = await fresh();
  const { visitorId } = await run(recommendations.get('Identity flow'), ['visitorId'], context);
  const [search, recs] = service.asked;
  assert.deepEqual([search.visitorId, recs.visitorId, recs.userId], [visitorId, visitorId, 'user_12345']);
  const [identified] = await told(context.refine);
  assert.deepEqual([identified.type, identified.userId, identified.visitorId], ['identify', 'user_12345', visitorId]);
});

test('Check current identity', async () => {
  const context = await fresh();
  const { userId, visitorId, sessionId } = await run(
    recommendations.get('Check current identity'),
    ['userId', 'visitorId', 'sessionId'],
    context,
  );
  assert.equal(userId, null);
  assert.match(visitorId, /^v_[a-z0-9]+$/);
  assert.match(sessionId, /^s_[a-z0-9]+$/);
});

test('Tracking user recommendations', async () => {
  const context = await fresh();
  await run(recommendations.get('Tracking user recommendations'), [], context);
  const events = await told(context.refine);
  assert.deepEqual(types(events), ['identify', 'itemsServed', 'click', 'addToCart']);
  assert.deepEqual([events[1].surface, events[1].source, events[3].userId], ['home_page', 'user-recs', 'user_12345']);
});

test('With filters', async () => {
  const context = await fresh();
  context.refine.identify('u');
  await run(recommendations.get('With filters'), [], context);
  assert.deepEqual(service.asked.at(-1).filters[1], { field: 'stock', operator: 'gt', value: 0 });
});

for (const user of [{ id: 'user_9' }, undefined])
  test(`Complete implementation, ${user ? 'logged in' : 'anonymous'}`, async () => {
    let grid;
    const { refine, title, personalization } = await run(
      recommendations.get('Complete implementation'),
      ['refine', 'title', 'personalization'],
      {
        getCurrentUserFromSession: () => user,
        renderProductGrid: (heading, products, handlers) => (grid = { heading, products, handlers }),
      },
    );
    service.events.length = 0;
    assert.equal(title, user ? 'Picked for You' : 'Recommended for You');
    assert.equal(grid.products.length, 12);
    grid.handlers.onClick('sku_001', 0);
    grid.handlers.onAddToCart('sku_001');
    const events = await told(refine);
    assert.deepEqual(types(events).slice(-2), ['click', 'addToCart']);
    assert.equal(events.at(-1).source, user ? 'user-recs' : 'visitor-recs');
    const before = refine.getVisitorId();
    await personalization.handleLogout();
    assert.equal(refine.getUserId(), null);
    assert.notEqual(refine.getVisitorId(), before);
  });

test('Handling logout', async () => {
  const context = await fresh();
  context.refine.identify('u');
  const before = [context.refine.getVisitorId(), context.refine.getSessionId()];
  const { handleLogout } = await run(recommendations.get('Handling logout'), ['handleLogout'], context);
  handleLogout();
  assert.equal(context.refine.getUserId(), null);
  assert.notEqual(context.refine.getVisitorId(), before[0]);
  assert.notEqual(context.refine.getSessionId(), before[1]);
});

test('Email and marketing recommendations', async () => {
  const { getEmailRecommendations } = await run(recommendations.get('Email and marketing recommendations'), [
    'getEmailRecommendations',
  ]);
  const mail = await getEmailRecommendations('user_5');
  assert.equal(mail.length, 6);
  assert.deepEqual(mail[0], {
    title: 'Shoe sku_001',
    price: 49.5,
    imageUrl: '/img/sku_001.svg',
    productUrl: 'https://store.com/products/sku_001',
  });

  // Each shopper gets the products of the own call, also if the calls begin in the same moment.
  const users = Array.from({ length: 100 }, (_, i) => `user_${i}`);
  const before = service.asked.length;
  service.nameFor = ({ userId }) => `for ${userId}`;
  const mails = await Promise.all(users.map(getEmailRecommendations));
  service.nameFor = undefined;
  assert.deepEqual(
    mails.map((products) => products[0].title),
    users.map((user) => `for ${user}`),
  );
  assert.equal(service.asked.length - before, users.length);
});

test('Fallback strategy', async () => {
  const context = await fresh();
  const { getSmartRecommendations } = await run(
    recommendations.get('Fallback strategy'),
    ['getSmartRecommendations'],
    context,
  );
  assert.equal((await getSmartRecommendations(null)).results.length, 12);
  assert.equal((await getSmartRecommendations('u')).results.length, 12);
  service.fault = 500;
  assert.equal((await getSmartRecommendations('another')).results.length, 12);
  assert.equal(service.asked.at(-1).path, '/recs/visitor');
});

test('a refusal of the service becomes its typed error, with the time to wait', async () => {
  const { refine } = await fresh();
  service.fault = 429;
  await assert.rejects(
    refine.recs.forVisitor({ configId: 'c', topK: 1 }),
    (/** @type {import('../../dist/index.js').RateLimitError} */ error) => {
      assert.ok(error instanceof RefineRateLimitError);
      assert.deepEqual([error.status, error.retryable, error.retryAfter], [429, true, 30_000]);
      return true;
    },
  );
});

test('every example of the pages has been run', () => {
  assert.equal(tracking.size + recommendations.size, 21);
});
