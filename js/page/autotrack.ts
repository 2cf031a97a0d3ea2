// Tracks items in the page's own markup (data-vitrine-*; table in js/README.md). Finds them in shadow roots and
// frames too, also those that come later, records the serves, and has the items watched.

import type { Host } from '../core/host.js';
import type { Item, Items } from '../core/items.js';
import { outerOf } from './viewability_observer.js';
import { now } from '../ports/clock.js';
import { isId, toJson } from '../core/text.js';
import type { VitrineError } from '../types/errors.js';

/** The page's own items. */
export interface Markup {
  /** Returns the item of an element; reads its list first if the element is new. */
  itemOf(element: HTMLElement): Item | undefined;
  /** Begins another page view. Elements that stay in the page keep their serves; all others are served anew. */
  turn(): void;
  /** Reads the page again, for elements that no observer has reported. */
  settle(): void;
}

/** Most products of one serve that the core accepts. */
const MOST = 1000;
const ITEM = '[data-vitrine-item]';
const WATCHED = ['data-vitrine-item', 'data-vitrine-position', 'data-vitrine-serve', 'state'];

/** Like `closest`, but continues from a shadow root to its host and from a frame's document to the frame. */
const nearest = (element: Element, selector: string): HTMLElement | null => {
  const found = element.closest?.<HTMLElement>(selector); // a list may be a document, which has no `closest`
  if (found) return found;
  const outer = outerOf(element.getRootNode());
  return outer ? nearest(outer, selector) : null;
};

const nearestValue = (element: Element, name: string) =>
  nearest(element, `[data-vitrine-${name}]`)?.getAttribute('data-vitrine-' + name) || undefined;

/** Returns the attributes of a list in the form of the argument of `trackItemsServed`. */
const listOf = (
  host: Host,
  list: Element,
  surface: string | undefined,
  serveId: string | undefined,
  itemIds: string[],
) => {
  const own = (name: string) => list.getAttribute?.('data-vitrine-' + name) || undefined;
  const total = own('total');
  let filters: unknown;
  try {
    filters = JSON.parse(own('filters') || 'null') ?? undefined;
  } catch {
    host.log('warn', 'data-vitrine-filters is not JSON; it is ignored. Write it as {"name":"value"}.', 'bad-attribute');
  }
  return {
    surface: surface || 'page',
    source: own('list') || 'page',
    itemIds,
    serveId,
    query: own('query'),
    totalResults: total && +total,
    anchorId: own('anchor'),
    sortBy: own('sort'),
    filters,
  };
};

/** Reads the page's markup until `signal` fires. Calls `listen` for each document of a frame and each shadow root. */
export const readMarkup = (
  host: Host,
  items: Items,
  listen: (target: EventTarget) => void,
  signal: AbortSignal,
): Markup => {
  const roots = new Set<Document | ShadowRoot>();
  const waited = new WeakSet<Element>();
  /** Serves of this page view by their payload, so that a list that is rendered again is not served twice. */
  let served = new Map<string, number>();
  const told = new Set<string>();
  const warn = (text: string, code = 'bad-argument', error?: unknown) => {
    if (!told.has(text)) host.log('warn', text, code, error);
    told.add(text);
  };
  /** Number of the page view. */
  let page = 0;
  /** Items by element, with the page view in which the element was in the page last. */
  const current = new WeakMap<Element, Item & { page: number }>();

  /** Returns the serve of these items of a list, and opens it if it is new. Throws if the core refuses it. */
  const serveFor = (list: Element, surface: string | undefined, serveId: string | undefined, itemIds: string[]) => {
    const known = serveId ? host.call('serveNumber', serveId) : -1;
    if (known !== undefined && known >= 0) return known;
    const payload = toJson(listOf(host, list, surface, serveId, itemIds));
    if (!served.has(payload)) served.set(payload, host.ask('serve', payload, now())!);
    return served.get(payload)!;
  };

  /**
   * Returns false for elements that a widget shows, since the widget tracks them. A list of the shop's own that a
   * widget shows because it has no products is ours.
   */
  const isOurs = (element: Element) => {
    const widget = nearest(element, 'vitrine-widget');
    return (
      !widget ||
      (/^(empty|error)$/.test(widget.getAttribute('state')!) && widget.contains(element.closest('[data-vitrine-list]')))
    );
  };

  const adopt = (elements: HTMLElement[]) => {
    // Groups the elements by list, surface and serve id.
    const groups = new Map<string, { list: Element; surface?: string; serveId?: string; elements: HTMLElement[] }>();
    const lists: Element[] = [];
    for (const element of elements) {
      const known = current.get(element);
      if (!isOurs(element) || (known && items.get(element))) continue;
      if (!isId(element.dataset.vitrineItem!)) {
        warn(
          `data-vitrine-item="${element.dataset.vitrineItem}" is no product id and is not tracked. ` +
            'Mend the template.',
        );
        continue;
      }
      if (known?.page === page) {
        // The element was taken out of the page and put back.
        items.watch(element, known);
        continue;
      }
      const list = nearest(element, '[data-vitrine-list]') || (element.getRootNode() as unknown as Element);
      const [surface, serveId] = [nearestValue(element, 'surface'), nearestValue(element, 'serve')];
      if (!lists.includes(list)) lists.push(list);
      const key = [lists.indexOf(list), surface, serveId].join();
      if (!groups.has(key)) groups.set(key, { list, surface, serveId, elements: [] });
      groups.get(key)!.elements.push(element);
    }
    host.noteNavigation();
    for (const { list, surface, serveId, elements: ours } of groups.values()) {
      try {
        const places = new Map(
          (list.matches?.(ITEM) ? [list] : [...list.querySelectorAll(ITEM)]).map((element, at) => [element, at]),
        );
        for (let from = 0; from < ours.length; from += MOST) {
          const part = ours.slice(from, from + MOST);
          const serve = serveFor(
            list,
            surface,
            serveId,
            part.map((element) => element.dataset.vitrineItem!),
          );
          for (const element of part) {
            const { vitrineItem: itemId, vitrinePosition: place } = element.dataset;
            const item = {
              page,
              serve,
              itemId: itemId!,
              position: place ? +place : (places.get(element) ?? -1),
              actions: {},
            };
            items.watch(element, item);
            current.set(element, item);
          }
        }
      } catch (error) {
        const { message, code } = error as VitrineError;
        warn(`data-vitrine-item: ${message}`, code || 'page-failed', error);
      }
    }
  };

  /** Returns all items in the node, and enters the shadow roots and frames in it, which selectors do not reach. */
  const read = (node: ParentNode & Node): HTMLElement[] => {
    const found = [...node.querySelectorAll<HTMLElement>(ITEM)];
    if ((node as Element).matches?.(ITEM)) found.unshift(node as HTMLElement);
    for (const element of [node as Element, ...node.querySelectorAll('*')]) {
      if (element.shadowRoot) found.push(...enter(element.shadowRoot));
      else if (element.localName === 'iframe') found.push(...enterFrame(element as HTMLIFrameElement));
      else if (element.localName?.includes('-') && element.matches(':not(:defined)') && !waited.has(element)) {
        waited.add(element);
        void customElements.whenDefined(element.localName).then(() => adopt(element.isConnected ? read(element) : []));
      }
    }
    return found;
  };

  const enterFrame = (frame: HTMLIFrameElement): HTMLElement[] => {
    if (!waited.has(frame)) {
      waited.add(frame);
      frame.addEventListener('load', () => adopt(enterFrame(frame)), { signal });
    }
    // Null if the frame has another origin.
    const inner = frame.contentDocument;
    return inner?.body ? enter(inner) : [];
  };

  const enter = (root: Document | ShadowRoot): HTMLElement[] => {
    if (roots.has(root)) return root === document ? read(root) : [];
    roots.add(root);
    if (root !== document) listen(root);
    changes.observe(root, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeOldValue: true,
      attributeFilter: WATCHED,
    });
    return read(root);
  };

  const changes = new MutationObserver((records) => {
    const found: HTMLElement[] = [];
    for (const { type, attributeName, oldValue, target, addedNodes } of records) {
      if (attributeName === 'state') {
        if ((target as Element).localName === 'vitrine-widget') found.push(...read(target as Element));
      } else if (type === 'attributes') {
        // Some libraries write every attribute anew, with the same value.
        if (!isOurs(target as Element) || (target as Element).getAttribute(attributeName!) === oldValue) continue;
        current.delete(target as Element);
        items.unwatch(target as Element);
        if ((target as Element).hasAttribute('data-vitrine-item')) found.push(target as HTMLElement);
      } else
        for (const node of addedNodes)
          if (node.nodeType === 1 && node.isConnected) found.push(...read(node as Element));
    }
    for (const root of roots) {
      if (root !== document && !outerOf(root)?.isConnected) roots.delete(root);
    }
    adopt([...new Set(found)]);
  });

  signal.addEventListener('abort', () => changes.disconnect());
  const start = () => adopt(enter(document));
  // While the document is being parsed, its lists are incomplete.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { signal });
  else start();

  return {
    itemOf(element) {
      if (!items.get(element)) adopt([element]);
      return items.get(element);
    },
    turn() {
      served = new Map();
      page++;
      // A watched element is in the page.
      items.each((element) => {
        const known = current.get(element);
        if (known) known.page = page;
      });
    },
    settle() {
      for (const root of roots) adopt([...root.querySelectorAll<HTMLElement>(ITEM)]);
    },
  };
};
