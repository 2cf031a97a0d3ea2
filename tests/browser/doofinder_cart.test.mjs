// Doofinder's cart contract in a real page: one of its shop plugins provides the cart, or its layer offers the product.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { addList } from './items.mjs';
import { isIdle, openSite } from './open_site.mjs';
import { until } from './until.mjs';

/** The account of the demo server. */
const doofinder = (url) => ({
  name: 'doofinder',
  hashid: 'de8f052ea612f95b6950d4013dd6ef38',
  apiUrl: `${url}/doofinder`,
  searchUrl: `${url}/doofinder`,
  configs: { trending: '5f3e0000-0000-4000-8000-000000000005' },
});
const withDoofinder = (more = {}) => ({ config: (url) => ({ provider: doofinder(url), ...more }) });

// Like the plugins: a listener on the document reads the detail, calls the shop, and settles the promise later.
const plugin = `
  window.cart = { asked: [] };
  document.addEventListener('doofinder.cart.add', ({ detail }) => {
    const { item_id, amount, statusPromise, ...rest } = detail;
    cart.asked.push({ item_id, amount, ...rest });
    const success = 'The item has been successfully added to the cart.';
    cart.settle = (error) => (error ? statusPromise.reject(Error(error)) : statusPromise.resolve(success));
  });`;

const openWidget = async (site, attributes = {}) => {
  const tab = await site.open('blank.html', 'window');
  await tab.run((more) => {
    const widget = document.createElement('vitrine-widget');
    for (const [name, value] of Object.entries({ kind: 'trending', 'top-k': 4, load: 'eager', ...more }))
      widget.setAttribute(name, value);
    document.querySelector('main').append(widget);
  }, attributes);
  await until(
    () => tab.run(() => document.querySelector('vitrine-widget').getAttribute('state') === 'ready'),
    'products',
  );
  return tab;
};
const button = (n) => `vitrine-widget .vitrine-item:nth-child(${n}) .vitrine-add`;
const stateOf = (tab, n) => tab.run((css) => document.querySelector(css).getAttribute('data-vitrine-cart'), button(n));
const idsOf = (tab) =>
  tab.run(() =>
    [...document.querySelectorAll('vitrine-widget .vitrine-item')].map(({ dataset }) => dataset.vitrineItem),
  );
/** Resolves to the stored add-to-carts: "id x2 source", once the page has sent everything. */
const added = async (site, tab) => {
  await tab.run(() => shopper.vitrine.events.flush());
  await isIdle(tab);
  const { events } = await site.events({ type: 'addToCart' });
  return events.map(
    ({ itemId, quantity, source, items }) =>
      `${itemId ?? items[0].itemId} x${quantity ?? items[0].quantity}${source ? ` ${source}` : ''}`,
  );
};

inEachEngine("Doofinder's cart", (_engine, browser) => {
  test('a plugin of Doofinder receives an event, whose promise decides the button and what is counted', async (t) => {
    const site = await openSite(t, browser(), { before: plugin, ...withDoofinder() });
    const tab = await openWidget(site);
    const [first, second] = await idsOf(tab);
    await tab.run(() => (document.querySelector('vitrine-widget .vitrine-count').value = 3));
    await tab.click(button(1));
    const [asked] = await tab.run(() => cart.asked);
    const link = await tab.run(() => document.querySelector('vitrine-widget .vitrine-link').href);
    assert.deepEqual(asked, {
      item_id: first,
      amount: 3,
      grouping_id: first,
      group_id: first,
      group_leader: false,
      link,
    });
    assert.equal(await stateOf(tab, 1), 'adding');
    assert.deepEqual(await added(site, tab), []);
    await tab.run(() => cart.settle());
    await until(async () => (await stateOf(tab, 1)) === 'added', 'the button says so');
    assert.deepEqual(await added(site, tab), [`${first} x3`]);

    await tab.click(button(2));
    await tab.run(() => cart.settle('sold out'));
    await until(async () => (await stateOf(tab, 2)) === 'failed', 'the button takes it back');
    assert.deepEqual(await added(site, tab), [`${first} x3`]);
    assert.deepEqual(
      (await tab.run(() => cart.asked)).map(({ item_id }) => item_id),
      [first, second],
    );
    await expectQuiet(tab);
  });

  test("an item counts as it was pressed, although the widget is gone when Doofinder's cart replies", async (t) => {
    const site = await openSite(t, browser(), { before: plugin, ...withDoofinder() });
    const tab = await openWidget(site);
    const [, second] = await idsOf(tab);
    await tab.run(() => {
      document.querySelectorAll('vitrine-widget .vitrine-count')[1].value = '2';
      document.querySelectorAll('vitrine-widget .vitrine-add')[1].click();
      document.querySelectorAll('vitrine-widget .vitrine-count')[1].value = '5';
      document.querySelector('vitrine-widget').remove();
    });
    await tab.run(() => cart.settle());
    await until(async () => (await added(site, tab)).length > 0, 'the item is counted');
    assert.deepEqual(await added(site, tab), [`${second} x2`]);
    await expectQuiet(tab);
  });

  test('a shop that handles or refuses the act gets no second event; without a cart nothing counts', async (t) => {
    const site = await openSite(t, browser(), { before: plugin, ...withDoofinder({ autoTrack: true }) });
    const tab = await openWidget(site);
    const ids = await idsOf(tab);
    await tab.run(() => {
      const answer = (event) => event.detail.waitUntil(Promise.resolve());
      document.addEventListener('vitrine:add-to-cart', answer, { once: true });
    });
    await tab.click(button(1));
    await until(async () => (await stateOf(tab, 1)) === 'added', 'the own answer of the shop');
    await tab.run(() =>
      document.addEventListener('vitrine:add-to-cart', (event) => event.preventDefault(), { once: true }),
    );
    await tab.click(button(2));
    assert.deepEqual(await tab.run(() => cart.asked), []);
    // A shop without a Doofinder cart.
    const other = await openSite(t, browser(), withDoofinder({ autoTrack: true }));
    const tabThere = await openWidget(other);
    await tabThere.click(button(3));
    assert.equal(await stateOf(tabThere, 3), null);
    assert.deepEqual(await added(other, tabThere), []);
    assert.deepEqual(await added(site, tab), [`${ids[0]} x1`]);
    await expectQuiet(tab);
    await expectQuiet(tabThere, [/\(no-cart\)$/]);
  });

  test("with another service the plugin's event is sent only if the shop enables it", async (t) => {
    for (const doofinderCart of [true, false]) {
      const site = await openSite(t, browser(), { before: plugin, config: doofinderCart ? { doofinderCart } : {} });
      const tab = await openWidget(site, { kind: 'forVisitor', 'config-id': 'home', source: 'picks' });
      const [first] = await idsOf(tab);
      await tab.click(button(1));
      assert.equal((await tab.run(() => cart.asked)).length, +doofinderCart);
      if (doofinderCart) {
        await tab.run(() => cart.settle());
        await until(async () => (await stateOf(tab, 1)) === 'added', 'the button says so');
      }
      assert.deepEqual(await added(site, tab), doofinderCart ? [`${first} x1 picks`] : []);
      await expectQuiet(tab, doofinderCart ? [] : [/\(no-cart\)$/]);
    }
  });

  test("an item that Doofinder's layer adds is counted once, after success", async (t) => {
    const site = await openSite(t, browser(), { before: plugin, config: { autoTrack: true } });
    const tab = await site.open('blank.html', 'window');
    await addList(tab, 'shelf', 3);
    const outcomes = await tab.run(async () => {
      // Like the layer: it passes a promise, which it settles.
      const dispatch = (item_id, amount) => {
        let settle;
        const statusPromise = new Promise((resolve, reject) => (settle = { resolve, reject }));
        document.dispatchEvent(
          new CustomEvent('doofinder.cart.add', {
            detail: { item_id, amount, statusPromise: Object.assign(statusPromise, settle) },
          }),
        );
        return statusPromise.then(
          () => 'added',
          () => 'failed',
        );
      };
      const all = [dispatch('shelf-1', 2)];
      cart.settle();
      all.push(dispatch('elsewhere', 1));
      cart.settle();
      all.push(dispatch('shelf-2', 1));
      cart.settle('sold out');
      // A button of the shop that Vitrine knows, and whose press the shop makes this event of.
      const add = Object.assign(document.createElement('button'), { id: 'add', textContent: 'Add' });
      add.dataset.vitrineAdd = '';
      add.onclick = () =>
        setTimeout(() => {
          dispatch('shelf-0', 1);
          cart.settle();
        }, 50);
      document.querySelector('#shelf li').append(add);
      return Promise.all(all);
    });
    assert.deepEqual(outcomes, ['added', 'added', 'failed']);
    await tab.click('#add');
    await until(() => tab.run(() => cart.asked.length === 4), 'the press');
    assert.deepEqual((await added(site, tab)).toSorted(), [
      'elsewhere x1 doofinder',
      'shelf-0 x1 shelf',
      'shelf-1 x2 shelf',
    ]);
    await expectQuiet(tab);
  });
});
