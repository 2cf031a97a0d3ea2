// Which items of a real page count as viewed, by area and time.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { addList, ids, pause, settled } from './items.mjs';
import { isVisible, openSite } from './open_site.mjs';

const tracked = { config: { autoTrack: true } };

inEachEngine('views', (_engine, browser) => {
  test('items that scroll away after 0.9 s are not viewed, items that stay are', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => (document.body.style.height = '5000px'));
    await addList(tab, 'leaves', 3, { list: { position: 'absolute', top: '0' } });
    await addList(tab, 'stays', 2, { list: { position: 'fixed', right: '0', top: '0' } });
    // Measured in the page: a machine too busy to scroll in time has shown them for longer.
    const shownMs = await tab.run(
      () =>
        new Promise((resolve) => {
          const since = performance.now();
          setTimeout(() => {
            scrollTo({ top: 3000, behavior: 'instant' });
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - since)));
          }, 700);
        }),
    );
    await pause(tab, 1500);
    const of = await settled(site, tab);
    const seen = ids(of('view'));
    assert.ok(seen.includes('stays-0') && seen.includes('stays-1'));
    if (shownMs < 900) assert.deepEqual(seen, ['stays-0', 'stays-1'], `shown for ${shownMs} ms`);
    const view = of('view').find(({ itemId }) => itemId === 'stays-0');
    assert.deepEqual(
      [view.rule, view.ratio, view.surface, view.source, view.position],
      ['mrc', 1, 'test_page', 'stays', 0],
    );
    assert.ok(view.visibleMs >= 1000 && view.visibleMs < 3000, `${view.visibleMs} ms`);
    assert.deepEqual(
      of('itemsServed').map(({ source, itemIds }) => [source, itemIds.length]),
      [
        ['leaves', 3],
        ['stays', 2],
      ],
    );
  });

  test('a minimised window stops the view timer, which then restarts', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 2);
    const sinceMs = await tab.run(() => performance.now());
    await tab.minimize();
    await pause(tab, 50).catch(() => {});
    const glanceMs = (await tab.run(() => window.hiddenMs ?? performance.now())) - sinceMs;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const before = await settled(site, tab);
    if (glanceMs < 900) assert.deepEqual(before('view'), [], `looked for ${glanceMs} ms`);
    await tab.resize(900, 700);
    await isVisible(tab);
    await site.arrived(2, { type: 'view' });
    assert.equal((await settled(site, tab))('view').length, 2);
  });

  test('an item of a carousel counts as viewed only after it is scrolled in', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    const row = { display: 'flex', width: '420px', overflowX: 'scroll' };
    await addList(tab, 'carousel', 6, { list: row, item: { flex: '0 0 200px' } });
    await pause(tab, 1800);
    assert.deepEqual(ids((await settled(site, tab))('view')), ['carousel-0', 'carousel-1']);
    await tab.run(() => document.getElementById('carousel').scrollTo({ left: 1e4, behavior: 'instant' }));
    await pause(tab, 1800);
    assert.deepEqual(ids((await settled(site, tab))('view')), ['carousel-0', 'carousel-1', 'carousel-4', 'carousel-5']);
  });

  test('fifty items that are visible at once are one batch', async (t) => {
    const site = await openSite(t, browser(), { ...tracked, events: { flushInterval: 3000, batchSize: 60 } });
    const tab = await site.open('script.html', 'window');
    await tab.run(() => shopper.vitrine.events.flush());
    const grid = { display: 'grid', gridTemplateColumns: 'repeat(10, 20px)' };
    await addList(tab, 'grid', 50, { list: grid, item: { width: '20px', height: '20px' } });
    await tab.run(() => shopper.vitrine.events.flush());
    const { events: before } = await site.requests();
    await site.arrived(50, { type: 'view' });
    const of = await settled(site, tab);
    assert.equal(of('view').length, 50);
    assert.equal((await site.requests()).events - before, 1);
    assert.equal(new Set(of('view').map(({ at }) => at)).size, 1);
  });

  test('items in a shadow root, in a frame of the same origin, added later or moved are viewed', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      const fill = (root, name) => {
        const item = document.createElement('div');
        item.dataset.vitrineItem = name;
        Object.assign(item.style, { width: '100px', height: '60px' });
        root.append(item);
      };
      const host = document.createElement('div');
      host.dataset.vitrineSurface = 'test_page';
      fill(host.attachShadow({ mode: 'open' }), 'in-shadow');
      const frame = document.createElement('iframe');
      document.body.append(host, frame);
      fill(frame.contentDocument.body, 'in-frame');
      // Moved before it is seen: still the same item.
      fill(document.body, 'moved');
      setTimeout(() => document.body.prepend(document.querySelector('[data-vitrine-item=moved]')), 300);
      // Gone before it is seen.
      fill(document.body, 'gone');
      setTimeout(() => document.querySelector('[data-vitrine-item=gone]').remove(), 300);
    });
    await pause(tab, 2500);
    const of = await settled(site, tab);
    assert.deepEqual(ids(of('view')), ['in-frame', 'in-shadow', 'moved']);
    assert.equal(of('view').find(({ itemId }) => itemId === 'in-shadow').surface, 'test_page');
  });

  test('an item as large as three windows counts as viewed at 30 % of the window, not at 29 %', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      const tall = document.createElement('div');
      tall.dataset.vitrineItem = 'tall';
      Object.assign(tall.style, { position: 'absolute', left: 0, width: '80vw', height: '300vh', top: '71vh' });
      document.body.append(tall);
    });
    await pause(tab, 1800);
    assert.deepEqual(ids((await settled(site, tab))('view')), []);
    await tab.run(() => scrollBy({ top: innerHeight * 0.02, behavior: 'instant' }));
    await site.arrived(1, { type: 'view' });
    const [view] = (await settled(site, tab))('view');
    assert.equal(view.rule, 'mrc-large-viewport');
    assert.ok(Math.abs(view.ratio - 0.31) < 0.005, `${view.ratio} of the window`);
  });

  test('a context observes an element on request, and stops on request', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      const context = shopper.vitrine.events.trackItemsServed({
        surface: 'test_page',
        source: 'hand',
        itemIds: ['kept', 'given-up', 'tall'],
      });
      ['kept', 'given-up', 'tall'].forEach((id, position) => {
        const element = document.createElement('p');
        Object.assign(element.style, { height: id === 'tall' ? '4000px' : '40px', margin: 0 });
        document.body.append(element);
        const stop = context.observe(element, id, position);
        if (id === 'given-up') stop();
      });
    });
    await site.arrived(2, { type: 'view' });
    const of = await settled(site, tab);
    assert.deepEqual(ids(of('view')), ['kept', 'tall']);
    const tall = of('view').find(({ itemId }) => itemId === 'tall');
    assert.match(tall.rule, /^mrc(-large)?-viewport$/);
    assert.equal(tall.position, 2);
  });
});

inEachEngine(
  'views',
  (_engine, browser) => {
    test('two thousand viewed and removed items leak nothing', async (t) => {
      const site = await openSite(t, browser(), {
        ...tracked,
        events: { flushInterval: 100, rateLimit: { burst: 20_000 } },
      });
      const tab = await site.open('script.html', 'window');
      const measure = async () => {
        await tab.run(() => shopper.vitrine.events.flush());
        for (let i = 0; i < 3; i++) await tab.cdp('HeapProfiler.collectGarbage');
        const { usedSize } = await tab.cdp('Runtime.getHeapUsage');
        return { bytes: usedSize, ...(await tab.cdp('Memory.getDOMCounters')) };
      };
      const show = async (source) => {
        const list = { display: 'grid', gridTemplateColumns: 'repeat(40, 18px)' };
        await addList(tab, source, 2000, { list, item: { width: '18px', height: '10px' } });
        await pause(tab, 1500);
        await tab.run((id) => document.getElementById(id).remove(), source);
      };
      await show('first');
      const before = await measure();
      await show('second');
      const after = await measure();
      console.log(`2000 items gone: ${JSON.stringify({ before, after })}`);
      assert.ok((await settled(site, tab))('view').length > 1000, 'they were seen');
      assert.ok(after.nodes - before.nodes < 20, 'nodes');
      assert.ok(after.jsEventListeners <= before.jsEventListeners, 'listeners');
      assert.ok(after.bytes - before.bytes < 200_000, 'heap: an item that stayed would be some 500 bytes');
    });
  },
  { only: ['chromium'] },
);
