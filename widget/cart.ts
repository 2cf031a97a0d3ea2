// Add to cart. The widget asks the shop by an event, shows the progress on the button and announces it to screen
// readers.

import { later } from '../js/ports/clock.js';
import { closestWithin } from '../js/ports/dom.js';
import type { Product } from '../js/types/types.js';
import { askDoofinderCart } from './doofinder_cart.js';
import { emit } from './emit.js';
import { warnOnce } from './warn.js';

/**
 * Detail of the events `vitrine:add-to-cart` and `vitrine-add-to-cart`. Call preventDefault() if the item is not
 * available: then nothing is shown or counted. A listener takes the item by reading `itemId` or `product`, or by
 * calling `waitUntil`, while the event is handled. If nobody takes it, the widget shows, announces and counts nothing,
 * and the console says once (`no-cart`) how to add a listener.
 */
export interface AddToCartDetail {
  readonly itemId: string;
  /** Position in the widget, from 0. */
  position: number;
  quantity: number;
  title: string;
  /** Price as shown, with its currency. */
  price: string;
  /** The product as the service describes it. Missing if a server has rendered the widget. */
  readonly product?: Product;
  /**
   * Call it while the event is handled, not after an `await` (the console then logs `late-wait`). Until the outcome is
   * known, the button shows the item as added and ignores further clicks. If all outcomes succeed, the item counts as
   * added. If one fails, or none is known within 15 s, the button shows the failure, screen readers announce it, and
   * nothing is counted; an item that succeeds later than that is counted then. Without a call, the item of a listener
   * that has read `itemId` or `product` counts as added at once.
   * @param outcome a promise or another object with `then`, or a function that returns one; it fails if it rejects or
   * throws, or gives `false` or an object whose `ok` is false, as the reply of a `fetch`. Any other value, or none,
   * means that the item is in the cart
   */
  waitUntil(outcome?: unknown): void;
}

// How long a button shows the result.
const SAID_MS = 2500;
// A cart that loads another page, or breaks, never settles its promise.
const PATIENCE_MS = 15_000;
const STATE = 'data-vitrine-cart';

/** Returns the quantity in the item's stepper plus `by`: a whole number from 1 to the stepper's maximum. */
const quantityOf = (item: Element, by = 0) => {
  const count = item.querySelector<HTMLInputElement>('[data-vitrine-quantity]');
  return Math.min(Number(count?.max) || Infinity, Math.max(1, Math.floor(Number(count?.value) || 1) + by));
};

/** Changes the quantity in the item's stepper by `by`, and has `announce` read it. */
export const stepQuantity = (item: Element, by: number, announce: (text: string) => void): void => {
  const count = item.querySelector<HTMLInputElement>('[data-vitrine-quantity]');
  if (!count) return;
  count.value = String(quantityOf(item, by));
  announce(count.value);
};

const show = (button: HTMLElement, state: string) => {
  button.setAttribute(STATE, state);
  if (state === 'adding') button.setAttribute('aria-disabled', 'true');
  else {
    button.removeAttribute('aria-disabled');
    later(() => button.getAttribute(STATE) === state && button.removeAttribute(STATE), SAID_MS);
  }
};

const outcomeOf = async (outcome: unknown) => (typeof outcome === 'function' ? outcome() : outcome);

const isSuccess = (result: unknown) =>
  result !== false && (result as { ok?: unknown } | null | undefined)?.ok !== false;

/** Returns the item in which `target` was pressed, its button if that was pressed, and the step of its stepper. */
export const pressIn = (root: Node, target: Element): { item?: HTMLElement; add?: HTMLElement; by?: number } => {
  // A look-up ends at the widget: it may stand in a form or an item of the shop's own.
  const closest = (selector: string) => closestWithin(root, target, selector);
  return {
    item: closest('[data-vitrine-item]'),
    add: closest('[data-vitrine-add]'),
    by: Number(closest('[data-vitrine-step]')?.dataset.vitrineStep),
  };
};

/** Facts about an add to cart that are not in the markup. */
export interface AddToCart {
  product: Product | undefined;
  /** Whether to send Doofinder's cart event if no listener calls `waitUntil`. */
  asksDoofinder: boolean;
  /** Called once when the item is in the cart. */
  added(quantity: number): void;
  /** Makes screen readers read `text`. */
  announce(text: string): void;
  log(level: 'warn', message: string, code: string): void;
}

/** Asks the shop to add the item, by an event of `widget`. A press is ignored while an earlier one is pending. */
export const addToCart = (
  widget: Element,
  item: HTMLElement,
  button: HTMLElement,
  { product, asksDoofinder, added, announce, log }: AddToCart,
): void => {
  if (button.getAttribute(STATE) === 'adding') return;
  const text = (name: string) => item.querySelector('.vitrine-' + name)?.textContent?.trim() || '';
  const itemId = item.dataset.vitrineItem!;
  const quantity = quantityOf(item);
  const title = text('name');
  const outcomes: unknown[] = [];
  let isTaken = false;
  let isOver = false;
  const detail: AddToCartDetail = {
    get itemId() {
      isTaken = true;
      return itemId;
    },
    position: +item.dataset.vitrinePosition!,
    quantity,
    title,
    price: text('price-now'),
    get product() {
      isTaken = true;
      return product;
    },
    waitUntil(outcome) {
      if (isOver) warnOnce(log, 'detail.waitUntil() was called too late. Call it before the first await.', 'late-wait');
      else outcomes.push(outcome);
    },
  };
  const isRefused = !emit(widget, 'add-to-cart', detail, () => outcomes.length);
  isOver = true;
  if (isRefused) return;
  if (!outcomes.length && asksDoofinder) {
    const link = item.querySelector<HTMLAnchorElement>('a[href]')?.href;
    const outcome = askDoofinderCart(itemId, quantity, link, product);
    if (outcome) outcomes.push(outcome);
  }
  let isLate = false;
  // The texts are in the markup, in the widget's language: on the button or on an element around it.
  const report = (state: string, otherwise: string) => {
    if (!isLate) show(button, state);
    const name = 'data-vitrine-' + state;
    const words = button.closest(`[${name}]`)?.getAttribute(name) || otherwise;
    announce(words.replace('{title}', () => title || itemId));
  };
  const succeed = () => {
    report('added', '{title} is in the cart');
    added(quantity);
  };
  const fail = () => report('failed', '{title} could not be added to the cart');
  if (!outcomes.length) {
    if (isTaken) succeed();
    else
      warnOnce(
        log,
        'No cart took the item, so nothing was added. Add a listener: ' +
          "document.addEventListener('vitrine:add-to-cart', ({ detail }) => detail.waitUntil(yourCart(detail.itemId)))",
        'no-cart',
      );
    return;
  }
  show(button, 'adding');
  const stopTimer = later(() => {
    fail();
    isLate = true;
  }, PATIENCE_MS);
  void Promise.all(outcomes.map(outcomeOf))
    .then((results) => results.every(isSuccess))
    .catch(() => false)
    .then((isAdded) => {
      stopTimer();
      if (isAdded) succeed();
      else if (!isLate) fail();
    });
};
