// Gives the page's tracker its part for autoTrack. The npm modules contain it; the script tags load it as a file of its
// own, only for shops that use it.

import type { Part } from '../core/part.js';
import { startAutoTrack } from './autotrack.js';

/** Defined in the script builds alone. */
declare const VITRINE_SCRIPT: true | undefined;

export const autoTrackPart: Part<typeof startAutoTrack> = {
  inside: () => (typeof VITRINE_SCRIPT === 'undefined' ? startAutoTrack : undefined),
};
