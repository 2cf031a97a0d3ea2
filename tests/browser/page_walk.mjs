// A shopper's walk through the demo shop, which keeps account of every event that it must have caused.

import assert from 'node:assert/strict';
import { watchSight } from './independent_observer.mjs';
import { until } from './until.mjs';

/**
 * In view for this long, a product has been seen; for less than the second figure it has not; between them clocks may
 * differ.
 */
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

/** Whether products come from the service or, where it has no search, from the shop's own catalogue. */
const sourceOf = (source) => source.replace(/-local$/, '');

/** One line an event, of what a shopper would say of it; the same for one that is expected and one that is stored. */
export const keyOfEvent = ({ type, source, itemId, position, itemIds, userId, orderId }) => {
  if (type === 'identify') return `identify · ${userId}`;
  if (type === 'purchase') return `purchase · ${orderId}`;
  if (/Cart$/.test(type) && !source) return `${type} · ${itemId}`;
  return [type, source, itemIds ? itemIds.join(' ') : `${itemId} at ${position}`].join(' · ');
};

/** The surface that goes with the source of an event. */
export const surfaceOf = ({ source }) => surfaces[sourceOf(source)];

/**
 * Starts at `path` of the shop, in a new tab. In another engine than Chromium the pages at `url` must bring sight.mjs
 * themselves (proxy.mjs: `before`).
 * @param {import('./engine.mjs').Browser} browser
 * @param {string} url
 * @param {string} path
 */
export const startWalk = async (browser, url, path = '/') => {
  const tab = await browser.open();
  if (browser.engine === 'chromium')
    await tab.cdp('Page.addScriptToEvaluateOnNewDocument', { source: `(${watchSight})()` });
  const expected = [];
  const views = [];
  const keepViews = async () => views.push(...(await tab.run(() => sight.views())));

  const arrive = async () => {
    await until(() => tab.run(() => !!window.sight && sight.isReady()), 'a filled page', 20_000);
    for (const list of await tab.run(() => sight.lists())) expected.push({ type: 'itemsServed', ...list });
  };
  const pageOf = () => tab.run(() => performance.timeOrigin);

  await tab.goto(url + path);
  await arrive();
  return {
    tab,
    /** All events except views, in any order. */
    expected,
    /** The products that were in view, with the time in view. */
    views,
    note: (event) => expected.push(event),

    /** Scrolls there, and stays until everything in view has been seen. Afterwards a click on it does not scroll. */
    async look(selector = 'body') {
      await tab.scrollTo(selector, selector === 'body' ? 'start' : 'center');
      const isSeen = ({ currentMs, knownMs }) => currentMs === 0 || knownMs >= kSeenMs;
      await until(async () => (await tab.run(() => sight.views())).every(isSeen), 'a long look');
    },
    /** Does what leads to another page, and waits for that. */
    async follow(action) {
      await keepViews();
      const before = await pageOf();
      await action();
      await until(async () => (await pageOf()) !== before, 'the next page');
      await arrive();
    },
    /** The end: what is in view now counts too. */
    async stop() {
      await keepViews();
    },
  };
};

/**
 * The views among `events` are those of products that were in view for a second, once for each time their list was
 * shown. `lineOf` makes a sight into what `keyOf` makes of its event.
 */
export const expectViews = (events, sights, { lineOf = keyOfEvent, keyOf = keyOfEvent } = {}) => {
  const count = (list) => list.reduce((counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1), new Map());
  const lines = (list) => count(list.map((sight) => lineOf({ type: 'view', ...sight })));
  const least = lines(sights.filter(({ knownMs }) => knownMs >= kSeenMs));
  const most = lines(sights.filter(({ longestMs }) => longestMs >= kUnseenMs));
  const stored = count(events.filter(({ type }) => type === 'view').map(keyOf));
  assert.ok(least.size > 0, 'something was looked at');
  const missing = [...least].filter(([key, times]) => (stored.get(key) ?? 0) < times).map(([key]) => key);
  const invented = [...stored].filter(([key, times]) => times > (most.get(key) ?? 0)).map(([key]) => key);
  assert.deepEqual({ missing, invented }, { missing: [], invented: [] });
};
