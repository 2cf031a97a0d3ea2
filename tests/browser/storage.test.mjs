// Storage that is forbidden, full, cleared or corrupt: the shop keeps working, and no event is lost.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from './driver/processes.mjs';
import { inEachEngine } from './each_engine.mjs';
import { launch } from './engine.mjs';
import { expectClicks, expectNoResend, expectQuiet } from './expect.mjs';
import { isIdle, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kTwenty = 21;

const click = (tab, name) => tab.run((word) => void shopper.click(word, 20), name);
const storageOf = (tab) => tab.run(() => shopper.vitrine.events.getMetrics().storage);

/** Starts a browser that forbids storage. */
const launchForbidding = async (engine) => {
  if (engine === 'firefox') return launch(engine, { preferences: { 'network.cookie.cookieBehavior': 2 } });
  const folder = await makeFolder();
  mkdirSync(join(folder, 'profile/Default'), { recursive: true });
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(folder, 'profile/Default/Preferences'), JSON.stringify(preferences));
  return launch(engine, { folder });
};

/** Fills localStorage to the last character, as a shop's own code might. Runs in the page. */
const fill = () => {
  let text = '';
  for (let size = 1 << 23; size >= 1; size >>= 1) {
    try {
      localStorage.setItem('shop:fill', text + 'y'.repeat(size));
      text += 'y'.repeat(size);
    } catch {
      // Half as much, then.
    }
  }
};

inEachEngine('storage', (engine, browser) => {
  test('without storage events are kept in memory', {
    skip: engine === 'webkit' && 'WebKit has no switch for it',
  }, async (t) => {
    const forbidding = await launchForbidding(engine);
    t.after(() => forbidding.quit());
    const site = await openSite(t, forbidding);
    const tab = await site.open();
    const refusal = await tab.run(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(refusal, 'SecurityError');
    await click(tab, 'forbidden');
    expectClicks(await site.arrived(kTwenty), 'forbidden', 20);
    assert.equal(await storageOf(tab), 'memory');
    await isIdle(tab);
    expectNoResend(await site.events());
    await expectQuiet(tab);
  });

  test('storage that throws counts as missing', async (t) => {
    const before = `for (const name of ['localStorage', 'indexedDB'])
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });`;
    const site = await openSite(t, browser(), { before });
    const tab = await site.open();
    await click(tab, 'throwing');
    expectClicks(await site.arrived(kTwenty), 'throwing', 20);
    assert.equal(await storageOf(tab), 'memory');
    await isIdle(tab);
    await expectQuiet(tab);
  });

  test('storage that the shop has filled costs it no write, throws nothing, and is reported once', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open();
    await tab.run(() => localStorage.setItem('shop:cart', 'x'.repeat(2000)));
    await tab.run(fill);
    const lost = await tab.run(() => {
      let lost = 0;
      const itemIds = Array.from({ length: 40 }, (_, i) => `full-${i}`);
      const context = shopper.vitrine.events.trackItemsServed({ surface: 'test_page', source: 'curated', itemIds });
      for (let i = 0; i < 40; i++) {
        context.trackClick(itemIds[i], i);
        try {
          localStorage.setItem('shop:cart', String(i % 10).repeat(2000));
        } catch {
          lost++;
        }
      }
      return lost;
    });
    assert.equal(lost, 0, 'writes of the shop that failed');
    await click(tab, 'later');
    const page = await site.arrived(41 + kTwenty);
    expectClicks(page, 'full', 40);
    expectClicks(page, 'later', 20);
    assert.equal(await storageOf(tab), 'memory');
    assert.equal(await tab.run(() => localStorage.getItem('shop:cart').length), 2000);
    const { faults, console: lines } = await tab.run(() => seen);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      lines.map((line) => line.match(/\((\w+)\)$/)?.[1]),
      ['storage'],
    );
  });

  test('when the shop frees storage, events in memory are stored', async (t) => {
    const before = 'window.aheadMs = 0; const { now } = Date; Date.now = () => now() + aheadMs;';
    const site = await openSite(t, browser(), { before });
    const tab = await site.open();
    await tab.run(() => shopper.vitrine.events.pause());
    await tab.run(fill);
    await click(tab, 'unstored');
    assert.equal(await storageOf(tab), 'memory');
    const storedKeys = () => shopper.keys().filter((key) => key.startsWith('vitrine:1:j:'));
    assert.deepEqual(await tab.run(storedKeys), []);
    await tab.run(() => {
      localStorage.removeItem('shop:fill');
      window.aheadMs = 31_000; // storage is not tried again before
    });
    await click(tab, 'stored');
    assert.equal(await storageOf(tab), 'localStorage');
    const stored = await tab.run(() =>
      shopper
        .keys()
        .map((key) => localStorage.getItem(key))
        .join(),
    );
    for (let i = 0; i < 20; i++)
      assert.ok(stored.includes(`"unstored-${i}"`) && stored.includes(`"stored-${i}"`), `click ${i}`);
    await tab.reload(); // the page's memory is gone
    const page = await site.arrived(2 * kTwenty);
    for (const name of ['unstored', 'stored']) expectClicks(page, name, 20);
  });

  test('storage that is cleared during an outage loses no event', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open();
    await site.fault({ target: 'events', status: 503, count: 2 });
    await click(tab, 'cleared');
    await tab.run(() => localStorage.clear());
    const page = await site.arrived(kTwenty);
    expectClicks(page, 'cleared', 20);
    await isIdle(tab);
    expectNoResend(await site.events());
    await expectQuiet(tab, [/503/]);
  });

  test('a storage that takes writes and keeps nothing counts as memory, and every event arrives', async (t) => {
    const site = await openSite(t, browser(), { before: 'Storage.prototype.setItem = () => {};' });
    const tab = await site.open();
    await click(tab, 'deaf');
    expectClicks(await site.arrived(kTwenty), 'deaf', 20);
    assert.equal(await storageOf(tab), 'memory');
  });

  test('a visitor goes on when the shop clears localStorage, as the page is left or while none is open', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open();
    const visitorOf = () => tab.run(() => shopper.vitrine?.getVisitorId());
    const before = await visitorOf();
    await click(tab, 'one');
    await site.arrived(kTwenty);
    await isIdle(tab);
    await tab.run(() => localStorage.clear());
    await tab.reload();
    await until(visitorOf, 'the page after the reload');
    assert.equal(await visitorOf(), before);
    // The page is left after it has written again, so the next page finds nothing but the mirror.
    await tab.run(() => addEventListener('pagehide', () => localStorage.clear()));
    await tab.reload();
    await until(async () => (await visitorOf()) === before, 'the visitor of the mirror');
  });

  test('corrupt values, other versions and other scripts do no harm', async (t) => {
    const foreign = {
      'vitrine:0:id': 'from before',
      'vitrine:2:j:abc:0': '{"eventId":"from a later version"}',
      vitrine: 'somebody else',
      'shop:cart': '[]',
    };
    const rubbish = {
      'vitrine:1:id': '{"v":"v_',
      'vitrine:1:j:0123456789:0': '{"eventId":"01ARZ3NDEKTSV4RRFFQ69G5FAV","type":"cl',
      'vitrine:1:j:0123456789:x': 'no number',
      'vitrine:1:j:': '',
      'vitrine:1:early': '{"a":[[1]]}',
      'vitrine:1:no-such-thing': '\ud800',
    };
    const before = `const items = ${JSON.stringify({ ...foreign, ...rubbish })};
      if (!localStorage.getItem('shop:cart')) for (const key in items) localStorage.setItem(key, items[key]);`;
    const site = await openSite(t, browser(), { before });
    const tab = await site.open();
    await click(tab, 'rubbish');
    expectClicks(await site.arrived(kTwenty), 'rubbish', 20);
    for (const [key, value] of Object.entries(foreign)) {
      assert.equal(await tab.run((name) => localStorage.getItem(name), key), value, key);
    }
    assert.match(await tab.run(() => shopper.vitrine.getVisitorId()), /^v_[\w-]{8,}$/);
    assert.deepEqual((await tab.run(() => seen)).faults, []);
  });
});
