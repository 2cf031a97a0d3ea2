// Counts what Doofinder's own layer puts into the cart, by the event of its shop plugins: a `doofinder.cart.add` event
// on the document asks the shop's cart for an item, and the cart resolves or rejects the event's statusPromise.

import { DOOFINDER_ADD, ownCartEvents, wasPressed } from './cart_events.js';
import type { Host } from '../core/host.js';
import type { Items } from '../core/items.js';
import { now } from '../ports/clock.js';
import { listen } from '../ports/dom.js';
import { guarded } from '../ports/guard.js';
import { isId, idTextOf, toJson } from '../core/text.js';
import type { DoofinderCartDetail } from '../types/doofinder.js';

/**
 * Counts items that other code puts into the cart by this event, once the cart has accepted them. The add to cart
 * belongs to the list on the page that shows the item, else to a serve of its own. Listens until `signal` fires.
 */
export const hearDoofinderCart = (host: Host, items: Items, signal: AbortSignal): void => {
  const onCartEvent = (event: Event) => {
    // Checked before the promise is read, because reading it is a commitment to settle it.
    if (ownCartEvents.has(event)) return;
    const {
      item_id: id,
      amount,
      statusPromise,
    } = (event as CustomEvent<Partial<DoofinderCartDetail> | null>).detail || {};
    const itemId = idTextOf(id);
    if (wasPressed(itemId) || !isId(itemId)) return;
    const item = items.find(itemId);
    const quantity = +idTextOf(amount);
    const count = () => {
      host.noteNavigation();
      const serve =
        item?.serve ?? host.call('serve', toJson({ surface: 'page', source: 'doofinder', itemIds: [itemId] }), now())!;
      host.call(
        'itemEvent',
        serve,
        'addToCart',
        itemId,
        item?.position ?? -1,
        quantity > 0 && quantity < Infinity ? quantity : 1,
        now(),
      );
    };
    // An object that can be settled but not awaited counts as accepted.
    Promise.resolve(statusPromise).then(guarded(count), () => {});
  };
  listen(document, DOOFINDER_ADD, onCartEvent, { signal });
};
