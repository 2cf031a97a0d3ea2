// The element's properties and events, as frameworks and the shop's own scripts use them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { isIdle, openSite } from './open_site.mjs';

const noting = `${answering}
  window.questions = [];
  const answer = window.fetch;
  window.fetch = (url, init) => {
    if (/\\/recs(\\/|$)/.test(String(url))) questions.push(JSON.parse(init.body));
    return answer(url, init);
  };`;

const openBlank = async (t, browser) => {
  const site = await openSite(t, browser, { before: noting });
  const tab = await site.open('blank.html', 'window');
  await tab.run(() => void (answers.next = [{ text: answers.slate(4) }]));
  return { site, tab };
};

inEachEngine('element', (_engine, browser) => {
  test('each attribute is a property in camel case, and the other way round', async (t) => {
    const { tab } = await openBlank(t, browser());
    const names = [
      ...['kind', 'config-id', 'anchor-id', 'category-id', 'query', 'top-k', 'fallback', 'min-results', 'time-budget'],
      ...['exclude', 'surface', 'source', 'experiment', 'heading', 'template', 'add-to-cart', 'quantity', 'eager'],
      ...['currency', 'locale', 'load', 'margin', 'serve', 'shadow', 'state', 'stylesheet', 'theme'],
    ];
    const wrong = await tab.run((all) => {
      const element = document.createElement('vitrine-widget');
      return all.filter((name) => {
        const property = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
        const before = element[property];
        element[property] = 'x';
        const attribute = element.getAttribute(name);
        element.setAttribute(name, 'y');
        const after = element[property];
        element[property] = undefined;
        return (
          !(property in element && before === null && attribute === 'x' && after === 'y') || element.hasAttribute(name)
        );
      });
    }, names);
    assert.deepEqual(wrong, []);
  });

  test('properties decide the request and the looks, and false turns off the stepper and the button', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      const widget = document.createElement('vitrine-widget');
      Object.assign(widget, { anchorId: 7, topK: 5, exclude: ['viewing', 'inCart'], load: 'eager', quantity: false });
      document.body.append(widget);
      await widget.refresh();
      const look = () => [
        widget.querySelectorAll('[data-vitrine-quantity]').length,
        widget.querySelectorAll('[data-vitrine-add]').length,
      ];
      const off = look();
      widget.quantity = true;
      await widget.refresh();
      const on = look();
      widget.addToCart = false;
      await widget.refresh();
      const bare = look();
      widget.addToCart = true;
      await widget.refresh();
      return { off, on, bare, again: look(), exclude: widget.getAttribute('exclude'), first: questions[0] };
    });
    const { first, ...rest } = seen;
    assert.deepEqual([first.productId, first.topK], ['7', 5]);
    assert.deepEqual(rest, { off: [0, 4], on: [4, 4], bare: [0, 0], again: [4, 4], exclude: 'viewing,inCart' });
    await expectQuiet(tab);
  });

  test('attributes that a framework wrote in camel case count, and the ones with dashes count over them', async (t) => {
    const { tab } = await openBlank(t, browser());
    const found = await tab.run(async () => {
      const box = document.createElement('div');
      document.body.append(box);
      const widget = document.createElement('vitrine-widget');
      for (const [name, value] of [
        ['anchorId', 'SKU-5'],
        ['topK', '3'],
        ['load', 'eager'],
        ['addToCart', ''],
      ])
        widget.setAttribute(name, value);
      box.append(widget);
      await widget.refresh();
      widget.setAttribute('anchorId', 'SKU-6');
      await widget.refresh();
      widget.setAttribute('anchor-id', 'SKU-7');
      await widget.refresh();
      widget.remove();
      widget.anchorId = null;
      return {
        asked: questions.map(({ productId, topK }) => [productId, topK]),
        buttons: widget.querySelectorAll('[data-vitrine-add]').length,
        left: widget.getAttributeNames().filter((name) => /anchor/.test(name)),
      };
    });
    assert.deepEqual(found, {
      asked: [
        ['SKU-5', 3],
        ['SKU-6', 3],
        ['SKU-7', 3],
      ],
      buttons: 0,
      left: [],
    });
    await expectQuiet(tab);
  });

  test('properties that were set before the element is defined count, also over Object.prototype.value', async (t) => {
    const site = await openSite(t, browser(), {
      before: `${noting}
        answers.next = [{ text: answers.slate(4) }];
        Object.prototype.value = 1;
        window.early = document.createElement('vitrine-widget');
        Object.assign(early, { anchorId: 'SKU-3', topK: 2, load: 'eager', quantity: false });
        addEventListener('DOMContentLoaded', () => document.body.append(early));`,
    });
    const tab = await site.open('blank.html', 'window');
    const seen = await tab.run(async () => {
      const element = /** @type {any} */ (window).early;
      await element.refresh();
      return [
        questions[0].productId,
        questions[0].topK,
        element.getAttribute('quantity'),
        Object.keys(element).includes('topK'),
      ];
    });
    assert.deepEqual(seen, ['SKU-3', 2, 'off', false]);
  });

  test('each event has a name without a colon too; a listener to both states gets each change twice', async (t) => {
    const { tab } = await openBlank(t, browser());
    const states = await tab.run(async () => {
      const seen = [];
      for (const name of ['vitrine:state', 'vitrine-state'])
        document.addEventListener(name, (/** @type {any} */ event) => seen.push(`${event.type} ${event.detail.state}`));
      const widget = answers.put({});
      await widget.refresh();
      return seen.slice(-2);
    });
    assert.deepEqual(states, ['vitrine:state ready', 'vitrine-state ready']);
  });

  test('an item that is taken under either name, or by one listener under both, counts once', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    const calls = await tab.run(async () => {
      const widget = answers.put({});
      await widget.refresh();
      const counts = [];
      const names = ['vitrine:add-to-cart', 'vitrine-add-to-cart'];
      const press = async (i, listen, type) => {
        let calls = 0;
        const listener = (event) => {
          calls++;
          listen(event);
        };
        for (const name of type ? [type] : names) document.addEventListener(name, listener);
        const button = widget.querySelectorAll('[data-vitrine-add]')[i];
        button.click();
        await new Promise((resolve) => setTimeout(resolve));
        for (const name of names) document.removeEventListener(name, listener);
        counts.push([calls, button.getAttribute('data-vitrine-cart')]);
      };
      await press(0, ({ detail }) => detail.waitUntil(Promise.resolve()), names[1]);
      await press(1, ({ detail }) => detail.waitUntil(), undefined);
      await press(2, (event) => event.preventDefault(), names[1]);
      await press(2, (event) => event.preventDefault(), undefined);
      await press(3, ({ detail }) => void detail.itemId, names[1]);
      return counts;
    });
    assert.deepEqual(calls, [
      [1, 'added'],
      [1, 'added'],
      [1, null],
      [1, null],
      [1, 'added'],
    ]);
    await tab.run(() => shopper.vitrine.events.flush());
    await isIdle(tab);
    const { events } = await site.events({ type: 'addToCart' });
    assert.deepEqual(events.map(({ itemId }) => itemId).toSorted(), ['p0', 'p1', 'p3']);
    await expectQuiet(tab);
  });
});
