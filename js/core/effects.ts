// Reads the text of drainEffects.

import { splitFields, splitRecords } from './fields.js';
import type { Effect } from './seam.js';

/** Splits drained text into effects, in the order in which they must be performed. */
export const parseEffects = (text: string): Effect[] => splitRecords(text).map(splitFields) as Effect[];
