// Which items are visible: one IntersectionObserver for all of a page, wherever they stand (shadow roots, carousels, frames of the same
// origin). It reports numbers; the core decides what counts as viewed.

import type { Host } from './host.js';
import type { Item, Items } from './items.js';
import { now } from './ports/clock.js';

interface Watched extends Item {
  id: number;
  /** Enough of it was visible to be worth a report. */
  isNear: boolean;
}

// Below the shares that matter: an item longer than the window never shows more of itself than these.
const FINE = [0.02, 0.05, 0.1, 0.15, 0.2, 0.25];
const COARSE = [0.75, 1];

const isGone = (element: Element) => !element.isConnected || !element.ownerDocument.defaultView;

/** What a shadow root or the document of a frame stands in; undefined for the page's own document, and for a frame of elsewhere. */
export const outerOf = (root: Node): Element | undefined =>
  (root as ShadowRoot).host || (root as Document).defaultView?.frameElement || undefined;

/** Watches until `signal` fires. */
export const openItems = (host: Host, signal: AbortSignal): Items => {
  const { call } = host;
  const items = new Map<Element, Watched>();
  const roots = new WeakSet<Node>();
  let observer: IntersectionObserver | undefined;
  let least = 0;

  /** Tells what matters of the entries; whether that was anything. */
  const report = (entries: IntersectionObserverEntry[]) => {
    let isNews = false;
    let root: DOMRectReadOnly | null | undefined;
    for (const entry of entries) {
      const item = items.get(entry.target);
      if (!item || !(entry.isIntersecting || item.isNear)) continue;
      let [visiblePx, areaPx, mostPx] = [0, 0, 0];
      // Each rectangle that is asked for is an object of its own: thousands, when a long list scrolls by.
      if (entry.isIntersecting) {
        const { width, height } = entry.boundingClientRect;
        const seen = entry.intersectionRect;
        root ??= entry.rootBounds;
        areaPx = width * height;
        visiblePx = seen.width * seen.height;
        // In a frame of another origin the browser does not tell how large the window is.
        mostPx = root ? Math.min(width, root.width) * Math.min(height, root.height) : areaPx;
      }
      const isNear = visiblePx > 0 && visiblePx > mostPx * least * 0.99;
      if (!isNear && !item.isNear) continue;
      item.isNear = isNear;
      isNews = true;
      call('itemVisible', item.id, visiblePx, areaPx, mostPx, entry.time, now());
    }
    return isNews;
  };
  const judge = () => call('look', performance.now(), now());

  const observe = (element: Element) => {
    if (typeof IntersectionObserver !== 'function') return;
    if (!observer) {
      const ratios = (call('viewRatios') || '').split(',').map(Number);
      least = ratios[0]!;
      observer = new IntersectionObserver((entries) => report(entries) && judge(), {
        threshold: [...new Set([...FINE, ...ratios, ...COARSE])].filter((ratio) => ratio <= 1).sort((a, b) => a - b),
      });
    }
    observer.observe(element);
  };

  // The observer says nothing of what has left the page, and both would hold on to it.
  const changes =
    typeof MutationObserver === 'function'
      ? new MutationObserver((records) => {
          if (records.some(({ removedNodes }) => removedNodes.length)) items.forEach((_, element) => isGone(element) && unwatch(element));
        })
      : undefined;

  const unwatch = (element: Element) => {
    const item = items.get(element);
    if (!item) return;
    items.delete(element);
    observer?.unobserve(element);
    call('unwatch', item.id);
  };

  signal.addEventListener('abort', () => {
    observer?.disconnect();
    changes?.disconnect();
    items.clear();
  });

  return {
    watch(element, item) {
      unwatch(element);
      const id = host.ask('watch', item.serve, item.itemId, item.position, now());
      if (id === undefined) return;
      items.set(element, { ...item, id, isNear: false });
      observe(element);
      for (let root: Node | undefined = element.getRootNode(); root && !roots.has(root); root = outerOf(root)?.getRootNode()) {
        roots.add(root);
        changes?.observe(root, { childList: true, subtree: true });
      }
    },
    unwatch,
    get: (element) => items.get(element),
    find: (itemId) => [...items.values()].find((item) => item.itemId === itemId),
    look() {
      if (!items.size) return;
      report(observer?.takeRecords() ?? []);
      judge();
    },
  };
};
