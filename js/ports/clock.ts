// The wall clock, with one twist: a call that was queued before the core was up is run at the time at which it was made.

let recorded = 0;

/** Now, in epoch milliseconds; inside `at` the time given there. May jump either way, as the wall clock does. */
export const now = (): number => recorded || Date.now();

/** Runs `call` as if it were `timeMs`. What it starts later happens at the real time again. */
export const at = <T>(timeMs: number, call: () => T): T => {
  recorded = timeMs;
  try {
    return call();
  } finally {
    recorded = 0;
  }
};
