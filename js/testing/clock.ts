// A clock for tests: time stands still until the test moves it.

/** The clock of a test. */
export interface TestClock {
  /** The time, in epoch milliseconds. */
  readonly nowMs: number;
  /**
   * Moves the time on, and calls the timers that are due, in order, each at its own time. Resolves when promises that
   * they have settled have run.
   * @param ms milliseconds; default 0: only what is due now
   */
  advance(ms?: number): Promise<void>;
  /** Gives the page its own time and timers back. Timers of the test never fire. */
  restore(): void;
}

/** Enough turns for chains of promises, such as a request, its reply and the next request. */
const TURNS = 50;

/**
 * Replaces `Date.now`, `performance.now`, `setTimeout`, `setInterval` and their `clear…` functions. `new Date()` keeps
 * the real time. Call it before Vitrine is made.
 * @param startMs the time at first, in epoch milliseconds; default 2026-01-01
 */
export const useTestClock = (startMs = Date.UTC(2026, 0, 1)): TestClock => {
  const real = { now: Date.now, performance: performance.now, setTimeout, setInterval, clearTimeout, clearInterval };
  const { setImmediate = (run: () => void) => real.setTimeout(run) } = globalThis as {
    setImmediate?: typeof queueMicrotask;
  };
  const timers = new Map<number, { atMs: number; everyMs?: number; run: () => void }>();
  let nowMs = startMs;
  let lastId = 0;

  const add = (run: unknown, ms: unknown, args: unknown[], isEvery: boolean) => {
    const delay = Math.max(Number(ms) || 0, isEvery ? 1 : 0);
    const call = () => void (run as (...args: unknown[]) => void)(...args);
    timers.set(++lastId, { atMs: nowMs + delay, everyMs: isEvery ? delay : undefined, run: call });
    return lastId;
  };
  const clear = (id: unknown) => void timers.delete(Number(id));
  const settle = async () => {
    for (let i = 0; i < TURNS; i++) await null;
    await new Promise<void>((resolve) => void setImmediate(() => resolve()));
  };
  const use = (values: typeof real) => {
    Date.now = values.now;
    Object.defineProperty(performance, 'now', { value: values.performance, configurable: true, writable: true });
    const { setTimeout, setInterval, clearTimeout, clearInterval } = values;
    Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
  };

  use({
    now: () => nowMs,
    performance: () => nowMs - startMs,
    setTimeout: ((run: unknown, ms: unknown, ...args: unknown[]) => add(run, ms, args, false)) as never,
    setInterval: ((run: unknown, ms: unknown, ...args: unknown[]) => add(run, ms, args, true)) as never,
    clearTimeout: clear as never,
    clearInterval: clear as never,
  });
  return {
    get nowMs() {
      return nowMs;
    },
    async advance(ms = 0) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const [due] = [...timers].filter(([, { atMs }]) => atMs <= endMs).sort(([, a], [, b]) => a.atMs - b.atMs);
        if (!due) break;
        const [id, timer] = due;
        nowMs = Math.max(nowMs, timer.atMs);
        if (timer.everyMs) timer.atMs += timer.everyMs;
        else timers.delete(id);
        timer.run();
        await settle();
      }
      nowMs = endMs;
    },
    restore() {
      use(real);
      timers.clear();
    },
  };
};
