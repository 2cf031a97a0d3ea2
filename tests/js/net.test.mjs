import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { openTab } from './doubles/tab.mjs';

/** Decodes a body, whose bytes may be of another realm. */
const asText = (value) => (ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value);
const open = (options) => {
  const tab = openTab(options);
  const outcomes = [];
  const net = tab.modules().openNet((...outcome) => outcomes.push(outcome.map(asText)));
  return { ...tab, net, outcomes };
};
const post = { method: 'POST', body: '{}', keepalive: true };

test('a reply is reported with status, Retry-After and body', async () => {
  const { net, outcomes, requests, clock } = open();
  net.start(1, 1000, 'https://e.example/', post);
  requests[0].respond(503, 'busy', { 'Retry-After': 'Fri, 31 Dec 1999 23:59:59 GMT' });
  await settle();
  assert.deepEqual(outcomes, [[1, 503, 'Fri, 31 Dec 1999 23:59:59 GMT', 'busy']]);
  assert.deepEqual(clock.delays, [], 'the timeout is cleared');
});

test('a network error is status 0, told in a later task: the page may be ending', async () => {
  const { net, outcomes, requests, clock } = open();
  net.start(1, 1000, 'https://e.example/', post);
  requests[0].fail();
  await settle();
  assert.deepEqual(outcomes, []);
  await clock.advance(0);
  assert.deepEqual(outcomes, [[1, 0, '', '']]);
});

test('a timeout is status -1 and aborts the request; a later outcome is not reported', async () => {
  const { net, outcomes, requests, clock } = open();
  net.start(1, 1000, 'https://e.example/', post);
  await clock.advance(999);
  assert.deepEqual(outcomes, []);
  await clock.advance(1);
  assert.deepEqual(outcomes, [[1, -1, '', '']]);
  assert.ok(requests[0].signal.aborted);
  requests[0].respond(200, '{}');
  await settle();
  assert.equal(outcomes.length, 1);
});

test('a reply whose body breaks off is a network error, reported once', async () => {
  const { net, outcomes, clock } = open({
    globals: {
      fetch: async () => ({ status: 200, headers: new Headers(), arrayBuffer: () => Promise.reject(new Error('cut')) }),
    },
  });
  net.start(1, 1000, 'https://e.example/', post);
  await settle();
  await clock.advance(0);
  assert.deepEqual(outcomes, [[1, 0, '', '']]);
});

test('a body that never ends causes a timeout', async () => {
  const { net, outcomes, clock } = open({
    globals: { fetch: async () => ({ status: 200, headers: new Headers(), arrayBuffer: () => new Promise(() => {}) }) },
  });
  net.start(1, 1000, 'https://e.example/', post);
  await clock.advance(1000);
  assert.deepEqual(outcomes, [[1, -1, '', '']]);
});

test('if the head is enough, the outcome does not wait for the body, which is still read', async () => {
  let isRead = false;
  let endBody;
  const body = async () => {
    await new Promise((resolve) => (endBody = resolve));
    isRead = true;
    return new ArrayBuffer(2);
  };
  const { net, outcomes, clock } = open({
    globals: { fetch: async () => ({ status: 200, headers: new Headers({ 'retry-after': '1' }), arrayBuffer: body }) },
  });
  net.start(1, 1000, 'https://e.example/', post, true);
  await settle();
  assert.deepEqual(outcomes, [[1, 200, '1', '']]);
  assert.deepEqual(clock.delays, []);
  endBody();
  await settle();
  assert.ok(isRead);
  assert.equal(outcomes.length, 1);
});

test('a cancelled request is aborted and reports no outcome', async () => {
  const { net, outcomes, requests, clock } = open();
  net.start(1, 1000, 'https://e.example/', post);
  net.cancel(1);
  net.cancel(2);
  assert.ok(requests[0].signal.aborted);
  requests[0].respond(200);
  await clock.advance(2000);
  assert.deepEqual(outcomes, []);
});

test('a fetch that throws is status -2', async () => {
  const { net, outcomes } = open({ globals: { fetch: undefined } });
  net.start(1, 1000, 'https://e.example/', post);
  await settle();
  assert.deepEqual(outcomes, [[1, -2, '', '']]);
});

test('without keepalive in fetch a beacon is sent: refused is -2, accepted is a network error', async () => {
  const beacons = [];
  const { net, outcomes, requests, clock } = open({
    globals: { Request: class {} },
    navigator: {
      sendBeacon(url, body) {
        beacons.push([url, body]);
        return beacons.length === 1;
      },
    },
  });
  net.start(1, 1000, 'https://e.example/', post);
  net.start(2, 1000, 'https://e.example/', post);
  assert.deepEqual(outcomes, [
    [1, 0, '', ''],
    [2, -2, '', ''],
  ]);
  assert.deepEqual(beacons[0], ['https://e.example/', '{}']);
  assert.deepEqual(clock.delays, []);
  net.start(3, 1000, 'https://e.example/', { ...post, keepalive: false });
  assert.equal(requests.length, 1, 'a request without keepalive is a plain fetch');
});
