// Waits for a condition: the only way in which browser tests wait.

const kPollMs = 20;

/**
 * Calls `condition` until it returns a truthy value, and resolves to that. An exception counts as "not yet".
 * @template T
 * @param {() => T | Promise<T>} condition
 * @param {string} what the condition in words, for the error
 * @param {number} [limitMs] rejects after this; default 15 s, which a busy machine does not need either
 * @returns {Promise<T>}
 */
export const until = async (condition, what, limitMs = 15_000) => {
  const end = performance.now() + limitMs;
  let last;
  for (;;) {
    try {
      last = await condition();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end)
      throw new Error(`waited ${limitMs} ms for ${what}; last seen: ${last?.message ?? JSON.stringify(last)}`);
    await new Promise((resolve) => setTimeout(resolve, kPollMs));
  }
};
