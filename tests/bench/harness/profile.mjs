// Where the time of a measured page went, from the browser's own sampling profiler.

const kSampleUs = 100;

export const startProfile = async (session) => {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: kSampleUs });
  await session.send('Profiler.start');
};

/** Ends it. Resolves with the profile, as DevTools opens it, and the functions with the most time of their own: [ms, name], dearest first. */
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
