// Acts on items that the page itself has marked up: each is reported once, even if the page stops the DOM event.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { addList, ids, settled } from './items.mjs';
import { isUp, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const tracked = { config: { autoTrack: true } };
const kControl = '\uE009';
const kEnter = '\uE007';

/** Clicks and add-to-carts, in order, as "click list-0 at 0 of list" and "addToCart list-0 x2 …". */
const told = (of) =>
  ['click', 'addToCart'].flatMap((kind) =>
    of(kind)
      .toSorted((a, b) => a.seq - b.seq)
      .map(
        ({ type, itemId, position, quantity, source }) =>
          `${type} ${itemId}${quantity ? ` x${quantity}` : ''} at ${position} of ${source}`,
      ),
  );

inEachEngine('autotrack', (engine, browser) => {
  test('left, middle, modified and keyboard clicks count once each, even if the page stops them', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 5, { link: '#chosen' });
    await tab.run(() => {
      const stop = (event) => event.stopImmediatePropagation();
      for (const type of ['click', 'auxclick']) document.addEventListener(type, stop, true);
      document.getElementById('list').addEventListener('auxclick', (event) => event.preventDefault());
      document.addEventListener('click', (event) => event.ctrlKey && event.preventDefault(), true);
    });
    const link = (n) => `#list li:nth-child(${n + 1}) a`;
    await tab.press(link(0));
    await tab.press(link(1), { button: 1 });
    await tab.press(link(2), { key: kControl });
    await tab.type(link(3), kEnter);
    // WebKit's driver releases the left button instead of the right one, which makes a click.
    if (engine !== 'webkit') await tab.press(link(4), { button: 2 });
    const of = await settled(site, tab);
    assert.deepEqual(
      told(of),
      [0, 1, 2, 3].map((n) => `click list-${n} at ${n} of list`),
    );
  });

  test('a link that leaves the page reports its click, and the next page knows what led there', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 3, { link: '/module.html' });
    await tab.press('#list li:nth-child(2) a');
    await until(async () => (await tab.address()).endsWith('/module.html'), 'the next page');
    await isUp(tab);
    const { events: clicks } = await site.arrived(1, { type: 'click' });
    await tab.run(() => {
      const context = shopper.vitrine.events.trackItemsServed({
        surface: 'product_page',
        source: 'product',
        itemIds: ['list-1'],
      });
      context.trackAddToCart('list-1', { quantity: 2 });
      const items = [
        { itemId: 'list-1', quantity: 2, unitPrice: 9.95 },
        { itemId: 'other', quantity: 1, unitPrice: 0.1 },
      ];
      shopper.vitrine.events.trackPurchase({ orderId: 'o-1', value: 20.0, currency: 'EUR', items });
    });
    const of = await settled(site, tab);
    const touch = {
      serveId: clicks[0].serveId,
      surface: 'test_page',
      source: 'list',
      position: 1,
      touchedAt: clicks[0].at,
    };
    assert.deepEqual(of('addToCart')[0].attribution, touch);
    assert.equal(of('addToCart')[0].source, 'product');
    assert.deepEqual(
      of('purchase')[0].items.map(({ attribution }) => attribution ?? null),
      [touch, null],
    );
  });

  test('cards without a link, links around cards, overlays and labels: one press is one click', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      const add = (parent, tag, fields = {}, attributes = {}) => {
        const element = Object.assign(document.createElement(tag), fields);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        parent.append(element);
        return element;
      };
      const item = (parent, id) => add(parent, 'div', { id }, { 'data-vitrine-item': id });
      add(item(document.body, 'plain'), 'span', { textContent: 'plain' });
      item(add(document.body, 'a', { href: '#x' }), 'within').textContent = 'within';
      const overlaid = item(document.body, 'overlaid');
      const link = add(overlaid, 'a', { href: '#x', textContent: 'link' });
      const cover = add(overlaid, 'p', { textContent: 'cover', id: 'cover' }, { 'data-vitrine-click': '' });
      cover.addEventListener('click', () => link.click());
      const labelled = item(document.body, 'labelled');
      add(add(labelled, 'label', { textContent: 'compare', id: 'label' }), 'input', { type: 'checkbox' });
      const ignored = item(document.body, 'ignored');
      add(ignored, 'a', { href: '#x', textContent: 'zoom', id: 'zoom' }, { 'data-vitrine-ignore': '' });
    });
    for (const css of ['#plain span', '#within', '#cover', '#label', '#zoom']) await tab.press(css);
    assert.deepEqual(ids((await settled(site, tab))('click')), ['overlaid', 'plain', 'within']);
  });

  test('add-to-cart by button, with a quantity, by form and in a shadow root', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 3, { link: '#x' });
    await tab.run(() => {
      const items = [...document.querySelectorAll('#list li')];
      const button = (parent, fields = {}) => {
        const element = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Add' }, fields);
        parent.append(element);
        return element;
      };
      button(items[0], { id: 'one' }).dataset.vitrineAdd = '';
      const many = Object.assign(document.createElement('input'), { type: 'number', value: 3 });
      many.dataset.vitrineQuantity = '';
      items[1].append(many);
      button(items[1], { id: 'many' }).dataset.vitrineAdd = '';
      button(items[2], { id: 'sold' }).dataset.vitrineAdd = '';
      items[2].lastChild.setAttribute('aria-disabled', 'true');
      const form = (root, id) => {
        const element = document.createElement('form');
        Object.assign(element.dataset, { vitrineItem: id, vitrineAdd: '' });
        element.textContent = '';
        const field = Object.assign(document.createElement('input'), { name: 'quantity', value: 4 });
        element.append(field);
        button(element, { type: 'submit', id: `${id}-send` });
        element.addEventListener('submit', (event) => event.preventDefault());
        root.append(element);
      };
      form(document.body, 'formed');
      const host = document.createElement('div');
      document.body.append(host);
      form(host.attachShadow({ mode: 'open' }), 'hidden');
    });
    await tab.press('#one');
    await tab.press('#one');
    await tab.press('#many');
    await tab.press('#sold');
    await tab.press('#formed-send');
    await tab.run(() =>
      [...document.querySelectorAll('div')]
        .find((div) => div.shadowRoot)
        .shadowRoot.querySelector('button')
        .click(),
    );
    const of = await settled(site, tab);
    assert.deepEqual(told(of), [
      'addToCart list-0 x1 at 0 of list',
      'addToCart list-0 x1 at 0 of list',
      'addToCart list-1 x3 at 1 of list',
      'addToCart formed x4 at 3 of page',
      'addToCart hidden x4 at 0 of page',
    ]);
    assert.deepEqual(of('click'), []);
  });

  test('an order is reported once, also if the page is reloaded or open in two tabs', async (t) => {
    const site = await openSite(t, browser());
    const buy = () => {
      const items = [{ itemId: 'a', quantity: 1, unitPrice: 19.99 }];
      shopper.vitrine.events.trackPurchase({ orderId: 'once', value: 19.99, currency: 'EUR', items });
      shopper.vitrine.events.trackPurchase({ orderId: 'once', value: 19.99, currency: 'EUR', items });
      return shopper.vitrine.events.getMetrics().dropped.duplicate ?? 0;
    };
    const tab = await site.open('script.html', 'window');
    const other = await site.open('script.html', 'window');
    assert.equal(await tab.run(buy), 1);
    assert.equal(await other.run(buy), 2);
    await tab.reload();
    await isUp(tab);
    assert.equal(await tab.run(buy), 2);
    assert.deepEqual(
      (await settled(site, tab))('purchase').map(({ orderId, value }) => [orderId, value]),
      [['once', 19.99]],
    );
    const field = await tab.run(() => {
      try {
        shopper.vitrine.events.trackPurchase({ orderId: 'two', value: 1, currency: 'EURO', items: [] });
      } catch (error) {
        return `${error.name} ${error.field}`;
      }
    });
    assert.equal(field, 'ValidationError currency');
  });

  test('events of an automated browser are marked, and can be dropped', async (t) => {
    const site = await openSite(t, browser(), { config: { events: { flushInterval: 100, bots: 'drop' } } });
    const tab = await site.open('script.html', 'window');
    const isDriven = await tab.run(() => navigator.webdriver);
    await tab.run(() => void shopper.click('x', 2));
    const dropped = await tab.run(() => shopper.vitrine.events.getMetrics().dropped.bot ?? 0);
    assert.equal(dropped, isDriven ? 3 : 0);
  });

  test('a row that is rendered again is the same row, and a form with a button in it adds once', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await addList(tab, 'list', 3);
    await site.arrived(3, { type: 'view' });
    await tab.run(() => {
      const row = document.querySelectorAll('li')[2];
      row.replaceWith(row.cloneNode(true));
      const form = document.createElement('form');
      form.dataset.vitrineItem = 'form';
      form.dataset.vitrineAdd = '';
      form.onsubmit = () => false;
      const button = document.createElement('button');
      button.dataset.vitrineAdd = '';
      button.id = 'add';
      button.textContent = 'Add';
      form.append(button);
      document.body.append(form);
    });
    await site.arrived(1, { type: 'view', itemId: 'form' });
    await tab.click('#add');
    await tab.run(() => document.querySelectorAll('li')[2].click());
    const of = await settled(site, tab);
    assert.deepEqual(
      of('itemsServed').map(({ itemIds }) => itemIds),
      [['list-0', 'list-1', 'list-2'], ['form']],
    );
    assert.deepEqual(ids(of('view')), ['form', 'list-0', 'list-1', 'list-2']);
    assert.deepEqual(ids(of('click')), ['list-2']);
    assert.deepEqual(ids(of('addToCart')), ['form']);
  });

  test('elements whose attribute names no product are told once and not tracked; their neighbours are', async (t) => {
    const site = await openSite(t, browser(), tracked);
    const tab = await site.open('script.html', 'window');
    await tab.run(() => {
      const ul = document.createElement('ul');
      ul.dataset.vitrineList = 'list';
      for (const id of ['a', '', 'undefined', '[object Object]', ' ', 'undefined', 'b']) {
        const li = document.createElement('li');
        li.dataset.vitrineItem = id;
        li.textContent = 'Open';
        ul.append(li);
      }
      document.body.append(ul);
    });
    await until(async () => (await tab.run(() => seen.console)).length >= 4, 'console lines');
    await tab.run(() => {
      for (const li of document.querySelectorAll('li')) {
        li.click();
        li.after(li.cloneNode(true));
      }
    });
    const of = await settled(site, tab);
    assert.deepEqual(of('itemsServed')[0].itemIds, ['a', 'b']);
    assert.deepEqual(ids(of('click')), ['a', 'b']);
    const lines = (await tab.run(() => seen.console)).map((line) => String(line));
    for (const id of ['', 'undefined', '[object Object]', ' '])
      assert.equal(
        lines.filter((line) => line.includes(`data-vitrine-item="${id}" is no product id and`)).length,
        1,
        id,
      );
    assert.equal(lines.length, 4, lines.join('\n'));
  });
});
