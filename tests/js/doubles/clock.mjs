// A clock that moves only when a test moves it.

/** Runs everything that is ready: promise chains and the immediates between them. */
export const settle = async () => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
};

export class Clock {
  nowMs = 1_700_000_000_000;
  #timers = new Map();
  #lastId = 0;

  setTimeout = (callback, delayMs = 0, ...args) => {
    this.#timers.set(++this.#lastId, { dueMs: this.nowMs + Math.max(0, delayMs), callback, args });
    return this.#lastId;
  };

  setInterval = (callback, delayMs = 0, ...args) => {
    const id = this.setTimeout(tick, delayMs);
    const timers = this.#timers;
    const nextMs = () => this.nowMs + Math.max(1, delayMs);
    function tick() {
      timers.set(id, { dueMs: nextMs(), callback: tick, args: [] });
      callback(...args);
    }
    return id;
  };

  /** Number of timers that were ever set. */
  get timersSet() {
    return this.#lastId;
  }

  clearTimeout = (id) => void this.#timers.delete(id);

  /** Delays of the timers that are set now, soonest first. */
  get delays() {
    return [...this.#timers.values()].map((timer) => timer.dueMs - this.nowMs).sort((a, b) => a - b);
  }

  /** Moves the time forward and fires the timers that are due, each in its own task. */
  async advance(ms) {
    const endMs = this.nowMs + ms;
    for (;;) {
      const next = [...this.#timers]
        .filter(([, timer]) => timer.dueMs <= endMs)
        .sort(([, a], [, b]) => a.dueMs - b.dueMs)[0];
      if (!next) break;
      const [id, { dueMs, callback, args }] = next;
      this.#timers.delete(id);
      this.nowMs = Math.max(this.nowMs, dueMs);
      callback(...args);
      await settle();
    }
    this.nowMs = endMs;
    await settle();
  }
}
