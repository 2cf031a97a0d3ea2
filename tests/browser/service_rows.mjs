// What the protocol of each service carries of what a shopper did, and what it has no place for: that goes to the
// shop's own collector (events.url), in our own words. Together nothing is lost.

import assert from 'node:assert/strict';
import { readStore } from './open_site.mjs';
import { expectViews, keyOfEvent } from './page_walk.mjs';

/** Sources of the shop's own lists where the service has no search. */
const ownSearch = (source) => (['category', 'search'].includes(source) ? `${source}-local` : source);

/** Whether the list was made by the service, which then knows its products' click addresses. */
const isOfService = ({ source }) =>
  ['picked-for-you', 'similar-items', 'cart-companions', 'order-done-picks', 'search', 'category'].includes(source);

/**
 * By service: `rename` what the shop calls a list; `carried` the line that an expected event becomes in the service's
 * rows, null where the collector has it instead, '' where the service learns it without being told; `told` the line of
 * a stored row of the service, '' for those that it makes of its own.
 */
export const protocols = {
  refine: {
    rename: (source) => source,
    carried: keyOfEvent,
    told: keyOfEvent,
  },

  // No places in lists and no items of a serve; a purchase by its transaction.
  depict: {
    rename: ownSearch,
    carried: ({ type, source, itemId, orderId }) =>
      type === 'identify' ? null : [type, orderId ?? source, itemId ?? ''].join(' · '),
    told: ({ type, orderId, itemId, sent }) => [type, orderId ?? sent.recommendation_type, itemId ?? ''].join(' · '),
  },

  // Clicks by the address that came with a product, the rest by its own questions: it knows what it served.
  richrelevance: {
    rename: (source) => source,
    carried(event) {
      const { type, itemId, position, orderId } = event;
      if (type === 'click') return isOfService(event) ? `click · ${itemId} at ${position}` : null;
      if (type === 'addToCart') return `addToCart · ${itemId}`;
      return type === 'purchase' ? `purchase · ${orderId}` : null;
    },
    told({ type, itemId, position, orderId }) {
      if (['itemsServed', 'pageView'].includes(type)) return '';
      return type === 'purchase'
        ? `purchase · ${orderId}`
        : `${type} · ${itemId}${type === 'click' ? ` at ${position}` : ''}`;
    },
  },

  // Clicks and cart by item; a checkout is the cart's.
  doofinder: {
    rename: ownSearch,
    carried({ type, itemId, position }) {
      if (type === 'click') return `click · ${itemId} at ${position}`;
      if (type === 'addToCart') return `addToCart · ${itemId}`;
      if (type === 'purchase') return 'purchase';
      return type === 'view' ? null : '';
    },
    told({ type, itemId, position }) {
      if (type === 'sessionInit') return '';
      return type === 'purchase' ? 'purchase' : `${type} · ${itemId}${type === 'click' ? ` at ${position}` : ''}`;
    },
  },
};

/**
 * What the server at `url` has stored of an errand (errand.mjs) under this service is what its protocol carries, and
 * the shop has the rest.
 */
export const expectRows = async (url, service, { walk, orderId, bought }) => {
  const { carried, told } = protocols[service];
  const { events } = await readStore(url).events();
  const ofService = events.filter((row) => row.service === service);
  const ofShop = events.filter((row) => row.service !== service);

  // Views are what a second observer saw for a second; the other events are known to the letter.
  if (carried({ type: 'view' }) === null) expectViews(ofShop, walk.views);
  else expectViews(ofService, walk.views, { lineOf: carried, keyOf: told });
  const isOther = ({ type }) => type !== 'view' && type !== 'pageView';
  const heard = ofService.filter(isOther).map(told).filter(Boolean).toSorted();
  const expected = walk.expected.map(carried).filter(Boolean).toSorted();
  assert.deepEqual(heard, expected);
  assert.deepEqual(
    ofShop.filter(isOther).map(keyOfEvent).toSorted(),
    walk.expected
      .filter((event) => carried(event) === null)
      .map(keyOfEvent)
      .toSorted(),
  );
  const products = new Map((await (await fetch(`${url}/catalog.json`)).json()).map((product) => [product.id, product]));
  const [order, ...others] = ofService.filter(({ type }) => type === 'purchase');
  assert.deepEqual(others, []);
  const byItem = (a, b) => a.itemId.localeCompare(b.itemId);
  const lines = [...bought].map(([itemId, quantity]) => ({ itemId, quantity, unitPrice: products.get(itemId).price }));
  assert.deepEqual(order.items.map(({ attribution: _, ...item }) => item).toSorted(byItem), lines.toSorted(byItem));
  if (order.orderId) assert.equal(order.orderId, orderId);
};
