// Calls that a page queued before its core was up, and that another page runs: each once, and never in place of newer
// words of the shopper.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clock, settle } from './doubles/clock.mjs';
import { Disk, LockTable, SlowDisk } from './doubles/disk.mjs';
import { arrive, config, open, up } from './doubles/script_tag.mjs';

/** Opens an origin: `page` opens a tab with these queued calls after `init`. */
const origin = (hasLocks, lagMs) => {
  const clock = new Clock();
  const disk = lagMs ? new SlowDisk(clock, lagMs) : new Disk();
  const shared = { clock, disk, locks: hasLocks ? new LockTable() : null };
  const page = (calls = [], options = {}) => {
    const tab = open(shared);
    tab.page.vitrine('init', { ...config, ...options });
    for (const call of calls) tab.page.vitrine(...call);
    return tab;
  };
  return {
    ...shared,
    page,
    /** Leaves behind a page whose core has not come. */
    async leave(calls) {
      const tab = page(calls);
      tab.script();
      tab.close();
      await settle();
    },
    left: () => [...disk.items.keys()].filter((key) => key.startsWith('vitrine:1:early')),
    leases: () => [...disk.items.keys()].filter((key) => key.startsWith('vitrine:1:l:early')),
  };
};

const track = (name) => ['events.track', name];
/** The names of the events that a tab's core has received. */
const tracked = (...tabs) => tabs.flatMap((tab) => tab.core.of('shopEvent').map((call) => JSON.parse(call[2]).name));
const users = (tab) => tab.core.of('identify').map((call) => call[1]);
/** The shopper in storage, as a core writes it. */
const shopper = (visitor, user) => JSON.stringify({ v: visitor, s: 's_1', t: 1, u: user });
// Longer than a lease lives, and than the pause between two looks for records.
const kLong = 300_000;

for (const [kind, hasLocks] of [
  ['Web Locks', true],
  ['no Web Locks', false],
]) {
  for (const lagMs of [0, 400])
    test(`${kind}: two tabs that start at once run each kept call once; writes show after ${lagMs} ms`, async () => {
      const { clock, page, leave, left, leases } = origin(hasLocks, lagMs);
      await leave([track('one'), track('two')]);
      await leave([track('three')]);
      await clock.advance(lagMs);
      const tabs = [page([track('own')]), page([track('own')]), page([track('own')])];
      for (const tab of tabs) tab.script();
      for (const tab of tabs) await arrive(tab);
      await clock.advance(kLong);
      const names = tracked(...tabs).sort();
      assert.deepEqual(names, ['one', 'own', 'own', 'own', 'three', 'two']);
      assert.deepEqual([...left(), ...leases()], []);
    });

  test(`${kind}: nobody takes the calls of a page that lives, and the page runs them itself`, async () => {
    const { clock, locks, page, left } = origin(hasLocks);
    const living = page([['identify', 'u1'], track('living')]);
    living.script();
    living.hide();
    const other = await up(page());
    await clock.advance(25_000); // after 30 s it gives up waiting for the core
    assert.deepEqual(tracked(other), []);
    assert.equal(left().length, 1);
    living.show();
    living.page.vitrine('events.track', 'shown');
    await arrive(living);
    assert.deepEqual([tracked(living), users(living)], [['living', 'shown'], ['u1']]);
    await clock.advance(kLong);
    assert.deepEqual([left(), tracked(other)], [[], []]);
    assert.deepEqual(locks?.held ?? [], [], 'nothing is locked any more');
  });

  test(`${kind}: calls of a hidden page that is closed without a core run once, elsewhere`, async () => {
    const { clock, page, left } = origin(hasLocks);
    const hidden = page([track('hidden')]);
    hidden.script();
    hidden.hide();
    const living = await up(page());
    await clock.advance(5000);
    const madeMs = clock.nowMs;
    hidden.page.vitrine('events.track', 'later');
    hidden.close();
    const next = await up(page());
    await clock.advance(kLong);
    assert.deepEqual(tracked(living, next).sort(), ['hidden', 'later']);
    const times = [living, next].flatMap((tab) => tab.core.of('shopEvent').map((call) => call.at(-1)));
    assert.deepEqual(times.sort(), [madeMs - 5000, madeMs], 'at the times at which they were made');
    assert.deepEqual(left(), []);
  });

  test(`${kind}: calls of a page in the back/forward cache run once, there or here`, async () => {
    for (const isTaken of [true, false]) {
      const { clock, page, left } = origin(hasLocks);
      const cached = page([track('cached')]);
      cached.script();
      cached.hide();
      cached.fire('pagehide', { persisted: true });
      await settle();
      const tabs = [cached];
      if (isTaken) {
        tabs.push(await up(page()));
        await clock.advance(2000);
        assert.deepEqual(tracked(tabs[1]), ['cached']);
      }
      cached.fire('pageshow', { persisted: true });
      cached.show();
      cached.page.vitrine('events.track', 'back');
      await arrive(cached);
      await clock.advance(kLong);
      assert.deepEqual(tracked(...tabs).sort(), ['back', 'cached']);
      assert.deepEqual(left(), []);
    }
  });

  test(`${kind}: kept calls run before those of the page that takes them`, async () => {
    const { clock, page, leave } = origin(hasLocks);
    await leave([['identify', 'early'], track('kept')]);
    const next = await up(page([['identify', 'now'], track('own')]));
    await clock.advance(2000);
    assert.deepEqual(
      [tracked(next), users(next)],
      [
        ['kept', 'own'],
        ['early', 'now'],
      ],
    );
  });

  test(`${kind}: a kept identify or reset does not overrule what the shopper said since`, async () => {
    for (const [since, counts] of [
      [shopper('v_1', 'ann'), true],
      [shopper('v_1', 'bob'), false],
      [shopper('v_2'), false],
    ]) {
      const { clock, disk, page, leave } = origin(hasLocks);
      disk.items.set('vitrine:1:id', shopper('v_1', 'ann'));
      await leave([['reset'], ['identify', 'early'], track('kept')]);
      disk.items.set('vitrine:1:id', since);
      const next = await up(page());
      await clock.advance(2000);
      assert.deepEqual(users(next), counts ? ['early'] : [], `${since}`);
      assert.equal(next.core.of('reset').length, +counts);
      assert.deepEqual(tracked(next), ['kept']);
    }
  });

  test(`${kind}: an identify of a page that was hidden does not undo a reset in another tab`, async () => {
    const { clock, disk, page } = origin(hasLocks);
    const hidden = page([['identify', 'early'], track('kept')]);
    hidden.script();
    hidden.hide();
    await settle();
    disk.items.set('vitrine:1:id', shopper('v_2')); // after a reset() there
    hidden.show();
    await arrive(hidden);
    await clock.advance(2000);
    assert.deepEqual([users(hidden), tracked(hidden)], [[], ['kept']]);
  });

  test(`${kind}: consent decides about kept calls: only unknown leaves them`, async () => {
    const { clock, page, leave, left } = origin(hasLocks);
    await leave([track('kept')]);
    const undecided = page([], { consent: 'unknown' });
    undecided.core.on.consent = () => 'unknown';
    await up(undecided);
    await clock.advance(kLong);
    assert.deepEqual([tracked(undecided), left().length], [[], 1]);
    undecided.core.on.consent = () => 'granted';
    undecided.page.vitrine('setConsent', 'granted');
    await clock.advance(2000);
    assert.deepEqual([tracked(undecided), left()], [['kept'], []]);

    for (const refusal of [{ consent: 'denied' }, {}]) {
      await leave([track('refused')]);
      const refusing = page(refusal.consent ? [] : [['optOut']], refusal);
      refusing.core.on.consent = () => 'denied';
      await up(refusing);
      await clock.advance(2000);
      assert.deepEqual([tracked(refusing), left()], [['refused'], []], 'the core drops what it gets');
    }
  });

  test(`${kind}: a page without events leaves kept calls to others`, async () => {
    for (const events of [{ enabled: false }, { persistence: 'memory' }]) {
      const { clock, page, leave, left } = origin(hasLocks);
      await leave([track('kept')]);
      const tab = await up(page([], { events }));
      await clock.advance(1000);
      assert.deepEqual([tracked(tab), left().length], [[], 1]);
    }
  });
}

test('no Web Locks: the calls of a killed page run after its lease has ended', async () => {
  const { clock, disk, page } = origin(false);
  const killed = open({ clock: new Clock(), disk, locks: null }); // and its clock stands still
  killed.page.vitrine('init', config);
  killed.page.vitrine('events.track', 'killed');
  killed.script();
  killed.hide();
  const next = await up(page([track('own')]));
  await clock.advance(100_000);
  assert.deepEqual(tracked(next), ['own']);
  await clock.advance(kLong);
  assert.deepEqual(tracked(next), ['own', 'killed']);
});

test('no Web Locks: a page that slept through its lease leaves its calls to the page that took them', async () => {
  const { clock, disk, page } = origin(false);
  const sleepy = open({ clock: new Clock(), disk, locks: null });
  sleepy.page.vitrine('init', config);
  sleepy.page.vitrine('events.track', 'kept');
  sleepy.script();
  sleepy.hide();
  await clock.advance(kLong);
  const heir = await up(page());
  await clock.advance(2000);
  sleepy.show();
  await arrive(sleepy);
  await sleepy.clock.advance(kLong);
  assert.deepEqual([tracked(heir), tracked(sleepy)], [['kept'], []]);
});

test('a lock manager that never replies holds up neither a page nor, for ever, the kept calls', async () => {
  const shared = origin(true);
  await shared.leave([track('kept')]);
  const tab = open({
    ...shared,
    navigator: { locks: { request: () => new Promise(() => {}) } },
  });
  tab.page.vitrine('init', config);
  tab.page.vitrine('events.track', 'own');
  await up(tab);
  assert.deepEqual(tracked(tab), [], 'not yet');
  tab.page.vitrine('events.track', 'waiting');
  await shared.clock.advance(1200);
  assert.deepEqual(tracked(tab), ['own', 'waiting']);
  assert.equal(shared.left().length, 1);
  const next = await up(shared.page());
  assert.deepEqual(tracked(next), ['kept']);
});

test('calls made while a page waits for kept ones are kept too if the page is left', async () => {
  const { clock, page, leave } = origin(false);
  await leave([track('kept')]);
  const waiting = await up(page([track('queued')]));
  waiting.page.vitrine('events.track', 'made');
  waiting.close();
  const next = await up(page());
  await clock.advance(kLong);
  assert.deepEqual(tracked(waiting), []);
  assert.deepEqual(tracked(next).sort(), ['kept', 'made', 'queued']);
});

test('calls that concern their own page only are not kept', async () => {
  const { disk, leave } = origin(true);
  await leave([
    ['setCart', ['a']],
    ['setViewing', 'a'],
    ['navigate', '/x'],
    ['events.pause'],
    ['recs.similarItems', { itemId: 'a' }],
    ['setConsent', 'granted'],
  ]);
  // The shopper's word alone is remembered, as the core would do.
  assert.deepEqual([...disk.items], [['vitrine:1:consent', 'granted']]);
});

test('a queued optIn ends the stored refusal, so that the calls after it can be kept', async () => {
  const { disk, leave, left } = origin(true);
  disk.items.set('vitrine:1:optout', '1');
  await leave([['optIn'], track('kept')]);
  assert.deepEqual([disk.items.has('vitrine:1:optout'), left().length], [false, 1]);
});

test('calls that version 0.2.2 has kept run once', async () => {
  const { clock, disk, page, left } = origin(true);
  const kept = { k3f: [[1_600_000_000_000, track('first')]], x0q: [[1_600_000_000_001, track('second')]] };
  disk.items.set('vitrine:1:early', JSON.stringify(kept));
  const tabs = [page(), page()];
  for (const tab of tabs) tab.script();
  for (const tab of tabs) await arrive(tab);
  await clock.advance(kLong);
  assert.deepEqual([tracked(...tabs), left()], [['first', 'second'], []]);
});

test('a page whose core never comes gives its calls to pages that run already', async () => {
  const { clock, page, left } = origin(true);
  const living = await up(page());
  const tab = page([track('early')]);
  tab.script();
  tab.hide();
  tab.show();
  await arrive(tab, 503);
  tab.page.vitrine('events.track', 'late');
  await clock.advance(kLong);
  assert.deepEqual([tracked(living), tracked(tab), left()], [['early', 'late'], [], []]);
});
