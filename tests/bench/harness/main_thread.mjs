// Time of a page's main thread between two marks, from the browser's traces.

const kCategories = ['blink.user_timing', 'toplevel'];

/**
 * Records what happens in the browser while `act` runs.
 * @param {import('./devtools.mjs').DevTools} devTools
 * @returns {Promise<{ cpuMs: (from: string, to: string) => number, longestMs: (from: string, to: string) => number }>}
 * `cpuMs`: the thread's own time in tasks between two marks of the page, which does not grow with the load of the
 * machine (a throttled thread also spins between its tasks, which does not count); `longestMs`: the same of one task
 */
export const traced = async ({ session }, act) => {
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const isComplete = new Promise((resolve) => session.on('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: kCategories, excludedCategories: ['*'] },
  });
  try {
    await act();
  } finally {
    await session.send('Tracing.end');
    await isComplete;
  }
  const mark = (name) => {
    const found = events.find((event) => event.name === name && event.tts !== undefined);
    if (!found) throw Error(`the trace has no mark ${name}`);
    return found;
  };
  /** Returns the milliseconds of each task between two marks; of a task around a mark, the part between the marks. */
  const tasks = (from, to) => {
    const [first, last] = [mark(from), mark(to)];
    return events
      .filter(({ name, pid, tid, tdur }) => /RunTask$/.test(name) && pid === first.pid && tid === first.tid && tdur)
      .map(({ tts, tdur }) => (Math.min(tts + tdur, last.tts) - Math.max(tts, first.tts)) / 1000)
      .filter((ms) => ms > 0);
  };
  return {
    cpuMs: (from, to) => tasks(from, to).reduce((sum, ms) => sum + ms, 0),
    longestMs: (from, to) => Math.max(...tasks(from, to)),
  };
};
