// Segment and RudderStack: their published clients make the same calls, and both batches are compared.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { before, test } from 'node:test';
import { listenOnNewPort } from '../server/ports.mjs';
import { batchOfAll, installOracles, oracle, send } from './oracles.mjs';

before(installOracles);

const config = { format: 'segment', formatOptions: { writeKey: 'KEY' } };
/** @returns {Promise<any[]>} the calls that leave for a batch */
const callsOf = async (batch, events = config) => JSON.parse((await send(events, { batch })).request.body).batch;

/** Serves until `work` has ended, and resolves with the requests of a client. */
const requestsOf = async (work) => {
  const requests = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    requests.push({ url: request.url, headers: request.headers, body: JSON.parse(body) });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}');
  });
  const url = await listenOnNewPort(server);
  await work(url);
  await new Promise((resolve) => server.close(resolve));
  return requests;
};

/** Has Segment's client make a call of each kind that is in `calls`. */
const bySegment = (calls) =>
  requestsOf(async (host) => {
    const { Analytics } = oracle('@segment/analytics-node');
    const client = new Analytics({ writeKey: 'KEY', host, maxEventsInBatch: calls.length });
    for (const { type, ...call } of calls) client[type]({ ...call, timestamp: new Date(call.timestamp) });
    await client.closeAndFlush();
  });

/** The same with RudderStack's client. */
const byRudderStack = (calls) =>
  requestsOf(async (url) => {
    const module = oracle('@rudderstack/rudder-sdk-node');
    const client = new (module.default ?? module)('KEY', { dataPlaneUrl: url, flushAt: calls.length, gzip: false });
    for (const { type, ...call } of calls) client[type]({ ...call, timestamp: new Date(call.timestamp) });
    await new Promise((resolve) => client.flush(resolve));
  });

/** Returns a call without members that name the client or its clock. */
const withoutClient = ({ integrations, channel, _metadata, originalTimestamp, sentAt, context, ...call }) => {
  // RudderStack's client writes the traits of a user here too; Segment's does not, and Segment ignores them.
  const { library, traits, ...rest } = context;
  assert.ok(library.name && library.version);
  return { ...call, context: rest };
};

for (const [name, ask] of [
  ['Segment', bySegment],
  ['RudderStack', byRudderStack],
])
  test(`${name}'s published client sends the same calls to the same path, with the same key`, async () => {
    const { request } = await send(config);
    const { batch } = JSON.parse(request.body);
    const theirs = await ask(batch);
    assert.equal(request.url, `https://c.example${theirs[0].url}`);
    assert.equal(request.headers.authorization, theirs[0].headers.authorization);
    assert.equal(request.headers['content-type'], theirs[0].headers['content-type']);
    assert.deepEqual(batch.map(withoutClient), theirs.flatMap(({ body }) => body.batch).map(withoutClient));
    assert.equal(batch.length, batchOfAll().events.length);
  });

test('each type of event has its name and properties of the e-commerce specification', async () => {
  const { events } = batchOfAll();
  const calls = await callsOf(undefined);
  const told = Object.fromEntries(
    calls.map(({ type, event, properties, traits }, i) => [events[i].type, [event ?? type, properties ?? traits]]),
  );
  const url = 'https://shop.example/p/alpine-shell';
  const list = { list_id: 'sv_8f3a', surface: 'product_page', source: 'similar-items' };
  const attribution = {
    serveId: 'sv_8f3a',
    surface: 'product_page',
    source: 'similar-items',
    position: 1,
    touchedAt: 1700000003000,
  };
  assert.deepEqual(told, {
    pageView: [
      'page',
      { url, path: '/p/alpine-shell', referrer: 'https://search.example/', product_id: 'alpine-shell' },
    ],
    itemsServed: [
      'Product List Viewed',
      {
        ...list,
        anchor_id: 'alpine-shell',
        url,
        products: [
          { product_id: 'trail-jacket', position: 1 },
          { product_id: 'rain-cape', position: 2 },
        ],
      },
    ],
    exposure: ['Experiment Viewed', { experiment_name: 'cards', variation_name: 'a' }],
    view: [
      'Product Impression',
      { ...list, product_id: 'trail-jacket', position: 1, rule: 'mrc', ratio: 0.6, visible_ms: 1000 },
    ],
    click: ['Product Clicked', { ...list, product_id: 'trail-jacket', position: 1 }],
    addToCart: ['Product Added', { ...list, product_id: 'rain-cape', position: 2, quantity: 2, attribution }],
    identify: ['identify', {}],
    purchase: [
      'Order Completed',
      {
        order_id: 'A-1001',
        total: 139.8,
        revenue: 139.8,
        currency: 'EUR',
        url,
        products: [{ product_id: 'rain-cape', quantity: 2, price: 69.9, attribution }],
      },
    ],
    viewItem: ['Product Viewed', { product_id: 'rain-cape', name: 'Rain cape', price: 69.9, currency: 'EUR', url }],
    removeFromCart: ['Product Removed', { product_id: 'rain-cape', quantity: 1, attribution, url }],
    clearCart: ['Cart Cleared', { url }],
    search: ['Products Searched', { query: 'boots', total_results: 24, sort_by: 'price_asc', url }],
    custom: ['newsletter_signup', { form: 'footer', lists: ['news', 'sales'] }],
  });
  for (const [i, call] of calls.entries()) {
    const { eventId, at, visitorId, userId, pageId, sessionId, seq } = events[i];
    assert.equal(call.messageId, eventId);
    assert.equal(call.timestamp, new Date(at).toISOString());
    assert.equal(call.anonymousId, visitorId);
    assert.equal(call.userId, userId ?? undefined);
    assert.deepEqual(call.context.vitrine, { pageId, sessionId, seq });
  }
});

test('the first event of a list that a search has found is the search; further ones count on', async () => {
  const { events } = batchOfAll();
  const served = { ...events[1], query: 'boots' };
  const calls = await callsOf({ ...batchOfAll(), events: [served, { ...served, query: undefined, offset: 2 }] });
  assert.deepEqual(
    calls.map(({ event }) => event),
    ['Products Searched', 'Product List Viewed'],
  );
  assert.deepEqual(calls[1].properties.products[0], { product_id: 'trail-jacket', position: 3 });
});

test('an event without ids is of the one anonymous shopper, and an account that changed is a trait', async () => {
  const { events } = batchOfAll();
  const { visitorId, sessionId, userId, ...anonymous } = events[0];
  const [page, identify] = await callsOf({
    ...batchOfAll(),
    events: [anonymous, { ...events[6], previousUserId: 'u-1' }],
  });
  assert.equal(page.anonymousId, 'anonymous');
  assert.equal('userId' in page, false);
  assert.deepEqual(identify.traits, { previous_user_id: 'u-1' });
});

test("with auth 'body' the key is in a text/plain body, as in Segment's own browser library", async () => {
  const { request } = await send({ ...config, formatOptions: { writeKey: 'KEY', auth: 'body' } });
  assert.deepEqual(request.headers, { 'content-type': 'text/plain;charset=UTF-8' });
  assert.equal(JSON.parse(request.body).writeKey, 'KEY');
});

test('with acknowledge the words of both pipelines confirm a batch, and those of a login page do not', async () => {
  const events = { ...config, acknowledge: true };
  for (const word of ['{"success": true}', 'OK', '"OK"'])
    assert.equal((await send(events, { reply: new Response(word) })).outcome.body, '{"accepted":13}');
  for (const word of ['{"success": false}', '<!doctype html>OK', ''])
    assert.equal((await send(events, { reply: new Response(word) })).outcome.body, word);
});
