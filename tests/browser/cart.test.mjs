// Add to cart: the shop's promise decides, the button shows the state, and messages are in the shop's language.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { isIdle, openSite } from './open_site.mjs';

const stringsOf = (language) =>
  JSON.parse(readFileSync(new URL(`../../widget/strings/${language}.json`, import.meta.url), 'utf8'));

const openBlank = async (t, browser, config) => {
  const site = await openSite(t, browser, { before: answering, config });
  return { site, tab: await site.open('blank.html', 'window') };
};

inEachEngine('cart', (_engine, browser) => {
  test('the button confirms at once, takes it back on failure, and announces both', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(4) }];
      const widget = answers.put({});
      await widget.refresh();
      const settle = [];
      document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
        detail.waitUntil(new Promise((resolve, reject) => settle.push({ ...detail, resolve, reject }))),
      );
      const item = (i) => widget.querySelectorAll('[data-vitrine-item]')[i];
      const add = (i) => item(i).querySelector('[data-vitrine-add]');
      const state = (i) => [add(i).getAttribute('data-vitrine-cart'), add(i).getAttribute('aria-disabled')];
      item(0).querySelector('[data-vitrine-step="1"]').click();
      item(0).querySelector('[data-vitrine-step="1"]').click();
      add(0).click();
      add(0).click();
      add(1).click();
      const waiting = [state(0), state(1)];
      const wishes = settle.map(({ itemId, quantity, title, price }) => [itemId, quantity, title, price]);
      settle[0].resolve();
      settle[1].reject(new Error('sold out'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const done = [state(0), state(1)];
      const said = document.querySelector('[role=status]').textContent;
      await shopper.vitrine.events.flush();
      return { waiting, wishes, done, said };
    });
    assert.deepEqual(seen.waiting, [
      ['adding', 'true'],
      ['adding', 'true'],
    ]);
    assert.deepEqual(seen.wishes, [
      ['p0', 3, 'Product 0', '€10.00'],
      ['p1', 1, 'Product 1', '€11.00'],
    ]);
    assert.deepEqual(seen.done, [
      ['added', null],
      ['failed', null],
    ]);
    assert.equal(seen.said, 'Product 1 could not be added to the cart');
    const { events } = await site.arrived(1, { type: 'addToCart' });
    assert.deepEqual(
      events.map(({ itemId, quantity }) => [itemId, quantity]),
      [['p0', 3]],
    );
    await expectQuiet(tab);
  });

  test('an act that the shop cancels is neither shown nor announced nor counted', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(2) }];
      const widget = answers.put({});
      await widget.refresh();
      document.addEventListener(
        'vitrine:add-to-cart',
        (event) => event.detail.itemId === 'p0' && event.preventDefault(),
      );
      const add = widget.querySelectorAll('[data-vitrine-add]');
      add[0].click();
      const cancelled = [add[0].getAttribute('data-vitrine-cart'), document.querySelector('[role=status]').textContent];
      add[1].click();
      const taken = [add[1].getAttribute('data-vitrine-cart'), document.querySelector('[role=status]').textContent];
      await shopper.vitrine.events.flush();
      return { cancelled, taken };
    });
    assert.deepEqual(seen, { cancelled: [null, ''], taken: ['added', 'Product 1 is in the cart'] });
    await site.arrived(1, { type: 'addToCart' });
    await isIdle(tab);
    const { events } = await site.events({ type: 'addToCart' });
    assert.deepEqual(
      events.map(({ itemId, quantity }) => [itemId, quantity]),
      [['p1', 1]],
    );
  });

  test('a pending press survives a refresh, and its outcome is shown on the same button', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      answers.next = [{ text: answers.slate(3) }];
      const widget = answers.put({});
      await widget.refresh();
      let settle;
      document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
        detail.waitUntil(new Promise((_, reject) => (settle = reject))),
      );
      const add = widget.querySelectorAll('[data-vitrine-add]')[2];
      widget.querySelectorAll('[data-vitrine-quantity]')[2].value = '7';
      add.click();
      answers.next = [
        {
          text: answers.slate(3, (reply) => {
            reply.results.reverse();
            reply.results[0].metadata.price = 5;
            return reply;
          }),
        },
      ];
      await widget.refresh();
      const during = [
        add.getAttribute('data-vitrine-cart'),
        add === widget.querySelectorAll('[data-vitrine-add]')[0],
        widget.querySelector('[data-vitrine-quantity]').value,
      ];
      settle(new Error('sold out'));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const failed = add.getAttribute('data-vitrine-cart');
      await new Promise((resolve) => setTimeout(resolve, 2600));
      return { during, failed, later: add.getAttribute('data-vitrine-cart') };
    });
    assert.deepEqual(seen, { during: ['adding', true, '7'], failed: 'failed', later: null });
    await expectQuiet(tab);
  });

  test("a quantity is a whole number from one to the field's maximum", async (t) => {
    const { tab } = await openBlank(t, browser());
    const wishes = await tab.run(async () => {
      answers.next = [{ text: answers.slate(1) }];
      const widget = answers.put({ 'top-k': 1 });
      await widget.refresh();
      const out = [];
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => out.push(detail.quantity));
      const [count, add] = ['quantity', 'add'].map((name) => widget.querySelector(`[data-vitrine-${name}]`));
      const step = (by) => widget.querySelector(`[data-vitrine-step="${by}"]`).click();
      step(-1);
      add.click();
      for (const text of ['0', '-3', '', '2.9', '99', '1000']) {
        count.value = text;
        add.click();
      }
      count.value = '99';
      step(1);
      add.click();
      return out;
    });
    assert.deepEqual(wishes, [1, 1, 1, 1, 2, 99, 99, 99]);
  });

  test('attributes decide whether cart button and quantity exist', async (t) => {
    const { tab } = await openBlank(t, browser());
    const seen = await tab.run(async () => {
      const out = [];
      const all = [
        {},
        { 'add-to-cart': 'Buy' },
        { 'add-to-cart': '' },
        { quantity: 'off' },
        { quantity: 'false' },
        { quantity: '' },
        { template: 'strip' },
        { template: 'strip', quantity: '' },
      ];
      for (const attributes of all) {
        document.querySelector('vitrine-widget')?.remove();
        answers.next = [{ text: answers.slate(1) }];
        const widget = answers.put({ 'top-k': 1, ...attributes });
        await widget.refresh();
        const button = widget.querySelector('.vitrine-add')?.textContent ?? 'no button';
        out.push(button + (widget.querySelector('.vitrine-quantity') ? ', stepper' : ''));
      }
      return out;
    });
    assert.deepEqual(seen, [
      'Add to cart, stepper',
      'Buy, stepper',
      'no button',
      'Add to cart',
      'Add to cart',
      'Add to cart, stepper',
      'Add to cart',
      'Add to cart, stepper',
    ]);
  });

  for (const language of ['en', 'de', 'fr', 'es', 'sv']) {
    test(`cart messages are in the shop's language: ${language}`, async (t) => {
      const texts = stringsOf(language);
      const { tab } = await openBlank(t, browser(), { strings: { ...texts, quantity: 'Wie viele' } });
      const seen = await tab.run(async () => {
        const out = [];
        for (const [i, template] of ['grid', 'carousel', 'list', 'strip', 'hero'].entries()) {
          document.querySelector('vitrine-widget')?.remove();
          answers.next = [
            {
              text: answers.slate(1, (reply) => {
                reply.results[0].metadata.name = "L'Été & <b> $& {title}";
                return reply;
              }),
            },
          ];
          const widget = answers.put({ template, 'top-k': 1, 'anchor-id': `SKU-${i}` });
          await widget.refresh();
          const add = widget.querySelector('[data-vitrine-add]');
          const press = async (answer) => {
            document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil(answer), { once: true });
            add.click();
            await answer.catch(() => {});
            await new Promise((resolve) => setTimeout(resolve));
            return document.querySelector('[role=status]').textContent;
          };
          out.push([
            add.textContent,
            await press(Promise.resolve()),
            await press(Promise.reject(new Error('sold out'))),
            widget.querySelector('[data-vitrine-quantity]')?.getAttribute('aria-label') ?? null,
          ]);
        }
        return out;
      });
      const title = "L'Été & <b> $& {title}";
      const told = (name) => texts[name].replace('{title}', () => title);
      for (const [i, [button, added, failed, quantity]] of seen.entries()) {
        assert.deepEqual([button, added, failed], [texts.addToCart, told('added'), told('failed')], `template ${i}`);
        assert.equal(quantity, i === 3 ? null : `Wie viele: ${title}`);
      }
    });
  }
});
