// The demo server beyond one machine: --stream, with real clusters of nats-server on loopback (docs/server.md).
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { until } from '../browser/until.mjs';
import { startCluster } from './nats.mjs';
import { fixture, launch, startServer } from './server.mjs';
import { event, idsOf, post, send, stored } from './wire.mjs';

let folder;
let cluster;
/** All servers that a test has started; a test that fails leaves its own running. */
const started = [];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-stream-'));
  cluster = await startCluster(3);
});
after(async () => {
  await Promise.all(started.map((server) => server.kill()));
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Messages come again 10 s after a consumer has died with them (consumer.cpp), and a leader is chosen in seconds. */
const kLongMs = 60_000;

const start = async (name, url = cluster.url, ...more) => {
  const server = await startServer({ db: join(folder, name), root: fixture, more: ['--stream', url, ...more] });
  started.push(server);
  return server;
};

/** Makes so many batches of five events of one visitor. */
const batchesOf = (visitorId, count) =>
  Array.from({ length: count }, () => Array.from({ length: 5 }, () => event('click', { visitorId, sessionId: 's_1' })));

const idsIn = (events) => events.map(({ eventId }) => eventId).sort();

/** Waits until the server has stored the events of this visitor, and requires each of `batches` once and no other. */
const assertStoredOnce = async (server, visitorId, batches) => {
  const sent = idsIn(batches.flat());
  const has = async () => (await stored(server, { visitorId, limit: 1 })).total >= sent.length;
  await until(has, `${sent.length} stored events`, kLongMs);
  await until(async () => (await send(server, 'GET', '/_health')).body.stream.behind === 0, 'an empty stream', kLongMs);
  assert.deepEqual(idsIn((await stored(server, { visitorId, limit: 10_000 })).events), sent);
};

/** Posts a batch as a page does: again and again until the server has accepted it. Resolves with the last reply. */
const deliver = (server, batch) =>
  until(
    async () => {
      const reply = await post(server, batch);
      if (reply.status === 200) return reply;
      assert.equal(reply.status, 503, reply.text);
      assert.equal(reply.headers.get('retry-after'), '5');
      assert.equal(reply.body.error.code, 'not-stored');
      return undefined;
    },
    'an accepted batch',
    kLongMs,
  );

/** Eight shoppers post at the same time, in turn at each server. `onAccepted` receives the number of batches so far. */
const shop = async (servers, batches, onAccepted = (_) => {}) => {
  const due = [...batches];
  let accepted = 0;
  const shopper = async () => {
    for (let batch = due.shift(); batch; batch = due.shift()) {
      await deliver(servers[due.length % servers.length], batch);
      onAccepted(++accepted);
    }
  };
  await Promise.all(Array.from({ length: 8 }, shopper));
  assert.equal(accepted, batches.length);
};

test('when the leader of the stream is killed, every server has every event once', async () => {
  const fronts = await Promise.all([start('front-1.db'), start('front-2.db')]);
  const batches = batchesOf('v_kill', 300);
  const { node, stream } = await cluster.leader();
  assert.deepEqual(
    [stream.config.num_replicas, stream.config.storage, stream.config.subjects],
    [3, 'file', ['vitrine.events.>']],
  );
  let killed;
  await shop(fronts, batches, (accepted) => {
    if (accepted === 100) killed = node.kill();
  });
  await killed;
  assert.notEqual((await cluster.leader()).node, node);
  for (const front of fronts) await assertStoredOnce(front, 'v_kill', batches);
  // The stream itself has each event once: repetitions were recognized by their ids.
  assert.equal((await cluster.leader()).stream.state.messages, 1500);
  await node.start();
  for (const front of fronts) assert.equal(await front.stop(), 0);
});

test('a repeated batch is recognized, also by another server', async () => {
  const fronts = await Promise.all([start('twice-1.db'), start('twice-2.db')]);
  const batch = batchesOf('v_twice', 1)[0];
  const replies = [];
  for (const front of [fronts[0], fronts[0], fronts[1]]) replies.push((await deliver(front, batch)).body);
  assert.deepEqual(
    replies.map(({ accepted, duplicates }) => [accepted, duplicates]),
    [
      [5, 0],
      [5, 5],
      [5, 5],
    ],
  );
  const once = batchesOf('v_twice', 1)[0][0];
  assert.deepEqual((await deliver(fronts[0], [once, once])).body.duplicates, 1);
  for (const front of fronts) await assertStoredOnce(front, 'v_twice', [batch, [once]]);
  for (const front of fronts) await front.stop();
});

test('more events at once than may be under way are all stored once', async () => {
  const server = await start('flood.db');
  const flood = Array.from({ length: 8 }, () => batchesOf('v_flood', 200).flat());
  await Promise.all(flood.map((batch) => deliver(server, batch)));
  await assertStoredOnce(server, 'v_flood', flood);
  await server.stop();
});

test('a server that is killed while it copies events has each of them once after its return', async () => {
  const other = await start('other.db');
  let server = await start('killed.db');
  const batches = batchesOf('v_return', 120);
  let killed;
  const some = async () => (await stored(server, { visitorId: 'v_return', limit: 1 })).total > 100;
  const killing = until(some, 'some events').then(() => (killed = server.kill()));
  await shop([other], batches);
  await killing;
  await killed;
  await assertStoredOnce(other, 'v_return', batches);
  server = await start('killed.db');
  await assertStoredOnce(server, 'v_return', batches);
  await server.stop();
  await other.stop();
});

test('a new database receives all earlier events, and the recommendations are those of the others', async () => {
  const first = await start('first.db');
  const visit = (visitorId, ...items) =>
    items.map((itemId) => event('click', { visitorId, sessionId: visitorId, itemId }));
  const batches = [visit('v_learn', 'T-07', 'T-21', 'T-13', 'T-07', 'T-21')];
  await shop([first], batches);
  await assertStoredOnce(first, 'v_learn', batches);
  const second = await start('second.db');
  await assertStoredOnce(second, 'v_learn', batches);
  const health = async (server) => (await send(server, 'GET', '/_health')).body;
  await until(async () => (await health(second)).events === (await health(first)).events, 'all events');
  const names = [(await health(first)).stream.consumer, (await health(second)).stream.consumer];
  assert.notEqual(names[0], names[1]);
  const picks = (server) => idsOf(server, '/recs/visitor', { configId: 'home', visitorId: 'v_learn' });
  assert.deepEqual(await picks(second), await picks(first));
  await first.stop();
  await second.stop();
  const again = await start('second.db');
  assert.equal((await health(again)).stream.consumer, names[1]);
  await again.stop();
});

test('events of every service arrive as they do without a stream', async () => {
  const alone = await startServer({ root: fixture });
  started.push(alone);
  const streamed = await start('services.db');
  const json = { headers: { 'content-type': 'application/json' } };
  const purchase = event('purchase', {
    visitorId: 'v_services',
    sessionId: 's_ä→"\\',
    items: [
      { itemId: 'T-01 ☕', quantity: 2, unitPrice: 12.5 },
      { itemId: 'T-07', quantity: 0.25 },
    ],
  });
  const depict = {
    tenant: 'osier',
    market: 'eu',
    session_id: 'v_services',
    deduplication_id: 'line\r\nend % é',
    product_id: 'T-07',
    type: 'click',
  };
  const doofinder = '/doofinder/6/de8f052ea612f95b6950d4013dd6ef38/stats';
  const filters = ['refine', 'depict', 'doofinder'].map((service) => ({
    service,
    ...(service === 'doofinder' ? { sessionId: 'v_services' } : { visitorId: 'v_services' }),
  }));
  const rows = async (server) =>
    (await Promise.all(filters.map((filter) => stored(server, filter)))).flatMap(({ events }) =>
      events.map(({ receivedAt, deliveries, ...row }) => {
        assert.ok(receivedAt > 0 && deliveries === 1);
        // The server makes these: Doofinder's protocol has no ids and no times.
        if (row.service === 'doofinder') for (const name of ['eventId', 'at']) delete row[name];
        if (row.service === 'depict') delete row.at;
        return row;
      }),
    );
  for (const server of [alone, streamed]) {
    await deliver(server, [purchase]);
    // A checkout waits for its cart, but not for all that the earlier tests have left to a new database.
    await until(async () => (await stored(server, { visitorId: 'v_services' })).total === 1, 'the purchase', kLongMs);
    const tracked = await send(server, 'POST', '/depict/create-events', { body: JSON.stringify([depict]), ...json });
    assert.equal(tracked.status, 200, tracked.text);
    const cart = `${doofinder}/cart/v_services?id=T-01&amount=2&price=12.5`;
    for (const path of [cart, `${doofinder}/checkout?session_id=v_services`])
      assert.equal((await send(server, 'PUT', path)).status, 200);
  }
  const expected = await rows(alone);
  assert.equal(expected.length, 4);
  await until(async () => (await rows(streamed)).length === expected.length, 'all rows');
  assert.deepEqual(await rows(streamed), expected);
  assert.equal((await send(alone, 'GET', '/_health')).body.stream, undefined);
  await alone.stop();
  await streamed.stop();
});

test('a message that is no event is set aside with a line in the log, and the next event arrives', async () => {
  const server = await start('foreign.db');
  const { node } = await cluster.leader();
  const [[good]] = batchesOf('v_foreign', 1);
  const header = `NATS/1.0\r\nVitrine-Event: {"service":"refine","eventId":"x","type":"click","at":1,"seq":0}\r\n\r\n`;
  await node.say(
    'PUB vitrine.events.refine.click 5\r\nhello',
    `HPUB vitrine.events.refine.click ${header.length} ${header.length + 2}\r\n${header}{}`,
  );
  await deliver(server, [good]);
  await assertStoredOnce(server, 'v_foreign', [[good]]);
  const lines = () => server.errors().match(/message \d+ is no event of Vitrine and was set aside: .*/g) ?? [];
  await until(() => lines().length === 2, 'two lines in the log');
  assert.match(lines()[0], /Vitrine-Event must be a header.*nats stream get VITRINE_EVENTS \d+$/);
  assert.match(lines()[1], /items must be an array/);
  assert.equal((await send(server, 'GET', '/_health')).body.stream.setAside, 2);
  await server.stop();
});

test('while all servers of the stream are down, events get 503 with Retry-After, and arrive afterwards', async () => {
  const own = await startCluster(3);
  try {
    const server = await start('down.db', own.url, '--stream-timeout', '500');
    const [early, ...late] = batchesOf('v_down', 12);
    await deliver(server, early);
    await assertStoredOnce(server, 'v_down', [early]);
    await own.killAll();
    const refused = await until(async () => {
      const reply = await post(server, late[0]);
      return reply.status === 503 && reply;
    }, 'a refusal');
    assert.equal(refused.headers.get('retry-after'), '5');
    assert.equal(refused.headers.get('access-control-expose-headers'), 'Retry-After');
    assert.equal(refused.body.error.code, 'not-stored');
    assert.match(refused.body.error.message, /send them again/);
    // Reading goes on, and says what is wrong.
    assert.equal((await stored(server, { visitorId: 'v_down' })).total, 5);
    await until(async () => !(await send(server, 'GET', '/_health')).body.stream.connected, 'a broken connection');
    await until(async () => /no server .* can be reached/.test((await post(server, late[0])).text), 'a quick refusal');
    assert.match(server.errors(), /stream: events are refused with 503 from now on: .*\n/);
    await own.startAll();
    await shop([server], late);
    await assertStoredOnce(server, 'v_down', [early, ...late]);
    assert.match(server.errors(), /stream: events are accepted again\n/);
    assert.equal(await server.stop(), 0);
  } finally {
    await own.stop();
  }
});

test('a single nats-server keeps each event once, and an event that is too large for it gets 413', async () => {
  const single = await startCluster(1, 'max_payload: 20KB');
  try {
    const server = await start('single.db', single.url);
    assert.equal((await single.leader()).stream.config.num_replicas, 1);
    const batches = batchesOf('v_single', 1);
    const large = event('custom', { name: 'large', properties: { text: 'x'.repeat(21_000) } });
    const { status, body } = await post(server, [...batches[0], large]);
    assert.deepEqual([status, body.error.code, body.error.field], [413, 'event-too-large', 'events[5]']);
    await shop([server], batches);
    await assertStoredOnce(server, 'v_single', batches);
    assert.equal((await single.leader()).stream.state.messages, 5);
    await server.stop();
  } finally {
    await single.stop();
  }
});

test('a server that cannot reach its stream says so and ends', async () => {
  /** @returns {Promise<[any, string]>} */
  const failure = async (...args) => {
    const { exit, errors } = await launch(['--port', '0', '--db', join(folder, 'x.db'), '--root', fixture, ...args]);
    return [exit, errors];
  };
  const [exit, errors] = await failure('--stream', 'nats://shop:secret@127.0.0.1:1');
  assert.equal(exit, 1);
  assert.match(errors, /cannot reach the stream at nats:\/\/127\.0\.0\.1:1: .*; start nats-server there, or correct/);
  assert.doesNotMatch(errors, /secret/);
  for (const wrong of [
    ['--stream', '127.0.0.1:4222'],
    ['--stream', 'nats://127.0.0.1:1,'],
    ['--stream', 'nats://'],
    ['--stream-replicas', '6'],
    ['--stream-timeout', '50'],
  ]) {
    const [code, text] = await failure(...wrong);
    assert.equal(code, 2);
    assert.match(text, /--stream URL/);
  }
});
