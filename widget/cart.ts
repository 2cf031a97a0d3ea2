// Add to cart. The widget asks the shop by an event, shows the progress on the button and announces it to screen
// readers.

import { askDoofinderCart } from '../js/page/doofinder_cart.js';
import type { Product } from '../js/types/types.js';
import { announce } from './announce.js';

/**
 * Detail of the `vitrine:add-to-cart` event. Call preventDefault() if the item is not available: then nothing is
 * counted.
 */
export interface AddToCartDetail {
  itemId: string;
  /** Position in the widget, from 0. */
  position: number;
  quantity: number;
  title: string;
  /** Price as shown, with its currency. */
  price: string;
  /** The product as the service describes it. Missing if a server has rendered the widget. */
  product?: Product;
  /**
   * Call it while the event is handled, with a promise that the cart settles. Until then the button shows the item as
   * added and ignores further clicks. If the promise rejects, the button shows the failure, screen readers announce it,
   * and nothing is counted. Without a promise the item counts as added at once.
   */
  waitUntil(outcome: Promise<unknown>): void;
}

// How long a button shows the result.
const SAID_MS = 2500;
const STATE = 'data-vitrine-cart';

/** Returns the quantity in the item's stepper plus `by`: a whole number from 1 to the stepper's maximum. */
const quantityOf = (item: Element, by = 0) => {
  const count = item.querySelector<HTMLInputElement>('[data-vitrine-quantity]');
  return Math.min(Number(count?.max) || Infinity, Math.max(1, Math.floor(Number(count?.value) || 1) + by));
};

/** Changes the quantity in the item's stepper by `by`, and announces it. */
export const stepQuantity = (item: Element, by: number): void => {
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
    setTimeout(() => button.getAttribute(STATE) === state && button.removeAttribute(STATE), SAID_MS);
  }
};

/** Facts about an add to cart that are not in the markup. */
export interface AddToCart {
  product: Product | undefined;
  /** Whether to send Doofinder's cart event if no listener calls `waitUntil`. */
  asksDoofinder: boolean;
  /** Called when the item is in the cart. */
  added(quantity: number): void;
}

/** Asks the shop to add the item, by an event of `widget`. A press is ignored while an earlier one is pending. */
export const addToCart = (
  widget: Element,
  item: HTMLElement,
  button: HTMLElement,
  { product, asksDoofinder, added }: AddToCart,
): void => {
  if (button.getAttribute(STATE) === 'adding') return;
  const text = (name: string) => item.querySelector('.vitrine-' + name)?.textContent?.trim() || '';
  const outcomes: Promise<unknown>[] = [];
  const detail: AddToCartDetail = {
    itemId: item.dataset.vitrineItem!,
    position: +item.dataset.vitrinePosition!,
    quantity: quantityOf(item),
    title: text('name'),
    price: text('price-now'),
    product,
    waitUntil: (outcome) => void outcomes.push(outcome),
  };
  const request = new CustomEvent('vitrine:add-to-cart', { bubbles: true, composed: true, cancelable: true, detail });
  if (!widget.dispatchEvent(request)) return;
  if (!outcomes.length && asksDoofinder) {
    const link = item.querySelector<HTMLAnchorElement>('a[href]')?.href;
    const outcome = askDoofinderCart(detail.itemId, detail.quantity, link, product);
    if (outcome) outcomes.push(outcome);
  }
  // The texts are in the markup, in the widget's language: on the button or on an element around it.
  const report = (state: string, otherwise: string) => {
    show(button, state);
    const name = 'data-vitrine-' + state;
    const words = button.closest(`[${name}]`)?.getAttribute(name) || otherwise;
    announce(words.replace('{title}', () => detail.title || detail.itemId));
  };
  const succeed = () => {
    report('added', '{title} is in the cart');
    added(detail.quantity);
  };
  if (!outcomes.length) return succeed();
  show(button, 'adding');
  void Promise.all(outcomes).then(succeed, () => report('failed', '{title} could not be added to the cart'));
};
