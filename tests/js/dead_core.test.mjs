// A core that fails must not disturb the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { openPump as open } from './doubles/pump.mjs';
import { effect, fakeRuntime } from './doubles/runtime.mjs';

test('an exception ends the core: pending calls fail, slots show an error, no call follows', async () => {
  const core = fakeRuntime({
    itemEvent: () => {
      throw new Error('unreachable');
    },
  });
  const { host, store, asked, mirrored, said, clock, js } = open({ core });
  store.set('vitrine:1:j:own:0', 'event');
  const shown = [];
  const pending = host.promise((callId) => host.call('flush', callId, 1));
  host.openSlot('{}', { show: (_serve, state) => shown.push(state) });
  core.wakeMs = clock.nowMs + 1000;
  await settle();
  const rejected = assert.rejects(
    pending,
    (/** @type {any} */ error) => error instanceof js.VitrineError && error.type === 'core' && !error.retryable,
  );
  assert.equal(host.call('itemEvent', 0, 'click', 'a', 0, 0, 1), undefined);
  await rejected;
  assert.deepEqual(shown, ['error']);
  assert.deepEqual([asked, mirrored.closed], [[['releaseAll']], 1]);
  assert.deepEqual(clock.delays, []);
  const before = core.calls.length;
  assert.equal(host.call('identify', 'u', 1), undefined);
  assert.equal(host.ask('identify', 'u', 1), undefined);
  host.openSlot('{}', { show: (_serve, state) => shown.push(state) });
  await assert.rejects(
    host.promise(() => assert.fail()),
    { type: 'core' },
  );
  await settle();
  assert.deepEqual(shown, ['error', 'error']);
  assert.equal(core.calls.length, before);
  assert.equal(store.get('vitrine:1:j:own:0'), 'event');
  assert.equal(said.length, 1);
  assert.match(said[0], /^error: \[vitrine\] the core is not running/);
});

test('a core that dies while draining or naming its wake time ends the same way', async () => {
  for (const name of ['drainEffects', 'nextWakeMs']) {
    const core = fakeRuntime();
    const { host, said } = open({ core });
    await settle();
    core.on[name] = () => {
      throw new Error('memory access out of bounds');
    };
    host.call('resume', 1);
    await settle();
    assert.ok(host.isDead(), name);
    assert.equal(said.length, 1);
  }
});

test('a core that cannot start is dead from the start, and the console reports it once', async () => {
  const { host, said } = open({
    open: () => {
      throw new TypeError('CompileError: refused by Content-Security-Policy');
    },
  });
  assert.ok(host.isDead());
  await assert.rejects(
    host.promise(() => {}),
    { type: 'core', name: 'VitrineError' },
  );
  assert.equal(said.length, 1);
  assert.match(said[0], /Content-Security-Policy/);
});

test('a dead core takes no lock: a claim in its last drain is not made', async () => {
  const core = fakeRuntime({
    saveFailed: () => {
      throw new Error('trap');
    },
  });
  const { host, disk, asked } = open({ core });
  await settle();
  disk.fault = 'full';
  core.next = effect('save', { key: 'vitrine:1:id', value: 'x' }) + effect('claim', { journalId: 'own' });
  host.call('resume', 1);
  await settle();
  assert.deepEqual(asked, [['releaseAll']]);
});
