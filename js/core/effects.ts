// The text of drainEffects: records end with \x1e, fields with \x1f; neither can occur inside a field.

/** One effect: its verb, then its fields in the order of the seam. */
export type Effect = string[];

/** Splits drained text into effects, in the order in which they must be performed. */
export const parseEffects = (text: string): Effect[] =>
  text
    .split('\x1e')
    .filter(Boolean)
    .map((record) => record.split('\x1f'));
