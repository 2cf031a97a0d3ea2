// The console lines of the JavaScript side, and the shop's `onError`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { openPump } from './doubles/pump.mjs';
import { effect, fakeRuntime } from './doubles/runtime.mjs';
import { openTab } from './doubles/tab.mjs';

test('a console that is missing, frozen to nothing or throwing never throws into Vitrine', () => {
  const throwing = () => {
    throw new Error('no console here');
  };
  for (const console of [undefined, null, {}, { warn: 7 }, { warn: throwing }, new Proxy({}, { get: throwing })]) {
    const tab = openTab({ globals: { console } });
    const faults = [];
    tab.modules().report('warn', 'Something happened.', 'some-code', undefined, (error) => faults.push(error));
    assert.deepEqual(
      faults.map(({ code, message }) => [code, message]),
      [['some-code', 'Something happened.']],
    );
  }
});

test('a value whose text cannot be read gives a question mark', () => {
  const js = openTab().modules();
  const hostile = { toString: () => ({}) };
  assert.deepEqual([Object.create(null), hostile, Symbol('s'), 7, 'text'].map(js.textOf), ['?', '?', '?', '7', 'text']);
});

test('information goes to the console alone, a warning and an error go to onError too', () => {
  const tab = openTab();
  const js = tab.modules();
  const faults = [];
  for (const level of ['info', 'warn', 'error'])
    js.report(level, `It is ${level}.`, 'c', undefined, ({ message }) => faults.push(message));
  assert.deepEqual(
    tab.said,
    ['info', 'warn', 'error'].map((level) => `${level}: [vitrine] It is ${level}. (c)`),
  );
  assert.deepEqual(faults, ['It is warn.', 'It is error.']);
});

test('an exception of onError is caught and reported in the console once', () => {
  const { host, said } = openPump({
    onError: () => {
      throw new Error('shop code');
    },
  });
  host.log('warn', 'Fault.', 'c');
  host.log('warn', 'Another one.', 'c');
  assert.equal(said.length, 3);
  assert.match(
    said[1],
    /^error: \[vitrine\] onError of the configuration has failed \(Error: shop code\)\. .*\(onerror/,
  );
});

test('a log effect reaches onError once, as the error that the core describes', async () => {
  const faults = [];
  const { core, host, said, js } = openPump({ onError: (error) => faults.push(error) });
  const error = JSON.stringify({ type: 'network', code: 'request-failed', message: 'No reply.', retryable: true });
  core.next =
    effect('log', { level: 'warn', code: 'request-failed', message: 'No reply.', error }) +
    effect('log', { level: 'error', code: 'refused', message: 'Dropped.' }) +
    effect('log', { level: 'info', code: 'verbose', message: 'One event.' });
  host.call('wake', 1);
  await settle();
  assert.equal(said.length, 3);
  assert.equal(faults.length, 2);
  assert.ok(faults[0] instanceof js.NetworkError && faults[0].retryable);
  assert.ok(faults[1] instanceof js.VitrineError);
  assert.deepEqual(
    faults.map(({ code, message }) => [code, message]),
    [
      ['request-failed', 'No reply.'],
      ['refused', 'Dropped.'],
    ],
  );
});

test('a dead core and code of the page that fails inside Vitrine reach onError with the exception', async () => {
  const faults = [];
  const { core, host } = openPump({
    onError: ({ code, cause }) => faults.push([code, cause.message]),
    notify: () => {
      throw new Error('shop code');
    },
  });
  core.next = effect('notify', { topic: 'metrics' });
  host.call('wake', 1);
  await settle();
  core.on.identify = () => {
    throw new Error('unreachable');
  };
  host.call('identify', 'u', 1);
  host.call('identify', 'u', 1);
  assert.deepEqual(faults, [
    ['page-failed', 'shop code'],
    ['core-stopped', 'unreachable'],
  ]);
});

test('an error that a caller receives is not reported to onError', async () => {
  const tab = openTab({ core: fakeRuntime({ shopEvent: () => -1 }) });
  const js = tab.modules();
  const faults = [];
  const vitrine = new js.Vitrine({ provider: { name: 'refine' }, onError: (error) => faults.push(error) });
  assert.throws(() => vitrine.events.trackPurchase({}), { code: 'bad-argument' });
  await settle();
  assert.deepEqual([faults, tab.said], [[], []]);
});

test('an onError that is no function is not called', async () => {
  const tab = openTab();
  const js = tab.modules();
  const vitrine = new js.Vitrine({ provider: { name: 'refine' }, onError: 'https://log.example' });
  tab.core.next = effect('log', { level: 'warn', code: 'c', message: 'Fault.' });
  vitrine.events.resume();
  await settle();
  assert.deepEqual(tab.said, ['warn: [vitrine] Fault. (c)']);
});
