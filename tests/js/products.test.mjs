// Calls about products wait for the core's second file and the texts in the page's language.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calls } from '../../tools/seam.mjs';
import { settle } from './doubles/clock.mjs';
import { openTab } from './doubles/tab.mjs';

const kArguments = ['forVisitor', '{}', 1];

/** Opens a queue whose texts arrive when `arrive` is called. */
const openQueue = () => {
  const tab = openTab();
  const js = tab.modules();
  const made = [];
  const refused = [];
  let arrive;
  js.fetchTextsLater(() => new Promise((resolve) => (arrive = resolve)));
  const queue = js.openProductsQueue(
    (name, args) => made.push([name, ...args]),
    (name, id) => refused.push([name, id]),
    () => {},
  );
  return { tab, js, queue, made, refused, arrive: (texts) => arrive(texts) };
};

test('every call that needs the second file waits, and no other one', () => {
  const { queue } = openQueue();
  // The spare core of the warm-up makes its calls when the file is there, and the queue itself makes setTexts.
  const waits = calls.filter(({ isFirst }) => !isFirst).map(({ name }) => name);
  const others = ['setTexts', 'sampleReply'];
  for (const { name } of calls)
    assert.equal(queue.keeps(name, [7, ...kArguments]), waits.includes(name) && !others.includes(name), name);
});

test('calls are made in order, with the time at which they are made; those that were withdrawn are not', async () => {
  const { tab, queue, made, arrive } = openQueue();
  queue.keeps('openSlot', [1, '{}', 5]);
  queue.keeps('request', [2, ...kArguments]);
  queue.keeps('refreshSlot', [1, 6]);
  queue.keeps('openSlot', [3, '{}', 5]);
  assert.equal(queue.withdraw(2), true);
  assert.equal(queue.withdraw(2), false);
  await tab.clock.advance(1000);
  assert.deepEqual(made, []);
  arrive(undefined);
  await settle();
  const { nowMs } = tab.clock;
  assert.deepEqual(made, [
    ['openSlot', 1, '{}', nowMs],
    ['refreshSlot', 1, nowMs],
    ['openSlot', 3, '{}', nowMs],
  ]);
  assert.equal(queue.keeps('request', [4, ...kArguments]), false);
});

test("texts in the page's language are set once, before the first call", async () => {
  const { queue, made, arrive, tab } = openQueue();
  queue.keeps('openSlot', [1, '{}', 5]);
  arrive({ addToCart: 'Kaufen' });
  await settle();
  // `run` reaches the queue again, as in the host.
  queue.keeps('openSlot', [1, '{}', 5]);
  queue.keeps('refreshSlot', [1, 5]);
  const texts = ['setTexts', '{"addToCart":"Kaufen"}', tab.clock.nowMs];
  assert.deepEqual(made, [['openSlot', 1, '{}', tab.clock.nowMs], texts]);
});

test('calls of a slot with own templates wait for the third file in order, and no other call does', async () => {
  const tab = openTab();
  const js = tab.modules();
  const made = [];
  const refused = [];
  const call = (name, args) => queue.keeps(name, args) || made.push([name, args[0]]);
  const queue = js.openProductsQueue(
    call,
    (name, id) => refused.push([name, id]),
    (error) => refused.push(error.code),
  );
  const reply = async (path, status) => {
    assert.equal(tab.requests.at(-1).url, path);
    tab.requests.at(-1).respond(status, 'wasm', { 'content-type': 'application/octet-stream' });
    await settle();
  };
  const core = js.fetchCore(['/core.wasm'], (_url, part) => `/core-${part}.wasm`, '/core.js');
  await reply('/core.wasm', 200);
  await core;
  call('openSlot', [1, '{"partials":{"card":"<b>{{title}}</b>"}}', 5]);
  call('refreshSlot', [1, 5]);
  call('openSlot', [2, '{"title":"\\"partials\\":"}', 5]);
  await reply('/core-products.wasm', 200);
  call('request', [3, ...kArguments]);
  call('refreshSlot', [2, 6]);
  assert.deepEqual(made.splice(0), [
    ['openSlot', 2],
    ['request', 3],
    ['refreshSlot', 2],
  ]);
  await reply('/core-templates.wasm', 404);
  assert.deepEqual(refused.splice(0), ['products-not-loaded', ['openSlot', 1], ['refreshSlot', 1]]);
  call('request', [4, ...kArguments]);
  call('refreshSlot', [1, 7]);
  assert.deepEqual(made.splice(0), [['request', 4]]);
  await reply('/core-templates.wasm', 200);
  assert.deepEqual(made, [
    ['openSlot', 1],
    ['refreshSlot', 1],
  ]);
  assert.deepEqual(refused, []);
  assert.equal(js.hasProducts(true), true);
});
