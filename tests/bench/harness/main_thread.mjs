// Time of a page's main thread between two marks, from the browser's traces.

const kCategories = ['blink.user_timing', 'toplevel'];

/**
 * Records what happens in the browser while `act` runs.
 * @param session CDP session of the browser
 * @returns {Promise<{ cpuMs: (from: string, to: string) => number, longestMs: (from: string, to: string) => number }>}
 * `cpuMs`: the thread's own time between two marks of the page, which does not grow with the load of the machine;
 * `longestMs`: the same of the longest task that ends between them
 */
export const traced = async (session, act) => {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on('Tracing.dataCollected', collect);
  const isComplete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: kCategories, excludedCategories: ['*'] },
  });
  try {
    await act();
  } finally {
    await session.send('Tracing.end');
    await isComplete;
    session.off('Tracing.dataCollected', collect);
  }
  const mark = (name) => {
    const found = events.find((event) => event.name === name && event.tts !== undefined);
    if (!found) throw Error(`the trace has no mark ${name}`);
    return found;
  };
  return {
    cpuMs: (from, to) => (mark(to).tts - mark(from).tts) / 1000,
    longestMs(from, to) {
      const [first, last] = [mark(from), mark(to)];
      const tasks = events.filter(
        ({ name, pid, tid, ts, dur }) =>
          /RunTask$/.test(name) &&
          pid === first.pid &&
          tid === first.tid &&
          ts + dur > first.ts &&
          ts < last.ts,
      );
      return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
    },
  };
};
