// The text of drainEffects.

import { splitFields, splitRecords } from './fields.js';

/** One effect: its verb, then its fields in the order of the seam. */
export type Effect = string[];

/** Splits drained text into effects, in the order in which they must be performed. */
export const parseEffects = (text: string): Effect[] => splitRecords(text).map(splitFields);
