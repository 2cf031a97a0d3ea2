// Detects when an element comes near the window, so that a widget that is never seen makes no request.

const observers = new Map<string, IntersectionObserver>();
const waiting = new Map<Element, () => void>();

const read = (entries: IntersectionObserverEntry[]) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) forget(target)?.();
};

const forget = (element: Element) => {
  const arrived = waiting.get(element);
  waiting.delete(element);
  observers.forEach((observer) => observer.unobserve(element));
  return arrived;
};

/** Calls `arrived` once, when the element is within `marginPx` of the window; at once if that cannot be observed. */
export const whenNear = (element: Element, marginPx: number, arrived: () => void): void => {
  const rootMargin = `${marginPx}px`;
  waiting.set(element, arrived);
  try {
    let observer = observers.get(rootMargin);
    if (!observer) observers.set(rootMargin, (observer = new IntersectionObserver(read, { rootMargin })));
    observer.observe(element);
  } catch {
    forget(element)?.();
  }
};

/** Ends `whenNear` for the element: `arrived` is not called. */
export const stopWaiting = (element: Element): void => void forget(element);
