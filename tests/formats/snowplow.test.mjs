// Snowplow: every request fits the published schemas, and is what Snowplow's own tracker core makes of the same events.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { batchOfAll, installOracles, oracle, send } from './oracles.mjs';
import { complaintsAbout, kOwnSchema } from './snowplow_schemas.mjs';

before(installOracles);

const config = { format: 'snowplow', formatOptions: { appId: 'shop', namespace: 'sp' } };

/** Resolves with the request and its events, with the self-describing parts read. */
const sendAll = async (batch, events = config, options = {}) => {
  const { request } = await send(events, { batch, applicationType: 'browser', ...options });
  const payload = JSON.parse(request.body);
  const own = (name) => name.replace('com.acme', 'io.vitrine');
  assert.deepEqual(complaintsAbout(JSON.parse(own(request.body))), []);
  return {
    request,
    events: payload.data.map(({ ue_pr, co, ...fields }) => ({
      fields,
      event: ue_pr && JSON.parse(ue_pr).data,
      entities: co ? JSON.parse(co).data : [],
    })),
  };
};
const withEvents = (...events) => ({ ...batchOfAll(), events });
const [pageView, itemsServed, , , , addToCart, , purchase, viewItem, , , search, custom] = batchOfAll().events;
const named = (entities, name) => entities.filter(({ schema }) => schema.includes(`/${name}/`)).map(({ data }) => data);

test('a request with an event of each type fits the published schemas', async () => {
  const { request, events } = await sendAll(batchOfAll());
  assert.equal(request.url, 'https://c.example/com.snowplowanalytics.snowplow/tp2');
  assert.deepEqual(request.headers, { 'content-type': 'application/json' });
  assert.equal(events.length, batchOfAll().events.length);
});

test("Snowplow's tracker core makes the same fields of the same events", async () => {
  const core = oracle('@snowplow/tracker-core');
  const { events } = await sendAll(batchOfAll());
  const theirs = [];
  const tracker = core.trackerCore({ base64: false, callback: (payload) => theirs.push(payload.build()) });
  tracker.setAppId('shop');
  tracker.setTrackerNamespace('sp');
  tracker.setPlatform('web');
  tracker.setTrackerVersion(events[0].fields.tv);
  for (const [i, { at, visitorId, userId, url, referrer }] of batchOfAll().events.entries()) {
    tracker.addPayloadPair('duid', visitorId);
    tracker.addPayloadPair('sid', events[i].fields.sid);
    tracker.resetPayloadPairs({
      ...{ aid: 'shop', tna: 'sp', p: 'web', tv: events[0].fields.tv, duid: visitorId, sid: events[i].fields.sid },
      ...(userId && { uid: userId }),
    });
    const built = events[i].event
      ? core.buildSelfDescribingEvent({ event: events[i].event })
      : core.buildPageView({ pageUrl: url, referrer });
    if (events[i].event && url) built.add('url', url);
    tracker.track(built, events[i].entities, { type: 'dtm', value: at });
  }
  const { request } = await sendAll(batchOfAll());
  const ours = JSON.parse(request.body).data;
  for (const [i, { eid, stm, ...fields }] of ours.entries()) {
    const { eid: random, ...expected } = theirs[i];
    assert.deepEqual(fields, expected, batchOfAll().events[i].type);
    assert.match(eid, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.equal(stm, '1700000006000');
  }
});

test('the event id is the UUID with the bits of the ULID, and is the same each time', async () => {
  const ids = async () => (await sendAll(batchOfAll())).events.map(({ fields }) => fields.eid);
  const [first, second] = [await ids(), await ids()];
  assert.deepEqual(first, second);
  assert.equal(new Set(first).size, first.length);
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bits = [...pageView.eventId].reduce((sum, letter) => sum * 32n + BigInt(digits.indexOf(letter)), 0n);
  assert.equal(first[0].replaceAll('-', ''), bits.toString(16).padStart(32, '0'));
});

test('events of one page view share the id of the page, which differs from shopper to shopper', async () => {
  const pageOf = ({ entities }) => named(entities, 'web_page')[0].id;
  const { events } = await sendAll(
    withEvents(pageView, itemsServed, { ...pageView, visitorId: 'v_0000000000000000000000zz' }),
  );
  const [first, second, other] = events.map(pageOf);
  assert.equal(first, second);
  assert.notEqual(first, other);
});

test("each type has the event that Snowplow has for it, else Vitrine's own", async () => {
  const { events } = await sendAll(batchOfAll());
  const told = events.map(({ fields, event }) => [fields.e, event?.schema.split('/').slice(-3)[0], event?.data.type]);
  assert.deepEqual(Object.fromEntries(batchOfAll().events.map(({ type }, i) => [type, told[i]])), {
    pageView: ['pv', undefined, undefined],
    itemsServed: ['ue', 'snowplow_ecommerce_action', 'list_view'],
    exposure: ['ue', 'event', 'exposure'],
    view: ['ue', 'event', 'view'],
    click: ['ue', 'snowplow_ecommerce_action', 'list_click'],
    addToCart: ['ue', 'snowplow_ecommerce_action', 'add_to_cart'],
    identify: ['ue', 'event', 'identify'],
    purchase: ['ue', 'snowplow_ecommerce_action', 'transaction'],
    viewItem: ['ue', 'snowplow_ecommerce_action', 'product_view'],
    removeFromCart: ['ue', 'snowplow_ecommerce_action', 'remove_from_cart'],
    clearCart: ['ue', 'event', 'clearCart'],
    search: ['ue', 'site_search', undefined],
    custom: ['ue', 'event', 'custom'],
  });
  // Vitrine's whole event is always there, once.
  for (const [i, { event, entities }] of events.entries())
    assert.deepEqual(
      [event, ...entities].filter((part) => part?.schema === kOwnSchema).map(({ data }) => data),
      [batchOfAll().events[i]],
    );
});

test('an order has the transaction and its products without those that their schemas refuse', async () => {
  const order = {
    ...purchase,
    value: 20.004999,
    items: [
      { itemId: 'a', quantity: 2, unitPrice: 9.999 },
      { itemId: 'weight', quantity: 0.75, unitPrice: 1 },
      { itemId: 'discount', quantity: 1, unitPrice: -5 },
      { itemId: 'no price', quantity: 1 },
    ],
  };
  const [{ event, entities }] = (await sendAll(withEvents(order))).events;
  assert.deepEqual(event.data, { type: 'transaction' });
  const [transaction] = named(entities, 'transaction');
  assert.deepEqual(transaction, {
    transaction_id: 'A-1001',
    revenue: 20,
    currency: 'EUR',
    payment_method: '',
    total_quantity: 5,
  });
  assert.deepEqual(named(entities, 'product'), [
    { id: 'a', category: '', price: 10, currency: 'EUR', quantity: 2 },
    { id: 'weight', category: '', price: 1, currency: 'EUR' },
  ]);
  const [large] = (await sendAll(withEvents({ ...order, value: 12_000_000, currency: 'VND' }))).events;
  assert.deepEqual(named(large.entities, 'transaction'), []);
  assert.equal(named(large.entities, 'event')[0].value, 12_000_000);
});

test('a product with a price is an entity; its place in a list counts from 1', async () => {
  const priced = { ...addToCart, title: 'Rain cape', unitPrice: 69.9, currency: 'EUR' };
  const { events } = await sendAll(withEvents(priced, addToCart, { ...viewItem, availability: 'out_of_stock' }));
  assert.deepEqual(
    events.map(({ entities }) => named(entities, 'product')),
    [
      [{ id: 'rain-cape', name: 'Rain cape', category: '', price: 69.9, currency: 'EUR', quantity: 2, position: 2 }],
      [],
      [
        {
          id: 'rain-cape',
          name: 'Rain cape',
          category: '',
          price: 69.9,
          currency: 'EUR',
          inventory_status: 'out_of_stock',
        },
      ],
    ],
  );
  assert.equal(events[0].event.data.name, 'product_page/similar-items');
});

test('a search has its terms, and a custom event named by a schema is that event', async () => {
  const own = {
    ...custom,
    name: 'iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0',
    properties: { id: '01234567-89ab-cdef-0123-456789abcdef' },
  };
  const { events } = await sendAll(withEvents(search, own));
  assert.deepEqual(events[0].event.data, { terms: ['boots'], totalResults: 24 });
  assert.deepEqual(events[1].event, { schema: own.name, data: own.properties });
  const { properties, ...rest } = own;
  assert.deepEqual(named(events[1].entities, 'event'), [rest]);
});

test('events without ids ask the collector to keep none, and a server is no browser', async () => {
  const { visitorId, sessionId, userId, ...anonymous } = pageView;
  const { request, events } = await sendAll(withEvents(anonymous, itemsServed), undefined, {
    applicationType: 'server',
  });
  assert.equal(request.headers['sp-anonymous'], '*');
  for (const name of ['duid', 'sid', 'uid']) assert.equal(name in events[0].fields, false, name);
  assert.equal(events[0].fields.p, 'srv');
});

test("the vendor of Vitrine's own schema is the shop's choice, and an address with a path stays as it is", async () => {
  const { request, events } = await sendAll(withEvents(pageView), {
    ...config,
    url: 'https://c.example/com.acme/track',
    formatOptions: { vendor: 'com.acme' },
  });
  assert.equal(request.url, 'https://c.example/com.acme/track');
  assert.equal(events[0].entities.at(-1).schema, 'iglu:com.acme/event/jsonschema/1-0-0');
});

test('with acknowledge the collector\'s "ok" confirms a batch, and a login page does not', async () => {
  const events = { ...config, acknowledge: true };
  assert.equal((await send(events, { reply: new Response('ok') })).outcome.body, '{"accepted":13}');
  assert.equal((await send(events, { reply: new Response('<p>ok') })).outcome.body, '<p>ok');
});
