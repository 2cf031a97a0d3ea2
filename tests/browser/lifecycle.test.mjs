// Page life cycle: cached and restored, left before the core has loaded, loaded twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectNoResend, expectOneResend, expectQuiet } from './expect.mjs';
import { isIdle, isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kTwenty = 21;

const click = (tab, name) => tab.run((word) => void shopper.click(word, 20), name);

/** Records whether the page came from the back/forward cache. */
const noteRestore = `addEventListener('pageshow', (event) => (window.wasRestored = event.persisted));`;

const goAway = async (tab, site) => {
  await tab.run((address) => void (location.href = address), site.address('away.html'));
  await until(async () => (await tab.run(() => document.title)) === 'Away', 'the next page');
};

/** Goes back; returns the browser's reasons if the page was not cached. */
const comeBack = async (tab) => {
  await tab.run(() => void history.back());
  await until(() => tab.run(() => 'wasRestored' in window && document.readyState === 'complete'), 'the first page');
  await isUp(tab);
  return tab.run(() => ({
    isRestored: wasRestored,
    reasons: performance.getEntriesByType('navigation')[0]?.notRestoredReasons ?? null,
  }));
};

inEachEngine('life of a page', (engine, browser) => {
  for (const path of ['script.html', 'module.html']) {
    test(`${path}: no listener for unload or beforeunload`, async (t) => {
      const site = await openSite(t, browser());
      const tab = await site.open(path, 'window');
      await click(tab, 'listening');
      await tab.minimize();
      await site.arrived(kTwenty);
      await tab.resize(900, 700);
      const { listeners } = await tab.run(() => seen);
      assert.ok(listeners.includes('pagehide') && listeners.includes('visibilitychange'), 'listeners are noted at all');
      assert.deepEqual(
        listeners.filter((type) => /unload/.test(type)),
        [],
      );
      assert.deepEqual(await tab.run(() => [onunload, onbeforeunload]), [null, null]);
    });
  }

  test('a page is cached, and continues when it is restored', async (t) => {
    const site = await openSite(t, browser(), { before: noteRestore });
    const tab = await site.open();
    await tab.run(() => (window.mark = 'still here'));
    await click(tab, 'before');
    await site.arrived(kTwenty);
    const visitorId = await tab.run(() => shopper.vitrine.getVisitorId());
    await goAway(tab, site);
    assert.deepEqual(await comeBack(tab), { isRestored: true, reasons: null });
    assert.equal(await tab.run(() => window.mark), 'still here');
    await click(tab, 'after');
    const page = await site.arrived(2 * kTwenty);
    expectClicks(page, 'before', 20);
    expectClicks(page, 'after', 20);
    assert.deepEqual(new Set(page.events.map((event) => event.visitorId)), new Set([visitorId]));
    await isIdle(tab);
    expectNoResend(await site.events());
    await expectQuiet(tab);
  });

  test('events that a left page could not send are sent once, by the first page that can', async (t) => {
    const site = await openSite(t, browser(), { before: noteRestore });
    const tab = await site.open();
    await site.stopServer();
    await click(tab, 'cached');
    await goAway(tab, site);
    await site.startServer();
    const other = await site.open('script.html', 'window');
    await comeBack(tab);
    await click(tab, 'back');
    await click(other, 'other');
    const page = await site.arrived(3 * kTwenty);
    for (const name of ['cached', 'back', 'other']) expectClicks(page, name, 20);
    await isIdle(tab);
    await isIdle(other);
    expectOneResend(await site.events());
  });

  const neverFrozen = engine !== 'chromium' && 'only DevTools can freeze a page';

  test('events that a frozen page could not send are sent by another, and the page continues when resumed', {
    skip: neverFrozen,
  }, async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    // A lock that is granted to a page that is frozen already would stay with it.
    const hasLock = async () =>
      (await navigator.locks.query()).held.some(({ name }) => name.startsWith('vitrine:1:j:'));
    await site.stopServer();
    await click(tab, 'frozen');
    await until(() => tab.run(hasLock), 'the lock of the journal');
    await tab.cdp('Page.setWebLifecycleState', { state: 'frozen' });
    await site.startServer();
    const other = await site.open('script.html', 'window');
    expectClicks(await site.arrived(kTwenty), 'frozen', 20);
    await tab.cdp('Page.setWebLifecycleState', { state: 'active' });
    await click(tab, 'thawed');
    expectClicks(await site.arrived(2 * kTwenty), 'thawed', 20);
    await isIdle(tab);
    await isIdle(other);
    expectOneResend(await site.events());
  });

  test('two scripts on a page: one runtime, one set of events, one warning', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('twice.html');
    await click(tab, 'twice');
    const page = await site.arrived(kTwenty);
    expectClicks(page, 'twice', 20);
    assert.equal(page.total, kTwenty);
    const { faults, console: lines } = await tab.run(() => seen);
    assert.deepEqual(faults, []);
    assert.equal(lines.length, 1, lines.join('\n'));
    assert.match(lines[0], /^warn: \[vitrine\] loaded twice/);
  });

  test('the next page makes the calls of a page left before the core had loaded, with their times', async (t) => {
    const site = await openSite(t, browser());
    const release = site.pages.hold('/dist/vitrine-refine.wasm');
    const tab = await browser().open(site.address('script.html'));
    const atMs = await tab.run(() => {
      vitrine('identify', 'user-1');
      vitrine('events.trackPurchase', {
        orderId: 'early',
        value: 5,
        currency: 'EUR',
        items: [{ itemId: 'a', quantity: 1, unitPrice: 5 }],
      });
      return Date.now();
    });
    await goAway(tab, site);
    release();
    await tab.goto(site.address('script.html'));
    const { events } = await site.arrived(2);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['identify', 'purchase'],
    );
    assert.equal(events[1].orderId, 'early');
    assert.equal(events[1].userId, 'user-1');
    for (const { at } of events) assert.ok(at <= atMs && at > atMs - 60_000, `${at} is when it happened, ${atMs}`);
    await isUp(tab);
    await isIdle(tab);
    expectNoResend(await site.events());
    await expectQuiet(tab);
  });

  test('calls keep their order and times, even if the core loads late', async (t) => {
    const site = await openSite(t, browser());
    const release = site.pages.hold('/dist/vitrine-refine.wasm');
    const tab = await browser().open(site.address('script.html'));
    const times = await tab.run(async () => {
      const items = [{ itemId: 'a', quantity: 1, unitPrice: 5 }];
      const order = (orderId) => vitrine('events.trackPurchase', { orderId, value: 5, currency: 'EUR', items });
      order('first');
      const first = Date.now();
      while (Date.now() < first + 5);
      order('second');
      return [first, Date.now()];
    });
    release();
    const { events } = await site.arrived(2);
    assert.deepEqual(
      events.map(({ orderId }) => orderId),
      ['first', 'second'],
    );
    events.forEach(({ at }, i) => assert.ok(at <= times[i], `${at} is not after ${times[i]}`));
    assert.ok(events[0].at < events[1].at);
    await expectQuiet(tab);
  });
});
