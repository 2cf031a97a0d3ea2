// Values that a shop passes in by mistake, in the built package: each is a ValidationError with its field, or null, and
// no other value disturbs the call.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Refine, ValidationError, Vitrine } from '../../dist/index.js';
import * as tracking from '../../dist/tracking.js';
import { serveRefine } from './refine_wire.mjs';

let service;
before(async () => (service = await serveRefine()));
after(() => service.close());

/** @returns {any} a Vitrine without types, because the values here are wrong on purpose */
const open = (t, config = {}, /** @type {any} */ Class = Vitrine) => {
  service.events.length = 0;
  const vitrine = new Class({
    applicationType: 'server',
    provider: { name: 'refine', apiKey: 'pk', organizationId: 'o', catalogId: 'c', apiUrl: service.url },
    ...config,
  });
  t.after(() => vitrine.close());
  return vitrine;
};
const fieldOf = (call) => {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof ValidationError, String(error));
    return error.field;
  }
  return undefined;
};
const list = (vitrine) => vitrine.events.trackItemsServed({ surface: 's', source: 't', itemIds: ['a'] });
/** @type {any} */
const order = { orderId: 'o', value: 1, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] };
const thrower = () => {
  throw Error('read');
};

/** Values that are no ids. */
const noIds = [
  { id: { id: 7 } },
  {},
  [],
  ['a'],
  Promise.resolve('a'),
  NaN,
  Infinity,
  true,
  7n,
  Symbol('s'),
  () => 1,
  '',
  ' ',
  '\t\u00a0',
  'undefined',
  'null',
  'NaN',
  '[object Object]',
  new Proxy({}, { get: thrower }),
];

test('no method takes a value for an id that is none', async (t) => {
  const vitrine = open(t);
  const { events } = vitrine;
  const served = list(vitrine);
  const methods = {
    userId: [(id) => vitrine.identify(id)],
    itemId: [
      (id) => served.trackClick(id),
      (id) => served.trackView(id, 0),
      (id) => served.trackAddToCart(id),
      (id) => vitrine.setViewing(id),
      (id) => events.trackViewItem(id),
      (id) => events.trackAddToCart({ id }),
      (id) => events.trackRemoveFromCart(id, { quantity: 1 }),
    ],
    'itemIds[1]': [
      (id) => events.trackSearch('q', ['a', id]),
      (id) => events.trackRecommendations('sv', ['a', id], 's', 't'),
      (id) => events.trackItemsServed({ surface: 's', source: 't', itemIds: ['a', id] }),
      (id) => vitrine.setCart(['a', id]),
    ],
    serveId: [
      (id) => events.trackRecommendations(id, ['a'], 's', 't'),
      (serveId) => events.trackSearch('q', ['a'], { serveId }),
    ],
    anchorId: [(anchorId) => events.trackItemsServed({ surface: 's', source: 't', itemIds: ['a'], anchorId })],
    orderId: [(orderId) => events.trackPurchase({ ...order, orderId })],
    'items[0].itemId': [(itemId) => events.trackPurchase({ ...order, items: [{ itemId, quantity: 1 }] })],
  };
  for (const [field, calls] of Object.entries(methods))
    for (const call of calls)
      for (const id of noIds) {
        // A function has no JSON text and is left out like undefined, as in JSON.stringify.
        if (typeof id === 'function' && /serveId|anchorId/.test(field)) continue;
        assert.equal(
          fieldOf(() => call(id)),
          field,
          `${call} ${typeof id}`,
        );
      }
  const calls = {
    anchorId: (anchorId) => vitrine.recs.similarItems({ anchorId, topK: 1 }),
    configId: (configId) => vitrine.recs.forVisitor({ configId, topK: 1 }),
    'anchorIds[0]': (id) => vitrine.recs.similarItems({ anchorIds: [id], topK: 1 }),
    'excludeIds[0]': (id) => vitrine.recs.similarItems({ anchorId: 'a', excludeIds: [id], topK: 1 }),
  };
  const asked = service.asked.length;
  for (const [field, call] of Object.entries(calls))
    for (const id of noIds)
      await assert.rejects(call(id), (/** @type {any} */ error) => {
        assert.ok(error instanceof ValidationError, String(error));
        assert.equal(error.field?.replace('[0]', ''), field.replace('[0]', ''), `${call} ${String(typeof id)}`);
        return true;
      });
  assert.equal(service.asked.length, asked);
  assert.equal(vitrine.getUserId(), null);
  await events.flush();
  assert.deepEqual(
    service.events.map(({ type }) => type),
    ['itemsServed'],
  );
});

test('numbers are ids everywhere, and arrive as their text', async (t) => {
  const vitrine = open(t);
  vitrine.identify(42);
  vitrine.setCart([1, { id: 2 }]);
  vitrine.setViewing(3);
  const served = vitrine.events.trackSearch('q', [7, { productId: 8 }], { serveId: 12 });
  served.trackClick(7, 0);
  vitrine.events.trackPurchase({ ...order, orderId: 1001, items: [{ itemId: 7, quantity: 0.75, unitPrice: -2 }] });
  await vitrine.recs.similarItems({ anchorId: 5, topK: 1 });
  await vitrine.events.flush();
  const [identify, list, click, purchase] = service.events;
  assert.equal(identify.userId, '42');
  assert.deepEqual([list.serveId, list.itemIds], ['12', ['7', '8']]);
  assert.equal(click.itemId, '7');
  assert.deepEqual(
    [purchase.orderId, purchase.items],
    ['1001', [{ ...purchase.items[0], itemId: '7', quantity: 0.75, unitPrice: -2 }]],
  );
  assert.equal(service.asked.at(-1).productId, '5');
});

test('what is not read of an order cannot refuse it; what is read is refused with its field', async (t) => {
  const vitrine = open(t);
  const { events } = vitrine;
  const cycle = { ...order, orderId: 'cycle' };
  cycle.self = cycle;
  cycle.items = cycle.items.map((line) => ({ ...line, order: cycle }));
  events.trackPurchase(cycle);
  events.trackPurchase({ ...order, orderId: 'note', note: 7n, at: NaN });
  events.trackPurchase(
    Object.defineProperty({ ...order, orderId: 'getter' }, 'secret', { enumerable: true, get: thrower }),
  );
  events.trackPurchase({ ...order, orderId: 'huge', cart: 'x'.repeat(5_000_000) });
  await events.flush();
  assert.deepEqual(
    service.events.map(({ orderId }) => orderId),
    ['cycle', 'note', 'getter', 'huge'],
  );
  for (const bad of [2n, NaN, Infinity, '2', 0, -1, true, {}, null, undefined, Symbol('s'), () => 1]) {
    assert.equal(
      fieldOf(() => events.trackPurchase({ ...order, items: [{ itemId: 'a', quantity: bad }] })),
      'items[0].quantity',
    );
    if (bad !== undefined && bad !== null)
      assert.equal(
        fieldOf(() => list(vitrine).trackAddToCart('a', { quantity: bad })),
        'quantity',
      );
    if (bad !== 0)
      assert.equal(
        fieldOf(() => events.trackPurchase({ ...order, value: bad })),
        'value',
      );
  }
  for (const unitPrice of [2n, NaN, '2', true, {}, Symbol('s'), () => 1])
    assert.equal(
      fieldOf(() => events.trackPurchase({ ...order, items: [{ itemId: 'a', quantity: 1, unitPrice }] })),
      'items[0].unitPrice',
    );
  assert.equal(
    fieldOf(() => events.trackPurchase({ ...order, items: Object.defineProperty([], 0, { get: thrower }) })),
    'items',
  );
  for (const bad of [7n, true, Symbol('s'), {}])
    assert.equal(
      fieldOf(() => list(vitrine).trackClick('a', bad)),
      'position',
    );
  for (const bad of [undefined, null, 7n, 'abc', 7, {}, Symbol('s')]) {
    // Without products it is the search itself that is recorded.
    if (bad != null)
      assert.equal(
        fieldOf(() => events.trackSearch('q', /** @type {any} */ (bad))),
        'itemIds',
        String(typeof bad),
      );
    assert.equal(
      fieldOf(() => vitrine.setCart(bad)),
      'itemIds',
    );
  }
  assert.equal(
    fieldOf(() => events.trackItemsServed(undefined)),
    'surface',
  );
  for (const name of ['query', 'totalResults', 'filters', 'sortBy'])
    assert.equal(
      fieldOf(() => events.trackItemsServed({ surface: 's', source: 't', itemIds: [], [name]: 7n })),
      name,
    );
  assert.equal(
    fieldOf(() => vitrine.setConsent({ toString: () => 'denied' })),
    'consent',
  );
  assert.equal(vitrine.getConsent(), 'granted');
  assert.equal(vitrine.getVariant({ toString: () => 'x' }), null);
});

test("what JSON cannot express in the shop's own events is refused with its field and not sent", async (t) => {
  const vitrine = open(t);
  const { events } = vitrine;
  const cycle = { inner: {} };
  cycle.inner.self = cycle;
  const getter = Object.defineProperty({}, 'price', { enumerable: true, get: thrower });
  const none = [7n, NaN, Infinity, Symbol('s'), () => 1];
  const deep = (levels) => (levels ? { deeper: deep(levels - 1) } : {});
  for (const bad of [...none, cycle, getter, deep(31), new Proxy({}, { ownKeys: thrower })]) {
    for (const properties of [bad, { bad }, { list: [1, { bad }] }])
      assert.equal(
        fieldOf(() => events.track('n', properties)),
        'properties',
        String(typeof bad),
      );
    assert.equal(
      fieldOf(() => events.trackSearch('q', null, { filters: [{ field: 'f', operator: 'eq', value: bad }] })),
      'filters',
    );
    for (const name of ['title', 'unitPrice', 'currency', 'quantity'])
      assert.equal(
        fieldOf(() => events.trackAddToCart('a', { [name]: bad })),
        name,
      );
    assert.equal(
      fieldOf(() => events.track(bad)),
      'name',
    );
  }
  for (const quantity of [0, -1, '2', true, {}])
    assert.equal(
      fieldOf(() => events.trackRemoveFromCart('a', { quantity })),
      'quantity',
    );
  assert.equal(
    fieldOf(() => events.trackViewItem('a', { unitPrice: -1 })),
    'unitPrice',
  );
  const shared = { a: 1 };
  const properties = { one: shared, other: [shared, null, true, 0.1], deep: deep(29), title: 'x', at: new Date(0) };
  events.track('n', { ...properties, none: undefined });
  events.trackAddToCart({ productId: 7, price: getter }, { quantity: 0.75, note: 7n, card: () => 1 });
  events.trackAddToCart('b', null);
  await events.flush();
  assert.deepEqual(
    service.events.map(({ type, properties, itemId, quantity }) => ({ type, properties, itemId, quantity })),
    [
      { type: 'custom', properties: JSON.parse(JSON.stringify(properties)), itemId: undefined, quantity: undefined },
      { type: 'addToCart', properties: undefined, itemId: '7', quantity: 0.75 },
      { type: 'addToCart', properties: undefined, itemId: 'b', quantity: undefined },
    ],
  );
});

test('the constructor tells of each option that cannot be read, and uses the others', async (t) => {
  const told = [];
  t.mock.method(console, 'warn', (text) => told.push(text));
  const events = { batchSize: 1, flushInterval: NaN };
  events.self = events;
  const config = Object.defineProperty({ timeout: 10000n, events }, 'consent', { enumerable: true, get: thrower });
  const provider = { name: 'refine', apiKey: 'pk', organizationId: 'o', catalogId: 'c', apiUrl: service.url };
  const vitrine = new Vitrine(
    Object.defineProperties(
      {},
      { ...Object.getOwnPropertyDescriptors(config), provider: { enumerable: true, value: provider } },
    ),
  );
  t.after(() => vitrine.close());
  vitrine.events.trackPurchase(order);
  await vitrine.events.flush();
  assert.equal(vitrine.getConsent(), 'unknown', 'a refusal may be meant');
  const before = service.events.length;
  vitrine.setConsent('granted');
  await vitrine.events.flush();
  for (const name of ['timeout', 'consent', 'events.flushInterval', 'events.self'])
    assert.ok(
      told.some((text) =>
        text.startsWith(`[vitrine] "${name}" is a function or another value that JSON cannot express`),
      ),
      name,
    );
  assert.ok(service.events.slice(before).some(({ orderId }) => orderId === 'o'));
  for (const broken of [undefined, null, 7, new Proxy({}, { ownKeys: thrower })]) {
    t.after(() => new Vitrine(broken).close());
    t.after(() => new Refine(/** @type {any} */ (broken)).close());
  }
});

test('a large order and a long list arrive whole; what fits into no event is refused', async (t) => {
  for (const vitrine of [open(t), open(t, {}, tracking.Vitrine)]) {
    service.events.length = 0;
    const items = Array.from({ length: 1500 }, (_, i) => ({ itemId: `${i}${'x'.repeat(80)}`, quantity: 1 }));
    vitrine.events.trackPurchase({ ...order, orderId: 'large', items });
    const itemIds = Array.from({ length: 1000 }, (_, i) => `${i}${'x'.repeat(150)}`);
    const served = vitrine.events.trackItemsServed({ surface: 's', source: 't', itemIds, query: 'q' });
    served.trackClick(itemIds[900], 900);
    assert.deepEqual((await vitrine.events.flush()).remaining, 0);
    const [purchase, ...others] = service.events;
    assert.equal(purchase.items.length, 1500);
    const click = others.pop();
    assert.deepEqual([click.itemId, click.position, click.serveId], [itemIds[900], 900, others[0].serveId]);
    assert.ok(others.length > 1);
    assert.deepEqual(
      others.flatMap((event) => event.itemIds),
      itemIds,
    );
    let next = 0;
    for (const event of others) {
      assert.equal(event.offset ?? 0, next);
      next += event.itemIds.length;
    }
    const huge = 'x'.repeat(70_000);
    const refusals = [
      () => vitrine.events.trackPurchase({ ...order, orderId: 'huge', items: Array(9000).fill(items[0]) }),
      () => vitrine.events.trackItemsServed({ surface: 's', source: 't', itemIds: ['a', huge] }),
      () => vitrine.events.trackSearch(huge, ['a']),
      () => served.trackClick(huge),
    ];
    for (const refused of refusals) assert.throws(refused, { name: 'ValidationError', code: 'too-large' });
    assert.equal(vitrine.events.getMetrics().dropped.tooLarge, 2);
  }
});
