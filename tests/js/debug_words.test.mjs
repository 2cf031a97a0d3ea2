// The texts of the debug overlay: they are those of the pages that they come from, and each reason of a drop has one.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readCodes, readKeys } from '../../tools/documentation.mjs';
import { root } from '../../tools/steps.mjs';
import { debug, openSession } from './doubles/debug.mjs';

const read = (path) => readFileSync(`${root}${path}`, 'utf8');

test('each code of docs/errors.md has its cause and cure in the overlay', () => {
  const named = [...read('docs/errors.md').matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) =>
    [...cell.matchAll(/`([\w-]+)`/g)].map(([, code]) => code),
  );
  assert.ok(named.length > 60);
  assert.deepEqual(Object.keys(debug.codes).sort(), [...new Set(named)].sort());
  for (const [code, cause, cure] of readCodes()) {
    assert.ok(cause, code);
    assert.doesNotMatch(cause + cure, /`|\]\(/, code);
  }
  assert.equal(debug.codes['no-init'][1], "call vitrine('init', {…})");
});

test('each key of docs/storage.md has its meaning in the overlay', () => {
  const named = [...read('docs/storage.md').matchAll(/^\| `(vitrine:1:[^`<]*)/gm)].map(([, key]) => key);
  assert.deepEqual(
    readKeys().map(([start]) => start),
    named,
  );
  assert.deepEqual(
    debug.keys.map(([start]) => start),
    named,
  );
});

test('each built bundle of the overlay has the texts of docs/errors.md', () => {
  for (const file of ['vitrine-debug.js', 'debug.js'])
    for (const [code, cause] of readCodes()) {
      const text = read(`dist/${file}`);
      assert.ok(text.includes(cause.slice(0, 24).split(/["'\\]/)[0]), `${file} lacks ${code}`);
    }
});

test('each reason of the core has its words', () => {
  const names = /kDropReasonNames\[kDropReasons\] = \{([^}]*)\}/.exec(read('wasm/delivery/drop_reason.h'))[1];
  assert.deepEqual(Object.keys(debug.REASONS).sort(), [...names.matchAll(/"(\w+)"/g)].map(([, name]) => name).sort());
});

test('a trace has the lines of a recording, and says when its beginning is missing', () => {
  const whole = new debug.Trace(true);
  whole.push('new', ['{"config":{}}', 1]);
  whole.push('nextWakeMs', []);
  whole.push('requestDone', [1, 200, '', new TextEncoder().encode('ä'), 2]);
  assert.equal(whole.text(), '["vitrine","0.0.0"]\n["new","{\\"config\\":{}}",1]\n["requestDone",1,200,"","ä",2]\n');
  assert.equal(whole.isWhole, true);
  for (let i = 0; i < 20_100; i++) whole.push('wake', [i]);
  assert.equal(whole.isWhole, false);
  assert.ok(whole.calls <= 20_000);
  const [start, first] = whole.text().split('\n');
  assert.equal(start, `["vitrine","0.0.0",${whole.lost}]`);
  assert.ok(first.startsWith('["new"'), 'the configuration stays');
  assert.equal(new debug.Trace(false).isWhole, false);
});

test('large replies do not fill the memory', () => {
  const trace = new debug.Trace(true);
  for (let i = 0; i < 20; i++) trace.push('requestDone', [i, 200, '', new Uint8Array(1_000_000), 1]);
  assert.ok(trace.calls < 10);
  assert.ok(trace.lost > 10);
});

test('times, spans, sizes and JSON are written for people', () => {
  assert.equal(debug.clockText(1_700_000_003_007, -60), '23:13:23.007');
  assert.deepEqual([12, 3400, 90_000, 600_000].map(debug.spanText), ['12 ms', '3.4 s', '90 s', '10 min']);
  assert.deepEqual([812, 3400].map(debug.sizeText), ['812 B', '3.4 kB']);
  const long = { first: 'x'.repeat(70), list: [1, 2] };
  assert.equal(debug.prettyText(JSON.stringify(long)), `{\n  "first": "${long.first}",\n  "list": [1, 2]\n}`);
  assert.equal(debug.prettyText('no JSON'), 'no JSON');
});

const around = { isOnline: true, refusedByPolicy: [], probes: new Map() };
const facts = { config: {}, boot: {}, consent: 'granted', keys: [], runtime: 'wasm', service: 'refine' };
const diagnosed = (one, more = {}, surroundings = {}) =>
  debug.diagnose(one.session, { ...facts, ...more }, { ...around, ...surroundings }).map(({ id }) => id);
const answered = (status, verb = 'ask') => {
  const one = openSession();
  one.drain([verb, { requestId: 1, timeoutMs: 1, method: 'POST', url: 'https://api.example/recs', body: '' }]);
  one.call('requestDone', [1, status, '', '', 1]);
  return one;
};

test('wrong keys, wrong addresses and blocked requests are told apart, and a good reply ends the diagnosis', () => {
  assert.deepEqual(
    [401, 403, 404, 410].flatMap((status) => diagnosed(answered(status))),
    ['key', 'key', 'address', 'address'],
  );
  assert.deepEqual(diagnosed(answered(0)), ['blocked']);
  assert.deepEqual(diagnosed(answered(0), {}, { refusedByPolicy: ['https://api.example/recs'] }), ['policy']);
  assert.deepEqual(diagnosed(answered(200)), []);
  const one = answered(403);
  one.drain(['ask', { requestId: 2, timeoutMs: 1, method: 'POST', url: 'https://api.example/recs', body: '' }]);
  one.call('requestDone', [2, 200, '', '', 1]);
  assert.deepEqual(diagnosed(one), []);
});

test('each consent but granted is a diagnosis, and says where it comes from', () => {
  const one = openSession();
  for (const consent of ['unknown', 'denied', 'anonymous']) assert.deepEqual(diagnosed(one, { consent }), ['consent']);
  const why = (more) => debug.whyConsent({ ...facts, ...more });
  assert.match(why({ keys: [['vitrine:1:optout', '1']] }), /optOut\(\)/);
  assert.match(why({ keys: [['vitrine:1:consent', 'denied']] }), /setConsent\('denied'\)/);
  assert.match(why({ boot: { gpc: 1 } }), /Global Privacy Control/);
  assert.match(why({ config: { consent: 'unknown' } }), /configuration/);
});

test('the diagnosis of a refused data call has the words of the service', () => {
  const reply = (status, body) => {
    const one = openSession();
    one.drain(['ask', { requestId: 1, timeoutMs: 1, method: 'POST', url: 'https://api.example/recs', body: '' }]);
    one.call('requestDone', [1, status, '', body, 1]);
    const [found] = debug.diagnose(one.session, facts, around);
    return `${found.id}: ${found.what}`;
  };
  assert.match(reply(403, '{"error":{"message":"The key has expired"}}'), /^key: .*It says: “The key has expired”/);
  assert.match(reply(422, '{"detail":[{"title":"topK is too large"}]}'), /^data: .*422\. It says: “topK is too large”/);
  assert.match(reply(500, '<html>Oops</html>'), /^data: .*status 500\.$/);
});

test('a data call that is refused without a status is named until one of its kind is answered', () => {
  const one = openSession();
  const settle = (callId, ok, json) => one.drain(['settle', { callId, ok, json }]);
  for (const callId of [1, 2]) {
    one.call('request', [callId, 'trending', '{}', 1]);
    settle(callId, false, '{"code":"bad-filter","message":"There is no field colour."}');
  }
  const words = () => debug.diagnose(one.session, facts, around).map(({ what }) => what);
  assert.deepEqual(words(), ['There is no field colour. (bad-filter, 2 times)']);
  one.call('request', [3, 'trending', '{}', 1]);
  settle(3, true, '{}');
  assert.deepEqual(words(), []);
  one.call('request', [4, 'trending', '{}', 1]);
  settle(4, false, '{"code":"aborted","message":"The call was aborted."}');
  assert.deepEqual(words(), [], 'the page itself has ended it');
});

test('the addresses of events follow the service, events.url and what the service takes', () => {
  const { session } = openSession();
  const url = 'https://shop.example/collect';
  const read = (service, provider = {}, events = {}, said = []) =>
    debug
      .destinationsOf({ service, config: { provider, events } }, session, said)
      .map((place) => `${place.url} ${place.what}`)
      .join('|');
  assert.match(read('none'), /^ Nowhere\..*set events\.url/);
  assert.match(read('none', {}, { url }), /^https:\/\/shop\.example\/collect .*all events\.$/);
  assert.match(
    read('refine', { apiUrl: 'https://a.example' }, { url }),
    /^https:\/\/a\.example\/events .*nothing goes/,
  );
  assert.match(read('depict', { eventsUrl: 'https://e.example' }), /^https:\/\/e\.example .*others are dropped/);
  assert.match(read('depict', {}, { url }), /^ To depict, at its own address\..*\|.*only what depict does not take\.$/);
  assert.match(read('doofinder', {}, { url }), /all events, because provider\.hashid is not set/);
  assert.match(read('refine', {}, { enabled: false }), /events\.enabled is false/);
  const said = [{ code: 'unknown-provider', message: 'provider.name is "refien", and nothing is sent.' }];
  assert.match(read('refien', {}, { url }, said), /Nowhere.*"refien"/);
});

test('what has made an event is said in the words of the API', () => {
  assert.equal(debug.makerOf('shopEvent', ['purchase', '{}']), 'events.trackPurchase()');
  const types = read('js/api/vitrine.ts').match(/\btrack\w*(?=:)/g);
  for (const type of ['custom', 'viewItem', 'addToCart', 'removeFromCart', 'clearCart', 'search', 'purchase']) {
    const [, name] = /^events\.(\w+)\(\)$/.exec(debug.makerOf('shopEvent', [type, '{}']));
    assert.ok(types.includes(name), name);
  }
});
