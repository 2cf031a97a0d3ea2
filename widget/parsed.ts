// Detects when the parser has delivered the whole content of an element. Until then, templates, the shop's own children
// and markup of a server may be missing.

import { listen, member, openChanges } from '../js/ports/dom.js';

const waiting = new Map<Element, () => void>();
let end: AbortController | undefined;

/** True while the parser may still be inside of the element: nothing follows it, nor an element around it. */
const isOpen = (element: Element) => {
  if (member(document, 'readyState') !== 'loading') return false;
  for (let node: Node | null = element; node; node = member(node, 'parentNode') || (node as ShadowRoot).host)
    if (member(node, 'nextSibling')) return false;
  return true;
};

const check = () => {
  for (const [element, parsed] of waiting)
    if (!isOpen(element)) {
      waiting.delete(element);
      parsed();
    }
  if (waiting.size) return;
  end?.abort();
  end = undefined;
};

/** Calls `parsed` when the element is complete, at once if it is now. An incomplete element may leave the page. */
export const whenParsed = (element: Element, parsed: () => void): void => {
  waiting.set(element, parsed);
  if (isOpen(element) && !end) {
    end = new AbortController();
    const { signal } = end;
    openChanges(check, signal)(document, { childList: true, subtree: true });
    listen(document, 'readystatechange', check, { signal });
  }
  check();
};
