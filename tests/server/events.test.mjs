import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { event, post, send, store, stored, ulid } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());
beforeEach(() => send(server, 'DELETE', '/_events'));

test('every type of event is stored as it was sent', async () => {
  const types =
    'itemsServed view click addToCart purchase identify pageView exposure viewItem removeFromCart clearCart search ' +
    'custom';
  const sent = types.split(' ').map((type) => event(type, { extra: { of: ['ours', 1.5, 'ü'] } }));
  const startedAt = Date.now();
  const { status, body } = await post(server, sent);
  assert.equal(status, 200);
  assert.deepEqual(body, { status: 'success', accepted: 13, duplicates: 0 });
  const { events, total, rawDeliveries } = await stored(server);
  assert.equal(total, 13);
  assert.equal(rawDeliveries, 13);
  events.forEach(({ receivedAt, deliveries, service, ...asSent }, index) => {
    assert.equal(service, 'refine');
    assert.deepEqual(asSent, sent[index]);
    assert.equal(deliveries, 1);
    assert.ok(receivedAt >= startedAt && receivedAt <= Date.now());
  });
});

test('an event sent again is stored once, and its deliveries are counted', async () => {
  const [once, again] = [event('view'), event('click')];
  await store(server, once, again);
  assert.deepEqual((await post(server, [again, again, event('view')])).body, {
    status: 'success',
    accepted: 3,
    duplicates: 2,
  });
  const { events, total, rawDeliveries } = await stored(server);
  assert.equal(total, 3);
  assert.equal(rawDeliveries, 5);
  assert.deepEqual(
    events.map((row) => row.deliveries),
    [1, 3, 1],
  );
});

test('the first event of an event id is kept', async () => {
  const first = event('click', { itemId: 'T-01' });
  await store(server, first);
  await store(server, { ...first, itemId: 'T-02' });
  assert.equal((await stored(server)).events[0].itemId, 'T-01');
});

test('events without ids are accepted, for shoppers without consent', async () => {
  const { visitorId, sessionId, userId, ...anonymous } = event('click');
  await store(server, anonymous, event('view', { visitorId: null, sessionId: null }));
  assert.equal((await stored(server)).total, 2);
});

test('both content types are accepted, others are refused', async () => {
  const body = () => JSON.stringify({ batchId: 'b', events: [event('view')] });
  for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/json', 'application/json; charset=utf-8'])
    assert.equal(
      (await send(server, 'POST', '/refine/events', { body: body(), headers: { 'content-type': type } })).status,
      200,
      type,
    );
  const refused = await send(server, 'POST', '/refine/events', {
    body: body(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(refused.status, 415);
  assert.equal(refused.body.error.code, 'unsupported-media-type');
});

test('an addToCart needs no list, but names all of its list or nothing', async () => {
  const { serveId, surface, source, ...alone } = event('addToCart');
  await store(server, { ...alone, quantity: 0.5 });
  const { body } = await post(server, [{ ...event('addToCart'), surface: undefined }]);
  assert.equal(body.error.field, 'events[0].surface');
  const { events } = await stored(server, { type: 'addToCart', itemId: 'T-01' });
  assert.deepEqual(
    events.map((row) => [row.quantity, row.serveId]),
    [[0.5, undefined]],
  );
});

test('one bad event makes its whole batch fail; the error names index, event id and field', async () => {
  const bad = event('click', { itemId: '' });
  const { status, body } = await post(server, [event('view'), event('view'), bad]);
  assert.equal(status, 400);
  assert.equal(body.status, 'error');
  assert.equal(body.error.code, 'invalid-event');
  assert.equal(body.error.index, 2);
  assert.equal(body.error.eventId, bad.eventId);
  assert.equal(body.error.field, 'events[2].itemId');
  assert.match(body.error.message, new RegExp(`itemId must be a non-empty string.*${bad.eventId}`));
  assert.equal((await stored(server)).total, 0);
});

const badMembers = {
  itemsServed: {
    itemIds: [undefined, 'T-01', [1], ['']],
    totalResults: [-1, 1.5, '3'],
    filters: [{}],
    query: [5],
    anchorId: [7],
  },
  view: { position: [-1, 0.5, '0'], serveId: [undefined, '', 3], surface: [undefined, null], source: [undefined] },
  click: { itemId: [undefined, 12, 'x'.repeat(300)] },
  addToCart: { quantity: [0, -2, 'one'] },
  purchase: {
    orderId: [undefined, ''],
    value: [undefined, -1, '9'],
    currency: [undefined, 'eur', 'EURO'],
    items: [undefined, [], {}],
  },
  identify: { userId: [undefined, null, ''] },
  viewItem: { itemId: [undefined, ''], unitPrice: [-1, '9'], currency: ['EURO'], title: [7] },
  removeFromCart: { itemId: [undefined, 12], quantity: [0, -2, 'one'] },
  search: { query: [undefined, ''], totalResults: [-1, '3'], filters: [{}], sortBy: [5] },
  custom: { name: [undefined, '', 'n'.repeat(101)], properties: [[], 'text', 7] },
  exposure: { experiment: [undefined, ''], variant: [undefined, 2] },
};
const badCommon = {
  eventId: [undefined, '', 7, 'not-a-ulid', ulid() + '0', '8' + ulid().slice(1)],
  type: [undefined, 'purchased', 'sessionInit', 4],
  at: [undefined, null, -1, 'now', 1e300],
  seq: [undefined, -1, 0.5, 1e18],
  visitorId: [undefined, '', {}],
  sessionId: [undefined, null, 5],
  userId: [{}],
  url: [5],
};
for (const [type, members] of [...Object.entries(badMembers), ['view', badCommon]]) {
  for (const [member, values] of Object.entries(members)) {
    for (const value of values) {
      test(`${type}: ${member} ${JSON.stringify(value)?.slice(0, 40) ?? 'missing'} is refused`, async () => {
        const { status, body } = await post(server, [event(type, { [member]: value })]);
        assert.equal(status, 400, JSON.stringify(body));
        assert.equal(body.error.field, `events[0].${member}`);
        assert.equal(body.error.index, 0);
        assert.equal((await stored(server)).total, 0);
      });
    }
  }
}

test('the refusal of a bad purchase line names the line', async () => {
  const line = { itemId: 'T-01', quantity: 1, unitPrice: 5 };
  for (const [name, bad] of Object.entries({ itemId: '', quantity: 0, unitPrice: '5' })) {
    const { body } = await post(server, [event('purchase', { items: [line, { ...line, [name]: bad }] })]);
    assert.equal(body.error.field, `events[0].items[1].${name}`);
  }
  assert.equal((await post(server, [event('purchase', { items: [line, 3] })])).body.error.field, 'events[0].items[1]');
});

test('a purchase line may omit the unit price', async () => {
  const { status } = await post(server, [event('purchase', { items: [{ itemId: 'T-01', quantity: 1 }] })]);
  assert.equal(status, 200);
});

test('the refusal of a bad batch names the field', async () => {
  const refusedField = async (members) => (await post(server, [event('view')], members)).body.error.field;
  assert.equal(await refusedField({ batchId: undefined }), 'batchId');
  assert.equal(await refusedField({ batchId: 5 }), 'batchId');
  assert.equal(await refusedField({ sentAt: 'today' }), 'sentAt');
  assert.equal(await refusedField({ events: undefined }), 'events');
  assert.equal(await refusedField({ events: {} }), 'events');
  assert.equal(await refusedField({ events: [] }), 'events');
  assert.equal(await refusedField({ events: ['view'] }), 'events[0]');
});

test('events are listed by shopper, type, item, serve, order and time of receipt', async () => {
  const order = event('purchase', {
    visitorId: 'v_2',
    sessionId: 's_2',
    userId: 'u_2',
    orderId: 'order-7',
    items: [{ itemId: 'T-05', quantity: 2, unitPrice: 89 }],
  });
  await store(
    server,
    event('view'),
    event('click', { itemId: 'T-05', serveId: 'sv_9' }),
    order,
    event('view', { visitorId: 'v_2', sessionId: 's_3' }),
  );
  const count = async (filters) => (await stored(server, filters)).total;
  assert.equal(await count({ visitorId: 'v_2' }), 2);
  assert.equal(await count({ visitorId: 'v_2', type: 'view' }), 1);
  assert.equal(await count({ sessionId: 's_2' }), 1);
  assert.equal(await count({ userId: 'u_2' }), 1);
  assert.equal(await count({ itemId: 'T-05' }), 2);
  assert.equal(await count({ serveId: 'sv_9' }), 1);
  assert.equal(await count({ eventId: order.eventId }), 1);
  assert.equal(await count({ orderId: 'order-7' }), 1);
  assert.equal(await count({ orderId: "order-7' OR 1=1 --" }), 0);
  assert.equal(await count({ since: Date.now() + 60_000 }), 0);
  assert.equal(await count({ since: Date.now() - 60_000 }), 4);
  assert.deepEqual((await stored(server, { orderId: 'order-7' })).events[0].items, order.items);
  const page = await stored(server, { limit: 1 });
  assert.equal(page.events.length, 1);
  assert.equal(page.total, 4);
});

test('unknown parameters and bad numbers are refused', async () => {
  for (const [query, field] of [
    ['visitor=v_1', 'visitor'],
    ['limit=ten', 'limit'],
    ['limit=99999', 'limit'],
    ['since=-1', 'since'],
  ]) {
    const { status, body } = await send(server, 'GET', `/_events?${query}`);
    assert.equal(status, 400);
    assert.equal(body.error.field, field);
  }
});

test('a thousand events in one batch, and sixty batches at once, are all stored once', async () => {
  await store(server, ...Array.from({ length: 1000 }, () => event('view')));
  const shared = event('purchase');
  const batches = Array.from({ length: 60 }, (_, n) => [
    event('click', { visitorId: `v_${n}` }),
    shared,
    event('addToCart'),
  ]);
  const replies = await Promise.all(batches.map((batch) => post(server, batch)));
  assert.ok(replies.every((reply) => reply.status === 200));
  assert.equal(
    replies.reduce((sum, reply) => sum + reply.body.accepted - reply.body.duplicates, 0),
    121,
  );
  const { total, rawDeliveries } = await stored(server);
  assert.equal(total, 1121);
  assert.equal(rawDeliveries, 1180);
});
