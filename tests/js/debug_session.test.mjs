// The debug overlay finds out from calls, results and effects what became of each event.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debug, event, idOf, openSession } from './doubles/debug.mjs';

const kKey = 'vitrine:1:j:journal001:0';
const kUrl = 'https://shop.example/collect';
const kFacts = { config: {}, service: 'refine', consent: 'granted' };
const batch = (...lines) => `{"batchId":"01HF7YAYW9V2W3NW0ADDRBQD3F","sentAt":1,"events":[${lines.join()}]}`;
const click = event(idOf(1), 'click', { itemId: 'shoe', serveId: 'sv_1' });
const view = event(idOf(2), 'view', { itemId: 'sock', position: 0 });

/** A session in which one click was made and stored. */
const stored = () => {
  const one = openSession();
  one.call('itemEvent', [0, 'click', 'shoe', 0, 0, 1], 0, { queued: 1 });
  one.drain(['claim', { journalId: 'journal001', isOwn: true }], ['save', { key: kKey, value: click }]);
  return one;
};
const send = (one, requestId = 7, body = batch(click), url = kUrl) =>
  one.drain(['send', { requestId, keepalive: true, timeoutMs: 1000, url, body, method: 'POST' }]);

test('an event that arrives is made, stored, sent, received, and removed from storage', () => {
  const one = stored();
  assert.deepEqual(one.states(), ['click: stored']);
  send(one);
  assert.deepEqual(one.states(), ['click: sent']);
  one.call('requestDone', [7, 200, '', '', 1], undefined, { queued: 0, sent: 1 });
  one.drain(['forget', { key: kKey }]);
  assert.deepEqual(one.states(), ['click: received']);
  assert.deepEqual(one.stepsOf(0), [
    'made by a click on an item, or trackClick() of a list',
    'stored in the journal journal001',
    `sent to ${kUrl}`,
    'the collector has replied: status 200',
    'received by the collector',
    'removed from storage',
  ]);
  assert.equal(one.session.lives.list[0].eventId, idOf(1));
});

test('after a reply that acknowledges nothing the event waits for another request', () => {
  const one = stored();
  send(one);
  one.call('requestDone', [7, 200, '', '{}', 1], undefined, { retrying: 1, lastError: 'unacknowledged' });
  one.drain();
  assert.deepEqual(one.states(), ['click: again']);
});

test('after a failed request the event waits, and the next request is try 2', () => {
  const one = stored();
  send(one);
  one.call('requestDone', [7, 503, '30', '', 1], undefined, { retrying: 1, lastError: 'http 503' });
  one.drain();
  assert.deepEqual(one.states(), ['click: again']);
  assert.match(one.stepsOf(0).at(-1), /status 503\. It asks to wait: 30 s/);
  const nowMs = one.wake(30_000);
  const context = { facts: { ...kFacts, storeKind: 'localStorage' }, said: [], nowMs, target: one };
  assert.match(debug.whyNot(one.session.lives.list[0], context), /status 503\. The next attempt is in about 30 s/);
  send(one, 8);
  const [first, second] = one.session.requests.list;
  assert.deepEqual([first.tries, second.tries], [1, 2]);
  assert.match(one.stepsOf(0).at(-1), /try 2$/);
});

test('events of a request that the collector refuses are dropped with the reason', () => {
  const one = stored();
  send(one);
  one.call('requestDone', [7, 403, '', '', 1], undefined, { queued: 0, failed: 1, dropped: { refused: 1 } });
  one.drain(['forget', { key: kKey }]);
  assert.deepEqual(one.states(), ['click: refused']);
});

test('events that consent refuses are shown with what the call got', () => {
  const one = openSession();
  one.call('shopEvent', ['addToCart', '{"itemId":"shoe"}', '', 1], 0, { dropped: { consent: 1 } });
  assert.deepEqual(one.states(), ['addToCart: consent']);
  assert.equal(one.session.lives.list[0].text, '{"itemId":"shoe"}');
});

test('withdrawn consent drops all that waits', () => {
  const one = stored();
  one.call('setConsent', ['denied', 1], 0, { queued: 0, dropped: { consent: 1 } });
  one.drain(['forget', { key: kKey }]);
  assert.deepEqual(one.states(), ['click: consent']);
});

test('events of unknown consent wait in memory, and are the same ones when they are stored', () => {
  const one = openSession({ consent: 'unknown' });
  one.call('itemEvent', [0, 'click', 'shoe', 0, 0, 1], 0, { queued: 1 });
  one.drain();
  assert.deepEqual(one.states(), ['click: memory']);
  one.call('setConsent', ['granted', 1], 0);
  one.drain(['save', { key: kKey, value: click }]);
  assert.deepEqual(one.states(), ['click: stored']);
  assert.equal(one.session.lives.list[0].eventId, idOf(1));
});

test('without storage an event is named when it is sent, and received with the reply', () => {
  const one = openSession();
  one.call('itemEvent', [0, 'click', 'shoe', 0, 0, 1], 0, { queued: 1 });
  send(one);
  assert.equal(one.session.lives.list[0].eventId, idOf(1));
  one.call('requestDone', [7, 204, '', '', 1], undefined, { queued: 0, sent: 1 });
  assert.deepEqual(one.states(), ['click: received']);
});

test('a request without event ids is followed by what the events are about', () => {
  const one = stored();
  one.drain(['save', { key: 'vitrine:1:j:journal001:1', value: view }]);
  send(one, 9, '', 'https://rr.example/click?p=sock&s=1');
  assert.deepEqual(one.states(), ['click: stored', 'view: sent']);
});

test('an event that a hook drops is shown with its text, and a changed one says so', () => {
  const one = openSession();
  const before = event(idOf(1), 'click', { itemId: 'shoe' });
  one.call('hold', ['', 1], `${before}\u001e${view}\u001e`);
  one.call('hold', ['null', 1], '', { dropped: { hook: 1 } });
  one.call('hold', [event(idOf(2), 'view', { itemId: 'hat' }), 1], '', { queued: 1 });
  assert.deepEqual(one.states(), ['click: hook', 'view: memory']);
  assert.match(one.stepsOf(1).at(-1), /changed by a hook/);
  assert.match(one.session.lives.list[1].text, /hat/);
});

test('an old view that makes room for a new event is dropped, and the new event is not', () => {
  const one = openSession();
  one.call('checkViews', [1, 1], 1, { queued: 1 });
  one.drain(['save', { key: kKey, value: view }]);
  one.call('itemEvent', [0, 'click', 'shoe', 0, 0, 1], 0, { queued: 1, dropped: { queueFull: 1 } });
  one.drain(['save', { key: kKey, value: click }]);
  assert.deepEqual(one.states(), ['view: queueFull', 'click: stored']);
});

test('events of a page that has ended are taken over with their own time', () => {
  const one = openSession();
  one.call('claimed', ['older00001', JSON.stringify({ 0: click }), 1], undefined, { queued: 1 });
  const [life] = one.session.lives.list;
  assert.equal(life.state, 'stored');
  assert.match(life.steps[0].text, /taken over from a page that has ended/);
  assert.equal(life.madeMs, 1_700_000_000_000);
});

test('events that move to another segment have not left storage', () => {
  const one = stored();
  one.drain(['forget', { key: kKey }], ['save', { key: 'vitrine:1:j:journal001:1', value: click }]);
  assert.deepEqual(one.states(), ['click: stored']);
});

test('events of a page that is parked are with another page', () => {
  const one = stored();
  one.call('suspend', [1], undefined, { queued: 0 });
  one.drain(['release', { journalId: 'journal001' }], ['forget', { key: kKey }]);
  assert.deepEqual(one.states(), ['click: left']);
});

test('calls of the time before the counts were known are completed by them', () => {
  const session = new debug.Session({}, (atMs) => atMs);
  session.feed([1, 'new', ['{}', 1], undefined]);
  session.feed([2, 'shopEvent', ['search', '{"query":"x"}', '', 1], 0]);
  session.feed([3, 'metrics', [], ''], { queued: 2, sent: 0, dropped: {} });
  assert.deepEqual(
    session.lives.list.map(({ type, state }) => `${type} ${state}`),
    ['pageView memory', 'search memory'],
  );
});

test('an item counts while enough of it is visible, and is viewed when the core has judged it', () => {
  const one = openSession({ viewability: { dwellMs: 1000 } });
  const { watches } = one.session;
  one.call('watch', [0, 'sock', 0, 1], 4);
  const watch = watches.all.get(4);
  one.call('itemVisible', [4, 20, 100, 100, 500], 0);
  assert.equal(watches.state(watch), 'watching');
  one.call('itemVisible', [4, 60, 100, 100, 1000], 1);
  assert.equal(watches.state(watch), 'counting');
  assert.equal(watches.progress(watch, 1400), 0.4);
  one.call('checkViews', [1400, 1], 1);
  assert.equal(watches.state(watch), 'counting');
  one.call('checkViews', [2000, 1], 1, { queued: 1 });
  assert.equal(watches.state(watch), 'viewed');
  one.call('unwatch', [4]);
  assert.equal(watches.all.size, 0);
});

test('a hidden page stops the clocks, and a large item needs the smaller share', () => {
  const one = openSession();
  const { watches } = one.session;
  one.call('watch', [0, 'poster', -1, 1], 1);
  one.call('itemVisible', [1, 100_000, 300_000, 300_000, 10], 1);
  const watch = watches.all.get(1);
  assert.equal(watches.state(watch), 'counting', 'a third of a large item is enough');
  one.call('setPageState', [0, 1, 1]);
  assert.equal(watches.state(watch), 'paused');
  one.call('setPageState', [1, 1, 1]);
  assert.equal(watches.state(watch), 'counting');
});
