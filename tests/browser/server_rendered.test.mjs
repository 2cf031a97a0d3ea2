// A widget that comes with its page: taken over as it stands, watched, and changed only where something has changed.
// Without any script it is a list that scrolls.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../server/server.mjs';
import { inEachEngine } from './each_engine.mjs';
import { openProxy } from './proxy.mjs';
import { isVisible, readStore } from './open_site.mjs';
import { until } from './until.mjs';

const [kRight, kEnter] = ['\uE014', '\uE007'];
const kCore = '/dist/vitrine-refine.wasm';

let server;
// Requests through the proxy name its port.
before(async () => (server = await startServer({ hosts: ['127.0.0.1'] })));
after(() => server?.stop());

/** The demo's page, with changes of proxy.mjs. Opened anew for each test, so that each has a shopper of its own. */
const openPage = async (t, browser, query, changes = {}) => {
  const proxy = await openProxy(server.url, changes);
  const tab = await browser.open(undefined, 'window');
  t.after(async () => {
    await browser.closeTabs();
    await proxy.stop();
  });
  await readStore(server.url).clear();
  await tab.goto(`${proxy.url}/ssr?${new URLSearchParams({ heading: 'Goes well with it', ...query })}`);
  await isVisible(tab);
  return tab;
};
/** The same, stopped before the core has come: `upgrade` lets it come, and resolves when the widget is watched. */
const openHeld = async (t, browser, query) => {
  let release;
  const tab = await openPage(t, browser, query, { late: { [kCore]: new Promise((resolve) => (release = resolve)) } });
  await tab.run(() => {
    const widget = document.querySelector('vitrine-widget');
    window.was = {
      nodes: [...widget.querySelectorAll('*')],
      html: widget.outerHTML,
      top: widget.getBoundingClientRect().height,
    };
    window.changes = [];
    window.note = (records) =>
      changes.push(
        ...records.map(
          ({ type, target, attributeName }) =>
            `${type} ${target.className || target.nodeName} ${attributeName || target.data || ''}`,
        ),
      );
    window.observer = new MutationObserver(note);
    observer.observe(widget, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const upgrade = async () => {
    const before = await readStore(server.url).requests();
    release();
    const isTaken = () => /** @type {any} */ (document.querySelector('vitrine-widget'))._slotId > 0;
    await until(() => tab.run(isTaken), 'the widget to be taken over');
    return (await readStore(server.url).requests()).recs - before.recs;
  };
  return { tab, upgrade };
};
const changesOf = (tab) =>
  tab.run(() => {
    note(observer.takeRecords());
    return changes.splice(0);
  });
const areKept = (tab) =>
  tab.run(() => [...document.querySelectorAll('vitrine-widget *')].every((node, i) => node === was.nodes[i]));

const pages = [
  ...['grid', 'carousel', 'list', 'strip', 'hero'].map((template) => ({ service: 'refine', template })),
  ...['depict', 'richrelevance', 'doofinder'].map((service) => ({ service, template: 'grid' })),
];

inEachEngine('server-rendered', (engine, browser) => {
  for (const query of pages) {
    test(`the script takes over ${query.template} of ${query.service}, and a refresh keeps its nodes`, async (t) => {
      const { tab, upgrade } = await openHeld(t, browser(), { ...query, count: 6 });
      const asked = await upgrade();
      const seen = await tab.run(() => {
        const widget = document.querySelector('vitrine-widget');
        return {
          count: widget.querySelectorAll('[data-vitrine-item]').length,
          isSameHtml: widget.outerHTML === was.html,
          grown: widget.getBoundingClientRect().height - was.top,
        };
      });
      assert.deepEqual(seen, { count: 6, isSameHtml: true, grown: 0 });
      assert.deepEqual([asked, await changesOf(tab)], [0, []]);
      assert.equal(await tab.run(() => document.querySelector('vitrine-widget').refresh()), 'ready');
      // Depict's links say which answer they came with.
      const ofAnswer = query.service === 'depict' ? 'attributes vitrine-link href' : undefined;
      assert.deepEqual(
        (await changesOf(tab)).filter((change) => change !== ofAnswer),
        [],
      );
      assert.ok(await areKept(tab));
    });
  }

  test('views and clicks in the widget are counted under the serve of the page', async (t) => {
    const tab = await openPage(t, browser(), { template: 'grid', count: 4 });
    await tab.scrollTo('vitrine-widget');
    const store = readStore(server.url);
    const { events: views } = await store.arrived(4, { type: 'view' });
    const { serve, ids } = await tab.run(() => ({
      serve: document.querySelector('vitrine-widget').getAttribute('serve'),
      ids: [...document.querySelectorAll('[data-vitrine-item]')].map(({ dataset }) => dataset.vitrineItem),
    }));
    assert.deepEqual(
      views.map(({ itemId, position, serveId }) => [position, itemId, serveId]).toSorted(),
      ids.map((id, i) => [i, id, serve]),
    );
    await tab.click('[data-vitrine-item]:nth-child(3) .vitrine-add');
    const { events: added } = await store.arrived(1, { type: 'addToCart' });
    await tab.type('[data-vitrine-item]:nth-child(2) .vitrine-link', kEnter);
    const { events: clicks } = await store.arrived(1, { type: 'click' });
    assert.deepEqual(
      [...added, ...clicks].map(({ itemId, position, serveId }) => [itemId, position, serveId]),
      [
        [ids[2], 2, serve],
        [ids[1], 1, serve],
      ],
    );
  });

  test('the first refresh changes the text of a price, moves moved items, and keeps focus and quantity', async (t) => {
    const { tab, upgrade } = await openHeld(t, browser(), { template: 'grid', count: 6 });
    await upgrade();
    await tab.run(() => {
      const widget = document.querySelector('vitrine-widget');
      window.items = [...widget.querySelectorAll('[data-vitrine-item]')];
      items[4].querySelector('[data-vitrine-step="1"]').click();
      items[4].querySelector('[data-vitrine-add]').focus();
      const real = window.fetch;
      window.change = ({ results }) => (results.find(({ metadata }) => !metadata.originalPrice).metadata.price = 7.5);
      window.fetch = async (url, init) => {
        const reply = await real(url, init);
        if (!/\/recs$/.test(String(url))) return reply;
        const body = await reply.json();
        window.change(body);
        return new Response(JSON.stringify(body), { status: 200 });
      };
    });
    assert.deepEqual(await changesOf(tab), ['childList vitrine-unseen '], 'the announcement of the quantity');
    await tab.run(() => document.querySelector('vitrine-widget').refresh());
    assert.deepEqual(await changesOf(tab), ['characterData #text €7.50']);
    assert.ok(await areKept(tab));
    const seen = await tab.run(async () => {
      window.change = ({ results }) => results.reverse();
      const widget = document.querySelector('vitrine-widget');
      await widget.refresh();
      const now = [...widget.querySelectorAll('[data-vitrine-item]')];
      return {
        order: now.map((item) => items.indexOf(item)),
        positions: now.map(({ dataset }) => +dataset.vitrinePosition),
        focus: document.activeElement === items[4].querySelector('[data-vitrine-add]'),
        quantity: items[4].querySelector('[data-vitrine-quantity]').value,
      };
    });
    assert.deepEqual(seen, { order: [5, 4, 3, 2, 1, 0], positions: [0, 1, 2, 3, 4, 5], focus: true, quantity: '2' });
  });

  test('without script a carousel scrolls by keyboard, its links work, and it has no dead controls', async (t) => {
    const noScript = { policy: (policy) => policy.replace(/script-src [^;]*/, "script-src 'none'") };
    const tab = await openPage(t, browser(), { template: 'carousel', count: 8 }, noScript);
    if (engine === 'chromium') {
      await tab.cdp('Emulation.setScriptExecutionDisabled', { value: true });
      await tab.reload();
    }
    const look = () =>
      tab.run(() => {
        const scroller = document.querySelector('[data-vitrine-scroller]');
        const visible = (element) =>
          getComputedStyle(element).visibility === 'visible' && element.getClientRects().length > 0;
        return {
          isUpgraded: document.querySelector('vitrine-widget').matches(':defined'),
          at: scroller.scrollLeft,
          isWider: scroller.scrollWidth > scroller.clientWidth + 100,
          snaps: getComputedStyle(scroller).scrollSnapType.split(' ')[0],
          turns: [...document.querySelectorAll('.vitrine-turn')].filter(visible).length,
          lazy: [...document.querySelectorAll('.vitrine-image')].map((image) => image.loading).join(' '),
        };
      });
    const { at, ...rest } = await look();
    assert.equal(at, 0);
    assert.deepEqual(rest, {
      isUpgraded: false,
      isWider: true,
      snaps: 'x',
      turns: 0,
      lazy: 'eager eager eager eager lazy lazy lazy lazy',
    });
    await tab.type('[data-vitrine-scroller]', kRight.repeat(4));
    await until(async () => (await look()).at > 20, 'the carousel to scroll');
    await tab.type('[data-vitrine-item] .vitrine-link', kEnter);
    await until(async () => (await tab.address()).includes('/product/'), 'the page of the product');
    if (engine === 'chromium') await tab.cdp('Emulation.setScriptExecutionDisabled', { value: false });
  });
});
