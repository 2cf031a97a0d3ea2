import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { Database } from './doubles/database.mjs';
import { openPump } from './doubles/pump.mjs';
import { effect } from './doubles/runtime.mjs';
import { openTab } from './doubles/tab.mjs';

const open = (database = new Database()) => {
  const tab = openTab({ database });
  return { ...tab, mirror: tab.modules().openMirror() };
};
const key = (name) => 'vitrine:1:j:' + name;

test('the next page reads the mirrored entries by the beginning of their key', async () => {
  const { mirror, database } = open();
  mirror.write([
    [key('a:0'), 'x'],
    [key('a:1'), 'y'],
    [key('ab:0'), 'z'],
  ]);
  mirror.write([[key('a:1')]]);
  await settle();
  const next = open(database).mirror;
  assert.deepEqual({ ...(await next.read(key('a:'))) }, { [key('a:0')]: 'x' });
  assert.deepEqual(Object.keys(await next.read(key(''))), [key('a:0'), key('ab:0')]);
});

test('reading, and removing, create no database, and begin no upgrade where databases are listed', async () => {
  for (const fault of ['', 'unlisted']) {
    const { mirror, database } = open(new Database(fault));
    await mirror.write([['vitrine:1:id']]);
    assert.deepEqual({ ...(await mirror.read('vitrine:1:')) }, {});
    assert.equal(database.exists, false);
    assert.equal(database.requests > 0, fault === 'unlisted');
    await mirror.write([['vitrine:1:id', 'x'], ['vitrine:1:optout']]);
    assert.equal(database.exists, true);
    assert.deepEqual({ ...(await mirror.read('vitrine:1:')) }, { 'vitrine:1:id': 'x' });
  }
});

test('one write is one transaction, and nothing is opened before the first', async () => {
  const { mirror, database } = open();
  await settle();
  assert.equal(database.opened, 0);
  await mirror.write([
    [key('a:0'), 'x'],
    [key('a:1'), 'y'],
  ]);
  assert.deepEqual([database.opened, database.transactions], [1, 1]);
});

test('close() closes the database after pending writes, and the next call opens it again', async () => {
  const { mirror, database } = open();
  mirror.write([[key('a:0'), 'x']]);
  mirror.close();
  await settle();
  assert.deepEqual([database.items.size, database.connections], [1, 0]);
  assert.deepEqual(Object.keys(await mirror.read(key('a'))), [key('a:0')]);
});

test('a mirror that is closed while it opens accepts later writes', async () => {
  const { mirror, database } = open();
  mirror.write([[key('a:0'), 'x']]);
  mirror.close();
  await settle();
  mirror.write([[key('a:1'), 'y']]);
  await settle();
  assert.deepEqual([...database.items.keys()], [key('a:0'), key('a:1')]);
});

test('an open mirror does not block the deletion of the database', async () => {
  const { mirror, database } = open();
  mirror.write([[key('a:0'), 'x']]);
  await settle();
  database.upgrade();
  await settle();
  assert.equal(database.connections, 0);
  mirror.write([[key('a:1'), 'y']]);
  await settle();
  assert.equal(database.items.size, 2);
});

test('a refusal removes the database once it is empty, and a later consent creates it again', async () => {
  const { mirror, database } = open();
  const other = open(database).mirror;
  await mirror.write([[key('a:0'), 'x']]);
  await mirror.write([[key('a:0')]]);
  assert.equal(database.exists, true); // the page may go on storing
  await other.write([[key('b:0'), 'y']]);
  await mirror.write([['vitrine:1:id'], ['vitrine:1:optout', '1']]);
  await mirror.write([[key('b:0')]]);
  await settle();
  assert.deepEqual([...database.items.keys()], ['vitrine:1:optout']);
  await mirror.write([['vitrine:1:optout']]);
  await settle();
  assert.deepEqual([database.exists, database.connections], [false, 0]);
  await other.write([['vitrine:1:id', 'x']]);
  assert.deepEqual([...database.items.keys()], ['vitrine:1:id']);
});

test('a write that begins while a refusal finds the mirror empty is not removed with the database', async () => {
  const { mirror, database } = open();
  await mirror.write([[key('a:0'), 'x']]);
  await mirror.write([[key('a:0')]]);
  void mirror.write([['vitrine:1:id']]);
  void mirror.write([['vitrine:1:optout', '1']]);
  await settle();
  assert.deepEqual([[...database.items.keys()], database.exists], [['vitrine:1:optout'], true]);
});

test('without IndexedDB, or if it is refused or full, only the mirror is missing', async () => {
  for (const fault of ['absent', 'refused', 'full']) {
    const { mirror, said } = open(new Database(fault));
    assert.equal(await mirror.write([[key('a:0'), 'x']]), undefined);
    assert.deepEqual({ ...(await mirror.read(key('a'))) }, {}, fault);
    mirror.close();
    // A write while a read is finding out that there is no database.
    await Promise.all([mirror.read(key('a')), mirror.write([[key('a:0'), 'x']])]);
    mirror.close();
    await settle();
    assert.deepEqual(said, []);
  }
});

test('an IndexedDB that never replies is waited for only one second', async () => {
  const { mirror, clock } = open(new Database('silent'));
  let found;
  void mirror.read(key('')).then((copies) => (found = copies));
  await clock.advance(999);
  assert.equal(found, undefined);
  await clock.advance(1);
  assert.deepEqual({ ...found }, {});
});

test('the core receives the end of all writes to the mirror', async () => {
  const { host, core, mirrored } = openPump();
  const ends = [];
  mirrored.ending = () => new Promise((end) => ends.push(end));
  for (const key of ['a:0', 'a:1']) {
    core.next = effect('unmirror', { key });
    host.call('wake', 1);
    await settle();
  }
  assert.equal(ends.length, 2);
  for (const [i, heard] of [0, 1].entries()) {
    ends[i]();
    await settle();
    assert.equal(core.of('copied').length, heard);
  }
});
