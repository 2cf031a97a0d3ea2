// Add to cart: an item counts as being in the cart only if a listener has taken it, whatever form its reply has.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answering } from './answers.mjs';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { isIdle, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const openBlank = async (t, browser) => {
  const site = await openSite(t, browser, { before: answering });
  return { site, tab: await site.open('blank.html', 'window') };
};
/** Puts a widget with four products into the page, and `cart`, the helpers for its buttons and announcements. */
const putProducts = (tab) =>
  tab.run(async () => {
    answers.next = [{ text: answers.slate(4) }];
    window.widget = answers.put({});
    await widget.refresh();
    const button = (i) => widget.querySelectorAll('[data-vitrine-add]')[i];
    const announcer = document.querySelector('[role=status]');
    window.cart = {
      settles: [],
      press: (i) => button(i).click(),
      stateOf: (i) => button(i).getAttribute('data-vitrine-cart'),
      said: () => announcer.textContent,
      hush: () => (announcer.textContent = ''),
      thenable: (value) => Object.defineProperty({}, 'then', { value }),
      broken() {
        throw Error('broken');
      },
      /** Presses the first button while `listener` listens; resolves to the button's state and the announcement. */
      async pressWith(listener) {
        cart.hush();
        document.addEventListener('vitrine:add-to-cart', listener, { once: true });
        cart.press(0);
        while (!cart.said()) await new Promise((resolve) => setTimeout(resolve));
        return `${cart.stateOf(0)}: ${cart.said()}`;
      },
    };
  });
/** Resolves to the stored add-to-carts, "id x quantity at position", once the page has sent everything. */
const countedIn = async (site, tab) => {
  await tab.run(() => shopper.vitrine.events.flush());
  await isIdle(tab);
  const { events } = await site.events({ type: 'addToCart' });
  return events
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ itemId, quantity, position }) => `${itemId} x${quantity} at ${position}`);
};

inEachEngine('cart listeners', (_engine, browser) => {
  test('without a listener nothing is shown or counted, and the console says once what to add', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    await putProducts(tab);
    // Listeners that do not look at the item: one for a toast, one that takes every event.
    await tab.run(() => {
      document.addEventListener('vitrine:add-to-cart', ({ detail }) => (cart.toast = detail.title));
      document.addEventListener('vitrine:add-to-cart', (event) => (cart.last = event.type));
    });
    for (const i of [0, 0, 1]) await tab.run((n) => cart.press(n), i);
    assert.deepEqual(await tab.run(() => [cart.stateOf(0), cart.stateOf(1), cart.said(), cart.toast, cart.last]), [
      null,
      null,
      '',
      'Product 1',
      'vitrine:add-to-cart',
    ]);
    assert.deepEqual(await countedIn(site, tab), []);
    assert.deepEqual(await tab.run(() => seen.console), [
      'warn: [vitrine] No cart took the item, so nothing was added. Add a listener: ' +
        "document.addEventListener('vitrine:add-to-cart', ({ detail }) => " +
        'detail.waitUntil(yourCart(detail.itemId))) (no-cart)',
    ]);
    await expectQuiet(tab, [/no-cart/]);
  });

  test('a listener that reads the item, or calls waitUntil without a promise, has put it into the cart', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    await putProducts(tab);
    const outcomes = await tab.run(async () => {
      const listeners = [
        ({ detail }) => void detail.itemId,
        ({ detail }) => void detail.product,
        ({ detail: { itemId } }) => itemId,
        ({ detail }) => ({ ...detail }),
        ({ detail }) => JSON.stringify(detail),
        ({ detail }) => detail.waitUntil(),
        ({ detail: { waitUntil } }) => waitUntil(true),
        ({ detail }) => detail.waitUntil(undefined),
        ({ detail }) => detail.waitUntil(() => Promise.resolve()),
        ({ detail }) => detail.waitUntil(cart.thenable((settle) => settle())),
        ({ detail }) => detail.waitUntil(Promise.resolve(new Response())),
      ];
      const out = [];
      for (const listener of listeners) out.push(await cart.pressWith(listener));
      return out;
    });
    assert.equal(outcomes.length, 11);
    for (const [i, outcome] of outcomes.entries())
      assert.equal(outcome, 'added: Product 0 is in the cart', `listener ${i}`);
    assert.deepEqual(await countedIn(site, tab), Array(11).fill('p0 x1 at 0'));
    await expectQuiet(tab);
  });

  test('a cart that refuses in any way is shown and announced as a failure, and nothing is counted', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    await putProducts(tab);
    const outcomes = await tab.run(async () => {
      const listeners = [
        ({ detail }) => detail.waitUntil(Promise.reject(Error('sold out'))),
        ({ detail }) => detail.waitUntil(cart.thenable(cart.broken)),
        ({ detail }) => detail.waitUntil(Object.defineProperty({}, 'then', { get: cart.broken })),
        ({ detail }) => detail.waitUntil(cart.thenable((_, refuse) => refuse())),
        ({ detail }) => detail.waitUntil(cart.broken),
        ({ detail }) => detail.waitUntil(false),
        ({ detail }) => detail.waitUntil(Promise.resolve(new Response('', { status: 409 }))),
        ({ detail }) =>
          detail.waitUntil(
            Promise.resolve({
              get ok() {
                throw Error('broken');
              },
            }),
          ),
        ({ detail }) => {
          detail.waitUntil(true);
          detail.waitUntil(Promise.resolve(false));
        },
      ];
      const out = [];
      for (const listener of listeners) out.push(await cart.pressWith(listener));
      return out;
    });
    assert.equal(outcomes.length, 9);
    for (const [i, outcome] of outcomes.entries())
      assert.equal(outcome, 'failed: Product 0 could not be added to the cart', `listener ${i}`);
    assert.deepEqual(await countedIn(site, tab), []);
    await expectQuiet(tab);
  });

  test('waitUntil after an await is reported once; the item counts as the listener left it', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    await putProducts(tab);
    await tab.run(() => {
      document.addEventListener('vitrine:add-to-cart', async ({ detail }) => {
        void detail.itemId;
        await undefined;
        detail.waitUntil(Promise.reject(Error('not heard')).catch(() => false));
        cart.late = (cart.late || 0) + 1;
      });
      cart.press(0);
      cart.press(1);
    });
    await until(() => tab.run(() => cart.late === 2), 'both late calls');
    assert.deepEqual(await tab.run(() => [cart.stateOf(0), cart.stateOf(1)]), ['added', 'added']);
    assert.deepEqual(await tab.run(() => seen.console), [
      'warn: [vitrine] detail.waitUntil() was called too late. Call it before the first await. (late-wait)',
    ]);
    assert.deepEqual(await countedIn(site, tab), ['p0 x1 at 0', 'p1 x1 at 1']);
  });

  test('a promise fails after 15 s; if it resolves later, the item is counted once', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    await putProducts(tab);
    await tab.run(() => {
      // Catches the timer of 15 s that a press sets; the test fires it itself.
      const real = window.setTimeout;
      cart.pressHeld = () => {
        window.setTimeout = /** @type {any} */ (
          (callback, ms, ...rest) => (ms === 15_000 ? (cart.expire = callback) : real(callback, ms, ...rest))
        );
        cart.press(0);
        window.setTimeout = real;
      };
      document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
        detail.waitUntil(new Promise((resolve, reject) => cart.settles.push({ resolve, reject }))),
      );
      cart.pressHeld();
    });
    assert.equal(await tab.run(() => cart.stateOf(0)), 'adding');
    assert.deepEqual(await tab.run(() => [cart.expire(), cart.stateOf(0), cart.said()].slice(1)), [
      'failed',
      'Product 0 could not be added to the cart',
    ]);
    // The button is alive: another press is another request, whose state stays when the first one succeeds.
    await tab.run(() => {
      cart.pressHeld();
      cart.settles[0].resolve();
    });
    await until(() => tab.run(() => cart.said() === 'Product 0 is in the cart'), 'the late announcement');
    assert.equal(await tab.run(() => cart.stateOf(0)), 'adding');
    assert.deepEqual(await countedIn(site, tab), ['p0 x1 at 0']);
    // A refusal after the time limit says nothing new.
    await tab.run(() => {
      cart.expire();
      cart.hush();
      cart.settles[1].reject(Error('sold out'));
    });
    assert.deepEqual(await countedIn(site, tab), ['p0 x1 at 0']);
    assert.equal(await tab.run(() => cart.said()), '');
    await expectQuiet(tab);
  });

  test('an item counts for the slate and position of the press, also if the widget has changed or left', async (t) => {
    const { site, tab } = await openBlank(t, browser());
    await putProducts(tab);
    await tab.run(() => {
      document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
        detail.waitUntil(new Promise((resolve) => cart.settles.push(resolve))),
      );
      cart.press(1);
    });
    await tab.run(async () => {
      // Another slate, in which the item stands elsewhere.
      answers.next = [
        { text: answers.slate(4, (reply) => ({ serveId: 'sv_2', results: [...reply.results].reverse() })) },
      ];
      await widget.refresh();
      cart.press(3);
      widget.remove();
    });
    await tab.run(() => cart.settles.forEach((settle) => settle()));
    assert.deepEqual(await countedIn(site, tab), ['p1 x1 at 1', 'p0 x1 at 3']);
    const { events } = await site.events({ type: 'addToCart' });
    assert.deepEqual(events.map(({ serveId }) => serveId).toSorted(), ['sv_1', 'sv_2']);
    await expectQuiet(tab);
  });
});
