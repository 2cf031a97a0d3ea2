// Gives the page's tracker its part for autoTrack. The npm modules contain it; the script tags load it as a file of its
// own, only for shops that use it.

import { startAutoTrack } from './autotrack.js';

export type StartAutoTrack = typeof startAutoTrack;

/** Defined in the script builds alone. */
declare const VITRINE_SCRIPT: true | undefined;

type Load = (use: (start: StartAutoTrack) => void) => void;

let from: Load | undefined;

/** Has the part brought by `load`, which calls its argument once the part is there. */
export const loadAutoTrackBy = (load: Load): void => {
  from = load;
};

/** Calls `use` with the part: at once in the npm modules, else when it is there. */
export const useAutoTrack: Load = (use) => {
  if (typeof VITRINE_SCRIPT === 'undefined') use(startAutoTrack);
  else from?.(use);
};
