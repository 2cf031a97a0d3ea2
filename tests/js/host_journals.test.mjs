import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle } from './doubles/clock.mjs';
import { openPump as open } from './doubles/pump.mjs';
import { effect } from './doubles/runtime.mjs';

test('a claim is granted with the stored segments of that journal only', async () => {
  const { host, core, store, asked, mirrored } = open();
  store.set('vitrine:1:j:abc:0', 'zero');
  store.set('vitrine:1:j:abc:12', 'twelve');
  store.set('vitrine:1:j:abcd:0', 'other');
  core.next =
    effect('claim', { journalId: 'abc' }) +
    effect('claim', { journalId: 'busy' }) +
    effect('claim', { journalId: 'new' });
  host.call('resume', 1);
  await settle();
  asked[0][2](true);
  asked[1][2](false);
  asked[2][2](true);
  await settle();
  assert.deepEqual(core.of('claimRefused')[0][1], 'busy');
  assert.deepEqual(
    core.of('claimed').map(([, id, segments]) => [id, JSON.parse(segments)]),
    [
      ['new', {}],
      ['abc', { 0: 'zero', 12: 'twelve' }],
    ],
  );
  assert.deepEqual(
    mirrored.reads,
    ['vitrine:1:j:abc:'],
    'a journal that is not stored is not searched for in the mirror',
  );
});

test("a claim of the page's own new journal is granted without reading the mirror", async () => {
  const { host, core, store, asked, mirrored } = open();
  store.set('vitrine:1:j:own:0', 'just written');
  core.next = effect('claim', { journalId: 'own', isOwn: true });
  host.call('resume', 1);
  await settle();
  asked[0][2](true);
  assert.deepEqual(core.of('claimed')[0].slice(1, 3), ['own', '{}']);
  assert.deepEqual(mirrored.reads, []);
});

test('the mirror is updated before its journal is released', async () => {
  const { host, core, asked, mirrored } = open();
  core.next =
    effect('unmirror', { key: 'vitrine:1:j:abc:0' }) +
    effect('release', { journalId: 'abc' }) +
    effect('mirror', { key: 'vitrine:1:j:own:0', value: 'x' });
  let writesAtRelease;
  const push = asked.push.bind(asked);
  asked.push = (entry) => (writesAtRelease = mirrored.writes.length) && push(entry);
  host.call('resume', 1);
  await settle();
  assert.equal(writesAtRelease, 1);
  assert.equal(mirrored.writes.length, 2);
});

test('a claim is granted with the union of the store and the mirror', async () => {
  const { host, core, store, asked, mirrored } = open();
  mirrored.copies = {
    'vitrine:1:j:abc:0': 'same',
    'vitrine:1:j:abc:1': 'old\nlost',
    'vitrine:1:j:abc:7': 'gone',
    'vitrine:1:j:xyz:3': 'z',
    'vitrine:1:id': '{"v":"v_a"}',
    'vitrine:1:optout': '1',
  };
  store.set('vitrine:1:j:abc:0', 'same');
  store.set('vitrine:1:j:abc:1', 'old');
  store.set('vitrine:1:j:abc:2', 'stored');
  core.next = effect('scan');
  host.call('resume', 1);
  await settle();
  const [, stored, copies] = core.of('found')[0];
  assert.deepEqual(JSON.parse(stored), ['abc:0', 'abc:1', 'abc:2']);
  const records = { 'vitrine:1:id': '{"v":"v_a"}', 'vitrine:1:optout': '1' };
  assert.deepEqual(JSON.parse(copies), ['abc:0', 'abc:1', 'abc:7', 'xyz:3', records]);
  core.next = effect('claim', { journalId: 'abc' }) + effect('claim', { journalId: 'xyz' });
  host.call('resume', 1);
  await settle();
  asked[0][2](true);
  asked[1][2](true);
  await settle();
  assert.deepEqual(
    core.of('claimed').map(([, id, segments]) => [id, JSON.parse(segments)]),
    [
      ['abc', { 0: 'same', 1: 'old\nold\nlost', 2: 'stored', 7: 'gone' }],
      ['xyz', { 3: 'z' }],
    ],
  );
});

test('a claim that is released while the mirror is read is not granted', async () => {
  const { host, core, store, asked } = open();
  store.set('vitrine:1:j:abc:0', 'zero');
  core.next = effect('claim', { journalId: 'abc' });
  host.call('resume', 1);
  await settle();
  asked[0][2](true, () => false);
  await settle();
  assert.equal(core.of('claimed').length, 0);
});

test('the mirror is written once per drain, after the store', async () => {
  const { host, core, mirrored } = open();
  core.next =
    effect('mirror', { key: 'vitrine:1:j:a:0', value: 'x' }) +
    effect('unmirror', { key: 'vitrine:1:j:a:1' }) +
    effect('mirror', { key: 'vitrine:1:j:a:2', value: 'y' });
  host.call('wake', 1);
  await settle();
  host.call('wake', 1);
  await settle();
  assert.deepEqual(
    mirrored.writes.map((changes) => Array.from(changes, (change) => [...change])),
    [[['vitrine:1:j:a:0', 'x'], ['vitrine:1:j:a:1'], ['vitrine:1:j:a:2', 'y']]],
  );
});

test('a refusal removes the calls that ended pages have left, and no others', async () => {
  const { core, host, store, asked } = open();
  store.set('vitrine:1:early:ended', '{}');
  store.set('vitrine:1:early:loading', '{}');
  core.next = effect('forget', { key: 'vitrine:1:early:' });
  host.call('wake', 1);
  await settle();
  for (const [, id, answer] of asked.filter(([what]) => what === 'claim')) answer(id === 'early:ended');
  assert.deepEqual([...store.keys()], ['vitrine:1:early:loading']);
  assert.deepEqual(asked.flatMap(([what, id]) => (what === 'release' ? id : [])).sort(), [
    'early:ended',
    'early:loading',
  ]);
});
