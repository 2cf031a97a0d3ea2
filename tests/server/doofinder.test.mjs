// The Doofinder protocol of the demo server, by the service's documentation.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { fault, send, stored } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());
beforeEach(() => send(server, 'DELETE', '/_events'));

const hashid = 'de8f052ea612f95b6950d4013dd6ef38';
const dfid = (itemId) => `${hashid}@product@${createHash('md5').update(itemId).digest('hex')}`;
const [similar, history, together, personalized, trending] = [1, 2, 3, 4, 5].map(
  (n) => `5f3e0000-0000-4000-8000-00000000000${n}`,
);
const current_url = 'http://127.0.0.1/';
const session_id = 'b2b89619844f4eb0b5fa19f28a19d679';

const recommend = (widget, body, headers) =>
  send(server, 'POST', `/doofinder/api/widget/${widget}`, {
    body: JSON.stringify({ current_url, ...body }),
    headers: { 'content-type': 'application/json', ...headers },
  });
const idsOf = (reply) => reply.body.results.map(({ id }) => id);
const stat = (method, path, parameters = {}) =>
  send(server, method, `/doofinder/6/${hashid}/stats/${path}?${new URLSearchParams(parameters)}`);
const rows = async () => (await stored(server, { service: 'doofinder' })).events;
const audio = (ids) => ids.slice(0, 4).filter((id) => id >= 'T-07' && id <= 'T-12').length;

test("a widget's reply has its title, its price format and its products", async () => {
  const reply = await recommend(similar, {
    current_url: 'https://shop.example/product/T-08?from=home',
    session_id,
    language: 'en',
    price_name: 'EUR',
    hashid,
  });
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('access-control-allow-origin'), '*');
  const { results, ...rest } = reply.body;
  assert.deepEqual(rest, {
    title: 'You might also like',
    currency: { code: 'EUR', label: 'Euro', format: '%v %s', symbol: '€', precision: 2, decimal: ',', thousand: '.' },
    fallback_action: 'disabled',
  });
  assert.equal(results.length, 12);
  assert.ok(!idsOf(reply).includes('T-08'));
  assert.deepEqual(
    results.find(({ id }) => id === 'T-07'),
    {
      id: 'T-07',
      dfid: dfid('T-07'),
      title: 'Quiet Headphones',
      price: 249,
      sale_price: 199,
      url: `${server.url}/product/T-07`,
      image_link: `${server.url}/img/t-07.svg`,
      brand: 'Nod',
      categories: ['Audio'],
      rating: 4.5,
    },
  );
});

test('prices are in the requested currency', async () => {
  const priceIn = async (price_name) =>
    (await recommend(similar, { current_url: 'http://127.0.0.1/product/T-08', price_name })).body;
  const { currency, results } = await priceIn('SEK');
  assert.deepEqual([currency.symbol, currency.precision], ['kr', 0]);
  assert.equal(results.find(({ id }) => id === 'T-07').sale_price, 2189);
});

test('a widget without its signals has no results', async () => {
  for (const widget of [similar, history, together, personalized])
    assert.deepEqual((await recommend(widget)).body.results, []);
  assert.equal((await recommend(trending)).body.results.length, 12);
  assert.deepEqual((await recommend(similar, { current_url: 'http://127.0.0.1/product/GONE' })).body.results, []);
});

test('each widget uses its own signal', async () => {
  await stat('PUT', 'click', { session_id, dfid: dfid('T-07'), user_id: 'u-1' });
  await stat('PUT', 'click', { session_id, dfid: dfid('T-09'), user_id: 'u-1' });
  assert.ok(
    audio(idsOf(await recommend(history, { session_id }))) >
      audio(idsOf(await recommend(history, { session_id: 'another' }))),
  );
  assert.ok(
    audio(idsOf(await recommend(personalized, { user_id: 'u-1' }))) >
      audio(idsOf(await recommend(personalized, { user_id: 'u-2' }))),
  );
  for (const session of ['a', 'b']) {
    for (const id of ['T-05', 'T-19']) await stat('PUT', `cart/${session}`, { id, price: 10 });
    await stat('PUT', 'checkout', { session_id: session });
  }
  assert.equal(idsOf(await recommend(together, { cart_items: [{ dfid: dfid('T-05') }] }))[0], 'T-19');
  const garden = await recommend(trending, { category_context: [{ name: 'Garden' }] });
  assert.ok(garden.body.results.every(({ categories }) => categories[0] === 'Garden'));
});

test('a refusal lists all wrong fields', async () => {
  const reply = await recommend(similar, {
    current_url: undefined,
    session_id: 'x'.repeat(33),
    user_id: 'ü'.repeat(37),
    hashid: 'other',
    price_name: 'XXX',
    cart_items: [{}],
    category_context: 'Garden',
  });
  assert.equal(reply.status, 400);
  assert.deepEqual(reply.body, {
    error: 'Bad request',
    details: {
      current_url: ['is required'],
      session_id: ['length must be less than or equal to 32'],
      user_id: ['length must be less than or equal to 36'],
      hashid: ['does not exist'],
      price_name: ['does not exist'],
      cart_items: ['must be objects with a dfid'],
      category_context: ['must be an array'],
    },
  });
  assert.equal((await recommend(history, { session_id: 'ü'.repeat(32), user_id: 'x'.repeat(36) })).status, 200);
  for (const body of ['{', '[]', 'null', '5'])
    assert.deepEqual((await send(server, 'POST', `/doofinder/api/widget/${similar}`, { body })).body.details, {
      body: ['is not a JSON object'],
    });
});

test('an unknown widget is a 404, a forbidden origin a 403', async () => {
  const missing = await recommend('5f3e0000-0000-4000-8000-000000000099');
  assert.deepEqual([missing.status, missing.body], [404, { error: 'Not found' }]);
  const foreign = await recommend(trending, {}, { origin: 'https://evil.example' });
  assert.deepEqual([foreign.status, foreign.body], [403, { error: 'Forbidden origin' }]);
  assert.equal((await recommend(trending, {}, { origin: 'http://localhost:3000' })).status, 200);
});

test("an ordered 429 has the service's own error format", async () => {
  await fault(server, { target: 'recs', service: 'doofinder', status: 429, retryAfter: '5' });
  const { status, headers, body } = await recommend(trending);
  assert.deepEqual([status, headers.get('retry-after'), body], [429, '5', { error: 'Too many requests' }]);
});

test('a session is registered once, and once more when it has a user', async () => {
  for (const parameters of [{}, {}, { user_id: 'u-1' }]) {
    const { status, body } = await stat('PUT', 'init', { session_id, ...parameters, random: 5 });
    assert.deepEqual([status, body], [200, { status: 'registered' }]);
  }
  assert.deepEqual(
    (await rows()).map(({ type, sessionId, userId, deliveries }) => [type, sessionId, userId, deliveries]),
    [
      ['sessionInit', session_id, undefined, 2],
      ['sessionInit', session_id, 'u-1', 1],
    ],
  );
});

test('a click in a query string or a body is a row with item and position', async () => {
  await stat('PUT', 'click', { session_id, dfid: dfid('T-07'), position: 1 });
  await send(server, 'PUT', `/doofinder/6/${hashid}/stats/click`, {
    body: JSON.stringify({ session_id, dfid: dfid('T-08'), position: 3, query: 'phones' }),
  });
  const [first, second] = await rows();
  assert.deepEqual([first.type, first.itemId, first.position, first.visitorId], ['click', 'T-07', 0, session_id]);
  assert.deepEqual([second.itemId, second.position, second.sent.query], ['T-08', 2, 'phones']);
});

test('checkout buys the content of the cart once', async () => {
  await stat('PUT', `cart/${session_id}`, {
    id: 'T-01',
    amount: 2,
    index: 'product',
    title: 'Harbour Mug',
    price: 12.5,
  });
  await stat('PUT', `cart/${session_id}`, { id: dfid('T-07'), price: 199 });
  await stat('PUT', `cart/${session_id}`, { id: 'T-02', amount: 3, price: 14 });
  await stat('PATCH', `cart/${session_id}`, { id: 'T-02', amount: 3 });
  await stat('PATCH', `cart/${session_id}`, { id: 'T-01' });
  for (let i = 0; i < 2; ++i) assert.equal((await stat('PUT', 'checkout', { session_id })).body.status, 'registered');
  const all = await rows();
  assert.deepEqual(
    all.map(({ type }) => type),
    ['addToCart', 'addToCart', 'addToCart', 'removeFromCart', 'removeFromCart', 'purchase'],
  );
  assert.deepEqual(all[5].items, [
    { itemId: 'T-01', quantity: 1, unitPrice: 12.5 },
    { itemId: 'T-07', quantity: 1, unitPrice: 199 },
  ]);
  assert.equal(all[5].value, 211.5);
});

test('checkout of an emptied cart buys nothing', async () => {
  await stat('PUT', `cart/${session_id}`, { id: 'T-01', price: 12.5 });
  await stat('DELETE', `cart/${session_id}`);
  await stat('PUT', 'checkout', { session_id });
  assert.deepEqual(
    (await rows()).map(({ type }) => type),
    ['addToCart', 'removeFromCart'],
  );
});

test("bad parameters are refused with the field's name, and nothing is stored", async () => {
  const cases = [
    ['PUT', 'init', {}, { session_id: ['is required'] }],
    ['PUT', 'init', { session_id: 'x'.repeat(33) }, { session_id: ['length must be less than or equal to 32'] }],
    ['PUT', 'click', { session_id }, { dfid: ['is required'] }],
    ['PUT', 'click', { session_id, dfid: 'a', position: 0 }, { position: ['is out of range'] }],
    ['PUT', `cart/${session_id}`, { amount: 'two' }, { id: ['is required'], amount: ['must be a number'] }],
    ['PUT', 'checkout', {}, { session_id: ['is required'] }],
  ];
  for (const [method, path, parameters, details] of cases) {
    const { status, body } = await stat(method, path, parameters);
    assert.deepEqual([status, body], [400, { error: 'Bad request', details }]);
  }
  assert.equal((await send(server, 'PUT', `/doofinder/6/${'0'.repeat(32)}/stats/init?session_id=a`)).status, 404);
  assert.equal((await send(server, 'GET', `/doofinder/6/${hashid}/stats/init`)).body.error.length > 0, true);
  assert.deepEqual(await rows(), []);
});
