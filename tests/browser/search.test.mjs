// The demo shop's search, suggestions and categories, under each service.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../server/server.mjs';
import { launch } from './engine.mjs';
import { readStore } from './open_site.mjs';
import { until } from './until.mjs';

let browser;
let server;
before(async () => ([browser, server] = [await launch('chromium'), await startServer()]));
after(async () => {
  await browser?.quit();
  await server?.stop();
});

const keys = { down: '\uE015', up: '\uE013', enter: '\uE007', escape: '\uE00C' };

const isFilled = () => !!document.querySelector('#listing .cards:not(.cards-waiting), #listing .empty');

const services = {
  refine: { hasSuggestions: false },
  depict: { hasSuggestions: true, category: 'Kitchen' },
  richrelevance: { hasSuggestions: true, hasNoOrder: true },
  doofinder: { hasSuggestions: true },
};

for (const [service, { hasSuggestions, category, hasNoOrder }] of Object.entries(services)) {
  const open = async (t, path) => {
    const tab = await browser.open();
    t.after(() => browser.closeTabs());
    // Events that another service's page has left are not this service's.
    await tab.cdp('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'all' });
    await tab.consoleLines(); // discards the lines of earlier pages
    await tab.goto(`${server.url}${path}${path.includes('?') ? '&' : '?'}service=${service}`);
    await until(() => tab.run(() => window.vitrine?.('getVisitorId')), 'Vitrine');
    return tab;
  };
  const filled = (tab) => until(() => tab.run(isFilled), 'a filled list');
  const state = (tab) =>
    tab.run(() => {
      const box = document.querySelector('#find');
      const active = document.getElementById(box.getAttribute('aria-activedescendant') ?? '');
      return {
        expanded: box.getAttribute('aria-expanded'),
        terms: [...document.querySelectorAll('#found [role=option]')].map(({ textContent }) => textContent),
        active: active && [active.textContent, active.getAttribute('aria-selected')],
        value: box.value,
        focused: document.activeElement === box,
      };
    });
  const isOpen = (tab) => until(async () => (await state(tab)).expanded === 'true', 'suggestions');
  const prices = (tab) =>
    tab.run(() =>
      [...document.querySelectorAll('#listing .price-now')].map(({ textContent }) =>
        Number(textContent.replace(/[^0-9.]/g, '')),
      ),
    );
  const sourceOf = (tab) => tab.run(() => document.querySelector('#listing .cards').dataset.vitrineList);

  test(`${service}: the search box has a list of suggestions that keys and the mouse choose from`, async (t) => {
    const tab = await open(t, '/login');
    await tab.type('#find', 'ki');
    await isOpen(tab);
    const { terms, active } = await state(tab);
    assert.ok(terms.length > 0 && terms.length <= 6, String(terms));
    assert.equal(active, null);
    if (hasSuggestions) assert.equal(terms[0], 'kitchen');
    if (category) assert.ok(terms.includes(`${category} in categories`));

    await tab.key(keys.down);
    assert.deepEqual((await state(tab)).active, [terms[0], 'true']);
    await tab.key(keys.up);
    assert.equal((await state(tab)).active, null, 'the box itself is above the first');
    await tab.key(keys.up);
    assert.deepEqual((await state(tab)).active, [terms.at(-1), 'true']);
    await tab.key(keys.escape);
    const closed = await state(tab);
    assert.deepEqual([closed.expanded, closed.active, closed.value, closed.focused], ['false', null, 'ki', true]);

    await tab.key(keys.down);
    assert.deepEqual((await state(tab)).active, [terms[0], 'true']);
    await tab.key(keys.enter);
    await until(async () => (await tab.address()).includes('/search'), 'the page of results');
    assert.equal(new URL(await tab.address()).searchParams.get('q'), terms[0]);
    await filled(tab);

    await tab.run(() => (document.querySelector('#find').value = ''));
    await tab.type('#find', 'la');
    await isOpen(tab);
    const [other] = (await state(tab)).terms;
    await tab.click('#found [role=option]:nth-child(1)');
    await until(async () => new URL(await tab.address()).searchParams.get('q') === other, 'the next results');
    await filled(tab);
    assert.deepEqual(await tab.consoleLines(), []);
  });

  test(`${service}: results have pages, an order and facets of the service`, async (t) => {
    const tab = await open(t, '/search?q=light');
    await filled(tab);
    assert.equal(await sourceOf(tab), 'search');
    const total = await tab.run(() => parseInt(document.querySelector('#count').textContent, 10));
    assert.ok(total > 12, String(total));
    const ids = () => tab.run(() => [...document.querySelectorAll('#listing .card')].map(({ dataset }) => dataset.id));
    const first = await ids();
    assert.equal(first.length, 12);
    assert.equal(
      await tab.run(() => document.querySelector('.pages [aria-current]').textContent),
      `Page 1 of ${Math.ceil(total / 12)}`,
    );
    await tab.click('.pages [rel=next]');
    await until(async () => new URL(await tab.address()).searchParams.get('page') === '2', 'page 2');
    await filled(tab);
    const second = await ids();
    assert.equal(second.length, Math.min(12, total - 12));
    assert.deepEqual(
      second.filter((id) => first.includes(id)),
      [],
    );

    await tab.run(() => {
      const sort = document.querySelector('select[name=sort]');
      sort.value = 'price_asc';
      sort.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await until(async () => (await prices(tab)).every((price, i, all) => i === 0 || all[i - 1] <= price), 'an order');
    assert.equal((await ids()).length, 12, 'another order begins at the first page');

    const picked = await tab.run(() => {
      const box = document.querySelector('.facets input[name=brand]:not([value=""])');
      box.click();
      return [box.value, box.parentElement.textContent];
    });
    await until(async () => {
      const brands = await tab.run(() => [...document.querySelectorAll('.card-brand')].map((e) => e.textContent));
      return brands.length > 0 && brands.every((brand) => brand === picked[0]);
    }, 'products of the brand');
    if (service !== 'refine') {
      const count = Number(/\((\d+)\)/.exec(picked[1])[1]);
      assert.equal(await tab.run(() => parseInt(document.querySelector('#count').textContent, 10)), count);
    }
    assert.deepEqual(await tab.consoleLines(), []);
  });

  test(`${service}: a category is listed by the service, and a click on it is stored`, async (t) => {
    const store = readStore(server.url);
    await store.clear();
    const tab = await open(t, '/category/kitchen');
    await filled(tab);
    assert.equal(await sourceOf(tab), 'category');
    assert.equal(await tab.run(() => document.querySelectorAll('#listing .card').length), 12);
    const hasOrder = await tab.run(() => !!document.querySelector('select[name=sort]'));
    assert.equal(hasOrder, !hasNoOrder);
    await tab.click('.pages [rel=next]');
    await until(async () => new URL(await tab.address()).searchParams.get('page') === '2', 'page 2');
    await filled(tab);
    assert.equal(await sourceOf(tab), 'category');
    const card = '#listing .card:nth-child(1)';
    const id = await tab.run((css) => document.querySelector(css).dataset.id, card);
    await tab.click(`${card} .card-link`);
    const { events } = await store.arrived(1, { service, type: 'click' });
    assert.deepEqual(
      events.map(({ itemId }) => itemId),
      [id],
    );
    if (service === 'depict') assert.match(events[0].sent.product_listing_result_id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(await tab.consoleLines(), []);
  });

  test(`${service}: a click on a result of a search is stored with the ids of the service`, async (t) => {
    const store = readStore(server.url);
    await store.clear();
    const tab = await open(t, '/search?q=mug');
    await filled(tab);
    const id = await tab.run(() => document.querySelector('#listing .card').dataset.id);
    await tab.click('#listing .card:nth-child(1) .card-link');
    const { events } = await store.arrived(1, { service, type: 'click' });
    assert.deepEqual(
      events.map(({ itemId, position }) => [itemId, position ?? 0]),
      [[id, 0]],
    );
    const [{ sent }] = events;
    if (service === 'depict') assert.match(sent.search_result_id, /^[0-9a-f-]{36}$/);
    if (service === 'richrelevance') assert.equal(sent.query, 'mug');
    if (service === 'doofinder') assert.match(sent.dfid, /^[0-9a-f]{32}@product@[0-9a-f]{32}$/);
  });
}
