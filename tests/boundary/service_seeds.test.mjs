// The requests and replies of the services' own documentation, word for word, through the built package. Only the ids
// of the session are replaced.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, test } from 'node:test';
import {
  RateLimitError,
  renderWidget,
  ServerError,
  ValidationError,
  ForbiddenError,
  NotFoundError,
  Vitrine,
} from '../../dist/index.js';

const seed = (name) => readFileSync(new URL(`seeds/${name}`, import.meta.url), 'utf8');
const seedJson = (name) => JSON.parse(seed(name));

const realFetch = globalThis.fetch;
/** Records all requests, and gives one reply to all of them. */
let asked;
let reply;
beforeEach(() => {
  asked = [];
  reply = { status: 200, body: '' };
  globalThis.fetch = async (url, { method, headers, body }) => {
    asked.push({ url, method, headers, body });
    return new Response(reply.body, { status: reply.status, headers: reply.headers });
  };
});
afterEach(() => (globalThis.fetch = realFetch));

const answer = (body, status = 200, headers = {}) => (reply = { status, body, headers });
const shopOf = (t, provider, more) => {
  const vitrine = new Vitrine({ provider, events: { enabled: false }, ...more });
  t.after(() => vitrine.close());
  return vitrine;
};
/** Returns the error that a call rejects with. */
const failed = (call) =>
  call.then(
    () => assert.fail('The call succeeds, and must be rejected.'),
    (error) => error,
  );

test('Depict: the documented request and reply', async (t) => {
  const vitrine = shopOf(t, { name: 'depict', tenant: 'myexamplestore', market: 'se', currency: 'SEK' });
  answer(seed('depict-reply.json'));
  const slate = await vitrine.recs.similarItems({ anchorId: '45234234' });
  const [{ url, method, body }] = asked;
  assert.deepEqual([method, url], ['POST', 'https://api.depict.ai/v2/recommend/products/product']);
  assert.deepEqual(JSON.parse(body), { ...seedJson('depict-request.json'), session_id: vitrine.getVisitorId() });
  const [display] = seedJson('depict-reply.json').displays;
  assert.deepEqual(slate.results, [
    {
      productId: '45234234',
      title: 'A very nice product',
      price: 899,
      originalPrice: 999,
      currency: 'SEK',
      imageUrl: 'https://www.myexamplestore.com/45234234/image.jpg',
      url: 'https://www.myexamplestore.com/45234234',
      reference: 'ee3652eb-a459-459c-aaa6-52e2c0e5695a',
      metadata: display,
    },
  ]);
  // "optionally user_id when available"
  vitrine.identify('ada');
  await vitrine.recs.similarItems({ anchorId: '45234234' });
  assert.equal(JSON.parse(asked[1].body).user_id, 'ada');
});

/** @type {import('../../dist/index.js').DoofinderProvider} */
const doofinder = {
  name: 'doofinder',
  zone: 'eu1',
  hashid: 'de8f052ea612f95b6950d4013dd6ef38',
  language: 'en',
  currency: 'EUR',
  configs: { trending: '11111111-0000-4000-8000-000000000001' },
};
const askDoofinder = (vitrine) =>
  vitrine.recs.trending({ url: 'https://shop.example.com/products/wireless-headphones' });

test('Doofinder: the documented request and reply', async (t) => {
  const vitrine = shopOf(t, doofinder);
  const wanted = seedJson('doofinder-request.json');
  vitrine.identify(wanted.user_id);
  vitrine.setCart(wanted.cart_items.map(({ dfid }) => dfid));
  answer(seed('doofinder-reply.json'));
  const slate = await askDoofinder(vitrine);
  const [{ url, method, headers, body }] = asked;
  assert.deepEqual(
    [method, url],
    ['POST', 'https://eu1-recommendations.doofinder.com/api/widget/11111111-0000-4000-8000-000000000001'],
  );
  assert.deepEqual(
    Object.keys(headers).map((name) => name.toLowerCase()),
    ['content-type'],
    'no Authorization header',
  );
  assert.deepEqual(JSON.parse(body), { ...wanted, session_id: vitrine.getSessionId() });
  assert.ok(vitrine.getSessionId().length <= 32);
  // "currency formatting details"
  assert.deepEqual(slate.money, {
    ...{ currency: 'EUR', prefix: '', suffix: ' €', decimal: ',', group: '.', digits: 2, label: 'Euro' },
  });
  const [result] = seedJson('doofinder-reply.json').results;
  assert.deepEqual([slate.title, slate.fallbackAction, slate.currency], ['You might also like', 'disabled', 'EUR']);
  assert.deepEqual(slate.results, [
    {
      productId: 'SKU-099',
      title: 'Wireless Earbuds Pro',
      price: 79.99,
      currency: 'EUR',
      url: result.url,
      metadata: result,
    },
  ]);
  assert.match(renderWidget({ provider: doofinder, reply: seed('doofinder-reply.json') }, {}), />79,99 €</);
});

test('Doofinder: the documented error, and the others that the document lists', async (t) => {
  const vitrine = shopOf(t, doofinder, { calls: { retries: 0 } });
  answer(seed('doofinder-error.json'), 400);
  const bad = await failed(askDoofinder(vitrine));
  assert.ok(bad instanceof ValidationError);
  assert.deepEqual([bad.status, bad.field, bad.message, bad.retryable], [400, 'current_url', 'is required', false]);
  assert.deepEqual(bad.details, [
    { field: 'current_url', message: 'is required' },
    { field: 'session_id', message: 'length must be less than or equal to 32' },
  ]);
  /** @type {[status: number, error: string, type: new (...args: never) => InstanceType<typeof RateLimitError>][]} */
  const others = [
    [403, 'Forbidden origin', ForbiddenError],
    [403, 'Forbidden ip', ForbiddenError],
    [404, 'Not found', NotFoundError],
    [429, 'Too many requests', RateLimitError],
  ];
  for (const [status, error, type] of others) {
    answer(JSON.stringify({ error }), status, { 'retry-after': '7' });
    const problem = await failed(askDoofinder(vitrine));
    assert.ok(problem instanceof type);
    assert.deepEqual([problem.status, problem.message, problem.retryAfter], [status, error, 7000]);
  }
});

const site = {
  name: 'richrelevance',
  apiKey: 'd4ff21d55a1368fc',
  apiClientKey: '42f5962fe3ed493e',
  keysArePublic: true,
  currency: 'USD',
};

test('RichRelevance: each documented call, word for word', async (t) => {
  const order = { orderId: '300242352342', items: [{ itemId: '4XB0G88733', quantity: 1, unitPrice: 228.99 }] };
  /** The shop's call for each page type. */
  const questions = {
    add_to_cart_page: ({ recs }, configId) =>
      recs.boughtTogether({ configId, itemIds: ['CON-NC4P-15454W2K', 'D1H79AV'] }),
    cart_page: ({ recs }, configId) => recs.boughtTogether({ configId, itemIds: ['WHYM-F-CP23-N'] }),
    brand_page: ({ recs }, configId) => recs.trending({ configId, brand: 'Lenovo' }),
    category_page: ({ recs }, configId) => recs.category({ configId, categoryId: 'C-JF' }),
    error_page: ({ recs }, configId) => recs.trending({ configId }),
    generic_page: ({ recs }, configId) => recs.trending({ configId }),
    item_page: ({ recs }, configId) => recs.similarItems({ configId, anchorId: 'E7W53A#0D1', categoryHints: ['C-CC'] }),
    personal_page: ({ recs }, configId) => recs.forUser({ configId }),
    purchase_complete_page: ({ recs }, configId) => recs.trending({ configId, order }),
    search_page: ({ recs }, configId) => recs.trending({ configId, query: 'Lenovo' }),
  };
  const calls = seed('richrelevance-calls.txt').trim().split('\n');
  assert.equal(calls.length, Object.keys(questions).length);
  for (const call of calls) {
    const placements = new URL(call.slice(4), 'https://recs.richrelevance.com').searchParams
      .get('placements')
      .split('|');
    const page = placements[0].split('.')[0];
    const vitrine = shopOf(t, { ...site, purchasePrices: 'both' });
    vitrine.identify('12345');
    answer(
      JSON.stringify({
        status: 'ok',
        placements: placements.map((placement) => ({
          placement,
          strategyMessage: placement,
          recommendedProducts: [{ id: '1' }],
        })),
      }),
    );
    asked = [];
    // Several placements are several calls that share a request.
    const slates = await Promise.all(placements.map((placement) => questions[page](vitrine, placement)));
    assert.deepEqual(
      slates.map(({ title }) => title),
      placements,
    );
    assert.deepEqual(
      asked.map(({ method, url }) => `${method} ${url.replace(/&ts=\d{13}$/, '')}`),
      [
        call
          .replace('GET ', 'GET https://recs.richrelevance.com')
          .replace('827ccb0eea8a706c4c34a16891f84e7b', vitrine.getSessionId()),
      ],
    );
  }
  assert.equal(calls.length + 1, 11, 'with the home page, which has no call in the document');
});

test('RichRelevance: the documented reply', async (t) => {
  const vitrine = shopOf(t, { ...site, configs: { forVisitor: 'home_page.rr1' } });
  answer(seed('richrelevance-reply.json'));
  const slate = await vitrine.recs.forVisitor({});
  assert.equal(asked[0].url.split('?')[0], 'https://recs.richrelevance.com/rrserver/api/rrPlatform/recsForPlacements');
  const { rcs, viewGuid, placements } = seedJson('richrelevance-reply.json');
  const [product] = placements[0].recommendedProducts;
  assert.deepEqual([slate.serveId, slate.title, slate.currency], [viewGuid, 'Shop Top Sellers', 'USD']);
  assert.deepEqual(slate.results, [
    {
      productId: '22127002',
      title: product.name,
      price: 0.01,
      originalPrice: 69,
      currency: 'USD',
      imageUrl: product.imageURL,
      url: product.productURL,
      brand: 'Nextbook',
      rating: 3.884,
      reference: product.clickTrackingURL,
      metadata: product,
    },
  ]);
  // "It should be passed as it was received in an earlier API response."
  await vitrine.recs.forVisitor({ maxAge: 0 });
  assert.equal(new URL(asked[1].url).searchParams.get('rcs'), rcs);
});

test('RichRelevance: the documented error comes with a good status', async (t) => {
  const vitrine = shopOf(t, site);
  answer(seed('richrelevance-error.json'));
  const error = await failed(vitrine.recs.forVisitor({}));
  assert.ok(error instanceof ServerError);
  assert.deepEqual(
    [error.code, error.status, error.message],
    ['service-error', 200, seedJson('richrelevance-error.json').errormessage],
  );
});

/** The provider of each service that has no filters, and a reply of two products. */
const withoutFilters = [
  {
    provider: { name: 'depict', tenant: 't', market: 'm' },
    body: { displays: [1, 0].map((stock) => ({ product_id: `p${stock}`, title: 'T', stock })) },
  },
  {
    provider: site,
    body: {
      status: 'ok',
      placements: [
        { placement: 'home_page.rr1', recommendedProducts: [1, 0].map((stock) => ({ id: `p${stock}`, stock })) },
      ],
    },
  },
  {
    provider: { ...doofinder, configs: { forVisitor: '11111111-0000-4000-8000-000000000001' } },
    body: { results: [1, 0].map((stock) => ({ id: `p${stock}`, title: 'T', stock })) },
  },
];

for (const { provider, body } of withoutFilters)
  test(`${provider.name}: filters that it lacks are applied to its reply, or the call is refused`, async (t) => {
    const vitrine = shopOf(t, provider);
    answer(JSON.stringify(body));
    const page = provider.name === 'doofinder' ? { url: 'https://shop.example/' } : {};
    const ask = (filter) => vitrine.recs.forVisitor({ ...page, filters: [filter] });
    const slate = await ask({ field: 'stock', operator: 'gt', value: 0 });
    assert.deepEqual(
      [slate.results.map(({ productId }) => productId), slate.appliedBy],
      [['p1'], { filters: 'vitrine' }],
    );
    const problem = await failed(ask({ field: 'colour', operator: 'eq', value: 'red' }));
    assert.ok(problem instanceof ValidationError);
    assert.deepEqual([problem.code, problem.field], ['bad-filter', 'filters']);
  });

test('an option that the service cannot honour is refused by name, before any request', async (t) => {
  const vitrine = shopOf(t, site);
  const problem = await failed(vitrine.recs.similarItems({ anchorId: 'a', visualWeight: 0.5 }));
  assert.ok(problem instanceof ValidationError);
  assert.deepEqual(
    [problem.code, problem.field, problem.message],
    [
      'unsupported-option',
      'visualWeight',
      'RichRelevance takes no visualWeight with item_page: leave it out, or name a service that takes it ' +
        '(docs/queries.md).',
    ],
  );
  const search = await failed(
    vitrine.search.text({ query: 'boots', filters: [{ field: 'color', operator: 'match', value: 'red' }] }),
  );
  assert.ok(search instanceof ValidationError);
  assert.deepEqual([search.code, search.field], ['unsupported-filter', 'filters']);
  assert.deepEqual(asked, []);
});
