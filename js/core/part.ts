// A part of the code that the npm modules contain, and that a script loads as a file of its own when a page needs it.

export interface Part<T> {
  /** Returns the part; undefined in the scripts. */
  inside: () => T | undefined;
  /** In a script: calls its argument with the part, at once if the part is there, else once it is. */
  load?: (take: (part: T) => void) => void;
}

/** Calls `take` with the part: at once if it is there, else once it is; never if the script has no way to load it. */
export const withPart = <T>(part: Part<T>, take: (part: T) => void): void => {
  const inside = part.inside();
  if (inside) take(inside);
  else part.load?.(take);
};
