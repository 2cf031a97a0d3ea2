// The cart protocol of Doofinder's shop plugins, from our side: widgets ask the shop's cart for an item by a
// `doofinder.cart.add` event on the document, and the cart resolves or rejects the event's statusPromise.

import { DOOFINDER_ADD, ownCartEvents } from '../js/page/cart_events.js';
import { member } from '../js/ports/dom.js';
import type { Product } from '../js/types/types.js';
import type { DoofinderCartDetail } from '../js/types/doofinder.js';

/**
 * Asks the shop's cart to add an item. A cart takes the event by reading its `item_id` or `statusPromise`.
 * @returns undefined if no cart takes the event; else a promise that settles as the cart settles it (perhaps never),
 * and at once for a cart that has not read `statusPromise`
 */
export const askDoofinderCart = (
  itemId: string,
  amount: number,
  link = '',
  product?: Product,
): Promise<unknown> | undefined => {
  const fields = (product?.metadata || {}) as Record<string, string | boolean | undefined>;
  const group = fields.grouping_id ?? fields.group_id ?? itemId;
  let isTaken = false;
  let isAwaited = false;
  let settle!: { resolve(message?: unknown): void; reject(reason?: unknown): void };
  const outcome = new Promise((resolve, reject) => (settle = { resolve, reject }));
  const statusPromise = Object.assign(outcome, settle);
  const detail = {
    get item_id() {
      isTaken = true;
      return itemId;
    },
    amount,
    grouping_id: String(group),
    group_id: String(fields.group_id ?? group),
    group_leader: String(fields.group_leader) === 'true',
    link,
    get statusPromise() {
      isTaken = isAwaited = true;
      return statusPromise;
    },
  };
  const event = new CustomEvent<DoofinderCartDetail>(DOOFINDER_ADD, { bubbles: true, detail });
  ownCartEvents.add(event);
  member(document, 'dispatchEvent').call(document, event);
  if (!isAwaited) settle.resolve();
  return isTaken ? outcome : undefined;
};
