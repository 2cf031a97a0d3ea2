import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { ask, event, idsOf, send, store, ulid } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());
beforeEach(() => send(server, 'DELETE', '/_events'));

const dayMs = 24 * 3600 * 1000;
const click = (visitorId, itemId, members) =>
  event('click', { visitorId, sessionId: `s_${visitorId}`, itemId, ...members });
const purchase = (visitorId, itemIds, members) =>
  event('purchase', {
    visitorId,
    sessionId: `s_${visitorId}`,
    items: itemIds.map((itemId) => ({ itemId, quantity: 1, unitPrice: 10 })),
    ...members,
  });
const similar = (productId, query) => idsOf(server, '/recs', { productId, ...query });
const forVisitor = (visitorId, query) =>
  idsOf(server, '/recs/visitor', { configId: 'home', visitorId, sessionId: `s_${visitorId}`, ...query });
const forUser = (userId, query) => idsOf(server, '/recs/user', { configId: 'home', userId, ...query });

test('a reply has its own serve id, and products with all fields of a card', async () => {
  const { body } = await ask(server, '/recs', { productId: 'T-01', topK: 3 });
  const again = await ask(server, '/recs', { productId: 'T-01', topK: 3 });
  assert.equal(body.status, 'success');
  assert.match(body.serveId, /^sv_[0-9a-z]{16}$/);
  assert.notEqual(body.serveId, again.body.serveId);
  assert.equal(body.title, 'Similar items');
  assert.equal(body.totalResults, 23);
  assert.equal(body.results.length, 3);
  const whole = (await ask(server, '/recs', { productId: 'T-01', topK: 100 })).body.results;
  assert.equal(whole.length, 23);
  assert.deepEqual(whole.find((result) => result.productId === 'T-07').metadata, {
    name: 'Quiet Headphones',
    brand: 'Nod',
    category: 'Audio',
    price: 199,
    originalPrice: 249,
    currency: 'EUR',
    rating: 4.5,
    ratingCount: 530,
    color: 'Black',
    stock: 25,
    description: 'Wireless headphones that cancel noise.',
    imageUrl: '/img/t-07.svg',
    url: '/product/T-07',
    tags: ['wireless', 'headphones'],
  });
  for (const { score } of whole) assert.ok(score >= 0 && score <= 1);
});

test('metadata can be left out', async () => {
  const { body } = await ask(server, '/recs', { productId: 'T-01', topK: 1, includeMetadata: false });
  assert.deepEqual(Object.keys(body.results[0]).sort(), ['productId', 'score']);
});

test('without events, similar items have similar data, and the anchor is not among them', async () => {
  const mugs = await similar('T-01', { topK: 24 });
  assert.equal(mugs[0], 'T-02');
  assert.ok(!mugs.includes('T-01'));
  assert.equal((await similar('T-07'))[0], 'T-08');
});

test('a lower visual weight compares words rather than looks', async () => {
  const place = async (visualWeight) => (await similar('T-04', { topK: 24, visualWeight })).indexOf('T-10');
  // The board and the speaker share only the word walnut and a colour.
  assert.ok((await place(0.05)) < (await place(1)));
});

test('products that others viewed in one visit become similar', async () => {
  const earlier = await similar('T-07', { topK: 5 });
  assert.ok(!earlier.includes('T-21'));
  for (const visitorId of ['v_a', 'v_b', 'v_c'])
    await store(server, click(visitorId, 'T-07'), click(visitorId, 'T-21'));
  assert.equal((await similar('T-07'))[0], 'T-21');
  assert.equal((await similar('T-21'))[0], 'T-07');
});

test('products of one order go together more than products of one visit', async () => {
  const earlier = await similar('T-07', { topK: 23 });
  for (const visitorId of ['v_a', 'v_b'])
    await store(server, click(visitorId, 'T-07'), click(visitorId, 'T-21'), click(visitorId, 'T-13'));
  await store(server, purchase('v_d', ['T-07', 'T-13']), purchase('v_e', ['T-07', 'T-13']));
  const items = await similar('T-07', { topK: 23 });
  assert.equal(items[0], 'T-13');
  assert.ok(items.indexOf('T-21') < earlier.indexOf('T-21'));
});

test('two products in one visit count more than in two visits of the same shopper', async () => {
  for (const visitorId of ['v_a', 'v_b', 'v_c']) {
    await store(
      server,
      click(visitorId, 'T-07', { sessionId: 'morning' }),
      click(visitorId, 'T-21', { sessionId: 'evening' }),
    );
    await store(
      server,
      click(visitorId, 'T-07', { sessionId: 'night' }),
      click(visitorId, 'T-13', { sessionId: 'morning' }),
    );
  }
  const items = await similar('T-07', { topK: 23 });
  assert.ok(items.indexOf('T-13') < items.indexOf('T-21'));
});

test('products that were only shown together do not become similar', async () => {
  const view = (visitorId, itemId) => event('view', { visitorId, sessionId: `s_${visitorId}`, itemId });
  await store(server, view('v_a', 'T-07'), view('v_b', 'T-24'));
  const apart = await similar('T-07', { topK: 23 });
  await send(server, 'DELETE', '/_events');
  await store(
    server,
    view('v_a', 'T-07'),
    view('v_a', 'T-24'),
    event('itemsServed', { visitorId: 'v_a', itemIds: ['T-07', 'T-24'] }),
  );
  assert.deepEqual(await similar('T-07', { topK: 23 }), apart);
});

test('browsing changes the recommendations of its own visitor only', async () => {
  const audio = (ids) => ids.slice(0, 4).filter((id) => id >= 'T-07' && id <= 'T-12').length;
  await store(server, click('v_gardener', 'T-13'), click('v_gardener', 'T-16'));
  const [earlier, ofGardener] = [await forVisitor('v_a'), await forVisitor('v_gardener')];
  await store(server, click('v_a', 'T-07'), click('v_a', 'T-09'));
  const picked = await forVisitor('v_a');
  assert.notDeepEqual(picked, earlier);
  assert.ok(audio(picked) >= 2 && audio(picked) > audio(earlier));
  assert.equal(audio(await forVisitor('v_gardener')), audio(ofGardener));
});

test('opening a product page counts as interest in its product', async () => {
  await store(server, event('itemsServed', { visitorId: 'v_a', anchorId: 'T-13', itemIds: ['T-01'] }));
  assert.ok((await forVisitor('v_a')).slice(0, 2).some((id) => id >= 'T-14' && id <= 'T-18'));
});

test('a list shows products of several categories', async () => {
  await store(server, click('v_a', 'T-07'));
  const kinds = new Set(
    (await ask(server, '/recs/visitor', { configId: 'home', visitorId: 'v_a', topK: 8 })).body.results.map(
      (result) => result.metadata.category,
    ),
  );
  assert.ok(kinds.size > 1);
});

test('the title differs for known and unknown shoppers', async () => {
  const title = async (visitorId) =>
    (await ask(server, '/recs/visitor', { configId: 'home', visitorId, topK: 1 })).body.title;
  assert.equal(await title('v_a'), 'Popular right now');
  await store(server, click('v_a', 'T-07'));
  assert.equal(await title('v_a'), 'Picked for you');
  assert.equal(await title(undefined), 'Popular right now');
});

test('products bought recently are not recommended, products bought long ago are', async () => {
  await store(
    server,
    click('v_a', 'T-07'),
    purchase('v_a', ['T-08']),
    purchase('v_b', ['T-08'], { at: Date.now() - 40 * dayMs }),
    click('v_b', 'T-07'),
  );
  assert.ok(!(await forVisitor('v_a', { topK: 24 })).includes('T-08'));
  assert.ok((await forVisitor('v_b', { topK: 24 })).includes('T-08'));
  assert.ok(!(await similar('T-07', { topK: 24, visitorId: 'v_a' })).includes('T-08'));
  assert.ok((await similar('T-07', { topK: 24 })).includes('T-08'));
});

test('products in the cart are not recommended in the same session', async () => {
  await store(server, event('addToCart', { visitorId: 'v_a', sessionId: 's_v_a', itemId: 'T-08' }));
  assert.ok(!(await forVisitor('v_a', { topK: 24 })).includes('T-08'));
  assert.ok((await forVisitor('v_a', { topK: 24, sessionId: 's_other' })).includes('T-08'));
});

test('recommendations for a cart are products that others bought with it', async () => {
  for (const visitorId of ['v_b', 'v_c']) await store(server, purchase(visitorId, ['T-05', 'T-19']));
  await store(
    server,
    click('v_a', 'T-10'),
    event('addToCart', { visitorId: 'v_a', sessionId: 's_v_a', itemId: 'T-05' }),
  );
  const { body } = await ask(server, '/recs/visitor', {
    configId: 'cart',
    visitorId: 'v_a',
    sessionId: 's_v_a',
    topK: 3,
  });
  assert.equal(body.title, 'Goes well with your cart');
  assert.equal(body.results[0].productId, 'T-19');
});

test('popular products are those wanted now, not two months ago', async () => {
  const longAgo = Date.now() - 60 * dayMs;
  for (const visitorId of ['v_a', 'v_b', 'v_c', 'v_d']) await store(server, click(visitorId, 'T-24', { at: longAgo }));
  await store(server, click('v_e', 'T-18'));
  const popular = await forVisitor('v_z', { configId: 'popular', topK: 24 });
  assert.equal(popular[0], 'T-18');
  await store(server, purchase('v_f', ['T-22']), purchase('v_g', ['T-22']));
  assert.equal((await forVisitor('v_z', { configId: 'popular' }))[0], 'T-22');
});

test('a clock that is years fast does not keep a product popular', async () => {
  await store(
    server,
    click('v_a', 'T-24', { at: Date.now() + 4000 * dayMs }),
    click('v_b', 'T-18'),
    click('v_c', 'T-18'),
  );
  assert.equal((await forVisitor('v_z', { configId: 'popular' }))[0], 'T-18');
});

test('an order id counts once, however often it is sent', async () => {
  const orderId = ulid();
  await store(
    server,
    purchase('v_a', ['T-24'], { orderId }),
    purchase('v_a', ['T-24'], { orderId }),
    purchase('v_a', ['T-24'], { orderId }),
  );
  await store(server, purchase('v_b', ['T-18']), purchase('v_c', ['T-18']));
  assert.equal((await forVisitor('v_z', { configId: 'popular' }))[0], 'T-18');
});

test('a user has the history of all their visitors, before and after identify', async () => {
  await store(server, click('v_phone', 'T-07'), event('identify', { visitorId: 'v_phone', userId: 'u_1' }));
  await store(
    server,
    event('identify', { visitorId: 'v_desk', userId: 'u_1' }),
    purchase('v_desk', ['T-08'], { userId: 'u_1' }),
  );
  const picked = await forUser('u_1', { topK: 24 });
  assert.ok(!picked.includes('T-08'));
  assert.ok(picked.slice(0, 3).some((id) => id >= 'T-09' && id <= 'T-12'));
  const onPhone = await forVisitor('v_phone', { topK: 24 });
  assert.ok(onPhone.includes('T-08'));
});

test('two users of one browser keep their own histories', async () => {
  await store(
    server,
    event('identify', { visitorId: 'v_a', userId: 'u_1' }),
    purchase('v_a', ['T-08'], { userId: 'u_1' }),
  );
  await store(
    server,
    event('identify', { visitorId: 'v_a', userId: 'u_2' }),
    purchase('v_a', ['T-13'], { userId: 'u_2' }),
  );
  const [first, second] = [await forUser('u_1', { topK: 24 }), await forUser('u_2', { topK: 24 })];
  assert.ok(!first.includes('T-08') && first.includes('T-13'));
  assert.ok(second.includes('T-08') && !second.includes('T-13'));
});

test('an unknown user gets popular products', async () => {
  await store(server, purchase('v_a', ['T-24']));
  assert.equal((await forUser('u_unknown'))[0], 'T-24');
});

test('events without ids count for popularity, not for a shopper', async () => {
  const { visitorId, sessionId, userId, ...anonymous } = purchase('x', ['T-24']);
  await store(server, anonymous);
  assert.equal((await forVisitor('v_z'))[0], 'T-24');
  assert.equal((await forVisitor(undefined, { sessionId: undefined }))[0], 'T-24');
});

test('items that the catalogue lacks are ignored', async () => {
  await store(server, click('v_a', 'GONE-1'), purchase('v_a', ['GONE-2', 'T-07', 'T-21']));
  assert.ok(!(await forVisitor('v_a')).includes('GONE-1'));
  assert.equal((await similar('T-07'))[0], 'T-21');
});

test('filters apply to every kind of recommendation and to the total', async () => {
  const filters = [
    { field: 'category', operator: 'eq', value: 'Garden' },
    { field: 'stock', operator: 'gt', value: 20 },
  ];
  /** @type {[string, object][]} */
  const calls = [
    ['/recs', { productId: 'T-01' }],
    ['/recs/visitor', { configId: 'home', visitorId: 'v_a' }],
    ['/recs/user', { configId: 'home', userId: 'u_1' }],
  ];
  for (const [path, query] of calls) {
    const { body } = await ask(server, path, { ...query, filters, topK: 2 });
    assert.equal(body.totalResults, 4);
    assert.equal(body.results.length, 2);
    for (const { metadata } of body.results) assert.ok(metadata.category === 'Garden' && metadata.stock > 20);
  }
});

test('an unknown anchor is a 404 that names it', async () => {
  const { status, body } = await ask(server, '/recs', { productId: 'T-99', topK: 3 });
  assert.equal(status, 404);
  assert.deepEqual([body.status, body.error.code, body.error.field], ['error', 'product-not-found', 'productId']);
});

const required = {
  '/recs': { productId: 'T-01' },
  '/recs/visitor': { configId: 'home', visitorId: 'v_1' },
  '/recs/user': { configId: 'home', userId: 'u_1' },
  '/search/text': { query: 'mug' },
};
for (const [path, query] of Object.entries(required)) {
  test(`${path} refuses missing and wrong members by name`, async () => {
    const whole = { topK: 3, ...query };
    const refuse = async (members, field) => {
      const { status, body } = await ask(server, path, { ...whole, ...members });
      assert.equal(status, 400, `${JSON.stringify(members)}: ${JSON.stringify(body)}`);
      assert.deepEqual([body.status, body.error.code, body.error.field], ['error', 'invalid-field', field]);
      assert.ok(body.error.message.startsWith(field));
    };
    const must = Object.keys(whole).filter((name) => name !== 'visitorId');
    for (const name of ['organizationId', 'catalogId', ...must]) await refuse({ [name]: undefined }, name);
    for (const topK of [0, -1, 1.5, '3', 1001, 1e30, true]) await refuse({ topK }, 'topK');
    for (const visualWeight of [0, -0.5, 1.01, 'high']) await refuse({ visualWeight }, 'visualWeight');
    await refuse({ organizationId: 7 }, 'organizationId');
    await refuse({ includeMetadata: 'yes' }, 'includeMetadata');
    await refuse({ visitorId: 5 }, 'visitorId');
    await refuse({ filters: 'price<3' }, 'filters');
    assert.equal((await ask(server, path, whole)).status, 200);
  });

  test(`${path} requires the key`, async () => {
    const wrong = await ask(server, path, { topK: 3, ...query }, 'pk_wrong');
    assert.deepEqual([wrong.status, wrong.body.error.code], [401, 'invalid-api-key']);
    const missing = await send(server, 'POST', `/refine${path}`, { body: '{}' });
    assert.deepEqual([missing.status, missing.body.error.code], [401, 'missing-api-key']);
  });
}

test('events need no key, but a wrong key is refused', async () => {
  const body = JSON.stringify({ batchId: 'b', events: [event('view')] });
  const reply = await send(server, 'POST', '/refine/events', {
    body,
    headers: { 'content-type': 'text/plain', REFINE_API_KEY: 'pk_wrong' },
  });
  assert.equal(reply.status, 401);
});
