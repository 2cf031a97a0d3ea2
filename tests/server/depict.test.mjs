// The Depict protocol of the demo server, by the service's OpenAPI and integration guide.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { fault, send, stored } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());
beforeEach(() => send(server, 'DELETE', '/_events'));

const shop = { tenant: 'osier', market: 'eu' };
const call = (path, body, headers = {}) =>
  send(server, 'POST', `/depict${path}`, {
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const recommend = (subject, query) => call(`/v2/recommend/products/${subject}`, { ...shop, type: 'similar', ...query });
const idsOf = (reply) => reply.body.displays.map((display) => display.product_id);
const track = (...events) =>
  call(
    '/create-events',
    events.map((event) => ({ ...shop, session_id: 'dep_1', ...event })),
  );
const details = (reply) => reply.body.detail.map(({ loc, type }) => `${loc.join('.')} ${type}`).sort();

test('every display has its own recommendation id, which is also in its page address', async () => {
  const reply = await recommend('product', { product_id: 'T-01', session_id: 'dep_1', limit: 24 });
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('access-control-allow-origin'), '*');
  const { displays } = reply.body;
  assert.equal(displays.length, 23);
  assert.equal(displays[0].product_id, 'T-02');
  const { recommendation_id, ...display } = displays.find(({ product_id }) => product_id === 'T-07');
  assert.match(recommendation_id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(display, {
    product_id: 'T-07',
    main_product_id: 'T-07',
    title: 'Quiet Headphones',
    brand: 'Nod',
    category: 'Audio',
    color: 'Black',
    rating: 4.5,
    rating_count: 530,
    in_stock: true,
    original_price: 249,
    sale_price: 199,
    page_url: `${server.url}/product/T-07?recommendation_id=${recommendation_id}`,
    image_url: `${server.url}/img/t-07.svg`,
  });
  assert.equal(new Set(displays.map((each) => each.recommendation_id)).size, 23);
});

test('addresses lead to the shop that sent the request', async () => {
  const { body } = await call(
    '/v2/recommend/products/general',
    { ...shop, type: 'front_page', limit: 1 },
    { origin: 'https://shop.example' },
  );
  assert.match(body.displays[0].page_url, /^https:\/\/shop\.example\/product\//);
});

test('each subject gets recommendations for the products that it names', async () => {
  await track(
    { type: 'add_to_cart', product_id: 'T-05', session_id: 'dep_2' },
    { type: 'add_to_cart', product_id: 'T-19', session_id: 'dep_2' },
  );
  assert.equal(idsOf(await recommend('products', { type: 'checkout', product_ids: ['T-05'], limit: 3 }))[0], 'T-19');
  assert.ok(
    !idsOf(await recommend('products', { type: 'checkout', product_ids: ['T-05', 'T-19'], limit: 24 })).includes(
      'T-19',
    ),
  );
  const garden = idsOf(await recommend('category', { category_id: 'garden', limit: 24 }));
  assert.ok(garden.length > 2 && garden.length < 10);
  assert.equal(idsOf(await recommend('general', { type: 'trending', limit: 1 }))[0], 'T-05');
});

test('browsing changes the recommendations of its own session only', async () => {
  await track({ type: 'click', product_id: 'T-07' }, { type: 'click', product_id: 'T-09' });
  const audio = (ids) => ids.slice(0, 4).filter((id) => id >= 'T-07' && id <= 'T-12').length;
  const picked = async (session_id) => idsOf(await recommend('general', { type: 'front_page', session_id, limit: 8 }));
  assert.ok(audio(await picked('dep_1')) > audio(await picked('dep_9')));
});

test('version 3 groups displays by variant', async () => {
  const { body } = await call('/v3/recommend/products', {
    merchant: 'osier',
    market: 'eu',
    locale: 'en',
    type: 'similar',
    product_ids: ['T-01'],
    limit: 2,
  });
  assert.equal(body.displays.length, 2);
  const [{ variant_index, variant_displays, variant_skus, variant_product_ids }] = body.displays;
  assert.equal(variant_index, 0);
  assert.deepEqual([variant_skus, variant_product_ids], [['T-02'], ['T-02']]);
  assert.equal(variant_displays[0].product_id, 'T-02');
});

test('an unknown tenant gets no displays and an error', async () => {
  assert.deepEqual((await recommend('general', { tenant: 'elsewhere' })).body, {
    displays: [],
    error: 'unknown tenant',
  });
});

test('an unknown product falls back on the history of the session', async () => {
  assert.equal(idsOf(await recommend('product', { product_id: 'GONE', limit: 5 })).length, 5);
});

test('a refusal lists all wrong members with their paths', async () => {
  const reply = await call('/v2/recommend/products/product', {
    market: 5,
    type: 'similar',
    limit: 129,
    metadata: { a: 1 },
    product_id: null,
    colour: 'red',
  });
  assert.equal(reply.status, 422);
  assert.deepEqual(details(reply), [
    'body.colour extra_forbidden',
    'body.limit less_than_equal',
    'body.market string_type',
    'body.metadata.a string_type',
    'body.product_id string_type',
    'body.tenant missing',
  ]);
  for (const { loc, msg, type } of reply.body.detail) assert.ok(Array.isArray(loc) && msg && type);
});

for (const [limit, type] of [
  [0, 'greater_than_equal'],
  [129, 'less_than_equal'],
  ['8', 'int_type'],
  [1.5, 'int_type'],
])
  test(`a limit of ${JSON.stringify(limit)} is refused`, async () =>
    assert.deepEqual(details(await recommend('general', { limit })), [`body.limit ${type}`]));

test('a body that is not a JSON object is a 422 too', async () => {
  for (const body of ['', '{', 'null', '[]', '5', '['.repeat(100_000)]) {
    const reply = await send(server, 'POST', '/depict/v2/recommend/products/general', { body });
    assert.equal(reply.status, 422, body.slice(0, 9));
    assert.ok(reply.body.detail.length > 0);
  }
});

test('every type of event becomes a row with the common members and the event as sent', async () => {
  const sent = [
    { type: 'page_view', product_id: 'T-01', url: 'https://shop.example/product/T-01' },
    { type: 'recommendations_inserted', recommendation_type: 'similar' },
    { type: 'element_visible', product_id: 'T-02', recommendation_id: 'r-2' },
    { type: 'click', product_id: 'T-02', recommendation_id: 'r-2', click_location: 'front_page_1' },
    {
      type: 'add_to_cart',
      product_id: 'T-02',
      entity_price: '14',
      currency: 'EUR',
      variant_ids: ['a'],
      entity_identifiers: { sku: '1' },
    },
    { type: 'purchase', product_id: 'T-02', entity_price: '14', user_id: 'u_1' },
  ];
  const reply = await track(...sent);
  assert.deepEqual([reply.status, reply.text], [200, 'null']);
  const { events, total } = await stored(server, { service: 'depict' });
  assert.equal(total, 6);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['pageView', 'itemsServed', 'view', 'click', 'addToCart', 'purchase'],
  );
  assert.deepEqual(
    events.map((row) => row.sent),
    sent.map((event) => ({ ...shop, session_id: 'dep_1', ...event })),
  );
  for (const { visitorId, sessionId } of events) assert.deepEqual([visitorId, sessionId], ['dep_1', 'dep_1']);
  assert.deepEqual([events[0].anchorId, events[0].url], ['T-01', sent[0].url]);
  assert.deepEqual([events[3].itemId, events[3].serveId], ['T-02', 'r-2']);
  assert.deepEqual(events[5].items, [{ itemId: 'T-02', quantity: 1, unitPrice: 14 }]);
  assert.equal(events[5].userId, 'u_1');
});

test('an event is stored once per deduplication id, and every time without one', async () => {
  const click = { type: 'click', product_id: 'T-02' };
  await track({ ...click, deduplication_id: 'd-1' }, click);
  await track({ ...click, deduplication_id: 'd-1' }, click);
  const { events, total, rawDeliveries } = await stored(server);
  assert.deepEqual([total, rawDeliveries], [3, 4]);
  assert.equal(events[0].eventId, 'd-1');
});

test('one bad event makes the whole batch fail; the error names index and member', async () => {
  const reply = await track(
    { type: 'click' },
    { type: 'bought' },
    { type: 'click', product_id: 5, place: 3, tenant: undefined },
  );
  assert.equal(reply.status, 422);
  assert.deepEqual(details(reply), [
    'body.1.type enum',
    'body.2.place extra_forbidden',
    'body.2.product_id string_type',
    'body.2.tenant missing',
  ]);
  assert.equal((await stored(server)).total, 0);
  assert.deepEqual(details(await call('/create-events', { events: [] })), ['body list_type']);
});

const order = {
  event_type: 'purchase',
  session_id: 'dep_1',
  transaction_id: 'o-1',
  currency: 'EUR',
  products: [
    { sku: 'T-01', price: 12.5, quantity: 2 },
    { sku: 'T-07', price: '199.00', quantity: 1 },
  ],
};
const buy = (...events) => call('/v2/create-events', { ...shop, events });

test('a purchase is a row with its lines, stored once per transaction', async () => {
  for (let i = 0; i < 2; ++i) assert.equal((await buy(order)).status, 200);
  const { events, rawDeliveries } = await stored(server, { type: 'purchase', orderId: 'o-1' });
  assert.equal(events.length, 1);
  assert.equal(rawDeliveries, 2);
  assert.deepEqual(events[0].items, [
    { itemId: 'T-01', quantity: 2, unitPrice: 12.5 },
    { itemId: 'T-07', quantity: 1, unitPrice: 199 },
  ]);
  assert.equal(events[0].currency, 'EUR');
  assert.ok(
    !idsOf(await recommend('general', { type: 'front_page', session_id: 'dep_1', limit: 24 })).includes('T-07'),
  );
});

test('the refusal of a bad purchase names the member', async () => {
  const line = order.products[0];
  /** @type {[any, any][]} */
  const cases = [
    [{ session_id: undefined }, 'body.events.0 value_error'],
    [{ transaction_id: undefined }, 'body.events.0.transaction_id missing'],
    [{ currency: 'Euro' }, 'body.events.0.currency string_pattern_mismatch'],
    [{ products: [] }, 'body.events.0.products too_short'],
    [{ products: [{ ...line, price: -1 }] }, 'body.events.0.products.0.price greater_than_equal'],
    [{ products: [{ ...line, price: '12,50' }] }, 'body.events.0.products.0.price float_parsing'],
    [{ products: [line, { ...line, quantity: 0 }] }, 'body.events.0.products.1.quantity greater_than_equal'],
    [{ event_type: 'gift' }, 'body.events.0.event_type union_tag_invalid'],
  ];
  for (const [members, expected] of cases)
    assert.ok(details(await buy({ ...order, ...members })).includes(expected), expected);
  assert.equal((await stored(server)).total, 0);
});

test('events that are not about shoppers are accepted and not stored', async () => {
  assert.equal(
    (await buy({ event_type: 'product_unavailable', product_id: 'T-01', unavailability_type: 'missing' })).status,
    200,
  );
  assert.equal(
    (await buy({ event_type: 'transaction_mapping', transaction_id: 'o-2', session_id: 'dep_1' })).status,
    200,
  );
  assert.equal((await stored(server)).total, 0);
});

test('pages of other origins may call the service', async () => {
  const preflight = await send(server, 'OPTIONS', '/depict/create-events', {
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
  });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-headers'), /Content-Type, X-API-KEY/);
});

test("a fault of this service affects no other, and has the service's error format", async () => {
  await fault(server, { target: 'recs', service: 'depict', status: 429, retryAfter: '3' });
  assert.equal((await send(server, 'POST', '/refine/recs', { body: '{}' })).status, 401);
  const reply = await recommend('general');
  assert.deepEqual([reply.status, reply.headers.get('retry-after'), typeof reply.body.detail], [429, '3', 'string']);
  assert.equal((await fault(server, { target: 'recs', service: 'nobody', status: 500 })).body.error.field, 'service');
  assert.equal((await send(server, 'GET', '/depict/v2/create-events')).body.detail.length > 0, true);
});
