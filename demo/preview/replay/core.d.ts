// The types of core.js, which npm run build writes (tools/replay_core.mjs).

/** A kind and a name, of an argument or a field. */
export interface Entry {
  kind: string;
  name: string;
}
/** The inputs of the core (wasm/seam/calls.inc). */
export const calls: { name: string; result: string; args: Entry[] }[];
/** The effects of the core (wasm/base/effects.inc). */
export const effects: { verb: string; fields: Entry[] }[];
/** The version of the package that the core belongs to. */
export const version: string;
/** Starts the core. Each of its functions takes the handle that `open` returns; `close` frees the handle. */
export function openCore(): Promise<Record<string, (...args: unknown[]) => unknown>>;
