import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fixture, startServer } from './server.mjs';
import { ask, event, fault, post, send, stored } from './wire.mjs';

let server;
before(async () => (server = await startServer({ root: fixture })));
after(() => server.stop());
beforeEach(async () => {
  await send(server, 'DELETE', '/_faults');
  await send(server, 'DELETE', '/_events');
});

const recs = () => ask(server, '/recs', { productId: 'T-01', topK: 1 });
const search = () => ask(server, '/search/text', { query: 'mug', topK: 1 });

test('an ordered status is the reply to the ordered number of requests, and nothing is stored', async () => {
  await fault(server, { target: 'events', status: 503, count: 2 });
  for (let i = 0; i < 2; ++i) {
    const { status, body } = await post(server, [event('view')]);
    assert.deepEqual([status, body.error.code], [503, 'ordered-fault']);
  }
  assert.equal((await stored(server)).total, 0);
  assert.equal((await post(server, [event('view')])).status, 200);
});

test('a fault affects only its target, once by default', async () => {
  await fault(server, { target: 'search', status: 500 });
  assert.equal((await recs()).status, 200);
  assert.equal((await post(server, [event('view')])).status, 200);
  assert.equal((await search()).status, 500);
  assert.equal((await search()).status, 200);
});

test('the target all means the next request to any target', async () => {
  await fault(server, { target: 'all', status: 500, count: 3 });
  assert.deepEqual(
    [(await recs()).status, (await search()).status, (await post(server, [event('view')])).status],
    [500, 500, 500],
  );
  assert.equal((await recs()).status, 200);
});

test('faults of one target happen in the order in which they were ordered', async () => {
  await fault(server, { target: 'recs', status: 500 });
  await fault(server, { target: 'recs', status: 429, retryAfter: '7' });
  assert.equal((await recs()).status, 500);
  const { status, headers } = await recs();
  assert.equal(status, 429);
  assert.equal(headers.get('retry-after'), '7');
  assert.match(headers.get('access-control-expose-headers'), /Retry-After/);
});

test('Retry-After may be a date', async () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  await fault(server, { target: 'recs', status: 503, retryAfter: date });
  assert.equal((await recs()).headers.get('retry-after'), date);
});

test('status 0 closes the connection before anything is stored', async () => {
  await fault(server, { target: 'events', status: 0 });
  await assert.rejects(post(server, [event('view')]), { name: 'TypeError', message: 'fetch failed' });
  assert.equal((await stored(server)).total, 0);
  assert.equal((await post(server, [event('view')])).status, 200);
});

test('a fault with when: after loses the reply, not the events', async () => {
  await fault(server, { target: 'events', status: 0, when: 'after' });
  const lost = event('click');
  await assert.rejects(post(server, [lost]));
  assert.equal((await stored(server, { eventId: lost.eventId })).total, 1);
  assert.deepEqual((await post(server, [lost])).body, { status: 'success', accepted: 1, duplicates: 1 });
  await fault(server, { target: 'events', status: 500, when: 'after' });
  assert.equal((await post(server, [event('view')])).status, 500);
  assert.deepEqual([(await stored(server)).total, (await stored(server)).rawDeliveries], [2, 3]);
});

test('a delay alone delays the normal reply', async () => {
  await fault(server, { target: 'recs', delayMs: 150 });
  const startedAt = performance.now();
  const { status, body } = await recs();
  assert.ok(performance.now() - startedAt >= 149);
  assert.equal(status, 200);
  assert.equal(body.results.length, 1);
});

test('a delayed request does not delay others', async () => {
  await fault(server, { target: 'recs', delayMs: 60_000 });
  const abort = new AbortController();
  const slow = fetch(`${server.url}/refine/recs`, { method: 'POST', body: '{}', signal: abort.signal });
  while ((await send(server, 'GET', '/_faults')).body.pending.length > 0);
  assert.equal((await search()).status, 200);
  abort.abort();
  await assert.rejects(slow);
});

test('the body of a reply can be ordered, also garbage and an empty one', async () => {
  await fault(server, { target: 'recs', status: 200, body: '<html>not JSON' });
  await fault(server, { target: 'recs', status: 502, body: '' });
  const garbage = await recs();
  assert.deepEqual([garbage.status, garbage.text], [200, '<html>not JSON']);
  assert.equal((await recs()).status, 502);
});

test('pending faults can be listed and cleared', async () => {
  const order = { target: 'recs', status: 500, count: 2 };
  assert.deepEqual((await fault(server, order)).body, { pending: [order] });
  await recs();
  assert.deepEqual((await send(server, 'GET', '/_faults')).body, { pending: [{ ...order, count: 1 }] });
  assert.deepEqual((await send(server, 'DELETE', '/_faults')).body, { pending: [] });
  assert.equal((await recs()).status, 200);
});

test('requests are counted, failed ones included', async () => {
  const requests = async () => (await send(server, 'GET', '/_health')).body.requests;
  const earlier = await requests();
  await fault(server, { target: 'events', status: 503 });
  await post(server, [event('view')]);
  await post(server, [event('view')]);
  await post(server, []);
  await search();
  assert.deepEqual(await requests(), { events: earlier.events + 3, recs: earlier.recs, search: earlier.search + 1 });
});

const badOrders = {
  target: [undefined, 'page', 5],
  status: [-1, 100, 600, '503', 1.5],
  delayMs: [-1, 60_001, 'long'],
  retryAfter: [5, 'a\r\nSet-Cookie: b=c'],
  count: [0, -1, 'all'],
  when: ['later', 5],
  body: [{}],
};
for (const [member, values] of Object.entries(badOrders)) {
  test(`an order with a bad ${member} is refused`, async () => {
    for (const value of values) {
      const { status, body } = await fault(server, { target: 'recs', status: 500, [member]: value });
      assert.deepEqual([status, body.error.field], [400, member], JSON.stringify(value));
    }
    assert.equal((await recs()).status, 200);
  });
}
