// Tracks clicks and add-to-carts of all items with one listener.
//
// The listener is on the window in the capture phase, so a page that stops an event cannot hide it. The event is stored
// before the browser follows the link, because the core's effects are performed in the microtask after the listener.

import { notePress } from './cart_events.js';
import type { Host } from '../core/host.js';
import type { Item } from '../core/items.js';
import { later, now } from '../ports/clock.js';
import { attribute, closest, findAll, listen, matches, member } from '../ports/dom.js';

/** Returns the item of an element with data-vitrine-item; undefined if its clicks are not tracked. */
export type ItemOf = (element: HTMLElement) => Item | undefined;

const ITEM = '[data-vitrine-item]';
const CONTROL = 'button,input,select,textarea,label,summary,[contenteditable]';

const dataOf = (element: Element, name: string) => attribute(element, 'data-vitrine-' + name);
const has = (element: Element, name: string) => dataOf(element, name) !== null;

/** Returns the first element in `place` that belongs to no other item than `item`, such as one in a widget in it. */
const findOwn = (place: Element, item: Element, selector: string) =>
  findAll(place, selector).find((part) => (closest(part, ITEM) || item) === item);
const isForm = (element: Element | undefined) => element && member(element, 'localName') === 'form';

/**
 * Returns the quantity to add: from the button, else from the item's field with data-vitrine-quantity, else from a
 * field named `quantity` or `qty` in the form (or, without a form, in the item), else 1.
 */
const quantityOf = (button: Element, item: Element) => {
  const field =
    (has(button, 'quantity') && button) ||
    findOwn(item, item, '[data-vitrine-quantity]') ||
    findOwn(closest(button, 'form') || item, item, '[name=quantity],[name=qty]');
  const number = Number((field && dataOf(field, 'quantity')) || (field as HTMLInputElement | undefined)?.value || 1);
  return number > 0 && number < Infinity ? number : 1;
};

/**
 * Returns a function that starts to listen on a window, on the document of a frame, or on a shadow root (there only for
 * `submit`, which does not leave a shadow root). Listening ends when `signal` fires.
 */
export const trackActions = (host: Host, itemOf: ItemOf, signal: AbortSignal): ((target: EventTarget) => void) => {
  let pressed: Element | undefined;

  const track = (kind: string, { serve, itemId, position }: Item, quantity = 0) =>
    host.call('itemEvent', serve, kind, itemId, position, quantity, now());

  const add = (item: Item, quantity: number) => {
    notePress(item.itemId);
    if (item.actions!.onAdd?.(quantity) !== false) track('addToCart', item, quantity);
  };

  const onEvent = (event: Event) => {
    const { type } = event;
    // The middle button opens a tab and fires no click, only auxclick. The right button opens a menu, and no browser
    // reports the choice made there.
    if ((event as MouseEvent).button > 1) return;
    const path = event
      .composedPath()
      .filter((node) => node !== globalThis && member(node as Node, 'nodeType') === 1) as HTMLElement[];
    // A look-up ends at a widget: a press on its heading is none on the item that the widget stands in.
    const at = path.findIndex((element) => matches(element, ITEM + ',vitrine-widget'));
    if (at < 0 || path.some((element) => has(element, 'ignore'))) return;
    const element = path[at]!;
    const item = itemOf(element);
    if (!item?.actions) return;

    const inside = path.slice(0, at + 1);
    const button = inside.find((part) => has(part, 'add'));
    if (type === 'submit') {
      // A button with data-vitrine-add that submits the form has been counted as it was clicked.
      if (button && isForm(button) && pressed !== element) add(item, quantityOf(button, element));
      return;
    }
    const isLink = (part: Element) => matches(part, 'a[href],area[href]') || has(part, 'click');
    const isButton = button && !isForm(button);
    const isClick =
      !isButton &&
      (path.some(isLink) ||
        (!findOwn(element, element, 'a[href],[data-vitrine-click]') && !inside.some((part) => matches(part, CONTROL))));
    if (isButton ? type !== 'click' || attribute(button, 'aria-disabled') === 'true' : !isClick) return;
    // A label clicks its field again, and an overlay clicks the link below it. Both happen in the same task, so they
    // are one press.
    if (pressed === element) return;
    pressed = element;
    later(() => (pressed = undefined));
    if (isButton) add(item, quantityOf(button, element));
    else track('click', item);
  };

  return (target) => {
    const isShadow = !!(target as ShadowRoot).host;
    for (const type of isShadow ? ['submit'] : ['click', 'auxclick', 'submit'])
      listen(target, type, onEvent, { capture: true, signal });
  };
};
