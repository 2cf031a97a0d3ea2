/** Seen means: at least half of the element was in the window for a second without a break, in a tab that was in front. */

const dwellMs = 1000;
const watched = new Map();

const observer = new IntersectionObserver(take, { threshold: 0.5 });

function take(entries) {
  for (const entry of entries) {
    const watch = watched.get(entry.target);
    if (!watch) continue;
    clearTimeout(watch.timer);
    if (entry.intersectionRatio >= 0.5) watch.timer = setTimeout(arrive, dwellMs, entry.target);
  }
}

function arrive(element) {
  // A busy page fires timers late: what the observer already knows decides first, and may cancel this one.
  const before = watched.get(element)?.timer;
  take(observer.takeRecords());
  const watch = watched.get(element);
  if (!watch || watch.timer !== before) return;
  stop(element);
  watch.seen();
}

function stop(element) {
  clearTimeout(watched.get(element)?.timer);
  watched.delete(element);
  observer.unobserve(element);
}

// The observer says nothing when the tab goes to the back or returns; observing anew makes it speak.
document.addEventListener('visibilitychange', () => {
  for (const [element, watch] of watched) {
    clearTimeout(watch.timer);
    observer.unobserve(element);
    if (document.visibilityState === 'visible') observer.observe(element);
  }
});

/** Calls `seen` once, when the element has been seen. Returns a function that gives up. */
export function whenSeen(element, seen) {
  watched.set(element, { seen, timer: 0 });
  observer.observe(element);
  return () => stop(element);
}
