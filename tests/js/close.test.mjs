// close() ends an instance: queued events are sent or stored, and no timer, lock or listener remains.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { effect } from './doubles/runtime.mjs';
import { openTab } from './doubles/tab.mjs';

const open = async (config) => {
  const tab = openTab();
  const js = tab.modules();
  const vitrine = new js.Vitrine({ provider: { name: 'refine' }, ...config });
  await settle();
  return { ...tab, js, vitrine };
};

/** Settles the flush in flight. */
const answerFlush = (core, json) => {
  core.next = effect('settle', { callId: core.of('flushWithin').at(-1)[1], ok: true, json });
};

test('close() flushes for a second, suspends, frees the core and leaves no timer, lock or listener', async () => {
  const { vitrine, core, clock, locks, fire, fireDocument } = await open();
  core.next = effect('claim', { journalId: 'own', isOwn: true });
  core.wakeMs = clock.nowMs + 5000;
  vitrine.reset();
  await settle();
  assert.equal(locks.held.length, 1);
  const closing = vitrine.close();
  assert.equal(core.of('flushWithin')[0][2], 1000);
  answerFlush(core, '{"delivered":2,"remaining":1,"reason":"offline"}');
  assert.equal(JSON.stringify(await closing), '{"delivered":2,"remaining":1,"reason":"offline"}');
  assert.deepEqual(core.names().slice(-2), ['suspend', 'close']);
  assert.equal(core.calls.at(-2)[0], 'drainEffects', 'the effects of the end are performed before the core is freed');
  assert.deepEqual(clock.delays, []);
  await settle();
  assert.deepEqual(locks.held, []);
  const before = core.calls.length;
  for (const name of ['online', 'offline', 'pagehide', 'pageshow', 'storage']) fire(name, { key: 'vitrine:1:id' });
  for (const name of ['visibilitychange', 'freeze', 'resume', 'click', 'submit']) fireDocument(name);
  vitrine.identify('u');
  assert.equal(vitrine.getVisitorId(), '');
  assert.equal(vitrine.events.getMetrics().runtime, 'dead');
  await settle();
  assert.equal(core.calls.length, before);
});

test('close() rejects data calls in flight and later ones, and a second close() does nothing', async () => {
  const { vitrine, core } = await open();
  const call = vitrine.recs.forVisitor({ configId: 'c', topK: 3 });
  const closing = vitrine.close(10);
  answerFlush(core, '{"delivered":0,"remaining":0}');
  await closing;
  await assert.rejects(call, { type: 'core', code: 'closed' });
  await assert.rejects(vitrine.search.text({ query: 'q', topK: 3 }), { code: 'closed' });
  assert.equal((await vitrine.close()).remaining, 0);
  assert.equal(core.of('close').length, 1);
});

test('a page can make another instance after close(), which is then the first of the page', async () => {
  const { vitrine, core, js } = await open();
  const closing = vitrine.close();
  answerFlush(core, '{"delivered":0,"remaining":0}');
  await closing;
  const seen = [];
  js.whenVitrine((first) => seen.push(first));
  assert.deepEqual(seen, []);
  const next = new js.Vitrine({ provider: { name: 'refine' } });
  await settle();
  assert.deepEqual(seen, [next]);
});
