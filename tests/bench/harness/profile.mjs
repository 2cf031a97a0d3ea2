// Shows which functions of a measured page take the time, with the browser's sampling profiler.

const kSampleUs = 100;

export const startProfile = async (session) => {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: kSampleUs });
  await session.send('Profiler.start');
};

/**
 * Ends the profile. Resolves with the profile, which DevTools can open, and with [ms, name] of each function: the time
 * spent in the function itself, longest first.
 */
export const stopProfile = async (session) => {
  const { profile } = await session.send('Profiler.stop');
  const nameOf = new Map(
    profile.nodes.map(({ id, callFrame: f }) => [
      id,
      `${f.functionName || '(anonymous)'}${f.url ? ` :${f.lineNumber + 1}` : ''}`,
    ]),
  );
  const ms = new Map();
  profile.samples.forEach((id, i) =>
    ms.set(nameOf.get(id), (ms.get(nameOf.get(id)) ?? 0) + (profile.timeDeltas[i + 1] ?? 0) / 1000),
  );
  const dearest = [...ms]
    .map(([name, own]) => [own, name])
    .sort((a, b) => b[0] - a[0])
    .filter(([, name]) => name !== '(idle)');
  return { profile, dearest };
};
