// vitrine/testing: the clock, the storage and the network with which shops test their code.

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { Vitrine } from '../../dist/index.js';
import { useTestClock, useTestNetwork, useTestStorage } from '../../dist/testing.js';

const kUrl = 'https://shop.example/collect';
const purchase = (orderId) => ({ orderId, value: 5, currency: 'EUR', items: [{ itemId: 'a', quantity: 1 }] });
const real = { fetch, setTimeout, now: Date.now };
let restore = [];
afterEach(() => {
  for (const one of restore) one.restore();
  restore = [];
  assert.deepEqual({ fetch, setTimeout, now: Date.now }, real, 'everything is as before');
});
const use = (one) => {
  restore.push(one);
  return one;
};

test('the network records each accepted event once', async () => {
  const network = use(useTestNetwork());
  const vitrine = new Vitrine({ events: { url: kUrl } });
  vitrine.events.trackPurchase(purchase('o-1'));
  await vitrine.events.flush();
  assert.deepEqual(
    network.of('purchase').map(({ orderId }) => orderId),
    ['o-1'],
  );
  assert.equal(network.requests[0].url, kUrl);
  assert.equal(network.requests[0].method, 'POST');
  await vitrine.close();
});

test('with the clock a refused event is sent again when its time has come', async () => {
  const clock = use(useTestClock());
  const network = use(useTestNetwork());
  network.reply({ status: 503, headers: { 'retry-after': '20' } });
  const vitrine = new Vitrine({ events: { url: kUrl } });
  vitrine.events.trackPurchase(purchase('o-2'));
  await clock.advance(1000);
  assert.equal(network.requests.length, 1);
  assert.deepEqual(network.events, []);
  network.reply({});
  await clock.advance(18_000);
  assert.equal(network.requests.length, 1);
  await clock.advance(5000);
  assert.equal(network.requests.length, 2);
  assert.equal(network.of('purchase').length, 1);
  const [{ at }] = network.events;
  assert.equal(at, Date.UTC(2026, 0, 1));
  const closing = vitrine.close();
  await clock.advance(2000);
  await closing;
});

test('a network that fails keeps the event, and a reply can depend on the request', async () => {
  const network = use(useTestNetwork());
  network.reply(({ body }) => (body.includes('o-3') ? { status: 0 } : undefined));
  const vitrine = new Vitrine({ events: { url: kUrl } });
  vitrine.events.trackPurchase(purchase('o-3'));
  const { delivered, remaining } = await vitrine.events.flush();
  assert.deepEqual([delivered, remaining, network.events.length], [0, 1, 0]);
  await vitrine.close(0);
});

test('timers run in order, at their own times; an interval goes on until it is cleared', async () => {
  const clock = use(useTestClock(1000));
  const runs = [];
  setTimeout(() => runs.push(['b', Date.now()]), 20);
  setTimeout((name) => runs.push([name, Date.now()]), 10, 'a');
  const every = setInterval(() => runs.push(['i', Date.now()]), 15);
  clearTimeout(setTimeout(() => runs.push('never'), 5));
  await clock.advance(30);
  clearInterval(every);
  await clock.advance(100);
  assert.deepEqual(runs, [
    ['a', 1010],
    ['i', 1015],
    ['b', 1020],
    ['i', 1030],
  ]);
  assert.equal(clock.nowMs, 1130);
});

test('the storage takes texts, and can be full', () => {
  const storage = use(useTestStorage());
  localStorage.setItem('a', '1');
  assert.deepEqual([localStorage.length, localStorage.key(0), localStorage.getItem('a')], [1, 'a', '1']);
  storage.refuseWrites();
  assert.throws(() => localStorage.setItem('b', '2'), { name: 'QuotaExceededError' });
  storage.refuseWrites(false);
  localStorage.removeItem('a');
  assert.equal(storage.items.size, 0);
});
