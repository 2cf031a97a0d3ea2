// Add to cart: the shop does it, the widget asks, shows how it stands and tells screen readers.

import { askDoofinderCart } from '../js/page/doofinder_cart.js';
import type { Product } from '../js/types/types.js';
import { announce } from './announce.js';

/** Detail of the `vitrine:add-to-cart` event. preventDefault() says that the item cannot be had: then nothing is counted. */
export interface AddToCartDetail {
  itemId: string;
  /** Place in the widget, from 0. */
  position: number;
  quantity: number;
  title: string;
  /** As shown, with its currency. */
  price: string;
  /** All that the service said of it; missing where a server has rendered the widget. */
  product?: Product;
  /**
   * To be called while the event is handled, with a promise of the cart's answer. Until it settles the button shows the item as added and
   * takes no other click; if it rejects that is taken back, told, and nothing is counted. Without it the item counts as added at once.
   */
  waitUntil(answer: Promise<unknown>): void;
}

// How long a button says what became of it.
const SAID_MS = 2500;
const STATE = 'data-vitrine-cart';

/** The number that the item's stepper says, and `by` more: whole, at least 1, at most what the stepper allows. */
const quantityOf = (item: Element, by = 0) => {
  const count = item.querySelector<HTMLInputElement>('[data-vitrine-quantity]');
  return Math.min(Number(count?.max) || Infinity, Math.max(1, Math.floor(Number(count?.value) || 1) + by));
};

/** One press of a stepper's button. */
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

/** What the widget knows of an add to cart beside the page. */
export interface AddToCart {
  product: Product | undefined;
  /** Whether a cart that knows Doofinder's event is asked where nobody answers. */
  asksDoofinder: boolean;
  /** It is in the cart. */
  added(quantity: number): void;
}

/** Asks the shop to add the item; `widget` dispatches the event. A button whose last press is still being answered does nothing. */
export const addToCart = (
  widget: Element,
  item: HTMLElement,
  button: HTMLElement,
  { product, asksDoofinder, added }: AddToCart,
): void => {
  if (button.getAttribute(STATE) === 'adding') return;
  const text = (name: string) => item.querySelector('.vitrine-' + name)?.textContent?.trim() || '';
  const answers: Promise<unknown>[] = [];
  const detail: AddToCartDetail = {
    itemId: item.dataset.vitrineItem!,
    position: +item.dataset.vitrinePosition!,
    quantity: quantityOf(item),
    title: text('name'),
    price: text('price-now'),
    product,
    waitUntil: (answer) => void answers.push(answer),
  };
  const wish = new CustomEvent('vitrine:add-to-cart', { bubbles: true, composed: true, cancelable: true, detail });
  if (!widget.dispatchEvent(wish)) return;
  if (!answers.length && asksDoofinder) {
    const link = item.querySelector<HTMLAnchorElement>('a[href]')?.href;
    const answer = askDoofinderCart(detail.itemId, detail.quantity, link, product);
    if (answer) answers.push(answer);
  }
  // What to say stands in the markup, in the language of the widget: on the button or on anything around it.
  const say = (state: string, otherwise: string) => {
    show(button, state);
    const name = 'data-vitrine-' + state;
    const words = button.closest(`[${name}]`)?.getAttribute(name) || otherwise;
    announce(words.replace('{title}', () => detail.title || detail.itemId));
  };
  const succeed = () => {
    say('added', '{title} is in the cart');
    added(detail.quantity);
  };
  if (!answers.length) return succeed();
  show(button, 'adding');
  void Promise.all(answers).then(succeed, () => say('failed', '{title} could not be added to the cart'));
};
