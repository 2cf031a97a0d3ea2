import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Disk } from './doubles/disk.mjs';
import { openTab } from './doubles/tab.mjs';

const open = (options) => {
  const tab = openTab(options);
  return { ...tab, js: tab.modules() };
};

test('the next page reads the stored values', () => {
  const disk = new Disk();
  assert.ok(open({ disk }).js.openStore(true).set('vitrine:1:id', 'x'));
  const store = open({ disk }).js.openStore(true);
  assert.equal(store.kind, 'localStorage');
  assert.equal(store.get('vitrine:1:id'), 'x');
  store.remove('vitrine:1:id');
  assert.equal(disk.items.size, 0);
});

test('opening writes nothing, and memory persistence never touches localStorage', () => {
  const { js, disk } = open();
  js.openStore(true);
  const store = js.openStore(false);
  assert.equal(store.kind, 'memory');
  assert.ok(store.set('vitrine:1:id', 'x'));
  assert.deepEqual([...store.keys()], ['vitrine:1:id']);
  store.remove('vitrine:1:id');
  assert.equal(store.get('vitrine:1:id'), null);
  assert.equal(disk.writes, 0);
});

test('a full store refuses a write without throwing, and keeps its values', () => {
  const { js, disk } = open();
  const store = js.openStore(true);
  store.set('vitrine:1:id', 'x');
  disk.fault = 'full';
  assert.equal(store.set('vitrine:1:id', 'y'), false);
  assert.equal(store.get('vitrine:1:id'), 'x');
});

test('a storage that takes writes and keeps nothing counts as one that refuses; one that is true is asked once', () => {
  const { js, disk, page } = open();
  disk.fault = 'deaf';
  const store = js.openStore(true);
  assert.equal(store.set('vitrine:1:id', 'x'), false);
  disk.fault = '';
  assert.equal(store.set('vitrine:1:id', 'x'), true);
  let reads = 0;
  const { getItem } = page.localStorage;
  page.localStorage.getItem = (key) => {
    reads++;
    return getItem(key);
  };
  assert.equal(store.set('vitrine:1:id', 'y'), true);
  assert.equal(reads, 0);
});

test('storage that breaks during use does not throw', () => {
  const { js, disk } = open();
  const store = js.openStore(true);
  disk.fault = 'broken';
  assert.equal(store.get('vitrine:1:id'), null);
  assert.equal(store.set('vitrine:1:id', 'x'), false);
  assert.deepEqual([...store.keys()], []);
  store.remove('vitrine:1:id');
});

test('if storage is broken, null or forbidden from the start, memory is used', () => {
  const disk = new Disk();
  disk.fault = 'broken';
  assert.equal(open({ disk }).js.openStore(true).kind, 'memory');
  assert.equal(open({ globals: { localStorage: null } }).js.openStore(true).kind, 'memory');
  const forbidden = open();
  Object.defineProperty(forbidden.page, 'localStorage', {
    get() {
      throw new Error('SecurityError');
    },
  });
  assert.equal(forbidden.js.openStore(true).kind, 'memory');
});

test('only keys with the prefix are written and read', () => {
  const { js, disk } = open();
  disk.items.set('cart', '1').set('vitrine:2:id', 'later version').set('vitrine:1:id', 'x');
  const store = js.openStore(true);
  assert.equal(store.set('cart', '2'), false);
  assert.equal(disk.items.get('cart'), '1');
  assert.deepEqual([...store.keys()], ['vitrine:1:id']);
});

test('segments, leases and kept calls are not shared state', () => {
  const { js, disk } = open();
  disk.items
    .set('vitrine:1:id', 'me')
    .set('vitrine:1:early', '{}')
    .set('vitrine:1:early:a', '[]')
    .set('vitrine:1:earlybird', 'shared')
    .set('vitrine:1:l:abc', 'lease')
    .set('vitrine:1:j:abc:3', 'three')
    .set('vitrine:1:j:abc:4', 'four')
    .set('vitrine:1:j:xyz:0', 'zero');
  const store = js.openStore(true);
  assert.deepEqual({ ...js.sharedState(store) }, { 'vitrine:1:id': 'me', 'vitrine:1:earlybird': 'shared' });
  assert.deepEqual([...js.journalIds(store)], ['abc', 'xyz']);
  assert.deepEqual([...js.segmentNames(store)], ['abc:3', 'abc:4', 'xyz:0']);
  assert.deepEqual({ ...js.segmentsOf(store, 'abc') }, { 3: 'three', 4: 'four' });
});
