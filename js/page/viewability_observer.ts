// Which items are visible: one IntersectionObserver for all of a page, wherever they stand (shadow roots, carousels, frames of the same
// origin). It reports numbers; the core decides what counts as viewed.

import type { Host } from '../core/host.js';
import type { Item, Items } from '../core/items.js';
import { now } from '../ports/clock.js';

interface Watched extends Item {
  id: number;
  /** Enough of it was visible to be worth a report. */
  isNear: boolean;
  /** The most of it that the window can show, as a share; less than 1 of an item that is longer or wider than the window. */
  most: number;
  /** Its own, at the shares of the window that matter: only for such an item. */
  own?: IntersectionObserver;
}

const isGone = (element: Element) => !element.isConnected || !element.ownerDocument.defaultView;

/** What a shadow root or the document of a frame stands in; undefined for the page's own document, and for a frame of elsewhere. */
export const outerOf = (root: Node): Element | undefined =>
  (root as ShadowRoot).host || (root as Document).defaultView?.frameElement || undefined;

/** Watches until `signal` fires. */
export const openItems = (host: Host, signal: AbortSignal): Items => {
  const { call, report } = host;
  const items = new Map<Element, Watched>();
  const long = new Set<Watched>();
  const roots = new WeakSet<Node>();
  let ratios: number[];
  /** Of the page's own items, and of those in frames. */
  let observer: IntersectionObserver | undefined;
  let framed: IntersectionObserver | undefined;

  /** The window of the page itself is no more than the implicit root, but costs the browser half as much an item and frame. */
  const open = (threshold: number[], isFramed: boolean) => {
    const hear = (entries: IntersectionObserverEntry[]) => note(entries) && judge();
    try {
      return new IntersectionObserver(hear, { threshold, root: isFramed || self !== top ? null : document });
    } catch {
      return new IntersectionObserver(hear, { threshold }); // older browsers take elements only
    }
  };
  const isFramed = (element: Element) => element.ownerDocument !== document;

  /** How much of it the window can show has changed: what decides is then another share of the item. */
  const fit = (element: Element, item: Watched, most: number) => {
    item.most = most;
    item.own?.disconnect();
    item.own =
      most < 1
        ? open(
            ratios.map((ratio) => ratio * most),
            isFramed(element),
          )
        : undefined;
    item.own?.observe(element);
    long[item.own ? 'add' : 'delete'](item);
  };

  /** Tells what matters of the entries, thousands when a long list scrolls by; whether the core is to judge now. */
  const note = (entries: IntersectionObserverEntry[]) => {
    let isNews = false;
    let root: DOMRectReadOnly | null | undefined;
    for (const entry of entries) {
      const item = items.get(entry.target);
      if (!item) continue;
      const ratio = entry.isIntersecting ? entry.intersectionRatio : 0;
      let areaPx = 0;
      let mostPx = 0;
      if (ratio) {
        const { width, height } = entry.boundingClientRect;
        root ??= entry.rootBounds;
        areaPx = width * height;
        // In a frame of another origin the browser does not tell how large the window is.
        mostPx = root ? Math.min(width, root.width) * Math.min(height, root.height) : areaPx;
        const most = mostPx / areaPx;
        if (Math.abs(most - item.most) > 0.001) fit(entry.target, item, most);
      }
      const isNear = ratio > 0 && ratio >= ratios[0]! * item.most * 0.99;
      if (!isNear && !item.isNear) continue;
      item.isNear = isNear;
      isNews = report('itemVisible', item.id, ratio * areaPx, areaPx, mostPx, entry.time) || isNews;
    }
    return isNews;
  };
  const judge = () => report('look', performance.now(), now());

  const observe = (element: Element) => {
    if (typeof IntersectionObserver !== 'function') return;
    ratios ??= (call('viewRatios') || '').split(',').map(Number);
    // At 0 to learn how large it is before it matters.
    const shares = [0, ...ratios];
    if (isFramed(element)) (framed ??= open(shares, true)).observe(element);
    else (observer ??= open(shares, false)).observe(element);
  };

  // The observer says nothing of what has left the page, and both would hold on to it.
  const changes =
    typeof MutationObserver === 'function'
      ? new MutationObserver((records) => {
          if (records.some(({ removedNodes }) => removedNodes.length))
            items.forEach((_, element) => isGone(element) && unwatch(element));
        })
      : undefined;

  const unwatch = (element: Element) => {
    const item = items.get(element);
    if (!item) return;
    items.delete(element);
    observer?.unobserve(element);
    framed?.unobserve(element);
    item.own?.disconnect();
    long.delete(item);
    call('unwatch', item.id);
  };

  signal.addEventListener('abort', () => {
    for (const one of [observer, framed, changes, ...[...long].map(({ own }) => own)]) one?.disconnect();
    due = [];
    items.clear();
  });

  let due: (() => void)[] = [];
  const catchUp = () => due.splice(0).forEach((job) => job());

  return {
    later(job) {
      if (due.push(job) === 1) setTimeout(catchUp);
    },
    watch(element, item) {
      unwatch(element);
      const id = host.ask('watch', item.serve, item.itemId, item.position, now());
      if (id === undefined) return;
      items.set(element, { ...item, id, isNear: false, most: 1 });
      observe(element);
      for (
        let root: Node | undefined = element.getRootNode();
        root && !roots.has(root);
        root = outerOf(root)?.getRootNode()
      ) {
        roots.add(root);
        changes?.observe(root, { childList: true, subtree: true });
      }
    },
    unwatch,
    get(element) {
      catchUp();
      return items.get(element);
    },
    find(itemId) {
      catchUp();
      return [...items.values()].find((item) => item.itemId === itemId);
    },
    look() {
      catchUp();
      if (!items.size) return;
      for (const one of [observer, framed, ...[...long].map(({ own }) => own)]) note(one?.takeRecords() ?? []);
      judge();
    },
  };
};
