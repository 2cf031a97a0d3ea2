import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fixture, launch, startServer } from './server.mjs';
import { event, idsOf, post, send, store, stored } from './wire.mjs';

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'vitrine-durability-'))));
after(() => rm(folder, { recursive: true, force: true }));
const start = (name) => startServer({ db: join(folder, name), root: fixture });

test('acknowledged batches survive a kill during writing, and no batch is stored in part', async () => {
  const batches = Array.from({ length: 200 }, (_, n) =>
    Array.from({ length: 5 }, () => event('click', { visitorId: `v_${n}`, sessionId: 's' })),
  );
  let server = await start('killed.db');
  const acknowledged = new Set();
  let killed;
  const shopper = async (mine) => {
    for (const batch of mine) {
      const isStored = await post(server, batch).then(
        (reply) => reply.status === 200,
        () => false,
      );
      if (!isStored) return;
      acknowledged.add(batch);
      if (acknowledged.size === 60) killed = server.kill();
    }
  };
  await Promise.all([0, 1, 2, 3].map((lane) => shopper(batches.filter((_, n) => n % 4 === lane))));
  await killed;
  assert.ok(acknowledged.size >= 60 && acknowledged.size < batches.length);

  server = await start('killed.db');
  const { events } = await stored(server, { limit: 10_000 });
  const found = new Set(events.map((row) => row.eventId));
  assert.equal(found.size, events.length);
  for (const batch of batches) {
    const present = batch.filter(({ eventId }) => found.has(eventId)).length;
    assert.ok(present === batch.length || (present === 0 && !acknowledged.has(batch)), `${present} of a batch`);
  }
  const again = await post(server, [...acknowledged][0]);
  assert.deepEqual([again.body.accepted, again.body.duplicates], [5, 5]);
  await server.stop();
});

test('after a restart the server gives the same recommendations', async () => {
  let server = await start('restarted.db');
  const visit = (visitorId, ...items) =>
    items.map((itemId) => event('click', { visitorId, sessionId: visitorId, itemId }));
  await store(
    server,
    ...visit('v_a', 'T-07', 'T-21', 'T-13'),
    ...visit('v_b', 'T-07', 'T-21'),
    event('identify', { visitorId: 'v_a', userId: 'u_a' }),
  );
  await store(
    server,
    event('purchase', {
      visitorId: 'v_b',
      items: [
        { itemId: 'T-07', quantity: 1, unitPrice: 199 },
        { itemId: 'T-21', quantity: 1, unitPrice: 149 },
      ],
    }),
  );
  const everything = () =>
    Promise.all([
      idsOf(server, '/recs', { productId: 'T-07' }),
      idsOf(server, '/recs/visitor', { configId: 'home', visitorId: 'v_b' }),
      idsOf(server, '/recs/user', { configId: 'home', userId: 'u_a' }),
      idsOf(server, '/recs/visitor', { configId: 'popular' }),
    ]);
  const earlier = await everything();
  await server.kill();
  server = await start('restarted.db');
  assert.deepEqual(await everything(), earlier);
  await server.stop();
});

test('a stop is graceful: open requests get their replies, delays end, the exit code is 0', async () => {
  const server = await start('stopped.db');
  await send(server, 'POST', '/_faults', { body: JSON.stringify({ target: 'events', delayMs: 60_000 }) });
  const slow = post(server, [event('view')]);
  const isTaken = async () => (await send(server, 'GET', '/_health')).body.requests.events === 1;
  while (!(await isTaken()));
  assert.equal(await server.stop(), 0);
  assert.equal((await slow).status, 200);
});

test('a second server on the same port fails with a message', async () => {
  const server = await start('first.db');
  const second = await launch(['--port', String(server.port), '--db', join(folder, 'second.db'), '--root', fixture]);
  assert.equal(second.exit, 1);
  assert.match(second.errors, /cannot listen on 127\.0\.0\.1/);
  await server.stop();
});

test('a server that cannot start says why', async () => {
  const failure = async (...args) => {
    const { exit, errors } = await launch(args);
    assert.equal(typeof exit, 'number');
    assert.notEqual(exit, 0);
    return errors;
  };
  assert.match(await failure('--port', '70000'), /--port N/);
  assert.match(await failure('--nonsense', '1'), /--port N/);
  assert.match(await failure('--port'), /--port N/);
  assert.match(
    await failure('--port', '0', '--db', join(folder, 'x.db'), '--root', folder),
    /cannot read the catalogue/,
  );
  const notDatabase = join(folder, 'text.db');
  await writeFile(
    notDatabase,
    'this is not a database, and long enough that nobody takes it for the head of one '.repeat(9),
  );
  assert.match(await failure('--port', '0', '--db', notDatabase, '--root', fixture), /not a database/);
  assert.match(await failure('--port', '0', '--db', '/proc/nowhere/x.db', '--root', fixture), /cannot make the folder/);
});

test('the folder of a new database is created', async () => {
  const server = await startServer({ db: join(folder, 'new', 'deep', 'events.db'), root: fixture });
  await store(server, event('view'));
  await server.stop();
});
