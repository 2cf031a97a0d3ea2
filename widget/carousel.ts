// A carousel by the WAI-ARIA pattern (www.w3.org/WAI/ARIA/apg/patterns/carousel), without autoplay. Scrolling and snapping are the
// browser's; this adds buttons, keys, and words for those who do not see it move.

import { announce } from './announce.js';
import { itemsOf } from './patch.js';

const SCROLLER = '[data-vitrine-scroller]';
// A browser rounds scroll positions to its own units.
const SLACK_PX = 2;
// Without `scrollend` (Safari before 26): how long without a scroll event counts as standing still.
const STILL_MS = 150;

const isRtl = (scroller: Element) => getComputedStyle(scroller).direction === 'rtl';

/** How far it is from its beginning, and how far it can go; in px, from 0 also where the text runs from right to left. */
const extent = (scroller: Element) =>
  [Math.abs(scroller.scrollLeft), scroller.scrollWidth - scroller.clientWidth] as const;

const setTo = (element: Element | null, name: string, value: string | null) => {
  if (!element || element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
};

const button = (scroller: Element, name: string) =>
  scroller.closest('.vitrine')?.querySelector(`[data-vitrine-${name}]`) ?? null;

const showEnds = (scroller: Element) => {
  const [at, most] = extent(scroller);
  for (const [name, isEnd] of [
    ['prev', at <= SLACK_PX],
    ['next', at >= most - SLACK_PX],
  ] as const) {
    // Not `disabled`, which would take the focus away from the button that was just pressed.
    setTo(button(scroller, name), 'aria-disabled', isEnd ? 'true' : null);
    setTo(button(scroller, name), 'hidden', most <= SLACK_PX ? '' : null);
  }
};

/** Scrolls by `px` in reading direction. */
const scrollBy = (scroller: Element, px: number) => {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  scroller.scrollBy({ left: isRtl(scroller) ? -px : px, behavior: isStill ? 'instant' : 'smooth' });
};

/** Says which item is the first to be seen whole, in the item's own words ("3 of 12"). */
const tell = (scroller: Element) => {
  const { left, right } = scroller.getBoundingClientRect();
  const first = itemsOf(scroller).find((item) => {
    const box = item.getBoundingClientRect();
    return box.left >= left - SLACK_PX && box.right <= right + SLACK_PX;
  });
  const words = first?.getAttribute('aria-label');
  if (words) announce(words);
};

/** Drives the carousels that are or will be within `root`. */
export const driveCarousels = (root: Element | ShadowRoot): void => {
  /** Carousels that move because somebody pressed something; only then is there something to say. */
  const turned = new WeakSet<Element>();
  const timers = new WeakMap<Element, ReturnType<typeof setTimeout>>();
  const turn = (scroller: Element, px: number) => {
    const [at, most] = extent(scroller);
    if (px < 0 ? at <= SLACK_PX : at >= most - SLACK_PX) return;
    turned.add(scroller);
    scrollBy(scroller, px);
  };
  const rest = (scroller: Element) => {
    clearTimeout(timers.get(scroller));
    if (turned.delete(scroller)) tell(scroller);
  };

  root.addEventListener('click', ({ target }) => {
    const pressed = (target as Element).closest('[data-vitrine-prev],[data-vitrine-next]');
    const scroller = pressed?.closest('.vitrine')?.querySelector(SCROLLER);
    if (scroller)
      turn(scroller, pressed!.matches('[data-vitrine-next]') ? scroller.clientWidth : -scroller.clientWidth);
  });

  root.addEventListener('keydown', (event) => {
    const { key, target } = event as KeyboardEvent;
    const scroller = target as Element;
    // Keys that are meant for a link, a button or a field in an item stay theirs.
    if (!scroller.matches(SCROLLER)) return;
    const item = itemsOf(scroller)[0];
    const onePx = item ? item.getBoundingClientRect().width : scroller.clientWidth;
    const sign = isRtl(scroller) ? -1 : 1;
    const way: Record<string, number> = {
      ArrowRight: sign * onePx,
      ArrowLeft: -sign * onePx,
      Home: -scroller.scrollWidth,
      End: scroller.scrollWidth,
    };
    if (!(key in way)) return;
    event.preventDefault();
    turn(scroller, way[key]!);
  });

  // Neither event bubbles; capturing hears both.
  root.addEventListener(
    'scroll',
    ({ target }) => {
      const scroller = target as Element;
      if (!scroller.matches?.(SCROLLER)) return;
      showEnds(scroller);
      clearTimeout(timers.get(scroller));
      if (!('onscrollend' in window)) timers.set(scroller, setTimeout(rest, STILL_MS, scroller));
    },
    { capture: true, passive: true },
  );
  root.addEventListener(
    'scrollend',
    ({ target }) => (target as Element).matches?.(SCROLLER) && rest(target as Element),
    true,
  );
};

let sizes: ResizeObserver | undefined;

/** Brings the buttons of the carousels within `root` in line with what there is to scroll, now and whenever their size changes. False if there are none. */
export const fitCarousels = (root: ParentNode): boolean => {
  const scrollers = root.querySelectorAll(SCROLLER);
  for (const scroller of scrollers) {
    showEnds(scroller);
    if (typeof ResizeObserver !== 'function') continue;
    sizes ||= new ResizeObserver((entries) => entries.forEach(({ target }) => showEnds(target)));
    sizes.observe(scroller); // a node that goes away is forgotten by the observer
  }
  return scrollers.length > 0;
};
