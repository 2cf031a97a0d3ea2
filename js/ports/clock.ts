// The only readings of time. Pages replace `Date`, `Date.now` and `performance.now` (datejs, MooTools, fake timers);
// what is no number is no time. A call that was queued before the core was up runs at the time it was made.

let recorded = 0;
let last = 0;

/** Returns the time that `read` gives; 0 if it gives none. */
const timeOf = (read: () => unknown): number => {
  try {
    const time = read();
    return typeof time === 'number' && time - time === 0 ? time : 0;
  } catch {
    return 0;
  }
};

/** Returns the current time in epoch milliseconds. Like any wall clock, it may jump. */
export const wallNow = (): number =>
  (last =
    timeOf(() => Date.now()) ||
    // biome-ignore lint/complexity/useDateNow: another source than the line above
    timeOf(() => new Date().getTime()) ||
    timeOf(() => performance.timeOrigin + performance.now()) ||
    last);

/** As `wallNow`, but inside `at` the time given there. */
export const now = (): number => recorded || wallNow();

/** Returns the minutes from the page's time zone to UTC: -60 in Berlin in winter. */
export const zoneMinutes = (): number => timeOf(() => new Date().getTimezoneOffset());

let startMs = 0;

/** Returns the milliseconds since the page began, as in entries of an IntersectionObserver. */
export const pageNow = (): number =>
  timeOf(() => performance.now()) || wallNow() - (timeOf(() => performance.timeOrigin) || (startMs ||= wallNow()));

/**
 * Calls `run` after `ms` milliseconds. Returns a function that prevents it. A page's own setTimeout may return
 * anything, pass arguments, throw or call back at once; the last two leave the work to the first tick of setInterval.
 * @param holds false: a Node process does not stay alive for it
 */
export const later = (run: () => void, ms = 0, holds = true): (() => void) => {
  let isWanted = false;
  let isFailed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    isWanted = false;
    clearTimeout(timer); // ends an interval too
  };
  const fire = () => {
    isFailed = !isWanted;
    if (isFailed) return;
    stop();
    run();
  };
  for (const set of [() => setTimeout(fire, ms), () => setInterval(fire, ms)])
    try {
      isFailed = false;
      timer = set();
      if (!holds) (timer as { unref?: () => void }).unref?.();
      if (!isFailed) break;
    } catch {
      // The next timer is tried.
    }
  isWanted = true;
  return stop;
};

// An idle call-back comes at the latest after this time.
const IDLE_MS = 2000;
// For browsers that do not report when they are idle.
const SOON_MS = 200;

/** Calls `run` when the page is idle. */
export const whenIdle = (run: () => void): void => {
  try {
    requestIdleCallback(run, { timeout: IDLE_MS });
  } catch {
    later(run, SOON_MS);
  }
};

/** Runs `call` as if the time were `timeMs`. Code that `call` schedules for later runs at the real time. */
export const at = <T>(timeMs: number, call: () => T): T => {
  recorded = timeMs;
  try {
    return call();
  } finally {
    recorded = 0;
  }
};
