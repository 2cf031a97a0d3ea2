import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { calls, effects as listed, readEffects, seamModule } from '../../tools/seam.mjs';
import { built, load, module, openRuntime } from './core.mjs';

const now = 1_700_000_000_000;
const boot = {
  config: {
    provider: { name: 'refine', apiKey: 'k', organizationId: 'o', catalogId: 'c', apiUrl: 'https://api.example' },
  },
  seed: '000102030405060708090a0b0c0d0e0f',
  page: { url: 'https://shop.example/', referrer: '', title: 'Shop' },
  visible: 1,
  online: 1,
  gpc: 0,
  webdriver: 0,
  storage: 'localStorage',
  state: {},
  journals: [],
};
const open = (change = {}) => openRuntime(JSON.stringify({ ...boot, ...change }), now);
const effects = (runtime) => readEffects(runtime.drainEffects());
/** Names that docs/seam.md may write as a call. */
const known = new Set([
  ...calls.map(({ name }) => name),
  'open',
  'close',
  'renderTemplate',
  'validateTemplate',
  'renderWidget',
  'parseEffects',
  'splitFields',
]);
const served = JSON.stringify({ surface: 'home_page', source: 'curated', itemIds: ['a', 'b'] });

/** Functions of the core that do not belong to one runtime. The numbers count their arguments without the first one. */
const others = { open: 1, close: 0, renderTemplate: 2, validateTemplate: 1, renderWidget: 0 };

test('the core exports every call of the list with its arguments, and nothing else', () => {
  // The first argument, the runtime's handle, is not counted.
  const arity = Object.fromEntries(
    Object.entries(load())
      .filter(([, call]) => call?.argCount)
      .map(([name, { argCount }]) => [name, argCount - 1]),
  );
  assert.deepEqual(arity, { ...Object.fromEntries(calls.map(({ name, args }) => [name, args.length])), ...others });
});

test('a core that only tracks exports the first part of the list', async () => {
  const { default: createCore } = await import(built('vitrine-tracking.mjs').href);
  const wasm = new WebAssembly.Module(readFileSync(built('vitrine-tracking.wasm')));
  const glue = createCore({
    instantiateWasm: (imports, receive) => receive(new WebAssembly.Instance(wasm, imports), wasm),
  });
  for (const { name, isTracking } of calls) assert.equal(typeof glue[name] === 'function', isTracking, name);
});

test('js/core/seam.ts is what the lists say (node tools/seam.mjs writes it)', () => {
  assert.ok(calls.length > 50 && listed.length > 15);
  assert.equal(readFileSync(new URL('../../js/core/seam.ts', import.meta.url), 'utf8'), seamModule());
});

test('js/core/host.ts names the fields of each effect as the list does', () => {
  const host = readFileSync(new URL('../../js/core/host.ts', import.meta.url), 'utf8');
  const perform = host.slice(host.indexOf('const perform: EffectHandlers'), host.indexOf('const drain ='));
  for (const { verb, fields } of listed) {
    const parameters = new RegExp(`^    ${verb}(?:: )?\\((.*?)\\)`, 'm').exec(perform)?.[1];
    const names = parameters.split(', ').map((name) => name.replace(/^(\.\.\.|_)/, ''));
    assert.deepEqual(
      names.filter(Boolean),
      fields.map(({ name }) => name),
      verb,
    );
  }
});

test('docs/seam.md has every effect with its fields, and names no call that does not exist', () => {
  const page = readFileSync(new URL('../../docs/seam.md', import.meta.url), 'utf8');
  for (const { verb, fields } of listed) {
    const row = new RegExp(`^\\| \`${verb}\` \\| (.*?) \\|`, 'm').exec(page);
    assert.equal(row?.[1].replace(/`/g, '') ?? '', fields.map(({ name }) => name).join(', '), verb);
  }
  for (const [, name] of page.matchAll(/`(\w+)\(\)`/g)) assert.ok(known.has(name), name);
});

test('the glue is synchronous: the factory returns the module itself', () => {
  const glue = load();
  assert.equal(typeof glue.open, 'function');
  assert.equal(glue.then, undefined);
});

test('the wasm imports nothing but what a core without clock, network and storage may need', () => {
  const glue = readFileSync(built('vitrine.mjs'), 'utf8');
  const given = /wasmImports\s*=\s*\{([^}]*)\}/
    .exec(glue)[1]
    .split(',')
    .map((pair) => pair.split(':').pop().trim());
  const allowed =
    /^(__embind_register_\w+|__abort_js|_abort|_?_emscripten_resize_heap|_?vitrineNumberToText|_?vitrineTextToNumber)$/;
  for (const name of given.filter(Boolean)) assert.match(name, allowed);
  for (const { module: from, kind } of WebAssembly.Module.imports(module))
    assert.deepEqual([from.length > 0, kind], [true, 'function']);
  assert.equal(WebAssembly.Module.imports(module).length, given.filter(Boolean).length);
});

test('no boot makes the constructor throw', () => {
  for (const text of [
    '',
    'null',
    '[]',
    '{',
    '{"config":7,"seed":[],"state":"x","journals":[{}]}',
    '\u0000',
    '{"config":{"events":{"batchSize":-1}}}',
  ]) {
    const runtime = openRuntime(text, now);
    assert.match(runtime.visitorId(), /^v_/);
    runtime.drainEffects();
    runtime.close();
  }
});

test('a call with bad arguments returns -1 and reports a typed error; nothing aborts', () => {
  const runtime = open();
  const fails = (answer) => {
    assert.equal(answer, -1);
    const { type, code, message } = JSON.parse(runtime.takeError());
    assert.deepEqual([type, typeof code, typeof message], ['validation', 'string', 'string']);
  };
  for (const text of [
    '',
    'null',
    '7',
    '{}',
    '{"surface":1}',
    '{"surface":"a","source":"b","itemIds":"x"}',
    '['.repeat(10_000),
  ])
    fails(runtime.serve(text, now));
  for (const text of ['', '{}', '{"orderId":"o","value":-1}']) fails(runtime.shopEvent('purchase', text, '', now));
  fails(runtime.identify('', now));
  fails(runtime.setConsent('perhaps', now));
  const context = runtime.serve(served, now);
  fails(runtime.itemEvent(context, 'click', '', 0, 0, now));
  fails(runtime.itemEvent(context, 'purchase', 'a', 0, 0, now));
  for (const unknown of [-1, 99, 1e300, NaN, Infinity]) fails(runtime.itemEvent(unknown, 'click', 'a', 0, 0, now));
  for (const odd of [NaN, Infinity, -Infinity, 1e300, 0.5])
    assert.equal(runtime.itemEvent(context, 'click', 'a', odd, odd, now), 0);
});

test('replies and outcomes for requests that were never made change nothing', () => {
  const runtime = open();
  effects(runtime);
  runtime.requestDone(77, 200, '', '{}', now);
  runtime.requestDone(NaN, NaN, 'x', '{', now);
  runtime.claimRefused('nobody', now);
  runtime.found('nonsense', '[[]]', now);
  runtime.found('[]', '[{"vitrine:1:id":{}}]', now);
  runtime.saveFailed('shop:key', now);
  runtime.storageChanged('vitrine:1:id', 'nonsense', now);
  runtime.abort(5, now);
  runtime.closeSlot(5, now);
});

test('an event is saved before it is sent, its batch is text for one POST, and its delivery frees the store', () => {
  const runtime = open();
  const context = runtime.serve(served, now);
  const [claim, save] = effects(runtime).filter(({ verb, key }) => verb === 'claim' || key?.startsWith('vitrine:1:j:'));
  assert.deepEqual(
    [claim.verb, claim.isOwn, save.verb],
    ['claim', true, 'save'],
    'the lock is asked for before anything is written',
  );
  runtime.claimed(claim.journalId, '{}', now);
  runtime.itemEvent(context, 'click', 'a', 0, 0, now);
  runtime.flush(1, now);
  const done = effects(runtime);
  const verbs = done.map(({ verb }) => verb);
  assert.ok(verbs.includes('save') && verbs.indexOf('send') > verbs.lastIndexOf('save'));
  const { requestId, url, body } = done.find(({ verb }) => verb === 'send');
  assert.equal(url, 'https://api.example/events');
  assert.deepEqual(
    JSON.parse(body).events.map(({ type }) => type),
    ['itemsServed', 'click'],
  );
  runtime.requestDone(requestId, 200, '', '{"status":"success","accepted":2,"duplicates":0}', now + 50);
  const after = effects(runtime);
  assert.ok(after.some(({ verb, key }) => verb === 'forget' && key.startsWith('vitrine:1:j:')));
  assert.deepEqual(
    after.find(({ verb }) => verb === 'settle'),
    { verb: 'settle', callId: 1, ok: true, json: '{"delivered":2,"remaining":0}' },
  );
  assert.equal(JSON.parse(runtime.metrics(now)).queued, 0);
});

test('text of every plane crosses unharmed, and no text breaks an effect in two', () => {
  const runtime = open();
  const text = 'é ✓ 漢 😀 "\\\u0001\u001e\u001f\n';
  runtime.identify(text, now);
  assert.equal(runtime.userId(), text);
  runtime.shopEvent(
    'purchase',
    JSON.stringify({ orderId: text, value: 1, currency: 'EUR', items: [{ itemId: 'a', quantity: 1, unitPrice: 1 }] }),
    '',
    now,
  );
  runtime.flush(1, now);
  const send = effects(runtime).find(({ verb }) => verb === 'send');
  const events = JSON.parse(send.body).events;
  assert.deepEqual([events[0].userId, events.at(-1).orderId], [text, text]);
});

test('a reply crosses as the bytes of the network, and means the same as its text', () => {
  const body = '{"serveId":"sv_1","results":[{"productId":"é ✓ 漢 😀"}]}';
  const settled = (reply) => {
    const runtime = open();
    runtime.request(1, 'similarItems', '{"anchorId":"a","topK":1}', now);
    const { requestId } = effects(runtime).find(({ verb }) => verb === 'ask');
    runtime.requestDone(requestId, 200, '', reply, now);
    return effects(runtime).find(({ verb }) => verb === 'settle');
  };
  const bytes = new TextEncoder().encode(body);
  assert.deepEqual(settled(bytes), settled(body));
  assert.match(settled(bytes).json, /漢 😀/);
  bytes[bytes.indexOf(0xc3)] = 0xff;
  assert.match(settled(bytes).json, /\ufffd\ufffd ✓ 漢/);
  assert.equal(settled(new Uint8Array(0)).ok, false);
});

test('two cores of one page share nothing', () => {
  const glue = load();
  const one = openRuntime(JSON.stringify(boot), now, glue);
  const two = openRuntime(JSON.stringify({ ...boot, seed: 'ff'.repeat(16) }), now, glue);
  one.identify('u1', now);
  assert.equal(two.userId(), '');
  assert.notEqual(one.visitorId(), two.visitorId());
});
