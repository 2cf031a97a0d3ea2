// Tracks items in the page's own markup (data-vitrine-*; table in js/README.md). Finds them in shadow roots and
// frames too, also those that come later, records the serves, and has the items watched.

import { hearDoofinderCart } from './doofinder_cart.js';
import { watchRoutes } from './route.js';
import type { Host } from '../core/host.js';
import type { Item, Items } from '../core/items.js';
import { outerOf } from './viewability_observer.js';
import { now } from '../ports/clock.js';
import { attribute, closest, findAll, listen as on, matches, member, openChanges, rootOf } from '../ports/dom.js';
import { guarded } from '../ports/guard.js';
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
  const found = closest(element, selector);
  if (found) return found;
  const outer = outerOf(rootOf(element));
  return outer ? nearest(outer, selector) : null;
};

const dataOf = (element: Element | null, name: string) =>
  (element && attribute(element, 'data-vitrine-' + name)) || undefined;

const nearestValue = (element: Element, name: string) => dataOf(nearest(element, `[data-vitrine-${name}]`), name);

/** Returns the attributes of a list in the form of the argument of `trackItemsServed`. */
const listOf = (
  host: Host,
  list: Element,
  surface: string | undefined,
  serveId: string | undefined,
  itemIds: string[],
) => {
  const own = (name: string) => dataOf(list, name);
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
const readMarkup = (host: Host, items: Items, listen: (target: EventTarget) => void, signal: AbortSignal): Markup => {
  const roots = new Set<Document | ShadowRoot>();
  const waited = new WeakSet<Element>();
  /** Serves of this page view by their payload, so that a list that is rendered again is not served twice. */
  let served = new Map<string, number>();
  const told = new Set<string>();
  const warn = (text: string, code = 'bad-argument', error?: unknown) => {
    if (!told.has(text)) host.log('warn', text, code, error);
    told.add(text);
  };
  /** The serves of this page view by list, and in it by row, so that a row that is rendered again is the same one. */
  let rows = new WeakMap<Element, Map<string, number>>();
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
      (/^(empty|error)$/.test(attribute(widget, 'state')!) &&
        widget.contains(closest(element, '[data-vitrine-list]') ?? null))
    );
  };

  const adopt = (elements: HTMLElement[]) => {
    // Groups the elements by list, surface and serve id.
    const groups = new Map<string, { list: Element; surface?: string; serveId?: string; elements: HTMLElement[] }>();
    const lists: Element[] = [];
    const place = (element: HTMLElement) => {
      const known = current.get(element);
      if (!isOurs(element) || (known && items.get(element))) return;
      const itemId = dataOf(element, 'item') || '';
      if (!isId(itemId))
        return warn(`data-vitrine-item="${itemId}" is no product id and is not tracked. Mend the template.`);
      if (known?.page === page) {
        // The element was taken out of the page and put back.
        items.watch(element, known);
        return;
      }
      const list = nearest(element, '[data-vitrine-list]') || (rootOf(element) as unknown as Element);
      const [surface, serveId] = [nearestValue(element, 'surface'), nearestValue(element, 'serve')];
      if (lists.indexOf(list) < 0) lists.push(list);
      const key = [lists.indexOf(list), surface, serveId].join();
      if (!groups.has(key)) groups.set(key, { list, surface, serveId, elements: [] });
      groups.get(key)!.elements.push(element);
    };
    elements.forEach(guarded(place));
    host.noteNavigation();
    for (const { list, surface, serveId, elements: ours } of groups.values()) {
      try {
        const places = new Map(
          (matches(list, ITEM) ? [list] : findAll(list, ITEM).filter(isOurs)).map((element, at) => [element, at]),
        );
        const known = rows.get(list) || new Map<string, number>();
        rows.set(list, known);
        const rowOf = (element: HTMLElement) => {
          const place = dataOf(element, 'position');
          const position = place ? +place : (places.get(element) ?? -1);
          const itemId = dataOf(element, 'item') || '';
          return { itemId, position, key: [position, surface, serveId, itemId].join() };
        };
        const watch = (element: HTMLElement, serve: number) => {
          const { itemId, position, key } = rowOf(element);
          known.set(key, serve);
          const item = { page, serve, itemId, position, actions: {} };
          items.watch(element, item);
          current.set(element, item);
        };
        const fresh = ours.filter((element) => {
          const serve = known.get(rowOf(element).key);
          if (serve !== undefined) watch(element, serve);
          return serve === undefined;
        });
        for (let from = 0; from < fresh.length; from += MOST) {
          const part = fresh.slice(from, from + MOST);
          const ids = part.map((element) => rowOf(element).itemId);
          const serve = serveFor(list, surface, serveId, ids);
          part.forEach(guarded((element) => watch(element, serve)));
        }
      } catch (error) {
        const { message, code } = error as VitrineError;
        warn(`data-vitrine-item: ${message}`, code || 'page-failed', error);
      }
    }
  };

  /** Returns all items in the node, and enters the shadow roots and frames in it, which selectors do not reach. */
  const read = (node: ParentNode & Node): HTMLElement[] => {
    const found = findAll(node, ITEM);
    if (matches(node as Element, ITEM)) found.unshift(node as HTMLElement);
    for (const element of [node as Element, ...findAll(node, '*')]) {
      const [shadow, name] = [member(element, 'shadowRoot'), member(element, 'localName')];
      if (shadow) found.push(...enter(shadow));
      else if (name === 'iframe') found.push(...enterFrame(element as HTMLIFrameElement));
      else if (name?.includes('-') && matches(element, ':not(:defined)') && !waited.has(element)) {
        waited.add(element);
        void customElements
          .whenDefined(name)
          .then(guarded(() => member(element, 'isConnected') && adopt(read(element))));
      }
    }
    return found;
  };

  const enterFrame = (frame: HTMLIFrameElement): HTMLElement[] => {
    if (!waited.has(frame)) {
      waited.add(frame);
      on(frame, 'load', () => adopt(enterFrame(frame)), { signal });
    }
    // Null if the frame has another origin.
    const inner = member(frame, 'contentDocument');
    return inner && member(inner, 'body') ? enter(inner) : [];
  };

  const enter = (root: Document | ShadowRoot): HTMLElement[] => {
    if (roots.has(root)) return root === document ? read(root) : [];
    roots.add(root);
    if (root !== document) listen(root);
    observe(root, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeOldValue: true,
      attributeFilter: WATCHED,
    });
    return read(root);
  };

  // Without observers the page is read at its start and after each route.
  const observe = openChanges((records) => {
    const found: HTMLElement[] = [];
    for (const { type, attributeName, oldValue, target, addedNodes } of records) {
      if (attributeName === 'state') {
        if (member(target as Element, 'localName') === 'vitrine-widget') found.push(...read(target as Element));
      } else if (type === 'attributes') {
        // Some libraries write every attribute anew, with the same value.
        if (!isOurs(target as Element) || attribute(target as Element, attributeName!) === oldValue) continue;
        current.delete(target as Element);
        items.unwatch(target as Element);
        if (matches(target as Element, ITEM)) found.push(target as HTMLElement);
      } else
        for (const node of addedNodes)
          if (member(node, 'nodeType') === 1 && member(node, 'isConnected')) found.push(...read(node as Element));
    }
    for (const root of roots) {
      const outer = outerOf(root);
      if (root !== document && !(outer && member(outer, 'isConnected'))) roots.delete(root);
    }
    adopt([...new Set(found)]);
  }, signal);
  const start = guarded(() => adopt(enter(document)));
  // While the document is being parsed, its lists are incomplete.
  if (member(document, 'readyState') === 'loading') on(document, 'DOMContentLoaded', start, { signal });
  else start();

  return {
    itemOf(element) {
      if (!items.get(element)) adopt([element]);
      return items.get(element);
    },
    turn() {
      served = new Map();
      rows = new WeakMap();
      page++;
      // A watched element is in the page.
      items.each((element) => {
        const known = current.get(element);
        if (known) known.page = page;
      });
    },
    settle() {
      for (const root of roots) adopt(findAll(root, ITEM));
    },
  };
};

/**
 * Tracks the page's markup, its routes and Doofinder's cart until `signal` fires. Never throws.
 * @param listen called for each document of a frame and each shadow root
 * @param use called with the markup once it is read
 */
export const startAutoTrack = (
  host: Host,
  items: Items,
  listen: (target: EventTarget) => void,
  signal: AbortSignal,
  use: (markup: Markup) => void,
): void => {
  guarded(watchRoutes)((isNewEntry) => host.noteNavigation(isNewEntry), signal);
  guarded(hearDoofinderCart)(host, items, signal);
  guarded(() => use(readMarkup(host, items, listen, signal)))();
};
