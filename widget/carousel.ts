// A carousel by the WAI-ARIA pattern (www.w3.org/WAI/ARIA/apg/patterns/carousel), without autoplay. The browser
// scrolls and snaps; this file adds buttons, keys, and announcements for screen readers.

import { later } from '../js/ports/clock.js';
import { closest, matches } from '../js/ports/dom.js';
import { FOCUSABLE, itemsOf } from './patch.js';

const SCROLLER = '[data-vitrine-scroller]';
// Tolerance, because browsers round scroll positions to their own units.
const SLACK_PX = 2;
// Without `scrollend` (Safari before 26), scrolling has ended after this time without a scroll event.
const STILL_MS = 150;

/** Returns the item of a carousel that `node` is in. */
const itemAround = (node: Element) => node.closest(`${SCROLLER} [data-vitrine-item]`);

const isRtl = (scroller: Element) => getComputedStyle(scroller).direction === 'rtl';

/** Returns the scroll position and its maximum, in px. Both are 0 or more, also in right-to-left text. */
const extent = (scroller: Element) =>
  [Math.abs(scroller.scrollLeft), scroller.scrollWidth - scroller.clientWidth] as const;

const setTo = (element: Element | null, name: string, value: string | null) => {
  if (!element || element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
};

/** Returns the first element with data-vitrine-`name` in the frame around `node`, which ends at the widget. */
const inFrame = (node: Element, name: string) =>
  node.closest('.vitrine,vitrine-widget')?.querySelector(`[data-vitrine-${name}]`) ?? null;

const showEnds = (scroller: Element) => {
  const [at, most] = extent(scroller);
  for (const [name, isEnd] of [
    ['prev', at <= SLACK_PX],
    ['next', at >= most - SLACK_PX],
  ] as const) {
    // `disabled` would take the focus away from the button that was just pressed.
    setTo(inFrame(scroller, name), 'aria-disabled', isEnd ? 'true' : null);
    setTo(inFrame(scroller, name), 'hidden', most <= SLACK_PX ? '' : null);
  }
};

/**
 * Leaves one tab stop in a card, its first control, unless `isOpen`. So a shopper who presses Tab passes a carousel of
 * ten cards with ten presses.
 */
const setStops = (item: Element, isOpen: boolean) =>
  item.querySelectorAll(FOCUSABLE).forEach((control, i) => i && setTo(control, 'tabindex', isOpen ? '0' : '-1'));

const closeCards = (scroller: Element) => {
  for (const item of itemsOf(scroller)) if (!item.matches(':focus-within')) setStops(item, false);
};

/** Scrolls by `px` in reading direction. */
const scrollBy = (scroller: Element, px: number) => {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  scroller.scrollBy({ left: isRtl(scroller) ? -px : px, behavior: isStill ? 'instant' : 'smooth' });
};

/** Returns the label ("3 of 12") of the first item that is visible as a whole. */
const placeOf = (scroller: Element) => {
  const { left, right } = scroller.getBoundingClientRect();
  const first = itemsOf(scroller).find((item) => {
    const box = item.getBoundingClientRect();
    return box.left >= left - SLACK_PX && box.right <= right + SLACK_PX;
  });
  return first?.getAttribute('aria-label');
};

/**
 * Handles buttons, keys and scrolling of all carousels in `root`, now and later. `announce` makes screen readers read a
 * text.
 */
export const driveCarousels = (root: Element | ShadowRoot, announce: (text: string) => void): void => {
  /** Carousels that move because of a button or a key. Only their movement is announced. */
  const turned = new WeakSet<Element>();
  const timers = new WeakMap<Element, () => void>();
  const turn = (scroller: Element, px: number) => {
    const [at, most] = extent(scroller);
    if (px < 0 ? at <= SLACK_PX : at >= most - SLACK_PX) return;
    turned.add(scroller);
    scrollBy(scroller, px);
  };
  const rest = (scroller: Element) => {
    timers.get(scroller)?.();
    const place = turned.delete(scroller) && placeOf(scroller);
    if (place) announce(place);
  };

  root.addEventListener('click', ({ target }) => {
    const pressed = closest(target as Element, '[data-vitrine-prev],[data-vitrine-next]');
    const scroller = pressed && inFrame(pressed, 'scroller');
    if (scroller)
      turn(scroller, pressed!.matches('[data-vitrine-next]') ? scroller.clientWidth : -scroller.clientWidth);
  });

  root.addEventListener('keydown', (event) => {
    const { key, target } = event as KeyboardEvent;
    const scroller = target as Element;
    // The other controls of a card are one step below its first.
    const [stop, next] = itemAround(scroller)?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [];
    if (key === 'ArrowDown' && stop === target && next) {
      event.preventDefault();
      next.focus();
    }
    // Any other key press on a link, a button or a field in an item is not for the carousel.
    if (!matches(scroller, SCROLLER)) return;
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

  // The controls of the card that the shopper is in are tab stops, those of the others are not.
  const onFocus = ({ type, target, relatedTarget }: FocusEvent) => {
    const item = itemAround(target as Element);
    const scroller = inFrame(target as Element, 'scroller');
    if (scroller && type === 'focusin') closeCards(scroller);
    if (type === 'focusin' && target !== item?.querySelector(FOCUSABLE)) item && setStops(item, true);
    else if (item && !item.contains(relatedTarget as Node | null)) setStops(item, false);
  };
  for (const type of ['focusin', 'focusout']) root.addEventListener(type, onFocus as (event: Event) => void);

  // Neither event bubbles, so both listeners capture.
  root.addEventListener(
    'scroll',
    ({ target }) => {
      const scroller = target as Element;
      if (!matches(scroller, SCROLLER)) return;
      showEnds(scroller);
      timers.get(scroller)?.();
      if (!('onscrollend' in window))
        timers.set(
          scroller,
          later(() => rest(scroller), STILL_MS),
        );
    },
    { capture: true, passive: true },
  );
  root.addEventListener(
    'scrollend',
    ({ target }) => matches(target as Element, SCROLLER) && rest(target as Element),
    true,
  );
};

let sizes: ResizeObserver | undefined;

/**
 * Updates the buttons of the carousels in `root` to what can be scrolled, now and whenever a carousel changes size, and
 * the tab stops of their cards. Cards of a server stay as they are until the focus comes.
 * @param isNew whether `root` has just been filled
 * Returns false if `root` has no carousel.
 */
export const fitCarousels = (root: ParentNode, isNew: boolean): boolean => {
  const scrollers = root.querySelectorAll(SCROLLER);
  for (const scroller of scrollers) {
    showEnds(scroller);
    if (isNew || scroller.querySelector('[tabindex="-1"]')) closeCards(scroller);
    if (typeof ResizeObserver !== 'function') continue;
    sizes ||= new ResizeObserver((entries) => entries.forEach(({ target }) => showEnds(target)));
    sizes.observe(scroller); // the observer forgets a node that is removed
  }
  return scrollers.length > 0;
};
