// Hooks of plugins over the whole path in Node: the package's core in WebAssembly and in JavaScript gives the collector
// what the hooks have made of each event.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { debugPlugin, Vitrine } from '../../dist/index.js';
import * as tracking from '../../dist/tracking.js';
import plainCore from '../../dist/vitrine-tracking-core.mjs';

const bodies = [];
const realFetch = globalThis.fetch;
before(() => {
  globalThis.fetch = async (_url, { body }) => {
    bodies.push(JSON.parse(body));
    return new Response('{}');
  };
});
after(() => {
  globalThis.fetch = realFetch;
});

const events = { url: 'https://shop.test/events', flushInterval: 3_600_000 };
const order = { orderId: 'o', value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1, unitPrice: 5 }] };

/** Records events under hooks that enrich, drop, throw, break and record. Returns what the collector received. */
const visit = async (Shop) => {
  bodies.length = 0;
  const faults = [];
  const sent = [];
  const levels = [];
  const lines = [];
  const { error } = console;
  console.error = (line) => lines.push(line);
  const vitrine = new Shop({
    events,
    onError: (fault) => faults.push(fault.code),
    onSend: ({ url, body }) => sent.push([url, JSON.parse(body).events.length]),
    onConsent: (level) => levels.push(level),
    beforeTrack(event) {
      if (event.type === 'identify') return null;
      if (event.type === 'search') throw new Error('mine');
      if (event.type === 'viewItem') return { ...event, itemId: '' };
      if (event.type === 'purchase') vitrine.events.track('sold');
      event.shop = 'north';
    },
    plugins: [{ name: 'scrub', beforeTrack: (event) => ({ scrubbed: true, ...event, visitorId: 'v_none' }) }],
  });
  vitrine.identify('u');
  vitrine.events.trackSearch('boots');
  vitrine.events.trackViewItem('a');
  vitrine.events.trackPurchase(order);
  const list = vitrine.events.trackItemsServed({ surface: 's', source: 'c', itemIds: ['a'] });
  list.trackClick('a', 0);
  const { dropped } = vitrine.events.getMetrics();
  const { delivered } = await vitrine.events.flush();
  const visitor = vitrine.getVisitorId();
  await vitrine.close();
  console.error = error;
  const received = bodies.flatMap((body) => body.events);
  for (const { visitorId } of received) assert.equal(visitorId, visitor);
  const marks = received.map(({ type, name, shop, scrubbed, itemId, quantity }) => ({
    ...{ type, name, shop, scrubbed, itemId, quantity },
  }));
  return { marks, faults, sent, levels, lines, delivered, hook: dropped.hook, order: received[3] };
};

const expected = (marks) => {
  const of = (type, more) => ({
    name: undefined,
    itemId: undefined,
    quantity: undefined,
    type,
    scrubbed: true,
    ...more,
  });
  assert.deepEqual(marks, [
    of('search', { shop: undefined }),
    of('viewItem', { shop: undefined, itemId: 'a' }),
    of('custom', { shop: undefined, name: 'sold' }),
    of('purchase', { shop: 'north' }),
    of('itemsServed', { shop: 'north' }),
    of('click', { shop: 'north', itemId: 'a' }),
  ]);
};

/** Returns the class of the package for tracking, which runs as JavaScript because WebAssembly is refused. */
const withoutWasm = async () => {
  // An instance of the module of its own, which has no core yet.
  const { href } = new URL('../../dist/module-tracking.js?plain', import.meta.url);
  const { usePackedCore, usePlainCore, Vitrine: Shop } = await import(href);
  usePackedCore('');
  usePlainCore(plainCore);
  const { Module } = WebAssembly;
  const refused = () => {
    throw new Error('refused');
  };
  Object.assign(WebAssembly, { Module: refused });
  assert.equal(new Shop({ events }).events.getMetrics().runtime, 'wasm2js');
  Object.assign(WebAssembly, { Module });
  return Shop;
};

for (const [name, shop] of Object.entries({
  'the complete package': async () => Vitrine,
  'the package for tracking': async () => tracking.Vitrine,
  'the JavaScript core': withoutWasm,
}))
  test(`hooks enrich, drop, throw, break and record in Node: ${name}`, async () => {
    const { marks, faults, sent, levels, lines, delivered, hook, order: stored } = await visit(await shop());
    expected(marks);
    assert.deepEqual(stored.items, order.items);
    assert.equal(hook, 1);
    assert.equal(delivered, marks.length);
    assert.deepEqual(sent, [[events.url, marks.length]]);
    assert.deepEqual(levels, ['granted']);
    assert.deepEqual(faults, ['plugin-failed', 'plugin-failed']);
    assert.match(lines[0], /^\[vitrine\] beforeTrack of the configuration has failed \(Error: mine\)\. Mend it\./);
    assert.match(lines[1], /beforeTrack of the configuration has failed \(itemId must be /);
  });

test('instances for single shoppers have the plugins of the server, each set up for its own', async () => {
  bodies.length = 0;
  const plugin = {
    name: 'shoppers',
    users: [],
    setup(vitrine) {
      this.users.push(vitrine.getUserId());
    },
    beforeTrack: (event) => void (event.seen = true),
  };
  const server = new Vitrine({ events, plugins: [plugin] });
  const shopper = server.as({ userId: 'u7' });
  shopper.events.track('x');
  await shopper.close();
  await server.close();
  assert.deepEqual(plugin.users, [null, 'u7']);
  assert.deepEqual(
    bodies.flatMap((body) => body.events).map(({ userId, seen }) => [userId, seen]),
    [['u7', true]],
  );
});

test('debugPlugin writes one line for each event, request and consent, and changes nothing', async () => {
  bodies.length = 0;
  const lines = [];
  const { info } = console;
  console.info = (line) => lines.push(line);
  const vitrine = new Vitrine({ events, plugins: [debugPlugin()] });
  vitrine.events.track('x', { n: 1 });
  await vitrine.events.flush();
  await vitrine.close();
  console.info = info;
  assert.equal(lines[0], '[vitrine] Recorded custom {"name":"x","properties":{"n":1}} (debug)');
  const sent = lines.findIndex((line) => line.startsWith('[vitrine] Sent POST https://shop.test/events, '));
  assert.ok(sent > 0);
  assert.ok(lines.includes('[vitrine] Consent is granted. (debug)'));
  assert.equal(bodies[0].events[0].properties.n, 1);
});
