// The recipes of docs/shops.md on pages with the markup of each system's own theme. The scripts are those of the
// document.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from '../../tools/steps.mjs';
import { inEachEngine } from './each_engine.mjs';
import { settled } from './items.mjs';
import { isUp, isVisible, openSite } from './open_site.mjs';
import { until } from './until.mjs';

const document_ = readFileSync(`${root}docs/shops.md`, 'utf8');
/** Returns a script of the document, by the name in its first line. */
const script = (name) => {
  const [, code] = new RegExp(`\`\`\`js\n(// ${name.replaceAll('.', '\\.')}\n.*?)\`\`\``, 's').exec(document_) || [];
  assert.ok(code, name);
  return code;
};
const head = `<script src="/watch.js"></script><script src="/before.js"></script><script src="/settings.js"></script>
<script src="/shopper.js"></script><script src="/snippet.js"></script><script async src="/dist/vitrine.js"></script>`;

/** Opens the page of a system with its script. */
const open = async (t, browser, name, config = {}) => {
  const site = await openSite(t, browser, { policy: {}, config: { autoTrack: true, ...config } });
  const html = readFileSync(`${root}tests/browser/pages/shops/${name}.html`, 'utf8');
  assert.match(html, /<!-- vitrine -->/);
  const own = `<script defer src="/vitrine-${name}.js"></script>`;
  site.pages.replies.set(`/${name}.html`, { body: html.replace('<!-- vitrine -->', `${head}${own}`) });
  site.pages.replies.set(`/vitrine-${name}.js`, { body: script(`vitrine-${name}.js`) });
  // The requests of the shops' carts.
  for (const path of ['/cart/add.js', '/cart/update.js', '/', '/checkout/cart/add', '/checkout/line-item/add'])
    site.pages.replies.set(path, { body: '{}', type: 'application/json' });
  const tab = await browser.open(site.address(`${name}.html`), 'window');
  await isUp(tab);
  await isVisible(tab);
  return { site, tab };
};
/** Has a widget ask the cart for a product, and resolves to the outcome. */
const ask = (tab, itemId) =>
  tab.run(async (id) => {
    let outcome;
    const detail = { itemId: id, quantity: 2, waitUntil: (given) => (outcome = given) };
    document.dispatchEvent(new CustomEvent('vitrine:add-to-cart', { detail }));
    const result = await outcome;
    return typeof result === 'boolean' ? result : result.ok;
  }, itemId);
const brief = (events) =>
  events.map(({ type, itemId, itemIds, source, quantity, orderId, title }) =>
    [type, itemId ?? itemIds?.join() ?? orderId, source, quantity, title]
      .filter((part) => part !== undefined)
      .join(' '),
  );
/** Waits for the lists, presses what `presses` names, and returns all events but views in brief. */
const shop = async (site, tab, lists, presses) => {
  await site.arrived(lists, { type: 'itemsServed' });
  for (const selector of presses)
    await tab.run((css) => /** @type {any} */ (document.querySelector(css)).click(), selector);
  const of = await settled(site, tab);
  const kinds = ['itemsServed', 'click', 'viewItem', 'addToCart', 'removeFromCart', 'purchase'];
  assert.deepEqual(await tab.run(() => [...seen.console, ...seen.faults]), []);
  return brief(kinds.flatMap(of)).toSorted();
};

inEachEngine('shop systems', (_engine, browser) => {
  test('Shopify: lists and forms of Dawn, after the consent, and the ids for the pixel', async (t) => {
    const { site, tab } = await open(t, browser(), 'shopify', { consent: 'unknown' });
    await tab.run(() => {
      const detail = { analyticsAllowed: true, marketingAllowed: false };
      document.dispatchEvent(new CustomEvent('visitorConsentCollected', { detail }));
    });
    const events = await shop(site, tab, 1, ['a[href="#basket"]', '.quick-add__submit', '.product-form__submit']);
    assert.deepEqual(events, [
      'addToCart 8101 catalog 1',
      'addToCart 8103 3',
      'click 8101 catalog',
      'itemsServed 8101,8102 catalog',
    ]);
    assert.equal(await ask(tab, '4401'), true);
    await until(() => site.pages.requests.includes('/cart/update.js'), 'the attributes of the cart');
  });

  test("Shopify: the pixel's order is stored with the ids of the shop's page, from a sandbox", async (t) => {
    const site = await openSite(t, browser(), { policy: {} });
    const pixel = script('vitrine-pixel.js').replace(
      'https://collect.my.shop/events',
      `${site.serverUrl}/refine/events`,
    );
    const order = {
      id: 'e1',
      name: 'checkout_completed',
      timestamp: new Date().toISOString(),
      data: {
        checkout: {
          token: 't1',
          order: { id: '5501' },
          currencyCode: 'EUR',
          totalPrice: { amount: 41.9, currencyCode: 'EUR' },
          attributes: [
            { key: '_vitrine_visitor', value: 'v_0abc' },
            { key: '_vitrine_session', value: 's_0abc' },
          ],
          lineItems: [
            {
              id: '1',
              quantity: 2,
              variant: { id: '4401', price: { amount: 18, currencyCode: 'EUR' }, product: { id: '8101' } },
            },
          ],
        },
      },
    };
    const frame = `<script>
      try { localStorage.length; document.title = 'no sandbox'; } catch {}
      const subscribers = [];
      window.analytics = { subscribe: (name, callback) => subscribers.push([name, callback]) };
    </script><script>${pixel}</script><script>
      for (const [name, callback] of subscribers) if (name === 'checkout_completed') callback(${JSON.stringify(order)});
    </script>`;
    site.pages.replies.set('/checkout.html', {
      body: `<!doctype html><title>Checkout</title><iframe sandbox="allow-scripts allow-forms" srcdoc="${frame
        .replaceAll('&', '&amp;')
        .replaceAll('"', '&quot;')}"></iframe>`,
    });
    await browser().open(site.address('checkout.html'), 'window');
    const { events } = await site.arrived(1, { type: 'purchase' });
    const [{ orderId, value, currency, items, visitorId, sessionId }] = events;
    assert.deepEqual(
      { orderId, value, currency, items, visitorId, sessionId },
      {
        ...{ orderId: '5501', value: 41.9, currency: 'EUR', visitorId: 'v_0abc', sessionId: 's_0abc' },
        items: [{ itemId: '8101', quantity: 2, unitPrice: 18 }],
      },
    );
  });

  test('WooCommerce: lists, the product form, the mini cart and the thank-you page', async (t) => {
    const { site, tab } = await open(t, browser(), 'woocommerce');
    const presses = ['a[href="#basket"]', '.ajax_add_to_cart', '.single_add_to_cart_button', '.quick_add', '.remove'];
    assert.deepEqual(await shop(site, tab, 2, presses), [
      'addToCart 37 catalog 2',
      'addToCart 39 3',
      'addToCart 40 4',
      'click 37 catalog',
      'itemsServed 37,38 catalog',
      'itemsServed 41 related',
      'purchase 1207',
      'removeFromCart 37',
    ]);
    assert.equal(await ask(tab, '38'), true);
  });

  test('Magento 2: lists and forms of Luma, the product page and the order', async (t) => {
    const { site, tab } = await open(t, browser(), 'magento');
    const presses = ['a[href="#basket"]', '.actions-primary .tocart', '#product-addtocart-button'];
    assert.deepEqual(await shop(site, tab, 2, presses), [
      'addToCart 14 catalog 1',
      'addToCart 16 3',
      'click 14 catalog',
      'itemsServed 14,15 catalog',
      'itemsServed 17 related',
      'purchase 000000031',
      'viewItem 16 Vase',
    ]);
    assert.equal(await ask(tab, '15'), true);
  });

  test('Shopware 6: the listing, the product page and the order', async (t) => {
    const { site, tab } = await open(t, browser(), 'shopware');
    const presses = ['a[href="#basket"]', '.cms-listing-row .btn-buy', '#productDetailPageBuyProductForm .btn-buy'];
    assert.deepEqual(await shop(site, tab, 1, presses), [
      'addToCart 0190aa01 catalog 1',
      'addToCart 0190aa03 3',
      'click 0190aa01 catalog',
      'itemsServed 0190aa01,0190aa02 catalog',
      'purchase 10031',
      'viewItem 0190aa03 Vase',
    ]);
    assert.equal(await ask(tab, '0190aa02'), true);
  });
});
