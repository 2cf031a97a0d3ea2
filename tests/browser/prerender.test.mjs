// A page that the browser makes in advance, by speculation rules: silent until it is shown, and then reported once.
// Only Chromium supports it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { ids, pause, settled } from './items.mjs';
import { strictPolicy } from './pages.mjs';
import { isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

// The rules are an inline script, which Trusted Types would have made by a policy of the shop's.
const { 'require-trusted-types-for': _, ...rest } = strictPolicy;
const policy = { ...rest, 'script-src': `${rest['script-src']} 'inline-speculation-rules'` };

// Runs in each page. Says in a key of the test's own what state the page was in when Vitrine was up and had been used.
const before = `(${() => {
  addEventListener('DOMContentLoaded', () => {
    if (!document.querySelector('#leave')) return;
    const list = document.createElement('ul');
    list.dataset.vitrineList = 'made';
    for (const name of ['made-0', 'made-1']) {
      const item = document.createElement('li');
      item.dataset.vitrineItem = name;
      item.textContent = name;
      list.append(item);
    }
    document.body.append(list);
  });
  const timer = setInterval(() => {
    if (!window.shopper?.isUp()) return;
    clearInterval(timer);
    const wasMade = document.prerendering;
    shopper.click('early', 1);
    void shopper.vitrine.events.flush();
    setTimeout(() => localStorage.setItem('test', wasMade ? 'made in advance' : 'shown'), 500);
  }, 10);
}})()`;

/** From a page without Vitrine, has another one made in advance; resolves when it has done what it can. */
const makeInAdvance = async (site, tab, path) => {
  await tab.run((href) => {
    const rules = Object.assign(document.createElement('script'), { type: 'speculationrules' });
    rules.textContent = JSON.stringify({ prerender: [{ source: 'list', urls: [href], eagerness: 'immediate' }] });
    const link = Object.assign(document.createElement('a'), { href, id: 'go', textContent: 'Go' });
    document.body.append(rules, link);
  }, site.address(path));
  await until(() => tab.run(() => localStorage.getItem('test')), 'a page made in advance');
  assert.equal(await tab.run(() => localStorage.getItem('test')), 'made in advance');
};

/** Returns the package's keys and databases that another page of the origin finds. */
const kept = (tab) =>
  tab.run(async () =>
    [...Object.keys(localStorage), ...(await indexedDB.databases()).map(({ name }) => name)].filter((name) =>
      name.startsWith('vitrine'),
    ),
  );

inEachEngine(
  'prerender',
  (_engine, browser) => {
    test('a prerendered page sends and stores nothing until it is shown, and is then reported once', async (t) => {
      const site = await openSite(t, browser(), { config: { autoTrack: true }, before, policy });
      const tab = await browser().open(site.address('away.html'), 'window');
      await makeInAdvance(site, tab, 'script.html');
      await pause(tab, 1500); // longer than any view or batch takes
      assert.deepEqual(await kept(tab), []);
      assert.equal((await site.requests()).events, 0);

      await tab.click('#go');
      await isUp(tab);
      const { activationStart, prerendering } = await tab.run(() => ({
        activationStart: performance.getEntriesByType('navigation')[0].activationStart,
        prerendering: document.prerendering,
      }));
      assert.ok(activationStart > 0 && !prerendering, 'it is the page that was made in advance');
      await site.arrived(2, { type: 'view' });
      const of = await settled(site, tab);
      assert.equal(of('pageView').length, 1);
      assert.deepEqual(
        of('itemsServed')
          .map(({ source }) => source)
          .toSorted(),
        ['curated', 'made'],
      );
      assert.deepEqual(ids(of('click')), ['early-0']);
      assert.deepEqual(ids(of('view')), ['made-0', 'made-1']);
      const activatedAt = await tab.run((start) => performance.timeOrigin + start, activationStart);
      for (const { at, visibleMs } of of('view')) {
        assert.ok(at >= activatedAt + 990, 'a view begins when the page is shown');
        assert.ok(visibleMs >= 1000 && visibleMs < 1500 + at - activatedAt);
      }
      assert.equal(
        new Set([...of('pageView'), ...of('view'), ...of('itemsServed')].map(({ pageId }) => pageId)).size,
        1,
      );
    });

    test('a prerendered page that is never shown leaves no trace', async (t) => {
      const site = await openSite(t, browser(), { config: { autoTrack: true }, before, policy });
      const tab = await browser().open(site.address('away.html'), 'window');
      await makeInAdvance(site, tab, 'script.html');
      await tab.goto(site.address('away.html?elsewhere'));
      await pause(tab, 1000);
      assert.deepEqual(await kept(tab), []);
      assert.equal((await site.events()).total, 0);
      // And the next page has nothing to tell of it.
      await tab.goto(site.address('script.html'));
      await isUp(tab);
      const of = await settled(site, tab);
      assert.equal(of('pageView').length, 1);
    });
  },
  { only: ['chromium'] },
);
