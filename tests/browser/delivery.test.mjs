// Events reach the database, each once, whatever the network does and however the page ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectInOrder, expectNoResend, expectOneResend, expectQuiet } from './expect.mjs';
import { isIdle, isUp, isVisible, openStage } from './stage.mjs';
import { until } from './until.mjs';

/** shopper.click(name, 20): one itemsServed and 20 clicks. */
const kTwenty = 21;

/** So long an interval that only what a test does can make the page send. */
const whenAsked = { events: { flushInterval: 60_000, batchSize: 1000 } };

inEachEngine('delivery', (engine, browser) => {
  test('503 answers cost patience, no events', async (t) => {
    const stage = await openStage(t, browser());
    await stage.fault({ target: 'events', status: 503, count: 2 });
    const tab = await stage.open();
    await tab.run(() => void shopper.click('busy', 20));
    const page = await stage.arrived(kTwenty);
    expectClicks(page, 'busy', 20);
    expectInOrder(page, 'busy');
    await isIdle(tab);
    expectNoResend(await stage.events());
    await expectQuiet(tab, [/503/]);
  });

  test('dropped connections cost patience, no events', async (t) => {
    const stage = await openStage(t, browser());
    await stage.fault({ target: 'events', status: 0, count: 2 });
    const tab = await stage.open();
    await tab.run(() => void shopper.click('dropped', 20));
    const page = await stage.arrived(kTwenty);
    expectClicks(page, 'dropped', 20);
    expectInOrder(page, 'dropped');
    await isIdle(tab);
    expectNoResend(await stage.events());
    await expectQuiet(tab);
  });

  test('where an answer is lost the events are sent again and stored once', async (t) => {
    const stage = await openStage(t, browser());
    await stage.fault({ target: 'events', status: 0, when: 'after', count: 1 });
    const tab = await stage.open();
    await tab.run(() => void shopper.click('unheard', 20));
    await isIdle(tab);
    const page = await stage.events();
    expectClicks(page, 'unheard', 20);
    assert.equal(page.total, kTwenty);
    assert.ok(page.rawDeliveries > page.total, 'some came twice');
  });

  test('while a slow answer is awaited nothing is sent twice', async (t) => {
    const stage = await openStage(t, browser());
    await stage.fault({ target: 'events', delayMs: 700, count: 2 });
    const tab = await stage.open();
    await tab.run(() => void shopper.click('slow', 20));
    await tab.run(() => void shopper.click('later', 20));
    const page = await stage.arrived(2 * kTwenty);
    expectClicks(page, 'slow', 20);
    expectClicks(page, 'later', 20);
    expectInOrder(page, 'later');
    await isIdle(tab);
    expectNoResend(await stage.events());
  });

  test('flush() tells what was delivered, and what was not and why', async (t) => {
    const stage = await openStage(t, browser(), { events: { ...whenAsked.events, maxRetries: 0 } });
    const tab = await stage.open();
    const flushed = await tab.run(() => {
      shopper.click('flushed', 20);
      return shopper.vitrine.events.flush();
    });
    assert.deepEqual(flushed, { delivered: kTwenty, remaining: 0 });
    await stage.fault({ target: 'events', status: 503, count: 1 });
    const refused = await tab.run(() => {
      shopper.click('refused', 20);
      return shopper.vitrine.events.flush();
    });
    assert.deepEqual(refused, { delivered: 0, remaining: kTwenty, reason: 'http 503' });
    assert.equal((await tab.run(() => shopper.vitrine.events.getMetrics())).queued, kTwenty);
  });

  for (const path of ['script.html', 'module.html']) {
    test(`${path}: left at once after 20 clicks, it has sent them, with nobody to send them later`, async (t) => {
      const stage = await openStage(t, browser(), whenAsked);
      const tab = await stage.open(path);
      await tab.click('#leave');
      await until(async () => (await tab.address()).endsWith('/away.html'), 'the next page');
      expectClicks(await stage.arrived(kTwenty), 'leaving', 20);
    });

    test(`${path}: closed at once after 20 clicks, it has sent them`, async (t) => {
      const stage = await openStage(t, browser(), whenAsked);
      const tab = await stage.open(path);
      await tab.run(() => void shopper.click('closing', 20));
      await tab.close();
      expectClicks(await stage.arrived(kTwenty), 'closing', 20);
    });
  }

  test('what a closed tab could not send is sent once by the next page', async (t) => {
    const stage = await openStage(t, browser());
    const first = await stage.open();
    await stage.stopServer();
    await first.run(() => void shopper.click('early', 20));
    await first.close();
    await stage.startServer();
    const second = await stage.open();
    await second.run(() => void shopper.click('late', 20));
    const page = await stage.arrived(2 * kTwenty);
    expectClicks(page, 'early', 20);
    expectClicks(page, 'late', 20);
    assert.equal(new Set(page.events.map((event) => event.visitorId)).size, 1, 'one visitor');
    await isIdle(second);
    expectOneResend(await stage.events());
  });

  test('a reload in the middle of an outage loses nothing', async (t) => {
    const stage = await openStage(t, browser());
    const tab = await stage.open();
    await stage.stopServer();
    for (const name of ['first', 'second', 'third']) {
      await tab.run((word) => void shopper.click(word, 20), name);
      await tab.reload();
      await isUp(tab);
    }
    await stage.startServer();
    await tab.reload();
    const page = await stage.arrived(3 * kTwenty);
    for (const name of ['first', 'second', 'third']) expectClicks(page, name, 20);
    await isIdle(tab);
    expectOneResend(await stage.events());
  });

  test('two tabs at once deliver all of both, none twice', async (t) => {
    const stage = await openStage(t, browser());
    const left = await stage.open('script.html', 'window');
    const right = await stage.open('script.html', 'window');
    await left.run(() => shopper.clickSlowly('left', 60));
    await right.run(() => shopper.clickSlowly('right', 60));
    const page = await stage.arrived(2 * 61);
    expectClicks(page, 'left', 60);
    expectClicks(page, 'right', 60);
    assert.equal(new Set(page.events.map((event) => event.visitorId)).size, 1, 'one visitor');
    assert.equal(new Set(page.events.map((event) => event.sessionId)).size, 1, 'one session');
    await isIdle(left);
    await isIdle(right);
    expectNoResend(await stage.events());
  });

  test('the events of five tabs closed during an outage are adopted once, by two opened together', async (t) => {
    const stage = await openStage(t, browser());
    const names = ['one', 'two', 'three', 'four', 'five'];
    const tabs = [];
    for (const _ of names) tabs.push(await stage.open());
    await stage.stopServer();
    for (const [i, tab] of tabs.entries()) await tab.run((name) => void shopper.click(name, 20), names[i]);
    for (const tab of tabs) await tab.close();
    await stage.startServer();
    const heirs = [await stage.open('script.html', 'window'), await stage.open('script.html', 'window')];
    const page = await stage.arrived(names.length * kTwenty);
    for (const name of names) expectClicks(page, name, 20);
    for (const tab of heirs) await isIdle(tab);
    expectOneResend(await stage.events());
  });

  test('without Web Locks leases do: two tabs at once, one closed during an outage, nothing lost or twice', async (t) => {
    // The heir's clock is three minutes ahead: Firefox loses what is written while a tab is closed, so a lease may have to run out.
    const before = `Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });
      const { now } = Date;
      if (location.search === '?later') Date.now = () => now() + 180_000;`;
    const stage = await openStage(t, browser(), { before });
    const left = await stage.open('script.html', 'window');
    const right = await stage.open('script.html', 'window');
    await left.run(() => shopper.clickSlowly('left', 20));
    await right.run(() => shopper.clickSlowly('right', 20));
    await stage.arrived(2 * kTwenty);
    await isIdle(left);
    await isIdle(right);
    await stage.stopServer();
    await left.run(() => void shopper.click('closed', 20));
    await left.close();
    await stage.startServer();
    const heir = await stage.open('script.html?later', 'window');
    const page = await stage.arrived(3 * kTwenty);
    for (const name of ['left', 'right', 'closed']) expectClicks(page, name, 20);
    await isIdle(heir);
    expectOneResend(await stage.events());
  });

  test('a window that is hidden sends what waits', async (t) => {
    const stage = await openStage(t, browser(), whenAsked);
    const tab = await stage.open('script.html', 'window');
    await tab.run(() => void shopper.click('hidden', 20));
    await tab.minimize();
    expectClicks(await stage.arrived(kTwenty), 'hidden', 20);
    await tab.resize(900, 700);
    await isVisible(tab);
    await tab.run(() => void shopper.click('shown', 20));
    await tab.minimize();
    expectClicks(await stage.arrived(2 * kTwenty), 'shown', 20);
    await tab.resize(900, 700);
    await isIdle(tab);
    expectNoResend(await stage.events());
  });

  test('what happens in a hidden window is sent at once', async (t) => {
    const stage = await openStage(t, browser(), whenAsked);
    const tab = await stage.open('script.html', 'window');
    await tab.minimize();
    await tab.run(() => void shopper.click('unseen', 20));
    expectClicks(await stage.arrived(kTwenty), 'unseen', 20);
    await isIdle(tab);
    expectNoResend(await stage.events());
    await tab.resize(900, 700);
  });

  test('1000 clicks in one task, then a hidden window: all arrive', async (t) => {
    const stage = await openStage(t, browser(), {
      events: { flushInterval: 60_000, batchSize: 2000, maxQueueSize: 2000 },
    });
    const tab = await stage.open('script.html', 'window');
    await tab.run(() => void shopper.click('many', 1000));
    await tab.minimize();
    expectClicks(await stage.arrived(1001), 'many', 1000);
    await isIdle(tab);
    expectNoResend(await stage.events());
    await tab.resize(900, 700);
  });

  test('offline is known and waited for', {
    skip: engine === 'webkit' && 'WebKit has no way to be taken offline',
  }, async (t) => {
    const stage = await openStage(t, browser());
    const tab = await stage.open();
    await browser().setOnline(false);
    await until(() => tab.run(() => !navigator.onLine), 'the page to be offline');
    const flushed = await tab.run(() => {
      shopper.click('offline', 20);
      return shopper.vitrine.events.flush();
    });
    assert.deepEqual(flushed, { delivered: 0, remaining: kTwenty, reason: 'offline' });
    assert.equal((await stage.requests()).events, 0);
    await browser().setOnline(true);
    expectClicks(await stage.arrived(kTwenty), 'offline', 20);
    await isIdle(tab);
    expectNoResend(await stage.events());
    await expectQuiet(tab);
  });
});
