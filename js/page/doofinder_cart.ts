// The cart protocol of Doofinder's shop plugins: a `doofinder.cart.add` event on the document asks the shop's cart
// for an item, and the cart resolves or rejects the event's statusPromise. Works in both directions: widgets send the
// event, and events that Doofinder's own layer sends are counted.

import type { Host } from '../core/host.js';
import type { Items } from '../core/items.js';
import { now } from '../ports/clock.js';
import { listen, member } from '../ports/dom.js';
import { guarded } from '../ports/guard.js';
import { isId, idTextOf, toJson } from '../core/text.js';
import type { Product } from '../types/types.js';

/** `detail` of the `doofinder.cart.add` event. */
export interface DoofinderCartDetail {
  item_id: string;
  /** Quantity. */
  amount: number;
  /**
   * Id of the product of which the item is a variant, from the service's fields. Without such a field: the item's id,
   * which means that there are no variants.
   */
  grouping_id: string;
  group_id: string;
  group_leader: boolean;
  /** Address of the product, or '' if unknown. */
  link: string;
  /** A listener that reads this promise while the event is handled must settle it. */
  readonly statusPromise: Promise<unknown> & { resolve(message?: unknown): void; reject(reason?: unknown): void };
}

const TYPE = 'doofinder.cart.add';
// A press of a data-vitrine-add button, and the event that the shop sends within this time for the same item, count
// once.
const PRESS_MS = 1000;

const own = new WeakSet<Event>();

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
  const event = new CustomEvent<DoofinderCartDetail>(TYPE, { bubbles: true, detail });
  own.add(event);
  member(document, 'dispatchEvent').call(document, event);
  if (!isAwaited) settle.resolve();
  return isTaken ? outcome : undefined;
};

let pressedId: string | undefined;
let pressedMs = 0;

/** Notes a press of an item's own button, which is already counted. */
export const notePress = (itemId: string): void => {
  [pressedId, pressedMs] = [itemId, now()];
};

/**
 * Counts items that other code puts into the cart by this event, once the cart has accepted them. The add to cart
 * belongs to the list on the page that shows the item, else to a serve of its own. Listens until `signal` fires.
 */
export const hearDoofinderCart = (host: Host, items: Items, signal: AbortSignal): void => {
  const onCartEvent = (event: Event) => {
    if (own.has(event)) return; // checked before the promise is read, because reading it is a commitment to settle it
    const {
      item_id: id,
      amount,
      statusPromise,
    } = (event as CustomEvent<Partial<DoofinderCartDetail> | null>).detail || {};
    const itemId = idTextOf(id);
    const isKnown = pressedId === itemId && now() - pressedMs < PRESS_MS;
    if (isKnown || !isId(itemId)) return;
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
  listen(document, TYPE, onCartEvent, { signal });
};
