// A shopper's walk through the demo shop, which keeps account of every event that it must have caused.

import assert from 'node:assert/strict';
import { watchSight } from './sight.mjs';
import { until } from './until.mjs';

/** In view for this long, a product has been seen; for less than the second figure it has not; between them clocks may differ. */
const kSeenMs = 1300;
const kUnseenMs = 900;

const surfaces = {
  'picked-for-you': 'home_page',
  reduced: 'home_page',
  category: 'category_page',
  product: 'product_page',
  'similar-items': 'product_page',
  search: 'search_results',
  'cart-companions': 'cart_page',
  'order-done-picks': 'order_done',
};

const keyOf = ({ type, source, itemId, position, itemIds }) =>
  [type, surfaces[source], source, itemIds ? itemIds.join(' ') : `${itemId} at ${position}`].join(' · ');

/** One line an event, of what a shopper would say of it. */
export const keyOfEvent = (event) => {
  if (event.type === 'identify') return `identify · ${event.userId}`;
  if (event.type === 'purchase') return `purchase · ${event.orderId}`;
  assert.equal(event.surface, surfaces[event.source], `surface of ${event.type} from ${event.source}`);
  return keyOf(event);
};

/** Starts at `path` of the shop, in a new tab of Chromium. */
export const startWalk = async (browser, url, path = '/') => {
  const tab = await browser.open();
  await tab.cdp('Page.addScriptToEvaluateOnNewDocument', { source: `(${watchSight})()` });
  const expected = [];
  const views = [];

  const arrive = async () => {
    await until(() => tab.run(() => !!window.sight && sight.isReady()), 'a filled page', 20_000);
    for (const list of await tab.run(() => sight.lists())) expected.push(keyOf({ type: 'itemsServed', ...list }));
  };
  const pageOf = () => tab.run(() => performance.timeOrigin);

  await tab.goto(url + path);
  await arrive();
  return {
    tab,
    /** Keys of all events but views, in no order. */
    expected,
    /** What was in view, and for how long. */
    views,
    note: (event) => expected.push(typeof event === 'string' ? event : keyOf(event)),

    /** Scrolls there, and stays until everything in view has been seen. Afterwards a click on it does not scroll. */
    async look(selector = 'body') {
      await tab.scrollTo(selector, selector === 'body' ? 'start' : 'center');
      const isSeen = ({ currentMs, longestMs }) => currentMs === 0 || longestMs >= kSeenMs;
      await until(async () => (await tab.run(() => sight.views())).every(isSeen), 'a long look');
    },
    /** Does what leads to another page, and waits for that. */
    async follow(action) {
      views.push(...(await tab.run(() => sight.views())));
      const before = await pageOf();
      await action();
      await until(async () => (await pageOf()) !== before, 'the next page');
      await arrive();
    },
    /** The end: what is in view now counts too. */
    async stop() {
      views.push(...(await tab.run(() => sight.views())));
    },
  };
};

/** The views among `events` are those of products that were in view for a second, once for each time their list was shown. */
export const expectViews = (events, sights) => {
  const count = (list) => list.reduce((counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1), new Map());
  const keys = (list) => count(list.map((sight) => keyOf({ type: 'view', ...sight })));
  const least = keys(sights.filter(({ longestMs }) => longestMs >= kSeenMs));
  const most = keys(sights.filter(({ longestMs }) => longestMs >= kUnseenMs));
  const stored = count(events.filter(({ type }) => type === 'view').map(keyOfEvent));
  assert.ok(least.size > 0, 'something was looked at');
  const missing = [...least].filter(([key, times]) => (stored.get(key) ?? 0) < times).map(([key]) => key);
  const invented = [...stored].filter(([key, times]) => times > (most.get(key) ?? 0)).map(([key]) => key);
  assert.deepEqual({ missing, invented }, { missing: [], invented: [] });
};
