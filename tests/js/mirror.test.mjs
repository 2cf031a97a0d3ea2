import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './stage/clock.mjs';
import { Database } from './stage/database.mjs';
import { openPump } from './stage/pump.mjs';
import { effect } from './stage/runtime.mjs';
import { openTab } from './stage/tab.mjs';

const open = (database = new Database()) => {
  const tab = openTab({ database });
  return { ...tab, mirror: tab.modules().openMirror() };
};
const key = (name) => 'vitrine:1:j:' + name;

test('what one page mirrors the next one reads, by the start of its name', async () => {
  const { mirror, database } = open();
  mirror.write([
    [key('a:0'), 'x'],
    [key('a:1'), 'y'],
    [key('ab:0'), 'z'],
  ]);
  mirror.write([[key('a:1')]]);
  await settle();
  const next = open(database).mirror;
  assert.deepEqual({ ...(await next.read('a:')) }, { [key('a:0')]: 'x' });
  assert.deepEqual(Object.keys(await next.read('')), [key('a:0'), key('ab:0')]);
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

test('closed, it lets go of the database after what was begun, and opens it again when it is needed', async () => {
  const { mirror, database } = open();
  mirror.write([[key('a:0'), 'x']]);
  mirror.close();
  await settle();
  assert.deepEqual([database.items.size, database.connections], [1, 0]);
  assert.deepEqual(Object.keys(await mirror.read('a')), [key('a:0')]);
});

test('closed while it opens, it takes what comes later', async () => {
  const { mirror, database } = open();
  mirror.write([[key('a:0'), 'x']]);
  mirror.close();
  await settle();
  mirror.write([[key('a:1'), 'y']]);
  await settle();
  assert.deepEqual([...database.items.keys()], [key('a:0'), key('a:1')]);
});

test("it is in nobody's way who wants to delete the database", async () => {
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

test('an IndexedDB that is absent, refused or full costs nothing but the copy', async () => {
  for (const fault of ['absent', 'refused', 'full']) {
    const { mirror, said } = open(new Database(fault));
    assert.equal(await mirror.write([[key('a:0'), 'x']]), undefined);
    assert.deepEqual({ ...(await mirror.read('a')) }, {}, fault);
    mirror.close();
    await settle();
    assert.deepEqual(said, []);
  }
});

test('one that never answers is waited for a second', async () => {
  const { mirror, clock } = open(new Database('silent'));
  let found;
  void mirror.read('').then((copies) => (found = copies));
  await clock.advance(999);
  assert.equal(found, undefined);
  await clock.advance(1);
  assert.deepEqual({ ...found }, {});
});

test('the core hears when all that the copy was told has ended', async () => {
  const { host, core, mirrored } = openPump();
  const ends = [];
  mirrored.ending = () => new Promise((end) => ends.push(end));
  for (const key of ['a:0', 'a:1']) {
    core.next = effect('unmirror', key);
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
