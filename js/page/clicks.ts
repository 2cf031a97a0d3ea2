// What the shopper does to an item: one listener for all of them, wherever they stand.
//
// It listens on the window in the capture phase, so a page that stops an event cannot hide it, and what is tracked is stored before the
// browser follows the link: the core's effects are performed in the microtask after the listener.

import { notePress } from './doofinder_cart.js';
import type { Host } from '../core/host.js';
import type { Item } from '../core/items.js';
import { now } from '../ports/clock.js';

/** What the listener needs to know of an element that carries data-vitrine-item: what it is; undefined if its clicks are not to be told. */
export type ItemOf = (element: HTMLElement) => Item | undefined;

const CONTROL = 'button,input,select,textarea,label,summary,[contenteditable]';

const has = (element: Element, name: string) => element.hasAttribute('data-vitrine-' + name);

/** How many: what the button says, or the field that is marked for it in the item, or a form's own field of that name. */
const quantityOf = (button: Element, item: Element) => {
  const field =
    (has(button, 'quantity') && button) ||
    item.querySelector('[data-vitrine-quantity]') ||
    (button.closest('form') || item).querySelector('[name=quantity],[name=qty]');
  const number = Number(field?.getAttribute('data-vitrine-quantity') || (field as HTMLInputElement | null)?.value || 1);
  return number > 0 ? number : 1;
};

/** Answers what starts to listen on a window or the document of a frame; on a shadow root, for `submit`, which stays in there. */
export const trackActions = (host: Host, itemOf: ItemOf, signal: AbortSignal): ((target: EventTarget) => void) => {
  let pressed: Element | undefined;

  const tell = (kind: string, { serve, itemId, position }: Item, quantity = 0) =>
    host.call('itemEvent', serve, kind, itemId, position, quantity, now());

  const add = (item: Item, quantity: number) => {
    notePress(item.itemId);
    if (item.actions!.onAdd?.(quantity) !== false) tell('addToCart', item, quantity);
  };

  const onEvent = (event: Event) => {
    const { type } = event;
    // The middle button opens a tab and fires no click; the right one opens a menu, and what is chosen there no browser tells.
    if ((event as MouseEvent).button > 1) return;
    const path = event.composedPath().filter((node) => (node as Node).nodeType === 1) as HTMLElement[];
    const at = path.findIndex((element) => has(element, 'item'));
    if (at < 0 || path.some((element) => has(element, 'ignore'))) return;
    const element = path[at]!;
    const item = itemOf(element);
    if (!item?.actions) return;

    const inside = path.slice(0, at + 1);
    const button = inside.find((part) => has(part, 'add'));
    if (type === 'submit') {
      if (button?.tagName === 'FORM') add(item, quantityOf(button, element));
      return;
    }
    const isLink = (part: Element) => part.matches('a[href],area[href]') || has(part, 'click');
    const isButton = button && button.tagName !== 'FORM';
    const isClick =
      !isButton &&
      (path.some(isLink) ||
        (!element.querySelector('a[href],[data-vitrine-click]') && !inside.some((part) => part.matches(CONTROL))));
    if (isButton ? type !== 'click' || button.getAttribute('aria-disabled') === 'true' : !isClick) return;
    // A label clicks its field once more, an overlay the link below it: in one task, so it is the same press of the button.
    if (pressed === element) return;
    pressed = element;
    setTimeout(() => (pressed = undefined));
    if (isButton) add(item, quantityOf(button, element));
    else tell('click', item);
  };

  return (target) => {
    const isShadow = !!(target as ShadowRoot).host;
    for (const type of isShadow ? ['submit'] : ['click', 'auxclick', 'submit'])
      target.addEventListener(type, onEvent, { capture: true, signal });
  };
};
