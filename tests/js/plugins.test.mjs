// The hooks of plugins, seen from the host, with a double of the core.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { effect, fakeRuntime } from './doubles/runtime.mjs';
import { openTab } from './doubles/tab.mjs';

const end = '\x1e';

/**
 * A core that holds one event for each input that records one, and takes every amendment. `kept` has the events that
 * came back, in order; null for one that a hook has dropped.
 */
const holdingCore = (on = {}) => {
  let held = '';
  let number = 0;
  const kept = [];
  const record = (type, members) => {
    held += JSON.stringify({ eventId: `e${number++}`, type, ...members }) + end;
    return 0;
  };
  const core = fakeRuntime({
    shopEvent: (kind, payload) => record(kind, JSON.parse(payload)),
    pageView: () => void record('pageView', { url: '/' }),
    hold(text) {
      if (text) kept.push(JSON.parse(text));
      const texts = held;
      held = '';
      return texts;
    },
    amend: (_before, after) => (JSON.parse(after)?.eventId ? after : ''),
    ...on,
  });
  return { core, kept, record };
};

/** Opens a tab with a Vitrine. `plan` returns the hooks of the configuration. */
const open = (config, on) => {
  const { core, kept, record } = holdingCore(on);
  const tab = openTab({ core });
  const { Vitrine } = tab.modules();
  const start = () => new Vitrine({ provider: { name: 'refine' }, ...config });
  return { tab, kept, record, start, vitrine: on?.isLate ? undefined : start() };
};
const names = (kept) => kept.map((event) => event?.name);

test('the hooks pass an event on in order: the one of the configuration, then the plugins', () => {
  const { vitrine, kept, tab } = open({
    beforeTrack: (event) => void (event.order = 'c'),
    plugins: [
      { name: 'a', beforeTrack: (event) => ({ ...event, order: `${event.order}a` }) },
      { name: 'none' },
      { name: 'b', beforeTrack: (event) => void (event.order += 'b') },
    ],
  });
  vitrine.events.track('x');
  assert.deepEqual(kept, [{ eventId: 'e0', type: 'custom', name: 'x', order: 'cab' }]);
  assert.deepEqual(tab.said, []);
});

test('false and null drop an event, and later hooks do not see it', () => {
  const seen = [];
  for (const result of [false, null]) {
    const { vitrine, kept } = open({
      beforeTrack: ({ name }) => (name === 'x' ? result : undefined),
      plugins: [{ name: 'p', beforeTrack: ({ name }) => void seen.push(name) }],
    });
    vitrine.events.track('x');
    vitrine.events.track('y');
    assert.deepEqual(names(kept), [undefined, 'y']);
  }
  assert.deepEqual(seen, ['y', 'y']);
});

test('a hook that throws or gives a bad result costs no event, and one line each, also to onError', () => {
  const faults = [];
  /** @type {(event: object) => unknown} */
  let result = () => {
    throw new Error('mine');
  };
  const { vitrine, kept, tab } = open({
    onError: ({ code, message }) => faults.push([code, message]),
    plugins: [
      { name: 'first', beforeTrack: (event) => void (event.first = 1) },
      {
        name: 'bad',
        beforeTrack(event) {
          event.lost = 1;
          return result(event);
        },
      },
    ],
  });
  const cycle = {};
  cycle.self = cycle;
  const bad = [result, result, () => 5, () => 'text', () => ({}), async () => {}, (event) => ({ ...event, cycle })];
  for (result of bad) vitrine.events.track('x');
  assert.equal(kept.length, bad.length);
  for (const event of kept) assert.deepEqual([event.name, event.first, event.lost], ['x', 1, undefined]);
  assert.deepEqual(tab.said.slice(0, 2), [
    'error: [vitrine] beforeTrack of bad has failed (Error: mine). Mend it. (plugin-failed) Error: mine',
    'error: [vitrine] beforeTrack of bad has failed (no). Mend it. (plugin-failed) no',
  ]);
  assert.match(tab.said[2], /beforeTrack of bad has failed \(a promise came back/);
  assert.match(tab.said[3], /beforeTrack of bad has failed \(ValidationError: self must be a value that JSON can expr/);
  assert.equal(tab.said.length, 4);
  assert.deepEqual(faults[0], ['plugin-failed', 'beforeTrack of bad has failed (Error: mine). Mend it.']);
  assert.equal(faults.length, 4);
});

test('an event that a hook records is passed to the other plugins, and never without end', () => {
  const seen = [];
  const echo = (name) => ({
    name,
    beforeTrack: (event) => {
      seen.push(`${name}:${event.name}`);
      tracked.vitrine.events.track(`${event.name}${name}`);
    },
  });
  const tracked = open({ plugins: [echo('a'), echo('b')] });
  tracked.vitrine.events.track('x');
  assert.deepEqual(names(tracked.kept), ['xab', 'xa', 'xba', 'xb', 'x']);
  assert.deepEqual(seen, ['a:x', 'b:xa', 'b:x', 'a:xb']);
});

test('a hook of several events at once sees each of them, though it records one itself', () => {
  const seen = [];
  const tracked = open({
    beforeTrack: ({ name }) => {
      seen.push(name);
      if (name === 'one') tracked.vitrine.events.track('inner');
    },
  });
  tracked.record('custom', { name: 'one' });
  tracked.record('custom', { name: 'two' });
  tracked.vitrine.events.resume();
  assert.deepEqual(seen, ['one', 'two']);
  assert.deepEqual(names(tracked.kept), ['inner', 'one', 'two']);
});

test('plugins are set up with the finished instance, and see the events of the start next, but not their own', () => {
  const log = [];
  const { record, start, kept, tab } = open(
    {
      plugins: [
        {
          name: 'a',
          setup(vitrine) {
            log.push(`setup ${vitrine.getVisitorId()} ${this.name}`);
            vitrine.events.track('from setup');
          },
          beforeTrack: ({ name }) => void log.push(`a ${name}`),
        },
        { name: 'b', setup: () => log.push('setup b'), beforeTrack: ({ name }) => void log.push(`b ${name}`) },
      ],
    },
    { isLate: true },
  );
  record('custom', { name: 'first' });
  start();
  assert.deepEqual(log, ['setup v_1 a', 'b from setup', 'setup b', 'a first', 'b first']);
  assert.deepEqual(names(kept), ['from setup', 'first']);
  assert.deepEqual(tab.said, []);
});

test('a plugin that is added later sees the events and the consent from there on', async () => {
  const { vitrine, kept } = open();
  vitrine.events.track('before');
  const seen = [];
  vitrine.use({ beforeTrack: ({ name }) => void seen.push(name), onConsent: (level) => seen.push(level) });
  vitrine.events.track('after');
  await settle();
  assert.deepEqual(seen.slice(-2), ['after', 'granted']);
  assert.deepEqual(names(kept).slice(-1), ['after']);
  for (const bad of [undefined, null, 'debug', () => {}])
    assert.throws(() => vitrine.use(bad), { code: 'bad-argument', field: 'plugin' });
});

test('a misspelt hook is reported with the right names, and other members are not', () => {
  const { tab } = open({ plugins: [{ name: 't', beforTrack() {}, onsend() {}, onReady() {}, count: 1 }] });
  assert.deepEqual(
    tab.said,
    ['beforTrack', 'onsend'].map(
      (name) => `warn: [vitrine] t has no hook "${name}". Use beforeTrack,onSend,onConsent,onError. (bad-option)`,
    ),
  );
});

test('a hook that returns a promise leaves the event as it was, and one line says why', () => {
  const { vitrine, kept, tab } = open({ plugins: [{ name: 't', beforeTrack: async (event) => event }] });
  vitrine.events.track('one');
  vitrine.events.track('two');
  assert.deepEqual(names(kept), ['one', 'two']);
  assert.equal(tab.said.length, 1);
  assert.match(tab.said[0], /beforeTrack of t has failed \(a promise came back: return the event at once\)\./);
});

test('values that are no plugins are reported, and the page goes on', () => {
  const { vitrine, kept, tab } = open({
    plugins: [null, 'debug', { name: 'p', setup: () => assert.fail('broken'), beforeTrack: 'no function' }],
  });
  vitrine.events.track('x');
  assert.deepEqual(names(kept), ['x']);
  const lines = tab.said.map((line) => line.split(' Assertion')[0]);
  assert.deepEqual(lines.slice(0, 2), [
    'warn: [vitrine] A plugin is no object and is ignored. See docs/plugins.md. (bad-option)',
    'warn: [vitrine] A plugin is no object and is ignored. See docs/plugins.md. (bad-option)',
  ]);
  assert.match(tab.said[2], /error: \[vitrine\] setup of p has failed \(.*broken.* \(plugin-failed\)/);
  assert.equal(tab.said.length, 3);
});

test('onConsent is called at the start and after each change, with or without other hooks', async () => {
  let consent = 'unknown';
  const levels = [];
  const { vitrine, tab } = open({ onConsent: (level) => levels.push(level) }, { consent: () => consent });
  await settle();
  vitrine.events.resume();
  await settle();
  consent = 'granted';
  tab.fire('storage', { key: 'vitrine:1:consent' });
  await settle();
  assert.deepEqual(levels, ['unknown', 'granted']);
});

test('onSend is called with each request, and the request leaves also if it throws', async () => {
  const sent = [];
  const { vitrine, tab } = open({
    onSend: (batch) => {
      sent.push(batch);
      throw new Error('mine');
    },
  });
  tab.core.next = effect('send', { requestId: 7, keepalive: true, url: 'https://c.example/', body: '{"events":[]}' });
  vitrine.events.resume();
  await settle();
  assert.deepEqual(
    sent.map((batch) => ({ ...batch })),
    [{ url: 'https://c.example/', method: 'POST', body: '{"events":[]}', isKeepalive: true }],
  );
  assert.equal(tab.requests.length, 1);
});

test('a page without hooks asks the core for nothing more', async () => {
  const { vitrine, tab } = open();
  vitrine.events.track('x');
  await settle();
  const asked = tab.core.names();
  assert.ok(!asked.includes('hold') && !asked.includes('consent') && !asked.includes('amend'));
  const [, bootJson] = tab.core.of('new')[0];
  assert.equal(JSON.parse(bootJson).hooks, 0);
});

test('plugins may lead to anything: they are neither copied nor written to the core', () => {
  const deep = { name: 'deep', loads: 0, beforeTrack() {} };
  Object.defineProperty(deep, 'heavy', { enumerable: true, get: () => assert.fail('was read') });
  const { tab } = open({ plugins: [deep], beforeTrack() {} });
  const { config, hooks } = JSON.parse(tab.core.of('new')[0][1]);
  assert.equal(hooks, 1);
  assert.deepEqual(Object.keys(config), ['provider']);
});

test('a hidden page passes an event on and drains within the call', () => {
  const { vitrine, tab, kept } = open({ beforeTrack: (event) => void (event.seen = true) });
  tab.hide();
  const drains = tab.core.drains();
  vitrine.events.track('x');
  assert.equal(kept.at(-1).seen, true);
  assert.ok(tab.core.drains() > drains);
  const calls = tab.core.names();
  assert.ok(calls.lastIndexOf('hold') > calls.lastIndexOf('shopEvent'));
});
