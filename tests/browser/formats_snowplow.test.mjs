// Snowplow's own browser tracker, with its e-commerce plugin, is the oracle: it tracks the same page view, product,
// cart and order in the same page, and both requests are compared field by field.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { build } from 'esbuild';
import { installOracles, pathOf } from '../formats/oracles.mjs';
import { openCollector } from './format_collector.mjs';
import { inEachEngine } from './each_engine.mjs';
import { isUp } from './open_site.mjs';
import { servePages } from './pages.mjs';
import { until } from './until.mjs';

before(installOracles);

const bundleTracker = async () => {
  const from = (name) => JSON.stringify(pathOf(name));
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from ${from('@snowplow/browser-tracker')};
        export * from ${from('@snowplow/browser-plugin-snowplow-ecommerce')};`,
      resolveDir: '/',
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'snowplow',
    logLevel: 'error',
  });
  return outputFiles[0].text;
};

/** Facts of the device and the screen, which Vitrine does not collect. */
const kDevice = ['vp', 'ds', 'res', 'cd', 'cs', 'lang', 'tz', 'cookie', 'page', 'vid'];
/** Fields that both have, with values of their own: ids, times and the name of the tracker. */
const kOwn = ['eid', 'dtm', 'stm', 'tv', 'duid', 'sid'];

const eventsOf = ({ requests }) => requests.flatMap(({ body }) => body.data);
const read = (json) => (json ? JSON.parse(json).data : undefined);

/** Returns what both must agree on: plain fields, the event, and entities but Vitrine's own and the page's id. */
const compared = ({ ue_pr, co, ...fields }) => {
  for (const name of [...kDevice, ...kOwn]) delete fields[name];
  // Vitrine knows an address where the event has one; the tracker writes the page's into all.
  if (fields.e === 'ue') for (const name of ['url', 'refr']) delete fields[name];
  const entities = (read(co) ?? []).filter(({ schema }) => !schema.startsWith('iglu:io.vitrine/'));
  for (const { schema, data } of entities) if (schema.includes('/web_page/')) data.id = 'same';
  return { fields, event: read(ue_pr), entities: entities.sort((a, b) => (a.schema < b.schema ? -1 : 1)) };
};

inEachEngine("Snowplow's own tracker as the oracle", (_engine, browser) => {
  test('the same page view, product, cart and order give the same requests', async (t) => {
    const [ours, theirs] = [await openCollector(t, 'snowplow'), await openCollector(t, 'snowplow')];
    const pages = await servePages({
      before: `${await bundleTracker()};window.snowplow = snowplow;`,
      settings: {
        provider: { name: 'none' },
        autoTrack: true,
        events: {
          url: ours.url,
          format: 'snowplow',
          formatOptions: { appId: 'shop', namespace: 'sp' },
          flushInterval: 100,
          batchSize: 1,
        },
      },
    });
    t.after(async () => {
      await browser().closeTabs();
      await pages.stop();
    });
    const tab = await browser().open(`${pages.url}/tracking.html`, 'window');
    await isUp(tab);
    await tab.run((url) => {
      const { snowplow } = /** @type {any} */ (window);
      const product = { id: 'cape', name: 'Rain cape', category: '', price: 69.9, currency: 'EUR' };
      snowplow.newTracker('sp', url, {
        appId: 'shop',
        encodeBase64: false,
        bufferSize: 1,
        contexts: { webPage: true },
        plugins: [snowplow.SnowplowEcommercePlugin()],
      });
      snowplow.trackPageView();
      snowplow.trackProductView(product);
      snowplow.trackAddToCart({ products: [{ ...product, quantity: 2 }], total_value: 139.8, currency: 'EUR' });
      snowplow.trackRemoveFromCart({ products: [{ ...product, quantity: 1 }], total_value: 69.9, currency: 'EUR' });
      snowplow.trackTransaction({
        transaction_id: 'A-1',
        revenue: 69.9,
        currency: 'EUR',
        payment_method: '',
        total_quantity: 1,
        products: [{ id: 'cape', category: '', price: 69.9, currency: 'EUR', quantity: 1 }],
      });
      const { events } = shopper.vitrine;
      const details = { title: 'Rain cape', unitPrice: 69.9, currency: 'EUR' };
      events.trackViewItem('cape', details);
      events.trackAddToCart('cape', { ...details, quantity: 2 });
      events.trackRemoveFromCart('cape', { ...details, quantity: 1 });
      events.trackPurchase({
        orderId: 'A-1',
        value: 69.9,
        currency: 'EUR',
        items: [{ itemId: 'cape', quantity: 1, unitPrice: 69.9 }],
      });
    }, theirs.url);
    await until(() => eventsOf(ours).length >= 5 && eventsOf(theirs).length >= 5, 'five events of both');
    // Vitrine does not know what the whole cart is worth, so it sends no entity of the cart.
    const withoutCart = ({ entities, ...rest }) => ({
      ...rest,
      entities: entities.filter(({ schema }) => !schema.includes('/cart/')),
    });
    assert.deepEqual(eventsOf(ours).map(compared), eventsOf(theirs).map(compared).map(withoutCart));
    // Fields of the tracker alone are facts of the device.
    for (const [i, event] of eventsOf(theirs).entries()) {
      const extra = Object.keys(event).filter((name) => !(name in eventsOf(ours)[i]));
      const known = [...kDevice, ...(event.e === 'ue' ? ['url', 'refr'] : [])];
      assert.deepEqual(
        extra.filter((name) => !known.includes(name)),
        [],
      );
    }
    for (const { path, type, body } of ours.requests) {
      assert.equal(path, theirs.requests[0].path);
      assert.equal(type, theirs.requests[0].type.split(';')[0]);
      assert.equal(body.schema, theirs.requests[0].body.schema);
    }
  });
});
