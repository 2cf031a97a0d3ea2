import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { openPump as open } from './doubles/pump.mjs';
import { effect, fakeRuntime } from './doubles/runtime.mjs';

test('five hundred inputs in one task cause one drain', async () => {
  const { host, core } = open();
  await settle();
  core.calls.length = 0;
  for (let i = 0; i < 500; i++) host.call('itemEvent', 0, 'click', 'sku', i, 0, 1);
  assert.equal(core.drains(), 0, 'an input returns before anything is drained');
  await settle();
  assert.equal(core.of('itemEvent').length, 500);
  assert.equal(core.drains(), 1);
});

test('effects are performed in their order', async () => {
  const { host, core, store, asked, requests } = open();
  core.next =
    effect('save', { key: 'vitrine:1:a', value: '1' }) +
    effect('save', { key: 'vitrine:1:b', value: 'x\ny' }) +
    effect('forget', { key: 'vitrine:1:a' }) +
    effect('claim', { journalId: 'own' }) +
    effect('release', { journalId: 'old' }) +
    effect('send', {
      requestId: 7,
      keepalive: true,
      timeoutMs: 15000,
      url: 'https://e.example/events',
      body: '{"events":[]}',
    });
  host.call('resume', 1);
  await settle();
  assert.equal(store.get('vitrine:1:a'), null);
  assert.equal(store.get('vitrine:1:b'), 'x\ny');
  assert.deepEqual(
    asked.map((entry) => entry.slice(0, 2)),
    [
      ['claim', 'own'],
      ['release', 'old'],
    ],
  );
  const [{ url, method, body, keepalive, credentials, headers }] = requests;
  assert.deepEqual(
    { url, method, body, keepalive, credentials },
    {
      url: 'https://e.example/events',
      method: 'POST',
      body: '{"events":[]}',
      keepalive: true,
      credentials: 'omit',
    },
  );
  assert.equal(headers, undefined, 'a string body is text/plain by default, which needs no preflight');
});

test('an input made by an effect is drained in a later microtask, never inside the first drain', async () => {
  let depth = 0;
  let deepest = 0;
  const core = fakeRuntime({
    drainEffects: () => {
      deepest = Math.max(deepest, ++depth);
      depth--;
      const text = core.next;
      core.next = '';
      return text;
    },
    saveFailed: () => void (core.next = effect('log', { level: 'warn', code: 'storage', message: 'full' })),
  });
  const tab = open({ core });
  await settle();
  core.calls.length = 0;
  tab.disk.fault = 'full';
  core.next = effect('save', { key: 'vitrine:1:id', value: 'x' }) + effect('forget', { key: 'vitrine:1:y' });
  tab.host.call('resume', 1);
  await settle();
  assert.deepEqual(core.names(), ['resume', 'saveFailed']);
  assert.deepEqual(core.of('saveFailed')[0].slice(1), ['vitrine:1:id', tab.clock.nowMs]);
  assert.equal(core.drains(), 2);
  assert.equal(deepest, 1);
  assert.deepEqual(tab.said, ['warn: [vitrine] full (storage)']);
});

test('while the page is hidden an input is drained before it returns', async () => {
  const { host, core, requests } = open();
  await settle();
  host.hidden = true;
  core.next = effect('send', { requestId: 1, keepalive: true, timeoutMs: 1000, url: 'https://e.example/', body: 'b' });
  host.call('setPageState', 0, 1, 1);
  assert.equal(requests.length, 1);
});

test('an input of a page that has just been hidden does not wait for an earlier one', async () => {
  const { host, core, requests } = open();
  host.call('resume', 1);
  core.next = effect('send', { requestId: 1, keepalive: true, timeoutMs: 1000, url: 'https://e.example/', body: 'b' });
  host.hidden = true;
  host.call('setPageState', 0, 1, 1);
  assert.equal(requests.length, 1);
  await settle();
  assert.equal(requests.length, 1);
});

test('an input made by an effect of a hidden page waits for the microtask', async () => {
  const { host, core, disk } = open();
  await settle();
  core.calls.length = 0;
  host.hidden = true;
  disk.fault = 'full';
  core.next = effect('save', { key: 'vitrine:1:id', value: 'x' });
  host.call('resume', 1);
  assert.equal(core.drains(), 1);
  await settle();
  assert.equal(core.drains(), 2);
});

test('there is one timer, set to the latest wake time of the core', async () => {
  const { host, core, clock } = open();
  core.wakeMs = clock.nowMs + 5000;
  host.call('resume', 1);
  await settle();
  assert.deepEqual(clock.delays, [5000]);
  core.wakeMs = clock.nowMs + 200;
  host.call('resume', 1);
  await settle();
  assert.deepEqual(clock.delays, [200]);
  core.wakeMs = Infinity;
  await clock.advance(200);
  assert.deepEqual(core.of('wake'), [['wake', clock.nowMs]]);
  assert.deepEqual(clock.delays, []);
});

test('the timer is not set again while the wake time stays the same, and is set again after it has fired', async () => {
  const core = fakeRuntime({ wake: () => void (core.wakeMs += 2000) });
  const { host, clock } = open({ core });
  core.wakeMs = clock.nowMs + 5000;
  host.call('resume', 1);
  await settle();
  const before = clock.timersSet;
  for (let i = 0; i < 10; i++) {
    host.call('resume', 1);
    await settle();
  }
  assert.equal(clock.timersSet, before);
  await clock.advance(5000);
  assert.equal(core.of('wake').length, 1);
  assert.deepEqual(clock.delays, [2000]);
  assert.equal(clock.timersSet, before + 1);
});

test('a wake time in the past fires at once; one beyond 32 bits is reached in several timers', async () => {
  const { host, core, clock } = open();
  core.wakeMs = clock.nowMs - 1000;
  host.call('resume', 1);
  await settle();
  assert.deepEqual(clock.delays, [0]);
  core.wakeMs = clock.nowMs + 1e12;
  host.call('resume', 1);
  await settle();
  assert.deepEqual(clock.delays, [2 ** 31 - 1]);
});

test('promises settle by their call id, with a result or a typed error', async () => {
  const { host, core, js } = open();
  const first = host.promise((callId) => host.call('flush', callId, 1));
  const second = host.promise((callId) => host.call('flush', callId, 1));
  const [[, a], [, b]] = core.of('flush');
  core.next =
    effect('settle', {
      callId: b,
      json: '{"type":"rateLimit","code":"slow","message":"Slow down.","status":429,"retryable":true,"retryAfter":2000}',
    }) +
    effect('settle', { callId: a, ok: true, json: '{"delivered":3}' }) +
    effect('settle', { callId: 99, ok: true, json: '{}' });
  const failed = assert.rejects(second, (/** @type {any} */ error) => {
    assert.ok(error instanceof js.RateLimitError && error instanceof js.VitrineError);
    assert.deepEqual(
      {
        name: error.name,
        message: error.message,
        code: error.code,
        status: error.status,
        retryAfter: error.retryAfter,
      },
      { name: 'RateLimitError', message: 'Slow down.', code: 'slow', status: 429, retryAfter: 2000 },
    );
    return error.retryable;
  });
  assert.equal((await first).delivered, 3);
  await failed;
});

test('code after a settled promise may call the core', async () => {
  const { host, core } = open();
  const done = host.promise((callId) => host.call('flush', callId, 1)).then(() => host.call('identify', 'u', 1));
  core.next = effect('settle', { callId: core.of('flush')[0][1], ok: true, json: '{}' });
  await done;
  await settle();
  assert.equal(core.names().at(-1), 'identify');
});

test('an abort reaches the core, which rejects the call; a signal that has fired makes no request', async () => {
  const { host, core, js } = open();
  const controller = new AbortController();
  const call = host.promise((callId) => host.call('request', callId, 'forVisitor', '{}', 1), controller.signal);
  const callId = core.of('request')[0][1];
  core.next = effect('settle', {
    callId,
    ok: false,
    json: '{"type":"abort","code":"aborted","message":"aborted","retryable":false}',
  });
  controller.abort();
  assert.equal(core.of('abort')[0][1], callId);
  await assert.rejects(
    call,
    (/** @type {any} */ error) => error instanceof js.AbortError && error.name === 'AbortError',
  );

  let started = false;
  await assert.rejects(
    host.promise(() => (started = true), AbortSignal.abort()),
    { name: 'AbortError' },
  );
  assert.equal(started, false);
});

test('the listener of a signal is removed after its call has settled', async () => {
  const { host, core } = open();
  const controller = new AbortController();
  const call = host.promise((callId) => host.call('request', callId, 'forVisitor', '{}', 1), controller.signal);
  core.next = effect('settle', { callId: core.of('request')[0][1], ok: true, json: '{}' });
  await call;
  controller.abort();
  assert.equal(core.of('abort').length, 0);
});

test('a data call is a fetch with its headers, and its outcome is reported once', async () => {
  const { host, core, requests } = open();
  core.next = effect('ask', {
    requestId: 4,
    timeoutMs: 10000,
    method: 'POST',
    url: 'https://api.example/recs',
    headersJson: '{"REFINE_API_KEY":"pk"}',
    body: '{"topK":3}',
  });
  host.call('resume', 1);
  await settle();
  assert.deepEqual(requests[0].headers.REFINE_API_KEY, 'pk');
  assert.equal(requests[0].keepalive, undefined);
  requests[0].respond(429, 'slow', { 'retry-after': '7' });
  await settle();
  const [, id, status, retryAfter, body] = core.of('requestDone')[0];
  assert.deepEqual([id, status, retryAfter, new TextDecoder().decode(body)], [4, 429, '7', 'slow']);
});

test('a metrics listener that throws is reported in the console', async () => {
  let heard = 0;
  const { host, core, said } = open({
    notify: () => {
      heard++;
      throw new Error('shop code');
    },
  });
  core.next = effect('notify', { topic: 'metrics' });
  host.call('wake', 1);
  await settle();
  assert.equal(heard, 1);
  assert.match(said[0], /shop code/);
});

test('slots receive their content until they are closed', async () => {
  const { host, core } = open();
  const shown = [];
  const slot = host.openSlot('{"kind":"forVisitor"}', {
    show: (...args) => shown.push(args),
    patch: (serve, steps) => shown.push([serve, [...steps]]),
  });
  core.next =
    effect('show', { slotId: slot, serve: -1, state: 'loading' }) +
    effect('show', { slotId: slot, serve: 0, state: 'ready', html: '<b>x</b>' }) +
    effect('patch', { slotId: slot, serve: 1, steps: ['set', '0', '', '', '=a', '=b'] }) +
    effect('patch', { slotId: slot, serve: 1 });
  await settle();
  assert.deepEqual(shown, [
    [-1, 'loading', ''],
    [0, 'ready', '<b>x</b>'],
    [1, ['set', '0', '', '', '=a', '=b']],
    [1, []],
  ]);
  host.closeSlot(slot);
  core.next = effect('show', { slotId: slot, serve: 0, state: 'error', html: '' });
  await settle();
  assert.equal(shown.length, 4);
  host.closeSlot(slot);
  assert.equal(core.of('closeSlot').length, 1);
});

test('an exception of the page inside one effect does not stop the next', async () => {
  const { host, core, store, said } = open();
  const slot = host.openSlot('{}', {
    show() {
      throw new Error('shop code');
    },
  });
  core.next =
    effect('show', { slotId: slot, serve: 0, state: 'ready', html: '' }) +
    effect('save', { key: 'vitrine:1:id', value: 'x' }) +
    'later-version\x1f1\x1e';
  await settle();
  assert.equal(store.get('vitrine:1:id'), 'x');
  assert.match(said[0], /shop code/);
  assert.ok(!host.isDead());
});

test('a return value of -1 becomes the typed error of takeError', async () => {
  const core = fakeRuntime({ identify: () => -1 });
  const { host, js } = open({ core });
  assert.throws(
    () => host.ask('identify', '', 1),
    (/** @type {any} */ error) =>
      error instanceof js.ValidationError && error.field === 'itemId' && error.code === 'bad-argument',
  );
});

test('strings are well-formed when they cross the seam', () => {
  const { host, core } = open();
  host.call('itemEvent', 0, 'click', 'a\ud800b', 0, 0, 1);
  assert.equal(core.of('itemEvent')[0][3], 'a\ufffdb');
});
