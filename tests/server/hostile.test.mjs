// Hostile values in every parameter of every endpoint: each gets a reply, and the server goes on.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { event, send } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(async () => assert.equal(await server.stop(), 0));
afterEach(async () => assert.equal((await send(server, 'GET', '/_health')).body.status, 'ok'));

const texts = [
  ...['', '|', '||', '|T-01|', ' ', '.', '..', '/', '{', '[', '"', '=', '<script>', '{{x}}', '%', '%00', '%ff'],
  ...['0', '-1', '1.5', '1e999', '-1e999', 'NaN', 'inf', '0x10', '9223372036854775807', '9223372036854775808'],
  ...['99999999999999999999999', '-99999999999999999999999', `${'9'.repeat(400)}`, 'true', 'null'],
  ...['\u0000', 'a\u0000b', '\r\nX-Injected: yes', '\t', '\u001b[31m', '\u007f', 'ö', '日本', '😀', '\ufeff', '\u202e'],
  ...['a'.repeat(201), 'a'.repeat(2001), 'T-01|'.repeat(700), 'item_page.|cart_page.a', '__proto__', "'; DROP TABLE--"],
];
// For JSON, in which a text of any kind is checked by the same few rules.
const values = [
  ...['', '|', ' ', '-1', 'NaN', '1e999', 'a\u0000b', '\r\nX-Injected: yes', '😀', 'a'.repeat(2001), '__proto__'],
  ...[null, true, 0, -1, 1.5, 1e308, -1e308, 2 ** 63, 2 ** 70],
  ...[[], [[]], [null], ['|'], {}, { a: {} }],
];

/** Sends a request and requires a reply that is no fault of the server. */
async function sendHostile(method, path, { body = undefined, headers = {}, what }) {
  const reply = await send(server, method, path, /** @type {any} */ ({ body, headers, redirect: 'manual' }));
  assert.ok(reply.status < 500, `${method} ${path.slice(0, 300)} ${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
  assert.equal(reply.headers.get('x-injected'), null);
}

/** Runs tasks, eight at a time. */
async function runAll(tasks) {
  const rest = tasks.values();
  const work = async () => {
    for (const task of rest) await task();
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** Each text in each parameter, in the query of the address. */
async function inEveryParameter(method, path, parameters) {
  const tasks = [];
  for (const name of Object.keys(parameters))
    for (const text of texts) {
      const query = new URLSearchParams({ ...parameters, [name]: text });
      tasks.push(() => sendHostile(method, `${path}?${query}`, { what: name }));
    }
  // Bytes that are no UTF-8, a parameter twice, and one without a name.
  for (const name of Object.keys(parameters)) {
    const others = new URLSearchParams(Object.entries(parameters).filter(([other]) => other !== name));
    for (const tail of [`${name}=%ff%c3`, `${name}=%`, `${name}=%zz`, name, `${name}=a&${name}=b`, '=x&&='])
      tasks.push(() => sendHostile(method, `${path}?${others}&${tail}`, { what: tail }));
  }
  await runAll(tasks);
}

/** Returns copies of a JSON document, each with one value replaced or one member removed, at every depth. */
function* mutations(document) {
  for (const key of Object.keys(document)) {
    for (const value of values) {
      const copy = Array.isArray(document) ? [...document] : { ...document };
      copy[key] = value;
      yield [`${key} = ${JSON.stringify(value)?.slice(0, 40)}`, copy];
    }
    if (!Array.isArray(document)) {
      const { [key]: removed, ...rest } = document;
      yield [`no ${key}`, rest];
    }
    if (document[key] === null || typeof document[key] !== 'object') continue;
    for (const [what, inner] of mutations(document[key])) {
      const copy = Array.isArray(document) ? [...document] : { ...document };
      copy[key] = inner;
      yield [`${key}.${what}`, copy];
    }
  }
}

async function inEveryMember(method, path, document, headers = {}) {
  const bodies = [...mutations(document)];
  await runAll(
    bodies.map(
      ([what, body]) =>
        () =>
          sendHostile(method, path, { body: JSON.stringify(body), headers, what }),
    ),
  );
}

const recsForPlacements = '/richrelevance/rrserver/api/rrPlatform/recsForPlacements';
const keys = { apiKey: 'rr_demo_site', apiClientKey: 'rr_demo_client', sessionId: 's', userId: 'u', rcs: 'eF5jAAAA' };
const pages = {
  home_page: {},
  item_page: { productId: 'T-01', chi: 'mugs' },
  add_to_cart_page: { atcid: 'T-01' },
  cart_page: { productId: 'T-01|T-02' },
  brand_page: { fpb: 'A' },
  category_page: { categoryId: 'mugs', productId: 'T-01' },
  search_page: { searchTerm: 'mug' },
  purchase_complete_page: { productId: 'T-01|T-02', o: 'o1', q: '1|2', pp: '1.5|2', ppc: '150|200' },
};
const options = {
  ...{
    bi: 'T-03',
    count: '3',
    minPriceFilter: '0',
    maxPriceFilter: '100000',
    jsonp: 'true',
    jcp: 'f',
    excludeRecItems: 'false',
  },
  ...{ categoryData: 'true', returnMinimalRecItemData: 'false', excludeItemAttributes: 'false' },
};
for (const [page, parameters] of Object.entries(pages)) {
  test(`RichRelevance's ${page} replies to hostile values in every parameter`, async () => {
    const placements = `${page}.a|${page}.b`;
    await inEveryParameter('GET', recsForPlacements, { ...keys, placements, ...parameters });
  });
}
test('RichRelevance replies to hostile values in its options', async () => {
  await inEveryParameter('GET', recsForPlacements, {
    ...keys,
    placements: 'item_page.a',
    productId: 'T-01',
    ...options,
  });
});

test('a required list of RichRelevance without an entry is a missing parameter', async () => {
  for (const [page, parameters] of Object.entries(pages))
    for (const name of Object.keys(parameters).filter((name) => ['productId', 'atcid', 'q'].includes(name))) {
      if (page === 'category_page' || page === 'cart_page') continue; // take products, but do not require them
      for (const list of ['', '|', '|||']) {
        const query = new URLSearchParams({ ...keys, placements: `${page}.a`, ...parameters, [name]: list });
        const { status, body } = await send(server, 'GET', `${recsForPlacements}?${query}`);
        assert.deepEqual(
          [status, body],
          [200, { status: 'error', errormessage: `Missing required parameter: ${name}` }],
          `${page} ${name}=${list}`,
        );
      }
    }
});

test('click addresses of RichRelevance reply to hostile values', async () => {
  const { url } = server;
  await inEveryParameter('GET', '/richrelevance/rrserver/apiclick', {
    ...{ a: 'rr_demo_site', cak: 'rr_demo_client', ct: `${url}/product/T-01`, vg: 'v', pa: 'item_page.a' },
    ...{ pos: '0', p: 'T-01', s: 's', u: 'u' },
  });
});

test('the endpoints of Depict reply to hostile values', async () => {
  const common = { tenant: 'osier', market: 'eu', locale: 'en', type: 'similar', limit: 3, session_id: 's' };
  const further = { user_id: 'u', dsid: 'd', document_referrer: 'r', metadata: { a: 'b' } };
  const recommend = '/depict/v2/recommend/products';
  await inEveryMember('POST', `${recommend}/general`, { ...common, ...further });
  await inEveryMember('POST', `${recommend}/product`, { ...common, product_id: 'T-01' });
  await inEveryMember('POST', `${recommend}/category`, { ...common, category_id: 'mugs' });
  await inEveryMember('POST', `${recommend}/products`, { ...common, product_ids: ['T-01', 'T-02'] });
  const { session_id: session, ...v3 } = common;
  const merchant = { merchant: 'osier', ...v3, session_id: session, product_ids: ['T-01'] };
  await inEveryMember('POST', '/depict/v3/recommend/products', merchant);
  const shown = { tenant: 'osier', market: 'eu', type: 'add_to_cart', session_id: 's', product_id: 'T-01' };
  const more = { entity_price: '12.5', currency: 'EUR', url: '/', grid_item_id: 1, variant_ids: ['a'] };
  await inEveryMember('POST', '/depict/create-events', [{ ...shown, ...more, entity_identifiers: { a: 'b' } }]);
  const line = { sku: 'T-01', price: 1.5, quantity: 1 };
  const purchase = { event_type: 'purchase', session_id: 's', transaction_id: 't', currency: 'EUR', products: [line] };
  for (const path of ['/depict/v2/create-events', '/depict/v2/track'])
    await inEveryMember('POST', path, { tenant: 'osier', market: 'eu', events: [purchase] });
});

test('the endpoints of Doofinder reply to hostile values', async () => {
  const hashid = 'de8f052ea612f95b6950d4013dd6ef38';
  const dfid = `${hashid}@product@0`;
  for (const widget of [1, 2, 3, 4, 5])
    await inEveryMember('POST', `/doofinder/api/widget/5f3e0000-0000-4000-8000-00000000000${widget}`, {
      ...{ current_url: 'http://a/product/T-01', session_id: 's', user_id: 'u', hashid, language: 'en' },
      ...{ price_name: 'EUR', cart_items: [{ dfid }], category_context: [{ name: 'mugs' }] },
    });
  const stats = `/doofinder/6/${hashid}/stats`;
  const session = { session_id: 's', user_id: 'u' };
  const item = { dfid, amount: '2', price: '1.5', index: 'product', title: 'a' };
  await inEveryParameter('PUT', `${stats}/init`, session);
  await inEveryParameter('PUT', `${stats}/click`, { ...session, dfid, position: '1', query: 'a', resource_id: 'r' });
  await inEveryParameter('PUT', `${stats}/cart/s`, { user_id: 'u', ...item });
  await inEveryMember('PUT', `${stats}/cart/s`, { user_id: 'u', ...item, amount: 2, price: 1.5 });
  await inEveryParameter('PATCH', `${stats}/cart/s`, { user_id: 'u', dfid, amount: '1' });
  await inEveryParameter('PUT', `${stats}/checkout`, session);
  await inEveryParameter('DELETE', `${stats}/cart/s`, { user_id: 'u' });
  for (const text of texts.filter((text) => text.length < 300 && !/^\.*$/.test(text)))
    for (const path of [
      `/doofinder/6/${encodeURIComponent(text)}/stats/init`,
      `${stats}/cart/${encodeURIComponent(text)}`,
    ])
      await sendHostile('PUT', path, { what: text });
});

const refine = { 'content-type': 'application/json', REFINE_API_KEY: 'pk_demo' };
test('the endpoints of Refine reply to hostile values', async () => {
  const owner = { organizationId: 'org', catalogId: 'cat', topK: 3, visualWeight: 0.5, includeMetadata: true };
  const filters = [
    { field: 'metadata.price', operator: 'gt', value: 1 },
    { field: 'tags', operator: 'in', value: ['a'] },
  ];
  const query = { ...owner, filters, visitorId: 'v', sessionId: 's' };
  await inEveryMember('POST', '/refine/recs', { ...query, productId: 'T-01' }, refine);
  await inEveryMember('POST', '/refine/recs/visitor', { ...owner, configId: 'home' }, refine);
  await inEveryMember('POST', '/refine/recs/user', { ...owner, configId: 'cart', userId: 'u' }, refine);
  const sortBy = { field: 'price', order: 'desc' };
  await inEveryMember('POST', '/refine/search/text', { ...owner, query: 'mug', sortBy }, refine);
  for (const sort of texts)
    await sendHostile('POST', '/refine/search/text', {
      body: JSON.stringify({ ...owner, query: sort || 'mug', sortBy: sort }),
      headers: refine,
      what: `sortBy ${sort}`,
    });
});
for (const type of ['itemsServed', 'view', 'addToCart', 'purchase', 'identify', 'pageView', 'exposure']) {
  test(`Refine replies to hostile values in events of the type ${type}`, async () => {
    await inEveryMember('POST', '/refine/events', { batchId: 'b', sentAt: 1, events: [event(type)] }, refine);
  });
}

test('the controls and the pages made on the server reply to hostile values', async () => {
  const names = ['service', 'visitorId', 'sessionId', 'userId', 'type', 'eventId', 'serveId', 'orderId', 'itemId'];
  const query = Object.fromEntries(names.map((name) => [name, 'a']));
  await inEveryParameter('GET', '/_events', { ...query, since: '0', limit: '10' });
  const order = {
    target: 'recs',
    service: 'refine',
    status: 500,
    delayMs: 0,
    retryAfter: '1',
    count: 1,
    when: 'before',
  };
  await inEveryMember('POST', '/_faults', { ...order, body: 'a' });
  await send(server, 'DELETE', '/_faults');
  for (const service of ['refine', 'depict', 'richrelevance', 'doofinder'])
    await inEveryParameter('GET', '/ssr', {
      ...{ service, count: '3', kind: 'similarItems', template: 'grid', item: 'T-01', heading: 'a' },
    });
  const account = { name: 'refine', apiUrl: 'http://a/refine', apiKey: 'k', organizationId: 'o', catalogId: 'c' };
  const widget = { kind: 'similarItems', template: 'grid', query: { topK: 3, anchorId: 'T-01' }, title: 'a' };
  const metadata = { name: 'a', price: 1, url: '/a', imageUrl: '/a.png' };
  const reply = JSON.stringify({
    status: 'success',
    serveId: 's',
    results: [{ productId: 'T-01', score: 1, metadata }],
  });
  await inEveryMember('POST', '/ssr/render', { account, widget, status: 200, reply });
  for (const [what, body] of mutations(JSON.parse(reply)))
    await sendHostile('POST', '/ssr/render', {
      body: JSON.stringify({ account, widget, status: 200, reply: JSON.stringify(body) }),
      what,
    });
});
