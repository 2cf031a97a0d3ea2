import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { effect, fakeRuntime } from './doubles/runtime.mjs';
import { openTab } from './doubles/tab.mjs';

/** @param {Record<string, any>} given `config` of the instance; the rest goes to openTab */
const open = ({ config, ...options } = {}) => {
  const tab = openTab(options);
  const js = tab.modules();
  const vitrine = new js.Vitrine({ provider: { name: 'refine' }, ...config });
  return { ...tab, js, vitrine };
};
const payload = (call) => JSON.parse(call[1]);

test('a missing configuration does not throw; the core reports it', () => {
  const { js, core } = open();
  for (const config of [undefined, null, 'refine', 7]) new js.Vitrine(config);
  assert.deepEqual(JSON.parse(core.of('new').at(-3)[1]).config, {});
});

test('getters return at once', () => {
  const { vitrine, clock, core } = open();
  assert.equal(vitrine.getVisitorId(), 'v_1');
  assert.equal(vitrine.getSessionId(), 's_1');
  assert.equal(vitrine.getUserId(), null);
  assert.equal(vitrine.getConsent(), 'granted');
  assert.deepEqual(core.of('sessionId'), [['sessionId', clock.nowMs]]);
  assert.deepEqual(core.of('visitorId'), [['visitorId']], 'each call has exactly the arguments of the seam');
});

test('a context passes -1 for a missing position, and an add to cart with its details', () => {
  const { vitrine, core, clock } = open();
  core.on.serve = () => 4;
  const context = vitrine.events.trackItemsServed({
    surface: 'home_page',
    source: 'curated',
    itemIds: ['a', 7],
    totalResults: 2,
  });
  assert.deepEqual(payload(core.of('serve')[0]), {
    surface: 'home_page',
    source: 'curated',
    itemIds: ['a', '7'],
    totalResults: 2,
  });
  context.trackClick('a', 3);
  context.trackView('a');
  context.trackView(7, Number.NaN);
  context.trackAddToCart('a', { quantity: 2 });
  context.trackAddToCart({ productId: 'a' }, { position: 1, title: 'Cape', unitPrice: 9.5, currency: 'EUR' });
  const at = clock.nowMs;
  assert.deepEqual(core.of('itemEvent'), [
    ['itemEvent', 4, 'click', 'a', 3, 0, at],
    ['itemEvent', 4, 'view', 'a', -1, 0, at],
    ['itemEvent', 4, 'view', '7', -1, 0, at],
  ]);
  assert.deepEqual(
    core.of('shopEvent').map(([, kind, json]) => [kind, JSON.parse(json)]),
    [
      ['addToCart', { quantity: 2, itemId: 'a', position: -1, serve: 4 }],
      ['addToCart', { position: 1, title: 'Cape', unitPrice: 9.5, currency: 'EUR', itemId: 'a', serve: 4 }],
    ],
  );
  assert.equal(context.serveId, 'sv_1');
});

test('trackSearch carries the serve id of the reply that its products came from', async () => {
  const { vitrine, core } = open();
  const search = vitrine.search.text({ query: 'shoes', topK: 20 });
  core.next = effect('settle', {
    callId: core.of('request')[0][1],
    ok: true,
    json: '{"serveId":"sv_shoes","results":[{"productId":"a"},{"productId":"b"}],"totalResults":9}',
  });
  const answer = await search;
  vitrine.events.trackSearch('shoes', answer.results, { surface: 'overlay', totalResults: answer.totalResults });
  vitrine.events.trackSearch('boots', ['c'], { sortBy: 'price' });
  assert.deepEqual(core.of('serve').map(payload), [
    { surface: 'overlay', source: 'search', totalResults: 9, query: 'shoes', itemIds: ['a', 'b'], serveId: 'sv_shoes' },
    { surface: 'search_results', source: 'search', sortBy: 'price', query: 'boots', itemIds: ['c'] },
  ]);
});

test("the shop's own events cross with their kind and a payload of plain data", () => {
  const { vitrine, core, clock } = open();
  const { events } = vitrine;
  core.on.takeError = () => assert.fail('nothing is refused');
  events.track('signup', { form: { place: 'footer' }, at: new Date(0), none: undefined });
  events.track('ping');
  events.trackViewItem({ productId: 'a', title: 'not a detail' }, { title: 'Cape', unitPrice: 69.9, currency: 'EUR' });
  events.trackAddToCart(7, { quantity: 2 });
  events.trackAddToCart('a', null);
  events.trackAddToCart({ itemId: 'line', quantity: 3, unitPrice: 9.9, currency: 'EUR', brand: 'x' });
  events.trackRemoveFromCart('a', { itemId: 'b' });
  events.trackClearCart();
  events.trackViewItem('a', { availability: 'missing' });
  assert.equal(events.trackSearch('boots'), undefined);
  assert.equal(events.trackSearch('boots', null, { totalResults: 0, sortBy: 'price' }), undefined);
  const calls = core.of('shopEvent');
  assert.ok(calls.every(([, , , touch, at]) => touch === '' && at === clock.nowMs));
  assert.deepEqual(
    calls.map(([, kind, json]) => [kind, JSON.parse(json)]),
    [
      ['custom', { name: 'signup', properties: { form: { place: 'footer' }, at: '1970-01-01T00:00:00.000Z' } }],
      ['custom', { name: 'ping' }],
      ['viewItem', { title: 'Cape', unitPrice: 69.9, currency: 'EUR', itemId: 'a' }],
      ['addToCart', { quantity: 2, itemId: '7' }],
      ['addToCart', { itemId: 'a' }],
      ['addToCart', { quantity: 3, unitPrice: 9.9, currency: 'EUR', itemId: 'line' }],
      ['removeFromCart', { itemId: 'a' }],
      ['clearCart', {}],
      ['viewItem', { availability: 'missing', itemId: 'a' }],
      ['search', { query: 'boots' }],
      ['search', { totalResults: 0, sortBy: 'price', query: 'boots' }],
    ],
  );
  assert.equal(core.of('serve').length, 0);
});

test("what JSON cannot express in the shop's own events crosses marked, and no other member is lost", () => {
  const { vitrine, core } = open();
  const { events } = vitrine;
  const mark = '\0\0';
  const cycle = { inner: {} };
  cycle.inner.self = cycle;
  const shared = { a: 1 };
  const getter = {
    get price() {
      throw Error('not loaded');
    },
  };
  /** @type {[() => void, object][]} */
  const calls = [
    [() => events.track('n', { big: 1n, rest: 1 }), { name: 'n', properties: { big: mark, rest: 1 } }],
    [() => events.track('n', { list: [1, { back() {} }] }), { name: 'n', properties: { list: [1, { back: mark }] } }],
    [() => events.track('n', cycle), { name: 'n', properties: { inner: { self: mark } } }],
    [() => events.track('n', { of: Symbol('s') }), { name: 'n', properties: { of: mark } }],
    [() => events.track('n', { price: { net: Number.NaN } }), { name: 'n', properties: { price: { net: mark } } }],
    [() => events.track('n', [Infinity]), { name: 'n', properties: [mark] }],
    [() => events.track('n', getter), { name: 'n', properties: { price: mark } }],
    [() => events.track('n', () => 1), { name: 'n', properties: mark }],
    [() => events.track(() => 'n'), { name: mark }],
    [() => events.track('n', { '*': 1, itemId: 2 }), { name: 'n', properties: { '*': 1, itemId: 2 } }],
    [
      () => events.track('n', { one: shared, other: [shared, shared] }),
      { name: 'n', properties: { one: { a: 1 }, other: [{ a: 1 }, { a: 1 }] } },
    ],
    [
      () => events.trackAddToCart('a', { quantity: Number.NaN, note() {} }),
      { quantity: mark, note: null, itemId: 'a' },
    ],
    [() => events.trackViewItem(Symbol('a'), getter), { price: null, itemId: 'null' }],
    [
      () => events.trackSearch('q', null, { filters: [{ field: 'f', value: 1n }] }),
      { filters: [{ field: 'f', value: mark }], query: 'q' },
    ],
    [
      () => events.trackPurchase({ orderId: 'o', note() {}, value: 1, currency: 'EUR', items: [] }),
      { orderId: 'o', note: null, value: 1, currency: 'EUR', items: [] },
    ],
  ];
  for (const [call] of calls) call();
  assert.deepEqual(
    core.of('shopEvent').map(([, , json]) => JSON.parse(json)),
    calls.map(([, payload]) => payload),
  );
});

test('trackRecommendations names serve, surface, source and anchor', () => {
  const { vitrine, core } = open();
  vitrine.events.trackRecommendations('sv_9', [{ productId: 'a' }, { id: 2 }, 'c'], 'product_page', 'similar-items', {
    anchorId: 'x',
  });
  assert.deepEqual(payload(core.of('serve')[0]), {
    anchorId: 'x',
    serveId: 'sv_9',
    surface: 'product_page',
    source: 'similar-items',
    itemIds: ['a', '2', 'c'],
  });
});

test('data calls pass their kind and an unchanged query', () => {
  const { vitrine, core } = open();
  void vitrine.recs.forUser({ configId: 'c', topK: 2, filters: [{ field: 'price', operator: 'lte', value: 200 }] });
  void vitrine.recs.forVisitor({ configId: 'c' });
  void vitrine.recs.similarItems({ anchorId: 'a', visualWeight: 0.5 });
  void vitrine.search.text({ query: 'q' });
  assert.deepEqual(
    core.of('request').map((call) => call[2]),
    ['forUser', 'forVisitor', 'similarItems', 'searchText'],
  );
  assert.deepEqual(JSON.parse(core.of('request')[0][3]).filters[0].operator, 'lte');
  assert.equal(new Set(core.of('request').map((call) => call[1])).size, 4);
});

test('bad arguments throw in the method that was called, and nowhere else', async () => {
  const no = () => -1;
  const { vitrine, js, said } = open({ core: fakeRuntime({ serve: no, shopEvent: no, identify: no, setConsent: no }) });
  const isValidation = (/** @type {any} */ error) => error instanceof js.ValidationError;
  assert.throws(() => vitrine.events.trackItemsServed(undefined), isValidation);
  assert.throws(() => vitrine.events.trackSearch('q', undefined), isValidation);
  assert.throws(() => vitrine.events.trackRecommendations('s', undefined, 'a', 'b'), isValidation);
  assert.throws(() => vitrine.events.trackPurchase({}), isValidation);
  assert.throws(() => vitrine.identify(undefined), isValidation);
  assert.throws(() => vitrine.setConsent('maybe'), isValidation);
  const cycle = {};
  cycle.self = cycle;
  assert.throws(() => vitrine.events.trackPurchase(cycle), isValidation);
  await assert.rejects(vitrine.recs.forUser(cycle), isValidation);
  assert.deepEqual(said, []);
});

test('a missing item id is a ValidationError of the context', () => {
  const { vitrine, js } = open({ core: fakeRuntime({ itemEvent: () => -1 }) });
  const context = vitrine.events.trackItemsServed({ itemIds: [] });
  assert.throws(() => context.trackClick(undefined, 0), js.ValidationError);
});

test('metrics report how the core runs', () => {
  const { vitrine } = open();
  const { queued, sent, failed, retrying, runtime } = vitrine.events.getMetrics();
  assert.deepEqual(
    { queued, sent, failed, retrying, runtime },
    { queued: 3, sent: 2, failed: 0, retrying: 0, runtime: 'wasm' },
  );
});

test('without WebAssembly no method disturbs the page', async () => {
  for (const WebAssembly of [
    { Instance: undefined },
    {
      Instance: class {
        constructor() {
          throw new Error('CompileError: CSP');
        }
      },
    },
  ]) {
    const { vitrine, said, js, disk, clock } = open({ WebAssembly });
    assert.equal(vitrine.getVisitorId(), '');
    assert.equal(vitrine.getSessionId(), '');
    assert.equal(vitrine.getUserId(), null);
    assert.equal(vitrine.getConsent(), 'unknown');
    vitrine.identify('u');
    vitrine.reset();
    vitrine.setConsent('denied');
    const context = vitrine.events.trackItemsServed({ surface: 's', source: 's', itemIds: [] });
    context.trackClick('a', 0);
    assert.equal(context.serveId, '');
    vitrine.events.trackPurchase({});
    vitrine.events.pause();
    vitrine.events.resume();
    assert.equal(vitrine.events.getMetrics().runtime, 'dead');
    assert.equal(vitrine.events.getMetrics().queued, 0);
    assert.equal(vitrine.debug.trace(), '');
    await assert.rejects(
      vitrine.recs.forVisitor({ configId: 'c' }),
      (/** @type {any} */ error) => error instanceof js.VitrineError && error.type === 'core',
    );
    await assert.rejects(vitrine.events.flush(), { type: 'core' });
    assert.equal(said.length, 1);
    assert.equal(disk.writes, 0);
    assert.deepEqual(clock.delays, []);
  }
});

test('a flush without await causes no unhandled rejection', async () => {
  const unhandled = [];
  const listen = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', listen);
  const { vitrine } = open({ WebAssembly: { Instance: undefined } });
  void vitrine.events.flush();
  await settle();
  process.off('unhandledRejection', listen);
  assert.deepEqual(unhandled, []);
});

test('with memory persistence or on a server localStorage is never touched', async () => {
  for (const config of [{ events: { persistence: 'memory' } }, { applicationType: 'server' }]) {
    const { disk, core, vitrine } = open({ config });
    core.next = effect('save', { key: 'vitrine:1:id', value: 'x' }) + effect('claim', { journalId: 'own' });
    vitrine.reset();
    await settle();
    assert.equal(disk.writes, 0);
    assert.equal(JSON.parse(core.of('new')[0][1]).storage, 'memory');
    assert.equal(core.of('claimed').length, 1, 'storage that no other page can see needs no lock');
    assert.equal(core.of('saveFailed').length, 0);
  }
});

test('without a document no global of a page is used', async () => {
  const gone = ['document', 'location', 'navigator', 'localStorage', 'addEventListener', 'customElements'];
  const { core, vitrine } = open({ globals: Object.fromEntries(gone.map((name) => [name, undefined])) });
  const boot = JSON.parse(core.of('new')[0][1]);
  assert.deepEqual([boot.page.url, boot.storage, boot.visible, boot.online], ['', 'memory', 1, 1]);
  vitrine.identify('u');
  await settle();
});

test('onMetrics receives the metrics when the core reports a change', async () => {
  const heard = [];
  const { core, vitrine } = open({ config: { events: { onMetrics: (metrics) => heard.push(metrics) } } });
  const boot = JSON.parse(core.of('new')[0][1]);
  assert.deepEqual([boot.notify, boot.config.events], [1, { onMetrics: '\0\0' }]);
  core.next = effect('notify', { topic: 'metrics' });
  vitrine.identify('u');
  await settle();
  assert.deepEqual(
    heard.map(({ queued, runtime }) => [queued, runtime]),
    [[3, 'wasm']],
  );
});

test('a flush before navigation waits 150 ms by default', async () => {
  const { core, vitrine, clock } = open();
  const first = vitrine.events.flushBeforeNavigation();
  void vitrine.events.flushBeforeNavigation(50);
  const [[, callId, ...rest], [, , second]] = core.of('flushWithin');
  assert.deepEqual([rest, second], [[150, clock.nowMs], 50]);
  core.next = effect('settle', { callId, ok: true, json: '{"delivered":1,"remaining":2,"reason":"deadline"}' });
  const { delivered, remaining, reason } = await first;
  assert.deepEqual([delivered, remaining, reason], [1, 2, 'deadline']);
});

test('opting out and in reaches the core', () => {
  const { core, vitrine } = open();
  vitrine.optOut();
  vitrine.optIn();
  assert.deepEqual(core.names(), ['new', 'optOut', 'optIn']);
});

test('the trace has every call to the core in order, from its construction on', async () => {
  const { vitrine, core, clock } = open({ config: { debug: { record: true } } });
  core.wakeMs = clock.nowMs + 1000;
  vitrine.identify('u\ud800');
  await settle();
  const lines = vitrine.debug.trace().split('\n');
  assert.equal(lines.pop(), '');
  assert.equal(JSON.parse(lines.shift())[0], 'vitrine', 'the version that has recorded it');
  const calls = lines.map((line) => JSON.parse(line));
  assert.deepEqual(calls, core.calls);
  assert.deepEqual(
    calls.map((call) => call[0]),
    ['new', 'identify', 'drainEffects'],
  );
  assert.equal(calls[1][1], 'u\ufffd');
});

test("the class Refine takes Refine's own argument", () => {
  const tab = openTab();
  const js = tab.modules();
  const refine = new js.Refine({
    apiKey: 'k',
    organizationId: 'o',
    catalogId: 'c',
    apiUrl: '/refine',
    applicationType: 'server',
    events: { batchSize: 5 },
  });
  assert.ok(refine instanceof js.Vitrine);
  assert.deepEqual(JSON.parse(tab.core.of('new')[0][1]).config, {
    applicationType: 'server',
    events: { batchSize: 5 },
    provider: { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c', apiUrl: '/refine' },
  });
});
