// Reports which items are visible. One IntersectionObserver serves all items of a page, in shadow roots and carousels
// too; a second one serves items in frames of the same origin. The core decides what counts as viewed.

import type { Host } from '../core/host.js';
import type { Item, Items } from '../core/items.js';
import { later, now, pageNow } from '../ports/clock.js';
import { member, openChanges, rootOf, whenEnded } from '../ports/dom.js';
import { guarded } from '../ports/guard.js';

interface Watched extends Item {
  id: number;
  /** At the last report, enough of the item was visible to matter to the core. */
  isNear: boolean;
  /** Greatest share of the item that the window can show; below 1 if the item is longer or wider than the window. */
  most: number;
  /** Observer of this item alone, with thresholds scaled by `most`. Only if `most` is below 1. */
  own?: IntersectionObserver;
}

const documentOf = (element: Element) => member(element, 'ownerDocument');
const isGone = (element: Element) => !member(element, 'isConnected') || !member(documentOf(element), 'defaultView');

/**
 * Returns the host of a shadow root, or the frame element of a frame's document. Returns undefined for the page's own
 * document and for a frame of another origin.
 */
export const outerOf = (root: Node): Element | undefined =>
  member(root as ShadowRoot, 'host') || member(root as Document, 'defaultView')?.frameElement || undefined;

const rootAbove = (root: Node) => {
  const outer = outerOf(root);
  return outer && rootOf(outer);
};

/** Returns the list of watched items. Watching ends when `signal` fires. */
export const openItems = (host: Host, signal: AbortSignal): Items => {
  const { call, report } = host;
  const items = new Map<Element, Watched>();
  const long = new Set<Watched>();
  const roots = new WeakSet<Node>();
  let ratios: number[];
  /** The observers of the page's own items and of items in frames. */
  let observer: IntersectionObserver | undefined;
  let framed: IntersectionObserver | undefined;

  /**
   * Opens an observer. The page's document as root gives the same results as the implicit root, but costs the browser
   * half as much per item and frame.
   */
  const open = (threshold: number[], isFramed: boolean) => {
    const onEntries = guarded((entries: IntersectionObserverEntry[]) => note(entries) && judge());
    try {
      return new IntersectionObserver(onEntries, { threshold, root: isFramed || self !== top ? null : document });
    } catch {
      return new IntersectionObserver(onEntries, { threshold }); // older browsers accept only elements as root
    }
  };
  const isFramed = (element: Element) => documentOf(element) !== document;

  /** Notes a changed `most`, and replaces the item's own observer, since other thresholds decide now. */
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

  /**
   * Reports the entries that matter; a long list that scrolls by makes thousands. Returns whether the core must judge
   * the items now.
   */
  const note = (entries: IntersectionObserverEntry[]) => {
    let mustJudge = false;
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
        // In a frame of another origin the browser does not give the size of the window.
        mostPx = root ? Math.min(width, root.width) * Math.min(height, root.height) : areaPx;
        const most = mostPx / areaPx;
        if (Math.abs(most - item.most) > 0.001) fit(entry.target, item, most);
      }
      const isNear = ratio > 0 && ratio >= ratios[0]! * item.most * 0.99;
      if (!isNear && !item.isNear) continue;
      item.isNear = isNear;
      mustJudge = report('itemVisible', item.id, ratio * areaPx, areaPx, mostPx, entry.time) || mustJudge;
    }
    return mustJudge;
  };
  const judge = () => report('checkViews', pageNow(), now());

  const observe = guarded((element: Element) => {
    if (typeof IntersectionObserver !== 'function') return;
    ratios ??= (call('viewRatios') || '').split(',').map(Number);
    // The threshold 0 gives the item's size before any other threshold is reached.
    const shares = [0, ...ratios];
    if (isFramed(element)) (framed ??= open(shares, true)).observe(element);
    else (observer ??= open(shares, false)).observe(element);
  });

  // An observer reports nothing about an element that has left the page, and keeps it in memory, as `items` does.
  const observeTree = openChanges((records) => {
    if (records.some(({ removedNodes }) => removedNodes.length))
      items.forEach((_, element) => isGone(element) && unwatch(element));
  }, signal);

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

  whenEnded(signal, () => {
    for (const one of [observer, framed, ...[...long].map(({ own }) => own)]) one?.disconnect();
    due = [];
    items.clear();
  });

  let due: (() => void)[] = [];
  const catchUp = () => due.splice(0).forEach((job) => guarded(job)());

  return {
    later(job) {
      if (due.push(job) === 1) later(catchUp);
    },
    watch(element, item) {
      unwatch(element);
      const id = host.ask('watch', item.serve, item.itemId, item.position, now());
      if (id === undefined) return;
      items.set(element, { ...item, id, isNear: false, most: 1 });
      observe(element);
      for (let root: Node | undefined = rootOf(element); root && !roots.has(root); root = rootAbove(root)) {
        roots.add(root);
        observeTree(root, { childList: true, subtree: true });
      }
    },
    unwatch,
    get(element) {
      catchUp();
      return items.get(element);
    },
    each: (visit) => items.forEach((_, element) => visit(element)),
    find(itemId) {
      catchUp();
      return [...items.values()].find((item) => item.itemId === itemId);
    },
    look() {
      catchUp();
      if (!items.size) return;
      for (const one of [observer, framed, ...[...long].map(({ own }) => own)]) note(one?.takeRecords?.() ?? []);
      judge();
    },
  };
};
