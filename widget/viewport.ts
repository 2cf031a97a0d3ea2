// Says when a widget may work: when it comes near the window, and when the present task has room for it. So a widget
// that is never seen costs nothing, and a page with hundreds of widgets stays responsive.

import { later } from '../js/ports/clock.js';
import { member } from '../js/ports/dom.js';
import { guarded } from '../js/ports/guard.js';

// Widgets that may begin to work in one task. One takes about 4 ms, most of it for the nodes of its cards.
const PER_TASK = 4;

// Default of the attribute `margin`.
const MARGIN_PX = 600;

/**
 * Returns how near to the window, in px, a widget with these attributes must be to load; Infinity if it loads wherever
 * it is.
 */
export const marginOf = (load: string | null, margin: string | null): number => {
  const px = parseFloat(margin || '');
  return load === 'eager' ? Infinity : px >= 0 ? px : MARGIN_PX;
};

let room = PER_TASK;
let postponed: (() => void)[] = [];

const takeRoom = () => {
  if (room === PER_TASK)
    later(() => {
      room = PER_TASK;
      const jobs = postponed;
      postponed = [];
      for (const job of jobs) job();
    });
  return room-- > 0;
};

const observers = new Map<Element, IntersectionObserver>();

const overflowOf = (element: Element) => getComputedStyle(element).overflow;

/** Returns the nearest element around `element` that scrolls; null if that is the window. */
const scrollerOf = (element: Element): Element | null => {
  const around = element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  if (!around || around === document.documentElement) return null;
  // The window scrolls in place of <body>, unless <html> has an overflow of its own.
  const isWindow = around === member(document, 'body') && overflowOf(document.documentElement) === 'visible';
  return /auto|scroll/.test(overflowOf(around)) && !isWindow ? around : scrollerOf(around);
};

/**
 * Calls `arrived` once, when the element is within `marginPx` of what can be seen of the window and of each scroller
 * around it. Calls it as soon as there is room if that cannot be observed.
 */
export const whenNear = (element: Element, marginPx: number, arrived: () => void): void => {
  const margin = `${marginPx}px`;
  const observe = (target: Element, next: () => void) => {
    // `rootMargin` is for the root only. Without `scrollMargin`, each scroller is the root of what is in it.
    const root = 'scrollMargin' in IntersectionObserver.prototype ? null : scrollerOf(target);
    const look = () => {
      const observer = new IntersectionObserver(
        guarded((entries) => {
          if (!entries[entries.length - 1]!.isIntersecting) return;
          observer.disconnect();
          if (target !== element || takeRoom()) next();
          // Meanwhile other widgets fill, which moves this one. It is observed anew, in the next frame.
          else look();
        }),
        { root, rootMargin: margin, scrollMargin: margin } as IntersectionObserverInit,
      );
      observers.set(element, observer);
      observer.observe(target);
    };
    if (root) observe(root, look);
    else look();
  };
  stopWaiting(element);
  try {
    observe(element, () => {
      observers.delete(element);
      arrived();
    });
  } catch {
    whenRoom(element, Infinity, arrived);
  }
};

/**
 * Calls `run` at once if the present task has room for another widget; else in a later task, when the element is within
 * `marginPx` of the window (Infinity: wherever it is).
 */
export const whenRoom = (element: Element, marginPx: number, run: () => void): void => {
  stopWaiting(element);
  if (takeRoom()) run();
  else if (marginPx < Infinity) whenNear(element, marginPx, run);
  else postponed.push(() => whenRoom(element, marginPx, run));
};

/** Ends `whenNear` for the element: `arrived` is not called. */
export const stopWaiting = (element: Element): void => {
  observers.get(element)?.disconnect();
  observers.delete(element);
};
