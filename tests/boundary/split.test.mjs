// The core in three files (tools/split.mjs) does the same as the core in one. Random sessions run on both: first
// without the files after the first one, when nothing may need them, then with one more file, then with all.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { calls, splitEffects } from '../../tools/seam.mjs';
import { kParts } from '../../tools/split.mjs';
import { built } from './core.mjs';

const kServices = ['refine', 'depict', 'richrelevance', 'doofinder', 'none'];
const kSeeds = 60;
const kSteps = 80;
const kStartMs = 1_700_000_000_000;

const { default: createCore } = await import(built('vitrine.mjs').href);
const moduleOf = (file) => new WebAssembly.Module(readFileSync(built(file)));

/** Makes an instance of a core. `loadNext` brings its next file, if it has more. */
const instantiate = (first, ...rest) => {
  let lent;
  const glue = createCore({
    instantiateWasm: (imports, receive) => {
      const instance = new WebAssembly.Instance(first, imports);
      lent = instance.exports;
      return receive(instance);
    },
  });
  const loadNext = () => {
    const next = rest.shift();
    if (next) lent = { ...lent, ...new WebAssembly.Instance(next, { first: lent }).exports };
  };
  return { glue, loadNext };
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
const kHeld =
  '{"eventId":"01K","type":"viewItem","at":1700000000000,"seq":0,"pageId":"p","visitorId":"v_1","sessionId":"s_1",' +
  '"userId":null,"itemId":"a","url":"https://shop.example/"}';
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
  eventJson: ['', '', 'null', kHeld],
  beforeJson: [kHeld],
  afterJson: [kHeld, kHeld.replace('"a"', '"b"'), kHeld.replace('"a"', '5'), '{}', 'null'],
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
    { kind: 'searchText', query: { query: 'shoes', topK: 3 }, partials: { card: '<b>{{title}}</b>{{>price}}' } },
    { kind: 'forVisitor', query: { configId: 'c', topK: 2 }, template: 'list', parts: true },
    { kind: 'forVisitor', query: { configId: 'c', topK: 2 }, template: 'carousel', partials: { name: '<p>{{title}}' } },
    {
      kind: 'trending',
      query: { configId: 'c', topK: 3 },
      parts: true,
      partials: {
        frame: '<ol>\n  {{#items}}\n  <li data-vitrine-item="{{id}}">\n    {{>card}}\n  </li>\n  {{/items}}\n</ol>',
        card: '{{<base}}{{$link}}<a href="{{url}}">{{title}}</a>{{/link}}{{/base}}{{>*brand}}',
        base: '{{>media}}{{$link}}{{title}}{{/link}}\n{{>rating}}',
      },
    },
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
const kTrusted = '{"trusted":["c"]}';
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

const kNames = calls.map(({ name }) => name);
/** The calls that a session may make, by the number of files after the first one. */
const kStages = [
  { names: calls.filter(({ isFirst }) => isFirst).map(({ name }) => name), isOwn: false },
  { names: kNames, isOwn: false },
  { names: kNames, isOwn: true },
];

/**
 * Runs a random session. Returns everything that came of it.
 * @param stages the calls that it may make, in parts of equal length. Each but the first begins with one more file of
 * the core. `isOwn`: requests have a shop's own templates too
 */
const play = (core, service, seed, stages) => {
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
    if (call === 'requestDone' && name === 'body' && stage.names === kNames && random() < 0.5)
      return glue.sampleReply(handle);
    const values = kind === 'number' ? kNumbers[name] : kTexts[name];
    assert.ok(values, `values for the argument ${name} of ${call}`);
    return pick(stage.isOwn ? values : values.filter((value) => !String(value).includes('"partials"')));
  };
  let [stage] = stages;
  const handle = glue.open(bootOf(service, pick), nowMs);
  drain();
  for (let step = 0; step < kSteps; step++) {
    const now = stages[Math.floor((step / kSteps) * stages.length)];
    if (now !== stage) core.loadNext();
    stage = now;
    nowMs += pick([0, 10, 300, 2000, 40_000, -5000]);
    const wanted = pick(stage.names);
    const call = calls.find(({ name }) => name === wanted);
    seen.push([call.name, glue[call.name](handle, ...call.args.map((entry) => argument(call.name, entry)))]);
    if (random() < 0.5) drain();
  }
  drain();
  glue.close(handle);
  return seen;
};

const whole = instantiate(moduleOf('vitrine.wasm'));

for (const service of ['all', ...kServices]) {
  const file = service === 'all' ? 'vitrine' : `vitrine-${service}`;
  const providers = service === 'all' ? kServices : [service];
  const files = ['', ...kParts.map((part) => `-${part}`)].map((part) => moduleOf(`split/${file}${part}.wasm`));
  const one = service === 'all' ? whole : instantiate(moduleOf(`${file}.wasm`));

  test(`the core in three files does the same as the core in one: ${service}`, () => {
    const core = instantiate(...files);
    for (const stage of kStages) {
      for (const provider of providers)
        for (let seed = 1; seed <= kSeeds; seed++)
          assert.deepEqual(
            play(core, provider, seed, [stage]),
            play(one, provider, seed, [stage]),
            `${provider} ${seed}`,
          );
      core.loadNext();
    }
    const template = core.glue.renderTemplate(
      '{{#a}}<b>{{b}}</b>{{{c}}}{{/a}}',
      '{"a":[{"b":"<","c":"<p>"}]}',
      kTrusted,
    );
    assert.equal(template, '=<b>&lt;</b>&lt;p&gt;');
    assert.match(core.glue.validateTemplate('<p>{{>x}}</p>', '{"partials":{"x":"<b>"}}'), /"markup-unclosed".*"x"/);
  });

  test(`files that arrive while a session goes on change nothing: ${service}`, () => {
    for (const provider of providers)
      for (let seed = 1; seed <= kSeeds / 4; seed++)
        assert.deepEqual(
          play(instantiate(...files), provider, seed, kStages),
          play(one, provider, seed, kStages),
          `${provider} ${seed}`,
        );
  });
}
