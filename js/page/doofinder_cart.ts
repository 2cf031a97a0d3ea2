// Doofinder's contract between whatever offers a product and the shop's cart, as its shop plugins have it: a `doofinder.cart.add` event on
// the document, whose statusPromise the cart resolves or rejects. Both ways: widgets ask such a cart, and what a layer of Doofinder's own
// asks is counted.

import type { Host } from '../core/host.js';
import type { Items } from '../core/items.js';
import { now } from '../ports/clock.js';
import { toJson } from '../core/text.js';
import type { Product } from '../types/types.js';

/** `detail` of the `doofinder.cart.add` event. */
export interface DoofinderCartDetail {
  item_id: string;
  /** How many. */
  amount: number;
  /** Of the product whose variant the item is, from the service's own fields; where it has none, the item's id: it has no variants. */
  grouping_id: string;
  group_id: string;
  group_leader: boolean;
  /** Address of the product; '' if none is known. */
  link: string;
  /** Whoever reads it while the event is handled has to settle it. */
  readonly statusPromise: Promise<unknown> & { resolve(message?: unknown): void; reject(reason?: unknown): void };
}

const TYPE = 'doofinder.cart.add';
// A cart that answers by loading another page, or breaks, settles nothing.
const PATIENCE_MS = 15_000;
// One press: a button that says it is one (data-vitrine-add), and the event that the shop makes of it.
const PRESS_MS = 1000;

const own = new WeakSet<Event>();

/** Asks the shop's cart for an item. Undefined if there is none that answers; else the promise rejects after 15 s at the latest. */
export const askDoofinderCart = (
  itemId: string,
  amount: number,
  link = '',
  product?: Product,
): Promise<unknown> | undefined => {
  const fields = (product?.metadata || {}) as Record<string, string | boolean | undefined>;
  const group = fields.grouping_id ?? fields.group_id ?? itemId;
  let isTaken = false;
  let settle!: { resolve(message?: unknown): void; reject(reason?: unknown): void };
  const answer = new Promise((resolve, reject) => (settle = { resolve, reject }));
  const statusPromise = Object.assign(answer, settle);
  const detail = {
    item_id: itemId,
    amount,
    grouping_id: String(group),
    group_id: String(fields.group_id ?? group),
    group_leader: String(fields.group_leader) === 'true',
    link,
    get statusPromise() {
      isTaken = true;
      return statusPromise;
    },
  };
  const event = new CustomEvent<DoofinderCartDetail>(TYPE, { bubbles: true, detail });
  own.add(event);
  document.dispatchEvent(event);
  answer.catch(() => {}); // of one who read it too late
  if (!isTaken) return undefined;
  const timer = setTimeout(() => statusPromise.reject(Error('the cart has not answered')), PATIENCE_MS);
  return answer.finally(() => clearTimeout(timer));
};

let pressedId: string | undefined;
let pressedMs = 0;

/** A press on an item's own button, which is counted already. */
export const notePress = (itemId: string): void => {
  [pressedId, pressedMs] = [itemId, now()];
};

/**
 * Counts what somebody else puts into the cart by this event, when that has succeeded, in the list that shows the item, else in one of its
 * own. Listens until `signal` fires.
 */
export const hearDoofinderCart = (host: Host, items: Items, signal: AbortSignal): void => {
  const hear = (event: Event) => {
    if (own.has(event)) return; // before its promise is read, which is a word given
    const {
      item_id: id,
      amount,
      statusPromise,
    } = (event as CustomEvent<Partial<DoofinderCartDetail> | null>).detail || {};
    const itemId = String(id ?? '');
    const isKnown = pressedId === itemId && now() - pressedMs < PRESS_MS;
    if (!itemId || isKnown) return;
    const item = items.find(itemId);
    const count = () => {
      host.noteNavigation();
      const serve =
        item?.serve ?? host.call('serve', toJson({ surface: 'page', source: 'doofinder', itemIds: [itemId] }), now())!;
      host.call('itemEvent', serve, 'addToCart', itemId, item?.position ?? -1, Number(amount) || 1, now());
    };
    // One that only can be settled, and not be waited for, leaves but the wish to count.
    Promise.resolve(statusPromise).then(count, () => {});
  };
  document.addEventListener(TYPE, hear, { signal });
};
