// The page's clock jumps and the machine sleeps: sessions end in time, and no event is lost, doubled or out of order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectInOrder, expectNoResend } from './expect.mjs';
import { isIdle, isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kTwenty = 21;
const kMinuteMs = 60_000;
const kDayMs = 24 * 60 * kMinuteMs;

/**
 * A clock that a test sets with `aheadMs`; a page that comes back from the back/forward cache finds that half an hour
 * has passed.
 */
const ownClock = `window.aheadMs = 0;
  const { now } = Date;
  Date.now = () => now() + aheadMs;
  addEventListener('pageshow', ({ persisted }) => {
    window.wasRestored = persisted;
    if (persisted) aheadMs = ${31 * kMinuteMs};
  });`;

const click = (tab, name) => tab.run((word) => void shopper.click(word, 20), name);
const jump = (tab, ms) => tab.run((by) => void (window.aheadMs += by), ms);
const sessionOf = (tab) => tab.run(() => shopper.vitrine.getSessionId());
const sessionsOf = ({ events }, name) =>
  new Set(
    events.filter(({ itemId, itemIds }) => (itemId ?? itemIds[0]).startsWith(name)).map(({ sessionId }) => sessionId),
  );

inEachEngine('time', (_engine, browser) => {
  test('if a session ends while events wait, each event keeps its own session', async (t) => {
    const site = await openSite(t, browser(), { before: ownClock });
    const tab = await site.open();
    await tab.run(() => shopper.vitrine.events.pause());
    await click(tab, 'before');
    const first = await sessionOf(tab);
    await jump(tab, 31 * kMinuteMs);
    await click(tab, 'after');
    const second = await sessionOf(tab);
    assert.notEqual(first, second);
    await tab.run(() => shopper.vitrine.events.resume());
    const page = await site.arrived(2 * kTwenty);
    for (const name of ['before', 'after']) {
      expectClicks(page, name, 20);
      expectInOrder(page, name);
    }
    assert.deepEqual([sessionsOf(page, 'before'), sessionsOf(page, 'after')], [new Set([first]), new Set([second])]);
    assert.equal(new Set(page.events.map(({ visitorId }) => visitorId)).size, 1, 'one visitor');
    await isIdle(tab);
    expectNoResend(await site.events());
  });

  for (const [title, ms] of [
    ['back by a day', -kDayMs],
    ['ahead by a day', kDayMs],
  ]) {
    test(`a clock that is set ${title} delays nothing`, async (t) => {
      const site = await openSite(t, browser(), { before: ownClock });
      const tab = await site.open();
      await click(tab, 'before');
      await jump(tab, ms);
      await click(tab, 'after');
      const page = await site.arrived(2 * kTwenty);
      for (const name of ['before', 'after']) {
        expectClicks(page, name, 20);
        expectInOrder(page, name);
      }
      assert.equal(new Set(page.events.map(({ eventId }) => eventId)).size, 2 * kTwenty);
      await isIdle(tab);
      expectNoResend(await site.events());
    });
  }

  test('a wait that a collector requested ends while the machine sleeps', async (t) => {
    const site = await openSite(t, browser(), { before: ownClock });
    await site.fault({ target: 'events', status: 503, count: 1, retryAfter: '3600' });
    const tab = await site.open();
    await click(tab, 'asleep');
    await until(() => tab.run(() => shopper.vitrine.events.getMetrics().lastError === 'http 503'), 'the refusal');
    await jump(tab, 2 * 60 * kMinuteMs);
    await click(tab, 'awake');
    const page = await site.arrived(2 * kTwenty);
    for (const name of ['asleep', 'awake']) expectClicks(page, name, 20);
    await isIdle(tab);
    expectNoResend(await site.events());
  });

  test('a page that is restored from the cache after half an hour begins a new session', async (t) => {
    const site = await openSite(t, browser(), { before: ownClock });
    const tab = await site.open();
    await click(tab, 'before');
    await isIdle(tab);
    const first = await sessionOf(tab);
    await tab.run((address) => void (location.href = address), site.address('away.html'));
    await until(async () => (await tab.run(() => document.title)) === 'Away', 'the next page');
    await tab.run(() => void history.back());
    await until(() => tab.run(() => window.wasRestored), 'the first page, from the cache');
    await isUp(tab);
    await click(tab, 'after');
    const page = await site.arrived(2 * kTwenty);
    const second = await sessionOf(tab);
    assert.notEqual(first, second);
    assert.deepEqual([sessionsOf(page, 'before'), sessionsOf(page, 'after')], [new Set([first]), new Set([second])]);
    await isIdle(tab);
    expectNoResend(await site.events());
  });
});
