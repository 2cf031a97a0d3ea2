import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clock, settle } from './doubles/clock.mjs';
import { Disk } from './doubles/disk.mjs';
import { fakeRuntime } from './doubles/runtime.mjs';
import { arrive, config, open, purchase, up } from './doubles/script_tag.mjs';
import { openTab } from './doubles/tab.mjs';

const times = (tab, name) => tab.core.of(name).map((call) => call.at(-1));

test('queued calls run in order, each at the time it was made', async () => {
  const tab = open();
  const { page, clock, core } = tab;
  const start = clock.nowMs;
  page.vitrine('init', config);
  await clock.advance(300);
  page.vitrine('identify', 'u1');
  await clock.advance(500);
  page.vitrine('events.trackPurchase', purchase);
  await clock.advance(2000);
  tab.script();
  assert.equal(tab.requests[0].url, 'https://shop.example/dist/vitrine-refine.wasm?b=b0');
  await arrive(tab);
  assert.deepEqual(core.names().slice(0, 3), ['new', 'identify', 'shopEvent']);
  assert.deepEqual(
    [...times(tab, 'new'), ...times(tab, 'identify'), ...times(tab, 'shopEvent')],
    [start, start + 300, start + 800],
  );
  page.vitrine('identify', 'u2');
  assert.equal(times(tab, 'identify').at(-1), start + 2800, 'later calls have their own time');
});

test('application/wasm is compiled while it loads, other types from their bytes', async () => {
  for (const [type, expected] of [
    ['application/wasm', 'stream'],
    ['text/plain', 'bytes'],
  ]) {
    const ways = [];
    const tab = open({
      WebAssembly: { compileStreaming: async () => ways.push('stream'), compile: async () => ways.push('bytes') },
    });
    tab.page.vitrine('init', config);
    tab.script();
    tab.requests[0].respond(200, 'wasm', { 'content-type': type });
    await settle();
    assert.deepEqual(ways, [expected]);
  }
});

test('calls before init wait for it, and the core starts at the time of the oldest', async () => {
  const tab = open();
  const start = tab.clock.nowMs;
  tab.page.vitrine('identify', 'u1');
  await tab.clock.advance(100);
  await up(tab);
  assert.deepEqual(tab.core.names(), []);
  tab.page.vitrine('init', config);
  assert.deepEqual(tab.core.names(), ['new', 'identify']);
  assert.deepEqual([...times(tab, 'new'), ...times(tab, 'identify')], [start, start]);
});

test('ready passes the Vitrine to its callback, now and later; window.Vitrine is its class', async () => {
  const tab = open();
  const ready = [];
  tab.page.vitrine('ready', (vitrine) => ready.push(vitrine));
  tab.page.vitrine('init', config);
  await up(tab);
  tab.page.vitrine('ready', (vitrine) => ready.push(vitrine));
  await settle();
  assert.equal(ready.length, 2);
  assert.equal(ready[0], ready[1]);
  assert.ok(ready[0] instanceof tab.page.Vitrine);
});

test('calls in a ready callback get the current time and come after the queued calls', async () => {
  const tab = open();
  tab.page.vitrine('init', config);
  tab.page.vitrine('ready', (vitrine) => vitrine.identify('now'));
  tab.page.vitrine('identify', 'then');
  const start = tab.clock.nowMs;
  await tab.clock.advance(3000);
  await up(tab);
  assert.deepEqual(
    tab.core.of('identify').map((call) => call.slice(1)),
    [
      ['then', start],
      ['now', start + 3000],
    ],
  );
});

test('calls through an old reference to the stub reach the core', async () => {
  const tab = open();
  const held = tab.page.vitrine;
  held('init', config);
  await up(tab);
  held('identify', 'u1');
  assert.equal(tab.core.of('identify').length, 1);
  assert.notEqual(tab.page.vitrine, held);
});

test('without the snippet the script installs the function itself', async () => {
  const tab = openTab();
  tab.script();
  tab.page.vitrine('init', config);
  await arrive(tab);
  assert.deepEqual(tab.core.names(), ['new']);
});

test('errors of queued calls are reported in one console line each and do not stop the others', async () => {
  const tab = open({ core: fakeRuntime({ shopEvent: () => -1 }) });
  const { page, said } = tab;
  page.vitrine('init', config);
  page.vitrine('events.trackPurchase', {});
  page.vitrine('no.such.call');
  page.vitrine('constructor', 'x');
  page.vitrine('events.constructor', 'x');
  page.vitrine('__proto__');
  page.vitrine('_host');
  page.vitrine();
  page.vitrine('ready', () => {
    throw new Error('shop code');
  });
  page.vitrine('identify', 'u1');
  await up(tab);
  assert.equal(tab.core.of('identify').length, 1);
  assert.equal(said[0], 'error: [vitrine] events.trackPurchase: no (bad-argument)');
  assert.equal(said.filter((line) => line.endsWith('there is no such call (unknown-call)')).length, 6);
  assert.match(said.at(-1), /^error: \[vitrine\] ready: Error: shop code \(call-failed\)/);
  assert.equal(said.length, 8);
});

test('a live call returns its result, and its errors are reported in the console too', async () => {
  const tab = open();
  tab.page.vitrine('init', config);
  await up(tab);
  assert.equal(tab.page.vitrine('getVisitorId'), 'v_1');
  tab.core.on.identify = () => -1;
  assert.equal(tab.page.vitrine('identify', ''), undefined);
  assert.equal(tab.said.length, 1);
});

test('a rejected promise of a queued call is reported in the console', async () => {
  const tab = open({ WebAssembly: { compile: () => Promise.reject(new Error('CompileError: no core')) } });
  tab.page.vitrine('init', config);
  tab.page.vitrine('recs.forVisitor', { configId: 'c' });
  await up(tab);
  // A file may be a part of one from a cache, so each is fetched again. The second request is for the products.
  for (const index of [2, 3, 4]) {
    assert.equal(tab.requests[index].cache, index % 2 ? undefined : 'reload');
    tab.requests[index].respond(200, 'wasm');
    await settle();
  }
  assert.equal(tab.said.length, 2);
  assert.match(tab.said[1], /recs.forVisitor: .*core-stopped/);
});

test('two scripts on one page make one runtime and a warning, also if both are still loading', async () => {
  const tab = open();
  tab.page.vitrine('init', config);
  tab.script();
  tab.script();
  await arrive(tab);
  tab.script();
  await settle();
  assert.equal(tab.requests.length, 1);
  assert.deepEqual(tab.core.names(), ['new']);
  assert.deepEqual(
    tab.said,
    Array(2).fill('warn: [vitrine] loaded twice on this page; only the first script counts (loaded-twice)'),
  );
});

test('a second init is reported in the console', async () => {
  const tab = open();
  tab.page.vitrine('init', config);
  tab.page.vitrine('init', config);
  await up(tab);
  assert.deepEqual(tab.core.names(), ['new']);
  assert.deepEqual(tab.said, ['error: [vitrine] init: called twice; only the first call counts (init-twice)']);
});

test('the next page runs the calls of a page that was left before its core was up, at their times', async () => {
  const disk = new Disk();
  const clock = new Clock();
  const left = open({ disk, clock });
  const start = clock.nowMs;
  left.page.vitrine('init', config);
  left.page.vitrine('ready', () => {});
  left.page.vitrine('events.trackPurchase', purchase);
  left.script();
  left.close();
  assert.match([...disk.items.keys()].join(), /^vitrine:1:early:\w+$/);

  await clock.advance(5000);
  const next = open({ disk, clock });
  next.page.vitrine('init', config);
  await up(next);
  assert.deepEqual(next.core.names(), ['new', 'shopEvent']);
  assert.deepEqual(times(next, 'shopEvent'), [start]);
  assert.equal(disk.items.size, 0, 'taken once');
});

test('a page that was only hidden for a moment runs its own calls, once', async () => {
  const disk = new Disk();
  const tab = open({ disk });
  tab.page.vitrine('init', config);
  tab.page.vitrine('identify', 'u1');
  tab.script();
  tab.hide();
  tab.show();
  tab.page.vitrine('identify', 'u2');
  await arrive(tab);
  assert.equal(tab.core.of('identify').length, 2);
  assert.equal(disk.items.size, 0);
});

test('a page without init leaves kept calls for one that has it', async () => {
  const disk = new Disk();
  const left = open({ disk });
  left.page.vitrine('init', config);
  left.page.vitrine('identify', 'u1');
  left.script();
  left.close();
  await up(open({ disk }));
  assert.match([...disk.items.keys()].join(), /^vitrine:1:early:\w+$/);
});

test('no call is kept if the shopper, the shop or the browser does not allow it', async () => {
  const refusals = [
    { ...config, consent: 'unknown' },
    { ...config, consent: 'denied' },
    { ...config, consent: 'anonymous' },
    { ...config, events: { enabled: false } },
    { ...config, events: { persistence: 'memory' } },
    undefined,
  ];
  for (const refusal of refusals) {
    const tab = open();
    if (refusal) tab.page.vitrine('init', refusal);
    tab.page.vitrine('identify', 'u1');
    tab.script();
    tab.close();
    assert.equal(tab.disk.writes, 0);
  }
  for (const [privacy, writes] of [
    [undefined, 0],
    [{ gpc: 'anonymous' }, 0],
    [{ gpc: 'ignore' }, 1],
  ]) {
    const tab = open({ navigator: { globalPrivacyControl: true } });
    tab.page.vitrine('init', { ...config, privacy });
    tab.page.vitrine('identify', 'u1');
    tab.script();
    tab.hide();
    assert.equal(tab.disk.writes, writes);
  }
  const disk = new Disk();
  disk.items.set('vitrine:1:optout', '1');
  const tab = open({ disk });
  tab.page.vitrine('init', config);
  tab.page.vitrine('identify', 'u1');
  tab.script();
  tab.close();
  assert.equal(disk.writes, 0);
});

test('if the core cannot be fetched, the calls are kept for the next page, and the page works', async () => {
  const disk = new Disk();
  const tab = open({ disk });
  const ready = [];
  tab.page.vitrine('init', config);
  tab.page.vitrine('ready', (vitrine) => ready.push(vitrine.getVisitorId()));
  tab.page.vitrine('events.trackPurchase', purchase);
  tab.script();
  await arrive(tab, 503);
  tab.requests[1].respond(503);
  await settle();
  assert.deepEqual(ready, ['']);
  assert.equal(tab.said.length, 1);
  assert.match(tab.said[0], /HTTP 503/);
  const next = open({ disk });
  next.page.vitrine('init', config);
  await up(next);
  assert.equal(next.core.of('shopEvent').length, 1);
});

test('a bad value under a key of kept calls is ignored', async () => {
  const track = (name) => JSON.stringify(['events.track', name]);
  const hostile = [
    'nonsense',
    '[1]',
    'null',
    '"text"',
    `{"a":5,"b":[[1],["x",${track('u')}],[1,["init",{}]],[-5,${track('u')}],null,[6,["events.pause"]],` +
      `[5,${track('ok')}]]}`,
  ];
  for (const text of hostile) {
    const disk = new Disk();
    disk.items.set('vitrine:1:early:a', text);
    const tab = open({ disk });
    tab.page.vitrine('init', config);
    await up(tab);
    assert.deepEqual(tab.core.names(), ['new', ...Array(Number(text.includes('ok'))).fill('shopEvent')], text);
    assert.deepEqual(tab.said, []);
  }
});

test('a runaway loop before the core is up does not fill the storage', async () => {
  const tab = open();
  tab.page.vitrine('init', config);
  for (let i = 0; i < 5000; i++) tab.page.vitrine('identify', 'u' + i);
  tab.script();
  tab.close();
  assert.ok(JSON.stringify([...tab.disk.items]).length < 70_000);

  const large = open();
  large.page.vitrine('init', config);
  large.page.vitrine('identify', 'u'.repeat(100_000));
  large.script();
  large.close();
  assert.equal(large.disk.writes, 0);
});
