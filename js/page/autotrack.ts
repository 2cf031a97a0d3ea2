// Items that the page's own markup names (data-vitrine-*, the table in js/README.md): finds them wherever they are and whenever they come,
// tells what is served, and has them watched.

import type { Host } from '../core/host.js';
import type { Item, Items } from '../core/items.js';
import { outerOf } from './viewability_observer.js';
import { now } from '../ports/clock.js';
import { toJson } from '../core/text.js';

/** The page's own items. */
export interface Markup {
  /** What an element is, found at once if it was not known. */
  itemOf(element: HTMLElement): Item | undefined;
  /** Another page view: what is there belongs to the one before, until `settle`. */
  turn(): void;
  /** What is still there by now belongs to this page view as well. */
  settle(): void;
}

/** Products of one serve, as the core has it. */
const MOST = 1000;
const ITEM = '[data-vitrine-item]';
const WATCHED = ['data-vitrine-item', 'data-vitrine-position', 'data-vitrine-serve', 'state'];

/** The nearest element that fits, the hosts of shadow roots and the frames of documents included. */
const nearest = (element: Element, selector: string): HTMLElement | null => {
  const found = element.closest?.<HTMLElement>(selector); // a list may be a whole document
  if (found) return found;
  const outer = outerOf(element.getRootNode());
  return outer ? nearest(outer, selector) : null;
};

const said = (element: Element, name: string) =>
  nearest(element, `[data-vitrine-${name}]`)?.getAttribute('data-vitrine-' + name) || undefined;

/** The list's own words, as `trackItemsServed` takes them. */
const listOf = (list: Element, surface: string | undefined, serveId: string | undefined, itemIds: string[]) => {
  const own = (name: string) => list.getAttribute?.('data-vitrine-' + name) || undefined;
  const total = own('total');
  let filters: unknown;
  try {
    filters = JSON.parse(own('filters') || 'null') ?? undefined;
  } catch {
    console.warn('[vitrine] data-vitrine-filters is not JSON');
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

/** Reads the page's markup until `signal` fires. `listen` is called for each window, document or shadow root with items in it. */
export const readMarkup = (
  host: Host,
  items: Items,
  listen: (target: EventTarget) => void,
  signal: AbortSignal,
): Markup => {
  const roots = new Set<Document | ShadowRoot>();
  const waited = new WeakSet<Element>();
  /** What was served in this page view, by what was said of it: a list that is drawn anew is the same list. */
  let served = new Map<string, number>();
  /** What elements are in this page view. */
  let current = new WeakMap<Element, Item>();

  /** The serve of these items of a list; undefined where the core refuses it. */
  const serveFor = (list: Element, surface: string | undefined, serveId: string | undefined, itemIds: string[]) => {
    const known = serveId ? host.call('serveNumber', serveId) : -1;
    if (known !== undefined && known >= 0) return known;
    const payload = toJson(listOf(list, surface, serveId, itemIds));
    if (!served.has(payload)) served.set(payload, host.ask('serve', payload, now())!);
    return served.get(payload)!;
  };

  /** What a widget shows is the widget's, but for a list of the shop's own where the widget has nothing to show. */
  const isOurs = (element: Element) => {
    const widget = nearest(element, 'vitrine-widget');
    return (
      !widget ||
      (/^(empty|error)$/.test(widget.getAttribute('state')!) && widget.contains(element.closest('[data-vitrine-list]')))
    );
  };

  const adopt = (elements: HTMLElement[]) => {
    // By list, and by what is said of where it stands and of the serve it is of.
    const groups = new Map<string, { list: Element; surface?: string; serveId?: string; elements: HTMLElement[] }>();
    const lists: Element[] = [];
    for (const element of elements) {
      const known = current.get(element);
      if (!isOurs(element) || (known && items.get(element))) continue;
      if (known) {
        // Taken out of the page, and put back.
        items.watch(element, known);
        continue;
      }
      const list = nearest(element, '[data-vitrine-list]') || (element.getRootNode() as unknown as Element);
      const [surface, serveId] = [said(element, 'surface'), said(element, 'serve')];
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
            const item: Item = {
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
        console.warn(`[vitrine] data-vitrine-item: ${(error as Error).message}`);
      }
    }
  };

  /** All items below, and the shadow roots and frames below, each of which is a world of its own. */
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
    // Null where the frame is of another origin.
    const inner = frame.contentDocument;
    return inner?.body ? enter(inner) : [];
  };

  const enter = (root: Document | ShadowRoot): HTMLElement[] => {
    if (roots.has(root)) return root === document ? read(root) : [];
    roots.add(root);
    if (root !== document) listen(root);
    changes.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: WATCHED });
    return read(root);
  };

  const changes = new MutationObserver((records) => {
    const news: HTMLElement[] = [];
    for (const { type, attributeName, target, addedNodes } of records) {
      if (attributeName === 'state') {
        if ((target as Element).localName === 'vitrine-widget') news.push(...read(target as Element));
      } else if (type === 'attributes') {
        if (!isOurs(target as Element)) continue;
        current.delete(target as Element);
        items.unwatch(target as Element);
        if ((target as Element).hasAttribute('data-vitrine-item')) news.push(target as HTMLElement);
      } else
        for (const node of addedNodes) if (node.nodeType === 1 && node.isConnected) news.push(...read(node as Element));
    }
    for (const root of roots) {
      if (root !== document && !outerOf(root)?.isConnected) roots.delete(root);
    }
    adopt([...new Set(news)]);
  });

  signal.addEventListener('abort', () => changes.disconnect());
  const start = () => adopt(enter(document));
  // A list that is still being parsed is not whole.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { signal });
  else start();

  return {
    itemOf(element) {
      if (!items.get(element)) adopt([element]);
      return items.get(element);
    },
    turn() {
      served = new Map();
      current = new WeakMap();
    },
    settle() {
      for (const root of roots) adopt([...root.querySelectorAll<HTMLElement>(ITEM)]);
    },
  };
};
