// Events in the forms of other pipelines, from a page to a collector of another origin that replies as each protocol
// has it: each event arrives once after the protocol's own deduplication.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCollector, protocols } from './format_collector.mjs';
import { inEachEngine } from './each_engine.mjs';
import { isUp } from './open_site.mjs';
import { servePages } from './pages.mjs';
import { until } from './until.mjs';

const kPart = '/dist/vitrine-formats.js';

/** Serves test pages whose events go to a collector of this protocol. */
const openShop = async (t, browser, format) => {
  const collector = await openCollector(t, format);
  const pages = await servePages({
    settings: {
      provider: { name: 'none' },
      events: {
        url: collector.url,
        format,
        formatOptions: protocols[format].options,
        flushInterval: 100,
        batchSize: 50,
      },
    },
  });
  t.after(async () => {
    await browser.closeTabs();
    await pages.stop();
  });
  return {
    collector,
    pages,
    open: async () => {
      const tab = await browser.open(`${pages.url}/tracking.html`, 'window');
      await isUp(tab);
      return tab;
    },
  };
};

/** Tracks `count` searches in one batch, or those for `queries`. */
const search = (tab, ...queries) =>
  tab.run((list) => {
    shopper.vitrine.events.pause();
    for (const query of list) shopper.vitrine.events.trackSearch(query);
    shopper.vitrine.events.resume();
  }, queries);
const metrics = (tab) => tab.run(() => shopper.vitrine.events.getMetrics());
const consoleOf = (tab) => tab.run(() => seen.console);

/** Waits until these queries have arrived, and checks that each is there once and nothing else. */
const arrivedOnce = async (collector, queries) => {
  await until(() => queries.every((query) => collector.queries().includes(query)), `${queries} at the collector`);
  assert.deepEqual(collector.queries().sort(), [...queries].sort());
};

inEachEngine('events in the forms of pipelines', (_engine, browser) => {
  for (const format of Object.keys(protocols)) {
    test(`${format}: events arrive once, after a preflight, at the protocol's path`, async (t) => {
      const { collector, pages, open } = await openShop(t, browser(), format);
      const tab = await open();
      await search(tab, 'boots', 'socks');
      await arrivedOnce(collector, ['boots', 'socks']);
      assert.ok(collector.requests.every(({ path }) => path === protocols[format].path));
      assert.ok(collector.preflights.some((headers) => headers.includes('content-type')));
      assert.equal(pages.requests.filter((url) => url.startsWith(kPart)).length, 1);
      assert.deepEqual(await consoleOf(tab), []);
    });

    test(`${format}: after 429 with Retry-After, and a 503 for a stored batch, each event is there once`, async (t) => {
      const { collector, open } = await openShop(t, browser(), format);
      collector.next.push({ status: 429, retryAfter: '1' }, { status: 503, stores: true });
      const tab = await open();
      await search(tab, 'boots', 'socks');
      await arrivedOnce(collector, ['boots', 'socks']);
      await until(async () => (await metrics(tab)).queued === 0, 'an empty queue');
      const [first, second, third] = collector.requests;
      assert.deepEqual(second.ids, first.ids);
      assert.deepEqual(third.ids, first.ids, 'the ids stay the same, so the pipeline recognises them');
      assert.equal((await metrics(tab)).sent, 2);
    });

    test(`${format}: a batch with a bad event is split until that is alone, and the others arrive`, async (t) => {
      const { collector, open } = await openShop(t, browser(), format);
      collector.refuses = (queries) => queries.includes('bad') && 400;
      const tab = await open();
      await search(tab, 'one', 'two', 'bad', 'three', 'four');
      await arrivedOnce(collector, ['one', 'two', 'three', 'four']);
      await until(async () => (await metrics(tab)).dropped.rejected === 1, 'the bad event to be dropped');
    });

    test(`${format}: 413 halves the batch until it fits`, async (t) => {
      const { collector, open } = await openShop(t, browser(), format);
      collector.refuses = (queries) => queries.length > 2 && 413;
      const tab = await open();
      const queries = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
      await search(tab, ...queries);
      await arrivedOnce(collector, queries);
      assert.equal((await metrics(tab)).failed, 0);
    });

    test(`${format}: a page that is left while the code of the form is on its way loses nothing`, async (t) => {
      const { collector, pages, open } = await openShop(t, browser(), format);
      const release = pages.hold(kPart);
      const tab = await open();
      await search(tab, 'boots', 'socks');
      await tab.press('#leave');
      await until(() => tab.run(() => location.pathname === '/away.html'), 'the other page');
      release();
      assert.deepEqual(collector.requests, []);
      await open();
      await arrivedOnce(collector, ['boots', 'socks']);
    });

    test(`${format}: a page that is left sends what waits, and a reload repeats no event`, async (t) => {
      const { collector, open } = await openShop(t, browser(), format);
      const tab = await open();
      await search(tab, 'first');
      await arrivedOnce(collector, ['first']);
      await search(tab, 'boots', 'socks');
      await tab.press('#leave');
      await arrivedOnce(collector, ['first', 'boots', 'socks']);
      await until(() => tab.run(() => location.pathname === '/away.html'), 'the other page');
      const next = await open();
      await search(next, 'last');
      await arrivedOnce(collector, ['first', 'boots', 'socks', 'last']);
    });
  }

  test('where the file of the forms is missing, one line names it, and the events arrive later', async (t) => {
    const { collector, pages, open } = await openShop(t, browser(), 'snowplow');
    pages.absent.add(kPart);
    const tab = await open();
    await search(tab, 'boots');
    await until(async () => (await consoleOf(tab)).length > 0, 'the line');
    const [line] = await consoleOf(tab);
    assert.ok(line.startsWith(`warn: [vitrine] Events wait for the file of events.format. ${pages.url}${kPart}`), line);
    assert.match(line, /\(formats-not-loaded\)/);
    assert.deepEqual(collector.requests, []);
    pages.absent.delete(kPart);
    await open();
    await arrivedOnce(collector, ['boots']);
  });

  test('after consent has been withdrawn, what waited for the file of the forms is not sent', async (t) => {
    const { collector, pages, open } = await openShop(t, browser(), 'segment');
    const release = pages.hold(kPart);
    const tab = await open();
    await search(tab, 'boots');
    await until(() => pages.requests.some((url) => url.startsWith(kPart)), 'the request for the file');
    await tab.run(() => shopper.vitrine.setConsent('denied'));
    await tab.run(() => shopper.vitrine.setConsent('granted'));
    release();
    await search(tab, 'socks');
    await arrivedOnce(collector, ['socks']);
  });
});
