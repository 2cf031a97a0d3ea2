// A single-page application: each route is a page view, and nothing of the previous route remains.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { addList, ids, pause, settled } from './items.mjs';
import { openSite } from './open_site.mjs';
import { until } from './until.mjs';

const tracked = { config: { autoTrack: true } };
const kMegabyte = 1 << 20;

// Runs before the package, and keeps a reference to the core's memory.
const keepMemory = `(${() => {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(module, imports) {
      super(module, imports);
      window.coreMemory ??= Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory);
    }
  };
}})()`;

inEachEngine('routes', (_engine, browser) => {
  test('push, replace, back and fragment routes are one page view each; anchors in a page are none', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await tab.run(async () => {
      const turn = () => new Promise((resolve) => setTimeout(resolve, 50));
      history.pushState(null, '', '/a');
      history.pushState(null, '', '/a');
      await turn();
      history.replaceState(null, '', '/b?x=1');
      await turn();
      location.hash = 'reviews';
      await turn();
      location.hash = '#/cart';
      await turn();
      history.back();
      await turn();
      await turn();
      shopper.vitrine.navigate();
      shopper.vitrine.navigate('/virtual');
      shopper.vitrine.navigate('/virtual');
    });
    const views = (await settled(site, tab))('pageView').toSorted((a, b) => (a.eventId < b.eventId ? -1 : 1));
    const path = (url) => url?.replace(/^http:\/\/[^/]+/, '');
    const paths = ['/script.html', '/a', '/b?x=1', '/b?x=1#/cart', '/b?x=1#reviews', '/virtual'];
    assert.deepEqual(
      views.map(({ url }) => path(url)),
      paths,
    );
    assert.deepEqual(
      views.slice(2).map(({ referrer }) => path(referrer)),
      ['/a', '/b?x=1#reviews', '/b?x=1#/cart', '/b?x=1#reviews'],
    );
    assert.equal(new Set(views.map(({ pageId }) => pageId)).size, views.length);
  });

  test('on a new route a list that never left the screen is served and viewed once', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'stays', 1);
    await addList(tab, 'old', 1);
    await site.arrived(2, { type: 'view' });
    await tab.run(() => {
      history.pushState(null, '', '/next');
      document.getElementById('old').remove();
    });
    await addList(tab, 'new', 1);
    await site.arrived(3, { type: 'view' });
    await pause(tab, 1300);
    const of = await settled(site, tab);
    assert.deepEqual(ids(of('view')), ['new-0', 'old-0', 'stays-0']);
    assert.deepEqual(
      of('itemsServed')
        .map(({ source }) => source)
        .toSorted(),
      ['new', 'old', 'stays'],
    );
    const pages = of('pageView').map(({ pageId }) => pageId);
    for (const event of of('view')) {
      const serve = of('itemsServed').find(({ serveId }) => serveId === event.serveId);
      assert.equal(serve.pageId, event.pageId, `${event.itemId} was served on the page on which it was viewed`);
      assert.ok(pages.includes(event.pageId));
    }
  });

  test('a list of the previous route can still be clicked; an older one has ended and reports that', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    const fields = await tab.run(() => {
      const { events } = shopper.vitrine;
      const context = events.trackItemsServed({ surface: 'test_page', source: 'old', itemIds: ['a'] });
      const click = () => {
        try {
          context.trackClick('a', 0);
          return '';
        } catch (error) {
          return `${error.code} ${error.field}`;
        }
      };
      const found = [];
      for (const path of ['/1', '/2']) {
        history.pushState(null, '', path);
        shopper.vitrine.navigate();
        found.push(click());
      }
      return found;
    });
    assert.deepEqual(fields, ['', 'unknown-serve context']);
    assert.equal((await settled(site, tab))('click').length, 1);
  });
});

inEachEngine(
  'routes',
  (_engine, browser) => {
    test('a thousand routes leak nothing', async (t) => {
      const events = { flushInterval: 100, rateLimit: { burst: 20_000 } };
      const site = await openSite(t, browser(), { ...tracked, events, before: keepMemory });
      const tab = await site.open('script.html', 'window');
      // Each with a list of its own, a shadow root, an observed element, and an old list that is taken out.
      const walk = (from, count) =>
        tab.run(
          async (start, howMany) => {
            for (let i = start; i < start + howMany; i++) {
              history.pushState(null, '', `/route-${i}`);
              document.querySelectorAll('.route').forEach((old) => old.remove());
              const page = document.createElement('div');
              page.className = 'route';
              page.dataset.vitrineList = `route-${i}`;
              for (let k = 0; k < 5; k++) {
                const item = document.createElement('p');
                item.dataset.vitrineItem = `${i}-${k}`;
                item.textContent = 'x'.repeat(1000);
                page.append(item);
              }
              page.firstChild.attachShadow({ mode: 'open' }).append(document.createElement('b'));
              document.body.append(page);
              const context = shopper.vitrine.events.trackItemsServed({
                surface: 'test_page',
                source: 'hand',
                itemIds: [`${i}`],
              });
              context.observe(page, `${i}`, 0);
              await new Promise((resolve) => setTimeout(resolve));
            }
          },
          from,
          count,
        );
      const measure = async () => {
        await tab.run(() => shopper.vitrine.events.flush());
        await until(() => tab.run(() => shopper.vitrine.events.getMetrics().queued === 0), 'an empty queue', 30_000);
        for (let i = 0; i < 3; i++) await tab.cdp('HeapProfiler.collectGarbage');
        const { usedSize } = await tab.cdp('Runtime.getHeapUsage');
        const coreBytes = await tab.run(() => coreMemory.buffer.byteLength);
        return { bytes: usedSize, coreBytes, ...(await tab.cdp('Memory.getDOMCounters')) };
      };
      await walk(0, 200);
      const before = await measure();
      await walk(200, 1000);
      const after = await measure();
      console.log(`1000 routes: ${JSON.stringify({ before, after })}`);
      assert.ok(after.jsEventListeners <= before.jsEventListeners, 'listeners');
      assert.ok(after.nodes - before.nodes < 100, 'nodes');
      assert.ok(after.bytes - before.bytes < kMegabyte / 2, 'heap');
      assert.equal(after.coreBytes, before.coreBytes, 'memory of the core');
    });
  },
  { only: ['chromium'] },
);
