// The wall clock. A call that was queued before the core was up runs at the time it was made.

let recorded = 0;

/**
 * Returns the current time in epoch milliseconds, or, inside `at`, the time given there. Like any wall clock, it may
 * jump.
 */
export const now = (): number => recorded || Date.now();

/** Runs `call` as if the time were `timeMs`. Code that `call` schedules for later runs at the real time. */
export const at = <T>(timeMs: number, call: () => T): T => {
  recorded = timeMs;
  try {
    return call();
  } finally {
    recorded = 0;
  }
};
