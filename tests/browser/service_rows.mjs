// The events that the protocol of each service carries. All other events go to the shop's own collector (events.url),
// in Vitrine's own protocol. Together no event is lost.

import assert from 'node:assert/strict';
import { readStore } from './open_site.mjs';
import { expectViews, keyOfEvent } from './page_walk.mjs';

/** Returns whether the service made the list, and so knows the click addresses of the products. */
const isOfService = ({ source }) =>
  ['picked-for-you', 'similar-items', 'cart-companions', 'order-done-picks', 'category', 'search'].includes(source);

/**
 * By service: `carried` returns the line of an expected event in the rows
 * of the service, null if the collector has the event instead, '' if the service knows it without a request. `told`
 * returns the line of a stored row of the service, '' for rows that the service makes itself.
 */
export const protocols = {
  refine: {
    carried: keyOfEvent,
    told: keyOfEvent,
  },

  // Depict has no removals, no positions, no items of a serve and no list of an item's event; a purchase has the id of
  // the transaction.
  depict: {
    carried: ({ type, itemId, orderId }) =>
      /^(identify|removeFromCart)$/.test(type) ? null : [type, orderId ?? '', itemId ?? ''].join(' · '),
    told: ({ type, orderId, itemId }) => [type, orderId ?? '', itemId ?? ''].join(' · '),
  },

  // RichRelevance gets clicks by the address in the product's data, and other events by calls; it knows what it served.
  richrelevance: {
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

  // Doofinder gets clicks and cart by item; a purchase is the checkout of the cart.
  doofinder: {
    carried({ type, itemId, position }) {
      if (type === 'click') return `click · ${itemId} at ${position}`;
      if (/Cart$/.test(type)) return `${type} · ${itemId}`;
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
 * Asserts that the server at `url` has stored the events of a session (shopping_session.mjs) that the protocol of the
 * service carries as the service's, and all others as the shop's.
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
