// The core in two files (tools/split.mjs) does the same as the core in one. Random sessions run on both: first without
// the second file, when nothing may need it, then with it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { calls, splitEffects } from '../../tools/seam.mjs';
import { built } from './core.mjs';

const kServices = ['refine', 'depict', 'richrelevance', 'doofinder', 'none'];
const kSeeds = 60;
const kSteps = 80;
const kStartMs = 1_700_000_000_000;

const { default: createCore } = await import(built('vitrine.mjs').href);
const moduleOf = (file) => new WebAssembly.Module(readFileSync(built(file)));

/** Makes an instance of a core. `loadSecond` brings its second file, if it has one. */
const instantiate = (first, second) => {
  let instance;
  const glue = createCore({
    instantiateWasm: (imports, receive) => receive((instance = new WebAssembly.Instance(first, imports))),
  });
  return { glue, loadSecond: () => second && new WebAssembly.Instance(second, { first: instance.exports }) };
};

const kKinds = ['similarItems', 'forVisitor', 'forUser', 'boughtTogether', 'trending', 'category', 'searchText', 'no'];

/** A generator of numbers below 1 (mulberry32). */
const randomFrom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

const order = { orderId: 'o1', value: 12.5, currency: 'EUR', items: [{ itemId: 'a', quantity: 2, unitPrice: 6.25 }] };
const segment = '{"id":"e_1","type":"click","itemId":"a"}';
/** Values of each argument, by its name in wasm/seam/calls.inc. */
const kTexts = {
  payloadJson: [
    { surface: 's', source: 'curated', itemIds: ['a', 'b', 'c'] },
    { itemId: 'a', title: 'A', unitPrice: '3,50', quantity: 1 },
    { query: 'shoes', surface: 'search_results', source: 'search', itemIds: ['a'] },
    { name: 'custom', properties: { a: [1, 2] } },
    order,
    { ...order, orderId: 'o2', value: -1, currency: 'xx' },
    {},
  ].map((value) => JSON.stringify(value)),
  kind: ['click', 'view', 'addToCart', 'removeFromCart', 'viewItem', 'search', 'purchase', 'clearCart', 'custom', 'no'],
  itemId: ['a', 'b', '', 'an id: "1"'],
  serveId: ['', 'sv_1'],
  userId: ['u1', 'u2', 'undefined', ' '],
  level: ['granted', 'anonymous', 'denied', 'unknown', 'maybe'],
  journalId: ['j_1', 'j_2'],
  segmentsJson: ['{}', JSON.stringify({ 1: segment }), JSON.stringify({ 1: `${segment}\n${segment}`, 2: 'no' })],
  storedJson: ['[]', '["j_1:1","j_2:1"]'],
  mirroredJson: ['[{}]', '["j_1:2",{"vitrine:1:orders":"[]"}]'],
  storedOrders: ['', '["o1"]'],
  key: ['', 'vitrine:1:identity', 'vitrine:1:orders', 'vitrine:1:consent', 'vitrine:1:q:j_1:1'],
  value: ['', '{}', '{"v":"v_1","s":"s_1"}', 'no'],
  url: ['https://shop.example/b?email=a%40b.de', 'https://shop.example/', ''],
  experiment: ['layout', 'none'],
  retryAfter: ['', '3', 'Wed, 21 Oct 2026 07:28:00 GMT'],
  body: ['', '{}', '{"error":"no"}', '[]', '<html>'],
  queryJson: [
    { configId: 'c', topK: 4 },
    { anchorId: 'a', configId: 'c', topK: 4, filters: { brand: ['a'] } },
    { query: 'shoes', topK: 4, exclude: ['inCart'] },
    { anchorId: 'a', topK: 2, configId: 'c', fallback: [{ kind: 'forVisitor', configId: 'c' }] },
    {},
  ].map((value) => JSON.stringify(value)),
  requestJson: [
    { kind: 'similarItems', query: { configId: 'c', topK: 3, anchorId: 'a' }, template: 'grid' },
    { kind: 'similarItems', query: { anchorId: 'a', configId: 'c', topK: 3 }, template: 'carousel', title: 'More' },
    { kind: 'searchText', query: { query: 'shoes', topK: 3 }, partials: { card: '<b>{{title}}</b>' } },
    { kind: 'forVisitor', query: { configId: 'c', topK: 3 }, rendered: { serveId: 'sv_2', itemIds: ['a', 'b'] } },
    { kind: 'no' },
  ].map((value) => JSON.stringify(value)),
  itemIdsJson: ['["a","b"]', '[]', 'null'],
  pageJson: ['{"frame":"","items":[]}'],
  textsJson: ['{"addToCart":"In den Warenkorb"}'],
};
const kNumbers = {
  serve: [0, 1, 2, 99],
  position: [-1, 0, 3],
  quantity: [0, 2],
  watch: [0, 1, 7],
  how: [0, 1, 2],
  visible: [0, 1],
  online: [0, 1],
  status: [200, 204, 0, 429, 500, 400, 413],
  slotId: [1, 2],
  callId: [11, 12],
  timeoutMs: [0, 150],
};
const kConfigs = {
  refine: { apiKey: 'k', organizationId: 'o', catalogId: 'c' },
  depict: { tenant: 't', market: 'm' },
  richrelevance: { apiKey: 'k', apiClientKey: 'c' },
  doofinder: { hashid: 'h', zone: 'eu1', token: 't' },
  none: {},
};

const bootOf = (service, pick) =>
  JSON.stringify({
    config: {
      provider: { name: service, ...kConfigs[service] },
      consent: pick(['granted', 'granted', 'anonymous', 'denied', 'unknown']),
      events: { url: pick(['', 'https://shop.example/collect']), acknowledge: true },
      strings: pick([undefined, { addToCart: 'Buy', unknown: 'x' }]),
      unknownOption: 1,
    },
    seed: '0123456789abcdef0123456789abcdef',
    page: { url: 'https://shop.example/a?q=1', referrer: 'https://www.google.com/', title: 'Shop', viewing: 'a' },
    ...{ visible: 1, online: 1, gpc: 0, webdriver: 0, userAgent: 'test', prerendering: pick([0, 0, 0, 1]) },
    storage: 'localStorage',
    state: pick([{}, { 'vitrine:1:identity': '{"v":"v_1"}', 'vitrine:1:orders': '["o1"]' }]),
    journals: ['j_1'],
  });

/** Runs a random session. Returns everything that came of it. */
const play = (core, service, seed, names) => {
  const random = randomFrom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const { glue } = core;
  const seen = [];
  let nowMs = kStartMs;
  let requestId = 0;
  const drain = () => {
    const text = glue.drainEffects(handle);
    seen.push(text);
    for (const [verb, first] of splitEffects(text)) if (/^(send|ask|script)$/.test(verb)) requestId = +first;
    seen.push(glue.nextWakeMs(handle));
  };
  const argument = (call, { kind, name }) => {
    if (name === 'nowMs') return nowMs;
    if (name === 'requestId') return requestId;
    if (call === 'request' && name === 'kind') return pick(kKinds);
    if (/Ms$|Px$/.test(name) && !kNumbers[name]) return name.endsWith('Px') ? pick([0, 50, 100]) : nowMs - kStartMs;
    if (call === 'requestDone' && name === 'body' && names.includes('sampleReply') && random() < 0.5)
      return glue.sampleReply(handle);
    const values = kind === 'number' ? kNumbers[name] : kTexts[name];
    assert.ok(values, `values for the argument ${name} of ${call}`);
    return pick(values);
  };
  const handle = glue.open(bootOf(service, pick), nowMs);
  drain();
  for (let step = 0; step < kSteps; step++) {
    nowMs += pick([0, 10, 300, 2000, 40_000, -5000]);
    const wanted = pick(names);
    const call = calls.find(({ name }) => name === wanted);
    seen.push([call.name, glue[call.name](handle, ...call.args.map((entry) => argument(call.name, entry)))]);
    if (random() < 0.5) drain();
  }
  drain();
  glue.close(handle);
  return seen;
};

const all = calls.map(({ name }) => name);
const early = calls.filter(({ isFirst }) => isFirst).map(({ name }) => name);
const whole = instantiate(moduleOf('vitrine.wasm'));

for (const service of ['all', ...kServices])
  test(`the core in two files does the same as the core in one: ${service}`, () => {
    const file = service === 'all' ? 'vitrine' : `vitrine-${service}`;
    const core = instantiate(moduleOf(`split/${file}.wasm`), moduleOf(`split/${file}-products.wasm`));
    const one = service === 'all' ? whole : instantiate(moduleOf(`${file}.wasm`));
    const providers = service === 'all' ? kServices : [service];
    const compare = (names) => {
      for (const provider of providers)
        for (let seed = 1; seed <= kSeeds; seed++)
          assert.deepEqual(play(core, provider, seed, names), play(one, provider, seed, names), `${provider} ${seed}`);
    };
    compare(early);
    core.loadSecond();
    compare(all);
    const template = core.glue.renderTemplate('{{#a}}<b>{{b}}</b>{{/a}}', '{"a":[{"b":"<"}]}', '{}');
    assert.equal(template, '=<b>&lt;</b>');
  });
