// The host alone. The test controls every port.

import { openTab } from './tab.mjs';

/**
 * Starts the host on a fresh tab. `asked` lists its calls to the locks, each claim with the function that reports the
 * result. `mirrored` has the entries it reads from the mirror, its writes, and the number of closes; `ending` settles
 * each write. `open` makes the core, `notify` receives changes of the metrics, and the options may have hooks.
 */
export const openPump = (options = {}) => {
  const tab = openTab(options);
  const js = tab.modules();
  const store = js.openStore(true);
  const asked = [];
  const locks = {
    claim: (id, answer) => asked.push(['claim', id, (ours, isCurrent = () => true) => answer(ours, isCurrent)]),
    release: (id) => asked.push(['release', id]),
    releaseAll: () => asked.push(['releaseAll']),
  };
  const mirrored = { copies: {}, writes: [], reads: [], closed: 0, ending: async () => {} };
  const mirror = {
    write: (changes) => {
      mirrored.writes.push(changes);
      return mirrored.ending();
    },
    read: async (prefix) => {
      mirrored.reads.push(prefix);
      return Object.fromEntries(Object.entries(mirrored.copies).filter(([key]) => key.startsWith(prefix)));
    },
    close: () => mirrored.closed++,
  };
  const { notify, ...config } = options;
  const host = js.startHost(options.open ?? (() => tab.core.runtime), { store, locks, mirror, notify, config });
  return { ...tab, js, host, store, asked, mirrored };
};
