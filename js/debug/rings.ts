// Draws over the page how far each watched item is. The layer takes no clicks, and its nodes are in the overlay's
// closed shadow root, so nothing of the page or of Vitrine meets them.

import { member } from '../ports/dom.js';
import { h, patch, type VNode } from './dom.js';
import type { Target } from './target.js';
import { WATCH_WORDS } from './view_products.js';
import type { Watch } from './watches.js';
import { pageNow } from '../ports/clock.js';

const RADIUS = 13;
const AROUND = 2 * Math.PI * RADIUS;
/** Items beyond the window are not drawn; more than this would make scrolling slow. */
const MOST = 120;
const STEPS = 20;

export interface Rings {
  /** Draws the items of a Vitrine in each frame; undefined ends it. */
  show(target: Target | undefined): void;
}

const ring = (share: number): VNode =>
  h(
    'svg',
    { viewBox: '0 0 32 32', class: 'ring', 'aria-hidden': 'true' },
    h('circle', { cx: 16, cy: 16, r: 15, class: 'disc' }),
    h('circle', { cx: 16, cy: 16, r: RADIUS, class: 'track' }),
    h('circle', {
      cx: 16,
      cy: 16,
      r: RADIUS,
      class: 'fill',
      transform: 'rotate(-90 16 16)',
      'stroke-dasharray': `${Math.round(share * AROUND * 10) / 10} ${Math.ceil(AROUND)}`,
    }),
  );

export const openRings = (layer: HTMLElement, onFault: (error: unknown) => void): Rings => {
  let shown: Target | undefined;
  let isRunning = false;
  /** Visible shares as the browser sees them, also those that are too small for a report to the core. */
  let shares = new WeakMap<Element, number>();
  let seen = new Set<Element>();
  let observer: IntersectionObserver | undefined;

  const observe = (element: Element) => {
    if (seen.has(element)) return;
    seen.add(element);
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, intersectionRatio } of entries)
          shares.set(target, isIntersecting ? intersectionRatio : 0);
      },
      { threshold: [...Array(STEPS + 1).keys()].map((step) => step / STEPS) },
    );
    observer.observe(element);
  };

  const stop = () => {
    observer?.disconnect();
    observer = undefined;
    shares = new WeakMap();
    seen = new Set();
    patch(layer, []);
  };

  const mark = (element: Element, watch: Watch, target: Target): VNode | undefined => {
    const box = member(element, 'getBoundingClientRect').call(element);
    const isOutside = box.bottom < 0 || box.right < 0 || box.top > innerHeight || box.left > innerWidth;
    if (isOutside || !box.width || !box.height) return;
    const { watches } = target.session;
    const state = watches.state(watch);
    const share = Math.round((shares.get(element) ?? watch.ratio) * 100);
    return h(
      'div',
      { key: watch.id, class: `mark ${state}`, 'data-item': watch.itemId, 'data-state': state, place: placeText(box) },
      ring(watches.progress(watch, pageNow())),
      h('span', { class: 'label' }, `${share} % · ${WATCH_WORDS[state][1]}`),
    );
  };

  const frame = () => {
    if (!shown) {
      isRunning = false;
      return;
    }
    try {
      const target = shown;
      const { items } = target.host;
      const marks: VNode[] = [];
      items?.each((element) => {
        if (marks.length >= MOST) return;
        const { id } = (items.get(element) ?? {}) as { id?: number };
        const watch = target.session.watches.all.get(id ?? -1);
        if (!watch) return;
        observe(element);
        const one = mark(element, watch, target);
        if (one) marks.push(one);
      });
      patch(layer, marks);
      // The page's policy may forbid style attributes, but not a change of the style object.
      for (const node of [...layer.children] as HTMLElement[]) place(node);
    } catch (error) {
      onFault(error);
    }
    requestAnimationFrame(frame);
  };

  return {
    show(target) {
      if (shown === target) return;
      shown = target;
      if (!target) stop();
      else if (!isRunning) {
        isRunning = true;
        requestAnimationFrame(frame);
      }
    },
  };
};

/** Returns where a mark is. At an item whose beginning has left the window, the ring stays in sight. */
const placeText = ({ left, top, width, bottom }: DOMRect) =>
  [left, Math.max(top, 0), width, bottom - Math.max(top, 0)].map((value) => Math.round(value)).join(' ');

const place = (node: HTMLElement) => {
  const text = node.getAttribute('place') ?? '';
  const [left = 0, top = 0, width = 0, height = 0] = text.split(' ').map(Number);
  node.style.transform = `translate(${left}px, ${top}px)`;
  node.style.width = `${width}px`;
  node.style.height = `${height}px`;
};
