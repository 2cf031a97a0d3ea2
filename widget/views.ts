// When an item counts as seen: half of it visible in a visible page for one second without a break (MRC; 30 % of a large item).
//
// One observer and one timer serve every widget of the page. The observer's own timestamps decide, so a timer that fires late neither
// counts an item that has left in time nor misses one that has stayed.

const DWELL_MS = 1000;
// MRC's threshold for large units: 970 x 250 pixels.
const LARGE_PX2 = 242_500;

/** The item being watched: what to do when it has been seen, and since when it is in view (page clock ms; undefined: it is not). */
interface Watch {
  seen(): void;
  since?: number;
}

const watches = new Map<Element, Watch>();
let observer: IntersectionObserver | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

const area = ({ width, height }: DOMRectReadOnly) => width * height;

const isInView = ({ boundingClientRect, intersectionRect, rootBounds, isIntersecting }: IntersectionObserverEntry) => {
  const whole = area(boundingClientRect);
  // An item larger than the window is judged against the window.
  const most = Math.min(whole, rootBounds ? area(rootBounds) : whole);
  // A thousandth less than the share: the browser rounds rectangles to its own units.
  return isIntersecting && whole > 0 && area(intersectionRect) >= most * ((whole >= LARGE_PX2 ? 0.3 : 0.5) - 0.001);
};

const finish = (element: Element, watch: Watch) => {
  unwatchView(element);
  watch.seen();
};

const read = (entries: IntersectionObserverEntry[]) => {
  for (const entry of entries) {
    const watch = watches.get(entry.target);
    if (!watch) continue;
    if (watch.since !== undefined && entry.time - watch.since >= DWELL_MS) finish(entry.target, watch);
    else if (!isInView(entry) || document.visibilityState === 'hidden') watch.since = undefined;
    else watch.since ??= entry.time;
  }
};

const judge = () => {
  // What has left but was not reported yet must be known before the clock is asked.
  read(observer!.takeRecords());
  clearTimeout(timer);
  let next = Infinity;
  for (const [element, watch] of watches) {
    const leftMs = watch.since === undefined ? Infinity : watch.since + DWELL_MS - performance.now();
    if (leftMs <= 0) finish(element, watch);
    else next = Math.min(next, leftMs);
  }
  if (next < Infinity) timer = setTimeout(judge, next);
};

// The observer reports nothing when a tab is hidden or shown: the clock stops here, and observing anew starts it.
const onVisibility = () => {
  judge();
  for (const [element, watch] of watches) {
    watch.since = undefined;
    observer!.unobserve(element);
    if (document.visibilityState !== 'hidden') observer!.observe(element);
  }
};

/** Calls `seen` once, when the element has been seen. Without IntersectionObserver never. */
export const watchView = (element: Element, seen: () => void): void => {
  if (typeof IntersectionObserver !== 'function') return;
  if (!observer) {
    observer = new IntersectionObserver(
      (entries) => {
        read(entries);
        judge();
      },
      { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1] },
    );
    document.addEventListener('visibilitychange', onVisibility);
  }
  watches.set(element, { seen });
  observer.observe(element);
};

/** Forgets the element. */
export const unwatchView = (element: Element): void => {
  watches.delete(element);
  observer?.unobserve(element);
};
