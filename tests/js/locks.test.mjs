import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clock, settle } from './doubles/clock.mjs';
import { Disk, LockTable } from './doubles/disk.mjs';
import { openTab } from './doubles/tab.mjs';

// Web Locks and leases must behave alike. `open` returns a tab's locks on a shared origin.
const kinds = {
  'Web Locks': () => {
    const locks = new LockTable();
    const clock = new Clock();
    const disk = new Disk();
    return {
      clock,
      disk,
      open() {
        const tab = openTab({ clock, disk, locks });
        return { ...tab, locks: tab.modules().webLocks(tab.page.navigator.locks) };
      },
    };
  },
  leases: () => {
    const clock = new Clock();
    const disk = new Disk();
    return {
      clock,
      disk,
      open() {
        const tab = openTab({ clock, disk, locks: null });
        const js = tab.modules();
        return { ...tab, locks: js.leases(js.openStore(true)) };
      },
    };
  },
};

const claim = (tab, id, answers) => tab.locks.claim(id, (ours) => answers.push(ours));

for (const [kind, open] of Object.entries(kinds)) {
  const start = () => {
    const origin = open();
    origin.disk.items.set('vitrine:1:j:a:0', 'event');
    return { ...origin, one: origin.open(), two: origin.open(), first: [], second: [] };
  };

  test(`${kind}: a journal has one owner at a time`, async () => {
    const { clock, one, two, first, second } = start();
    claim(one, 'a', first);
    await clock.advance(1000);
    claim(two, 'a', second);
    await clock.advance(1000);
    assert.deepEqual([first, second], [[true], [false]]);
  });

  test(`${kind}: two tabs that claim at once do not both become owner`, async () => {
    const { clock, one, two, first, second } = start();
    claim(one, 'a', first);
    claim(two, 'a', second);
    await clock.advance(1000);
    assert.deepEqual([...first, ...second].sort(), [false, true]);
  });

  test(`${kind}: after a release another tab may own the journal, for as long as the tab lives`, async () => {
    const { clock, one, two, first, second } = start();
    claim(one, 'a', first);
    await clock.advance(1000);
    one.locks.release('a');
    await settle();
    claim(two, 'a', second);
    await clock.advance(3_600_000);
    claim(one, 'a', first);
    await clock.advance(1000);
    assert.deepEqual([first, second], [[true, false], [true]]);
  });

  test(`${kind}: releaseAll ends all claims, also those without a result yet`, async () => {
    const { clock, one, two, first, second } = start();
    claim(one, 'a', first);
    await clock.advance(1000);
    claim(one, 'b', first);
    one.locks.releaseAll();
    await clock.advance(1000);
    claim(two, 'a', second);
    claim(two, 'b', second);
    await clock.advance(1000);
    assert.deepEqual(second, [true, true]);
  });

  test(`${kind}: a repeated claim replaces the earlier one`, async () => {
    const { clock, one, first } = start();
    claim(one, 'a', first);
    await clock.advance(1000);
    claim(one, 'a', first);
    await clock.advance(1000);
    assert.equal(first.at(0), true);
    assert.ok(first.length <= 2);
  });
}

test('Web Locks: a claim that is released before its result gets none', async () => {
  const { clock, open } = kinds['Web Locks']();
  const [one, two] = [open(), open()];
  claim(one, 'a', []);
  await clock.advance(10);
  const answers = [];
  claim(two, 'a', answers);
  claim(two, 'b', answers);
  two.locks.releaseAll();
  await clock.advance(10);
  assert.deepEqual(answers, []);
});

test('Web Locks: a claim fails if the lock manager rejects', async () => {
  const { js, clock } = { ...openTab(), js: openTab().modules() };
  const answers = [];
  js.webLocks({ request: () => Promise.reject(new Error('SecurityError')) }).claim('a', (ours) => answers.push(ours));
  await clock.advance(10);
  assert.deepEqual(answers, [false]);
});

test('Web Locks: if nothing can be locked, the page still owns its own journal', async () => {
  const { js, clock } = { ...openTab(), js: openTab().modules() };
  const answers = [];
  js.webLocks({ request: () => Promise.reject(new Error('SecurityError')) }).claim(
    'a',
    (ours) => answers.push(ours),
    true,
  );
  await clock.advance(10);
  assert.deepEqual(answers, [true]);
});

test('leases: the journal of a killed tab becomes free; that of a tab with slow timers does not', async () => {
  const { clock, disk, open } = kinds.leases();
  disk.items.set('vitrine:1:j:a:0', 'event');
  const ownClock = new Clock();
  const dead = openTab({ clock: ownClock, disk, locks: null });
  const js = dead.modules();
  const answers = [];
  js.leases(js.openStore(true)).claim('a', (ours) => answers.push(ours));
  await ownClock.advance(1100); // after this its clock stands still: the tab was killed
  const heir = open();
  const asked = [];
  for (let minute = 0; minute < 2; minute++) {
    claim(heir, 'a', asked);
    await clock.advance(60_000);
  }
  assert.deepEqual([answers, asked], [[true], [false, false]], 'a throttled tab may need two minutes');
  await clock.advance(60_000);
  claim(heir, 'a', asked);
  await clock.advance(1000);
  assert.equal(asked.at(-1), true);
});

test('leases: an owner that slept through its lease learns that the lease is lost', async () => {
  const { clock, disk, open } = kinds.leases();
  disk.items.set('vitrine:1:j:a:0', 'event');
  const sleepy = openTab({ clock: new Clock(), disk, locks: null });
  const js = sleepy.modules();
  const answers = [];
  js.leases(js.openStore(true)).claim('a', (ours) => answers.push(ours));
  await sleepy.clock.advance(1000);
  await clock.advance(600_000);
  const heir = open();
  const asked = [];
  claim(heir, 'a', asked);
  await clock.advance(1000);
  await sleepy.clock.advance(js.BEAT_MS);
  assert.deepEqual([answers, asked], [[true, false], [true]]);
});

test('leases: of two tabs that write at the same moment, the tab that finds its own name owns the lease', async () => {
  const { clock, disk, open } = kinds.leases();
  disk.items.set('vitrine:1:j:a:0', 'event');
  const answers = [];
  claim(open(), 'a', answers);
  assert.deepEqual(answers, [], 'not sure yet');
  disk.items.set('vitrine:1:l:a', `other ${clock.nowMs + 100_000}`);
  await clock.advance(1000);
  assert.deepEqual(answers, [false]);
  assert.match(disk.items.get('vitrine:1:l:a'), /^other/);
});

test('leases: a journal in the mirror only is not owned before rivals had a second to show', async () => {
  const { clock, disk, open } = kinds.leases();
  const answers = [];
  claim(open(), 'mirrored', answers);
  await clock.advance(999);
  disk.items.set('vitrine:1:l:mirrored', `other ${clock.nowMs + 100_000}`); // becomes visible late
  await clock.advance(10);
  assert.deepEqual(answers, [false]);
});

test('leases: an own new journal is owned at once, and a release removes the lease', async () => {
  const { disk, open } = kinds.leases();
  const tab = open();
  const answers = [];
  tab.locks.claim('new', (ours) => answers.push(ours), true);
  assert.deepEqual(answers, [true]);
  assert.deepEqual([...disk.items.keys()], ['vitrine:1:l:new']);
  tab.locks.releaseAll();
  assert.equal(disk.items.size, 0);
});

test('leases: a lease far in the future (a clock was set back) does not block a claim', async () => {
  const { clock, disk, open } = kinds.leases();
  disk.items.set('vitrine:1:j:a:0', 'event').set('vitrine:1:l:a', `other ${clock.nowMs + 86_400_000}`);
  const answers = [];
  claim(open(), 'a', answers);
  await clock.advance(1000);
  assert.deepEqual(answers, [true]);
});

test('leases: a page whose storage refuses the lease, or keeps nothing, still owns its own journal', async () => {
  for (const fault of ['full', 'deaf']) {
    const { clock, disk, open } = kinds.leases();
    disk.fault = fault;
    const answers = [];
    open().locks.claim('a', (ours) => answers.push(ours), true);
    await clock.advance(200_000);
    assert.deepEqual(answers, [true], fault);
  }
});

test('leases: a claim fails if storage refuses the lease', async () => {
  const { clock, disk, open } = kinds.leases();
  disk.fault = 'full';
  const answers = [];
  claim(open(), 'a', answers);
  await clock.advance(1000);
  assert.deepEqual(answers, [false]);
});
