// A widget inside a form or an item of the shop's own: its controls take no part in the form, and a press in the widget
// is no press on what is around it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { settled } from './items.mjs';
import { openSite } from './open_site.mjs';

const [kEnter, kEnd] = ['\uE007', '\uE010'];
const blank = readFileSync(new URL('pages/blank.html', import.meta.url), 'utf8');
const templates = ['grid', 'carousel', 'list', 'strip', 'hero'];

/** Opens blank.html with this markup in its <main>. */
const openWith = async (t, browser, markup) => {
  const site = await openSite(t, browser, { before: answering, config: { autoTrack: true } });
  site.pages.replies.set('/form.html', { body: blank.replace('<h1>Widgets</h1>', markup) });
  return { site, tab: await site.open('form.html', 'window') };
};
/**
 * Opens a page whose product MAIN is a form that adds itself to the cart, with a widget of this template in it.
 * @param {import('node:test').TestContext} t
 * @param {import('./engine.mjs').Browser} browser
 * @param {string} template
 * @param {object} [attributes] more of the widget
 */
const openInForm = async (t, browser, template, attributes = {}) => {
  const { site, tab } = await openWith(
    t,
    browser,
    `<form data-vitrine-list="details" data-vitrine-surface="product_page" data-vitrine-item="MAIN" data-vitrine-add>
      <input name="size" value="M"><div id="place"></div><input name="qty" value="2"><button id="buy">Buy</button>
    </form>
    <div id="own" data-vitrine-list="own"><p data-vitrine-item="OWN"><button data-vitrine-add>Add</button></p></div>`,
  );
  await tab.run(
    async (name, more) => {
      window.form = document.querySelector('form');
      window.submits = 0;
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        window.submits++; // Firefox's driver gives a bare name to the script, not to the page
      });
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil());
      answers.next = [{ text: answers.slate(6) }];
      window.widget = answers.put({ template: name, heading: 'Similar', 'top-k': 6, quantity: '', ...more });
      document.getElementById('place').append(widget);
      await widget.refresh();
    },
    template,
    attributes,
  );
  return { site, tab };
};
/** Resolves to the add-to-carts and clicks so far, "type item x quantity of source". */
const told = async (site, tab) => {
  const of = await settled(site, tab);
  return ['click', 'addToCart'].flatMap((kind) =>
    of(kind).map(({ type, itemId, quantity, source }) => `${type} ${itemId} x${quantity ?? 0} of ${source}`),
  );
};

inEachEngine('forms', (_engine, browser) => {
  for (const template of templates) {
    test(`controls of a widget take no part in the form around it: ${template}`, async (t) => {
      const { site, tab } = await openInForm(t, browser(), template);
      const seen = await tab.run(() => {
        const count = widget.querySelector('[data-vitrine-quantity]');
        count.value = '100'; // more than its maximum
        const fields = [...new FormData(form).keys()];
        const isValid = form.checkValidity();
        form.reset();
        const types = [...widget.querySelectorAll('button')].map(({ type }) => type);
        return { fields, isValid, elements: form.elements.length, left: count.value, types: [...new Set(types)] };
      });
      assert.deepEqual(seen, {
        fields: ['size', 'qty'],
        isValid: true,
        elements: 3,
        left: '100',
        types: ['button'],
      });
      await tab.run(() => widget.querySelector('[data-vitrine-quantity]').focus());
      await tab.key(kEnd);
      await tab.key(kEnter);
      assert.equal(await tab.run(() => submits), 0);
      // The shop's own button works although a field of the widget has no valid value.
      await tab.click('#buy');
      assert.equal(await tab.run(() => submits), 1);
      assert.deepEqual(await told(site, tab), ['addToCart MAIN x2 of details']);
      await expectQuiet(tab);
    });
  }

  for (const shadow of [null, '']) {
    test(`a press on a widget is none on the item around it${shadow === '' ? ', in a shadow root' : ''}`, async (t) => {
      const { site, tab } = await openInForm(t, browser(), 'carousel', { shadow });
      const pressed = await tab.run(() => {
        const root = widget.shadowRoot || widget;
        const parts = ['.vitrine-title', '[data-vitrine-next]', '[data-vitrine-scroller]', '[data-vitrine-step="1"]'];
        for (const part of parts) root.querySelector(part).click();
        root.querySelector('[data-vitrine-quantity]').click();
        return root.querySelector('[data-vitrine-quantity]').value;
      });
      assert.equal(pressed, '2');
      assert.deepEqual(await told(site, tab), []);
      await tab.run(() => {
        const root = widget.shadowRoot || widget;
        root.querySelector('[data-vitrine-add]').click();
      });
      assert.deepEqual(await told(site, tab), ['addToCart p0 x2 of similarItems']);
      await expectQuiet(tab);
    });
  }

  test("a widget in an item, without a form, leaves the item's position and quantity alone", async (t) => {
    const { site, tab } = await openWith(
      t,
      browser(),
      `<div data-vitrine-list="rows">
        <div data-vitrine-item="A"><b>A</b><div id="place"></div><button data-vitrine-add>Add A</button></div>
      </div>`,
    );
    await tab.run(async () => {
      answers.next = [{ text: answers.slate(3) }];
      window.widget = answers.put({ quantity: '', 'top-k': 3 });
      document.getElementById('place').append(widget);
      await widget.refresh();
      widget.querySelector('[data-vitrine-quantity]').value = '7';
      const last = document.createElement('div');
      last.dataset.vitrineItem = 'B';
      last.textContent = 'B';
      document.querySelector('[data-vitrine-list]').append(last);
      await new Promise((resolve) => setTimeout(resolve));
      // No link of its own, so the whole item is one; the links of the widget in it are not its own.
      document.querySelector('b').click();
      last.click();
      await new Promise((resolve) => setTimeout(resolve)); // two clicks in one task are one press
      document.querySelector('[data-vitrine-item="A"] > button').click();
    });
    const of = await settled(site, tab);
    assert.deepEqual(
      [...of('click'), ...of('addToCart')].map(
        ({ type, itemId, position, quantity }) => `${type} ${itemId} at ${position} x${quantity ?? 0}`,
      ),
      ['click A at 0 x0', 'click B at 1 x0', 'addToCart A at 0 x1'],
    );
    await expectQuiet(tab);
  });

  test("a button of the shop's own children in an empty widget is not the button of a product", async (t) => {
    const { site, tab } = await openInForm(t, browser(), 'grid');
    await tab.run(async () => {
      window.asked = 0;
      document.addEventListener('vitrine:add-to-cart', () => asked++);
      answers.next = [{ text: '{"serveId":"none","results":[]}' }];
      const empty = answers.put({ 'anchor-id': 'SKU-2' });
      empty.append(document.getElementById('own'));
      await empty.refresh();
      empty.querySelector('button').click();
    });
    assert.equal(await tab.run(() => asked), 0);
    assert.deepEqual(await told(site, tab), ['addToCart OWN x1 of own']);
  });
});
