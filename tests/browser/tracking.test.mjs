// The script that only tracks reports the same events as the complete script, and refuses calls that it lacks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEachEngine } from './each_engine.mjs';
import { expectQuiet } from './expect.mjs';
import { strictPolicy } from './pages.mjs';
import { isIdle, openSite } from './open_site.mjs';
import { until } from './until.mjs';

/** Does everything that a shopper can do on a page without widgets. */
const visit = (tab) =>
  tab.run(() => {
    const { vitrine } = shopper;
    vitrine.identify('user-1');
    const list = vitrine.events.trackSearch('boots', ['a', 'b'], { totalResults: 2 });
    const item = document.body.appendChild(document.createElement('p'));
    item.textContent = 'a';
    list.observe(item, 'a', 0);
    list.trackClick('b', 1);
    list.trackAddToCart('b', { position: 1, quantity: 2 });
    vitrine.setCart(['b']);
    vitrine.setViewing('b');
    vitrine.events.trackPurchase({
      orderId: 'o-1',
      value: 20,
      currency: 'EUR',
      items: [{ itemId: 'b', quantity: 2, unitPrice: 10 }],
    });
  });

inEachEngine('tracking only', (_engine, browser) => {
  /** @type {[name: string, policy: object, runtime: string][]} */
  const policies = [
    ['under a strict policy', strictPolicy, 'wasm'],
    ['where WebAssembly is refused', { ...strictPolicy, 'script-src': "'self'" }, 'wasm2js'],
  ];
  for (const [name, policy, runtime] of policies) {
    test(`all events arrive, ${name}`, async (t) => {
      const site = await openSite(t, browser(), { policy });
      const tab = await site.open('tracking.html', 'window');
      await visit(tab);
      await site.arrived(1, { type: 'view' });
      await isIdle(tab);
      const { events } = await site.events();
      assert.deepEqual(events.map(({ type }) => type).sort(), [
        'addToCart',
        'click',
        'identify',
        'itemsServed',
        'purchase',
        'view',
      ]);
      assert.equal(
        events.find(({ type }) => type === 'purchase').items[0].attribution.serveId,
        events.find(({ type }) => type === 'itemsServed').serveId,
      );
      assert.equal(await tab.run(() => shopper.vitrine.events.getMetrics().runtime), runtime);
      if (runtime === 'wasm') await expectQuiet(tab);
    });
  }

  test("the shop's own events, called by the script tag, are stored by the collector", async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('script.html');
    await tab.run(() => {
      vitrine('events.trackSearch', 'boots', null, { totalResults: 24 });
      vitrine('events.trackViewItem', 'a', { title: 'Cape', unitPrice: 69.9, currency: 'EUR' });
      vitrine('events.trackAddToCart', 'a', { quantity: 2 });
      vitrine('events.trackRemoveFromCart', { productId: 'a' });
      vitrine('events.track', 'signup', { form: { place: 'footer', lists: ['news'] } });
      vitrine('events.flush');
    });
    await site.arrived(1, { type: 'custom' });
    const { events } = await site.events();
    const ofShop = events.filter(({ type }) => type !== 'pageView');
    assert.deepEqual(
      ofShop.map(({ type, query, totalResults, itemId, title, unitPrice, quantity, name, properties }) =>
        JSON.parse(JSON.stringify({ type, query, totalResults, itemId, title, unitPrice, quantity, name, properties })),
      ),
      [
        { type: 'search', query: 'boots', totalResults: 24 },
        { type: 'viewItem', itemId: 'a', title: 'Cape', unitPrice: 69.9 },
        { type: 'addToCart', itemId: 'a', quantity: 2 },
        { type: 'removeFromCart', itemId: 'a' },
        { type: 'custom', name: 'signup', properties: { form: { place: 'footer', lists: ['news'] } } },
      ],
    );
    assert.ok(ofShop.every(({ visitorId, url }) => visitorId.startsWith('v_') && url.endsWith('script.html')));
  });

  test('a data call is refused at once by name, without a request', async (t) => {
    const site = await openSite(t, browser());
    const tab = await site.open('tracking.html', 'window');
    await tab.run(
      () => void shopper.vitrine.recs.forVisitor().catch((error) => (window.refusal = `${error.name} ${error.code}`)),
    );
    assert.equal(await until(() => tab.run(() => window.refusal), 'the refusal'), 'ValidationError left-out');
    assert.equal((await site.requests()).recs, 0);
    assert.equal(await tab.run(() => customElements.get('vitrine-widget')), null, 'no widget is defined');
    await expectQuiet(tab);
  });
});
