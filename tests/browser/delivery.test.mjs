// Each event reaches the database once, regardless of network failures and of how the page ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectClicks, expectInOrder, expectNoResend, expectOneResend, expectQuiet } from './expect.mjs';
import { isIdle, isUp, isVisible, openSite } from './open_site.mjs';
import { until } from './until.mjs';

/** shopper.click(name, 20): one itemsServed and 20 clicks. */
const kTwenty = 21;

/** An interval so long that only acts of the test make the page send. */
const whenAsked = { events: { flushInterval: 60_000, batchSize: 1000 } };

inEachEngine('delivery', (engine, browser) => {
  test('503 replies delay events and lose none', async (t) => {
    const site = await openSite(t, browser());
    await site.fault({ target: 'events', status: 503, count: 2 });
    const tab = await site.open();
    await tab.run(() => void shopper.click('busy', 20));
    const page = await site.arrived(kTwenty);
    expectClicks(page, 'busy', 20);
    expectInOrder(page, 'busy');
    await isIdle(tab);
    expectNoResend(await site.events());
    await expectQuiet(tab, [/503/]);
  });

  test('dropped connections delay events and lose none', async (t) => {
    const site = await openSite(t, browser());
    await site.fault({ target: 'events', status: 0, count: 2 });
    const tab = await site.open();
    await tab.run(() => void shopper.click('dropped', 20));
    const page = await site.arrived(kTwenty);
    expectClicks(page, 'dropped', 20);
    expectInOrder(page, 'dropped');
    await isIdle(tab);
    expectNoResend(await site.events());
    await expectQuiet(tab);
  });

  test('if a reply is lost, the events are sent again and stored once', async (t) => {
    const site = await openSite(t, browser());
    await site.fault({ target: 'events', status: 0, when: 'after', count: 1 });
    const tab = await site.open();
    await tab.run(() => void shopper.click('unheard', 20));
    await isIdle(tab);
    const page = await site.events();
    expectClicks(page, 'unheard', 20);
    assert.equal(page.total, kTwenty);
    assert.ok(page.rawDeliveries > page.total, 'some came twice');
  });

  test('nothing is sent twice while a slow reply is pending', async (t) => {
    const site = await openSite(t, browser());
    await site.fault({ target: 'events', delayMs: 700, count: 2 });
    const tab = await site.open();
    await tab.run(() => void shopper.click('slow', 20));
    await tab.run(() => void shopper.click('later', 20));
    const page = await site.arrived(2 * kTwenty);
    expectClicks(page, 'slow', 20);
    expectClicks(page, 'later', 20);
    expectInOrder(page, 'later');
    await isIdle(tab);
    expectNoResend(await site.events());
  });

  test('flush() reports delivered events, and undelivered ones with the reason', async (t) => {
    const site = await openSite(t, browser(), { events: { ...whenAsked.events, maxRetries: 0 } });
    const tab = await site.open();
    const flushed = await tab.run(() => {
      shopper.click('flushed', 20);
      return shopper.vitrine.events.flush();
    });
    assert.deepEqual(flushed, { delivered: kTwenty, remaining: 0 });
    await site.fault({ target: 'events', status: 503, count: 1 });
    const refused = await tab.run(() => {
      shopper.click('refused', 20);
      return shopper.vitrine.events.flush();
    });
    assert.deepEqual(refused, { delivered: 0, remaining: kTwenty, reason: 'http 503' });
    assert.equal((await tab.run(() => shopper.vitrine.events.getMetrics())).queued, kTwenty);
  });

  for (const path of ['script.html', 'module.html']) {
    test(`${path}: a page that is left right after 20 clicks has sent them itself`, async (t) => {
      const site = await openSite(t, browser(), whenAsked);
      const tab = await site.open(path);
      await tab.click('#leave');
      await until(async () => (await tab.address()).endsWith('/away.html'), 'the next page');
      expectClicks(await site.arrived(kTwenty), 'leaving', 20);
    });

    test(`${path}: a tab that is closed right after 20 clicks has sent them`, async (t) => {
      const site = await openSite(t, browser(), whenAsked);
      const tab = await site.open(path);
      await tab.run(() => void shopper.click('closing', 20));
      await tab.close();
      expectClicks(await site.arrived(kTwenty), 'closing', 20);
    });
  }

  test('after a reload with a request in flight a service that cannot recognise repeats has it once', async (t) => {
    const provider = (url) => ({
      name: 'doofinder',
      hashid: 'de8f052ea612f95b6950d4013dd6ef38',
      apiUrl: `${url}/doofinder`,
      searchUrl: `${url}/doofinder`,
    });
    const site = await openSite(t, browser(), { config: (url) => ({ provider: provider(url) }) });
    const tab = await site.open();
    await site.fault({ target: 'events', delayMs: 500, count: 2 }); // the session's begin, and the first click
    await tab.run(() => void shopper.click('reloaded', 5));
    await until(async () => (await site.requests()).events > 1, 'a request with a click');
    await tab.reload();
    await isUp(tab);
    await site.arrived(5, { type: 'click' });
    await isIdle(tab);
    // A later request that takes longer: when it is stored, the first one is too.
    await site.fault({ target: 'events', delayMs: 1_000 });
    await tab.run(() => void shopper.click('later', 1));
    await isIdle(tab);
    assert.equal((await site.events({ type: 'click' })).total, 6);
  });

  test('events that a closed tab could not send are sent once by the next page', async (t) => {
    const site = await openSite(t, browser());
    const first = await site.open();
    await site.stopServer();
    await first.run(() => void shopper.click('early', 20));
    await first.close();
    await site.startServer();
    const second = await site.open();
    await second.run(() => void shopper.click('late', 20));
    const page = await site.arrived(2 * kTwenty);
    expectClicks(page, 'early', 20);
    expectClicks(page, 'late', 20);
    assert.equal(new Set(page.events.map((event) => event.visitorId)).size, 1, 'one visitor');
    await isIdle(second);
    expectOneResend(await site.events());
  });

  test('a reload in the middle of an outage loses nothing', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open();
    await site.stopServer();
    for (const name of ['first', 'second', 'third']) {
      await tab.run((word) => void shopper.click(word, 20), name);
      await tab.reload();
      await isUp(tab);
    }
    await site.startServer();
    await tab.reload();
    const page = await site.arrived(3 * kTwenty);
    for (const name of ['first', 'second', 'third']) expectClicks(page, name, 20);
    await isIdle(tab);
    expectOneResend(await site.events());
  });

  test('two tabs at once deliver all events of both, each once', async (t) => {
    const site = await openSite(t, browser());
    const left = await site.open('script.html', 'window');
    const right = await site.open('script.html', 'window');
    await left.run(() => shopper.clickSlowly('left', 60));
    await right.run(() => shopper.clickSlowly('right', 60));
    const page = await site.arrived(2 * 61);
    expectClicks(page, 'left', 60);
    expectClicks(page, 'right', 60);
    assert.equal(new Set(page.events.map((event) => event.visitorId)).size, 1, 'one visitor');
    assert.equal(new Set(page.events.map((event) => event.sessionId)).size, 1, 'one session');
    await isIdle(left);
    await isIdle(right);
    expectNoResend(await site.events());
  });

  test('the events of five tabs closed during an outage are adopted once, by two opened together', async (t) => {
    const site = await openSite(t, browser());
    const names = ['one', 'two', 'three', 'four', 'five'];
    const tabs = [];
    for (const _ of names) tabs.push(await site.open());
    await site.stopServer();
    for (const [i, tab] of tabs.entries()) await tab.run((name) => void shopper.click(name, 20), names[i]);
    for (const tab of tabs) await tab.close();
    await site.startServer();
    const heirs = [await site.open('script.html', 'window'), await site.open('script.html', 'window')];
    const page = await site.arrived(names.length * kTwenty);
    for (const name of names) expectClicks(page, name, 20);
    for (const tab of heirs) await isIdle(tab);
    expectOneResend(await site.events());
  });

  test('without Web Locks, leases prevent lost and doubled events of two tabs, one closed in an outage', async (t) => {
    // The adopting page's clock is three minutes ahead: Firefox loses writes of a closing tab, so a lease may have to
    // expire.
    const before = `Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined });
      const { now } = Date;
      if (location.search === '?later') Date.now = () => now() + 180_000;`;
    const site = await openSite(t, browser(), { before });
    const left = await site.open('script.html', 'window');
    const right = await site.open('script.html', 'window');
    await left.run(() => shopper.clickSlowly('left', 20));
    await right.run(() => shopper.clickSlowly('right', 20));
    await site.arrived(2 * kTwenty);
    await isIdle(left);
    await isIdle(right);
    await site.stopServer();
    await left.run(() => void shopper.click('closed', 20));
    await left.close();
    await site.startServer();
    const heir = await site.open('script.html?later', 'window');
    const page = await site.arrived(3 * kTwenty);
    for (const name of ['left', 'right', 'closed']) expectClicks(page, name, 20);
    await isIdle(heir);
    expectOneResend(await site.events());
  });

  test('a window that becomes hidden sends its waiting events', async (t) => {
    const site = await openSite(t, browser(), whenAsked);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => void shopper.click('hidden', 20));
    await tab.minimize();
    expectClicks(await site.arrived(kTwenty), 'hidden', 20);
    await tab.resize(900, 700);
    await isVisible(tab);
    await tab.run(() => void shopper.click('shown', 20));
    await tab.minimize();
    expectClicks(await site.arrived(2 * kTwenty), 'shown', 20);
    await tab.resize(900, 700);
    await isIdle(tab);
    expectNoResend(await site.events());
  });

  test('events of a hidden window are sent at once', async (t) => {
    const site = await openSite(t, browser(), whenAsked);
    const tab = await site.open('script.html', 'window');
    await tab.minimize();
    await tab.run(() => void shopper.click('unseen', 20));
    expectClicks(await site.arrived(kTwenty), 'unseen', 20);
    await isIdle(tab);
    expectNoResend(await site.events());
    await tab.resize(900, 700);
  });

  test('1000 clicks in one task of a window that is then hidden all arrive', async (t) => {
    const site = await openSite(t, browser(), {
      events: { flushInterval: 60_000, batchSize: 2000, maxQueueSize: 2000 },
    });
    const tab = await site.open('script.html', 'window');
    await tab.run(() => void shopper.click('many', 1000));
    await tab.minimize();
    expectClicks(await site.arrived(1001), 'many', 1000);
    await isIdle(tab);
    expectNoResend(await site.events());
    await tab.resize(900, 700);
  });

  test('with events.acknowledge a login page in place of the collector loses no event', async (t) => {
    const before = `const realFetch = window.fetch;
      window.isLoginPage = true;
      window.fetch = (url, init) =>
        window.isLoginPage && init && init.method === 'POST'
          ? Promise.resolve(new Response('<title>Log in</title>', { headers: { 'content-type': 'text/html' } }))
          : realFetch(url, init);`;
    const site = await openSite(t, browser(), { before, events: { flushInterval: 100, acknowledge: true } });
    const tab = await site.open();
    const flushed = await tab.run(() => {
      shopper.click('login', 20);
      return shopper.vitrine.events.flush();
    });
    assert.deepEqual(flushed, { delivered: 0, remaining: kTwenty, reason: 'unacknowledged' });
    await tab.run(() => {
      Object.assign(window, { isLoginPage: false });
      return shopper.vitrine.events.flush();
    });
    expectClicks(await site.arrived(kTwenty), 'login', 20);
    await isIdle(tab);
    expectNoResend(await site.events());
  });

  test('while the browser says that it is offline, flush() tries, and every event arrives once', {
    skip: engine === 'webkit' && 'WebKit has no way to be taken offline',
  }, async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open();
    await browser().setOnline(false);
    await until(() => tab.run(() => !navigator.onLine), 'the page to be offline');
    const flushed = await tab.run(() => {
      shopper.click('offline', 20);
      return shopper.vitrine.events.flush();
    });
    // Chromium lets keepalive requests pass while it is offline by order of DevTools; Firefox lets none pass.
    if (flushed.remaining) assert.deepEqual(flushed, { delivered: 0, remaining: kTwenty, reason: 'offline' });
    else assert.equal(flushed.delivered, kTwenty);
    await browser().setOnline(true);
    expectClicks(await site.arrived(kTwenty), 'offline', 20);
    await isIdle(tab);
    expectNoResend(await site.events());
    await expectQuiet(tab);
  });
});
