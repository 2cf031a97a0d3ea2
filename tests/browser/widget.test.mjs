// The widget in a real page: views, events of its buttons and links, and its fallback.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { watchSight } from './independent_observer.mjs';
import { isIdle, isVisible, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const kEnter = '\uE007';
const withSight = { before: `(${watchSight})();` };

const isReady = (tab) =>
  until(() => tab.run(() => document.querySelector('vitrine-widget').getAttribute('state') === 'ready'), 'products');
const itemIdsOf = (tab) =>
  tab.run(() => [...document.querySelectorAll('.vitrine-item')].map(({ dataset }) => dataset.vitrineItem));
/** Every product is in view, and has been without a break for longer than it takes. */
const isWatched = (tab) =>
  until(
    () => tab.run(() => sight.views().length > 0 && sight.views().every(({ currentMs }) => currentMs >= 1300)),
    'a long look',
  );

/** Events by kind, once the page has nothing left to send. */
const settled = async (site, tab) => {
  await tab.run(() => shopper.vitrine.events.flush());
  await isIdle(tab);
  const { events } = await site.events();
  return (kind) => events.filter(({ type }) => type === kind);
};

inEachEngine('widget', (_engine, browser) => {
  test('a product counts as viewed once, after a second in view', async (t) => {
    const site = await openSite(t, browser(), withSight);
    const tab = await site.open('widget.html', 'window');
    await isReady(tab);
    await isWatched(tab);
    await tab.run(() => {
      document.body.style.height = '6000px';
      scrollTo(0, 5000);
    });
    await until(() => tab.run(() => sight.views().every(({ currentMs }) => currentMs === 0)), 'products out of view');
    await tab.run(() => scrollTo(0, 0));
    await isWatched(tab);
    const of = await settled(site, tab);
    const ids = await itemIdsOf(tab);
    const views = of('view').toSorted((a, b) => a.position - b.position);
    assert.deepEqual(
      views.map(({ itemId, position }) => [itemId, position]),
      ids.map((id, i) => [id, i]),
    );
    assert.deepEqual(new Set(of('view').map(({ serveId }) => serveId)), new Set([of('itemsServed')[0].serveId]));
  });

  test('a product that leaves the view within a second does not count as viewed', async (t) => {
    const site = await openSite(t, browser(), {
      // In the page, since a driver takes its time: three glances of 600 ms, each ended by scrolling away.
      before: `${withSight.before}
        addEventListener('DOMContentLoaded', () => {
          document.body.style.height = '6000px';
          new MutationObserver(async () => {
            const state = document.querySelector('vitrine-widget').getAttribute('state');
            if (state !== 'ready' || window.glances !== undefined) return;
            window.glances = 0;
            for (; glances < 3; glances++) {
              scrollTo(0, 0);
              await new Promise((resolve) => setTimeout(resolve, 600));
              scrollTo(0, 5000);
              await new Promise((resolve) => setTimeout(resolve, 600));
            }
          }).observe(document.querySelector('vitrine-widget'), { attributes: true });
        });`,
    });
    const tab = await site.open('widget.html', 'window');
    await until(() => tab.run(() => window.glances === 3), 'three glances');
    const glances = await tab.run(() => sight.views().map(({ longestMs }) => longestMs));
    const of = await settled(site, tab);
    assert.equal(glances.length, 4);
    // A machine too busy to scroll in time has looked for longer; the one who looked is asked, not the timer.
    const seen = glances.filter((longestMs) => longestMs >= 1000).length;
    assert.equal(of('view').length, seen, `looked for ${glances.map(Math.round)} ms`);
    assert.ok(of('itemsServed').length === 1);
  });

  test('hiding the window stops the view timer, showing it restarts it', async (t) => {
    const site = await openSite(t, browser(), withSight);
    const tab = await site.open('widget.html', 'window');
    await isReady(tab);
    await tab.minimize();
    const glanceMs = await tab.run(() => Math.max(...sight.views().map(({ longestMs }) => longestMs), 0));
    const before = await settled(site, tab);
    if (glanceMs < 900) assert.equal(before('view').length, 0, `looked for ${glanceMs} ms`);
    await tab.resize(900, 700);
    await isVisible(tab);
    await site.arrived(4, { type: 'view' });
    const of = await settled(site, tab);
    assert.equal(of('view').length, 4);
    for (const { position, itemId } of of('view')) assert.equal(of('itemsServed')[0].itemIds[position], itemId);
  });

  test('a link reports a click by mouse or by key, and is followed', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('widget.html', 'window');
    await isReady(tab);
    const ids = await itemIdsOf(tab);
    // Where it leads to is not there in this test; the event has to be.
    await tab.click('.vitrine-item:nth-child(2) .vitrine-link');
    await until(async () => (await tab.address()).includes('/product/'), 'the page of the product');
    await site.arrived(1, { type: 'click' });
    await tab.goto(site.address('widget.html'));
    await isReady(tab);
    await tab.type('.vitrine-item:nth-child(4) .vitrine-link', kEnter);
    await until(async () => (await tab.address()).includes('/product/'), 'the page of the product');
    const { events } = await site.arrived(2, { type: 'click' });
    assert.equal(events[0].itemId, ids[1]);
    const places = events.map(({ position, surface, source }) => `${position} ${surface} ${source}`);
    assert.deepEqual(places, ['1 test_page picked', '3 test_page picked']);
  });

  test('the button calls the shop, and reports unless the shop refuses', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('widget.html', 'window');
    await isReady(tab);
    const ids = await itemIdsOf(tab);
    await tab.run((refused) => {
      window.wishes = [];
      document.addEventListener('vitrine:add-to-cart', (event) => {
        wishes.push(event.detail);
        if (event.detail.itemId === refused) event.preventDefault();
      });
    }, ids[0]);
    await tab.click('.vitrine-item:nth-child(1) .vitrine-add');
    await tab.click('.vitrine-item:nth-child(2) .vitrine-add');
    await tab.click('.vitrine-item:nth-child(2) .vitrine-add');
    // Firefox's driver does not read getters, such as that of itemId.
    const wishes = await tab.run(() => window.wishes.map((detail) => ({ ...detail })));
    const places = (list) => list.map(({ itemId, position, quantity }) => [itemId, position, quantity]);
    assert.deepEqual(places(wishes), [
      [ids[0], 0, 1],
      [ids[1], 1, 1],
      [ids[1], 1, 1],
    ]);
    assert.ok(
      wishes.every(({ title, price }) => title && /^€\d/.test(price)),
      JSON.stringify(wishes[0]),
    );
    const of = await settled(site, tab);
    assert.deepEqual(places(of('addToCart')), [
      [ids[1], 1, 1],
      [ids[1], 1, 1],
    ]);
    assert.deepEqual(of('click'), []);
    await expectQuiet(tab);
  });

  test("if the service fails, the shop's fallback returns, and a changed attribute tries again", async (t) => {
    const site = await openSite(t, browser());
    await site.fault({ target: 'recs', status: 500, count: 1 });
    const tab = await site.open('widget.html', 'window');
    await until(
      () => tab.run(() => document.querySelector('vitrine-widget').getAttribute('state') === 'error'),
      'the failure',
    );
    assert.ok(await tab.run(() => document.getElementById('fallback').offsetHeight > 0));
    assert.equal((await settled(site, tab))('itemsServed').length, 0);
    await tab.run(() => document.querySelector('vitrine-widget').setAttribute('top-k', '3'));
    await isReady(tab);
    assert.equal((await itemIdsOf(tab)).length, 3);
    assert.deepEqual(
      (await settled(site, tab))('itemsServed').map(({ itemIds }) => itemIds),
      [await itemIdsOf(tab)],
    );
  });

  test('a moved widget shows the same products; a removed one reports nothing', async (t) => {
    const site = await openSite(t, browser(), withSight);
    const tab = await site.open('widget.html', 'window');
    await isReady(tab);
    const ids = await itemIdsOf(tab);
    await tab.run(() => document.body.appendChild(document.querySelector('vitrine-widget')));
    assert.deepEqual(await itemIdsOf(tab), ids);
    // The successor is seen, so the removed widget had enough time to be seen as well.
    const glanceMs = await tab.run(() => {
      const widget = document.querySelector('vitrine-widget');
      const successor = widget.cloneNode(false);
      successor.setAttribute('source', 'successor');
      widget.replaceWith(successor);
      return Math.max(...sight.views().map(({ longestMs }) => longestMs), 0);
    });
    await site.arrived(4, { type: 'view' });
    const of = await settled(site, tab);
    assert.deepEqual(
      of('itemsServed').map(({ source }) => source),
      ['picked', 'successor'],
    );
    const seen = of('view').filter(({ source }) => source === 'picked').length;
    assert.ok(seen === 0 || glanceMs >= 1000, `${seen} seen in ${glanceMs} ms`);
  });
});
