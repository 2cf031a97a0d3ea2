// Waits until the parser has delivered the whole content of an element. Until then, templates, the shop's own children
// and markup of a server may be missing.

import { later } from '../js/ports/clock.js';
import { member } from '../js/ports/dom.js';

// No event tells that an element is complete.
const POLL_MS = 20;

/** True while the parser may still be inside of the element: nothing follows it, nor an element around it. */
const isOpen = (element: Element) => {
  if (member(document, 'readyState') !== 'loading') return false;
  for (let node: Node | null = element; node; node = member(node, 'parentNode') || (node as ShadowRoot).host)
    if (member(node, 'nextSibling')) return false;
  return true;
};

/** Calls `parsed` when the element is complete, at once if it is now. */
export const whenParsed = (element: Element, parsed: () => void): void => {
  if (isOpen(element)) later(() => whenParsed(element, parsed), POLL_MS);
  else parsed();
};
