// Records the calls of the core, so that a page's session can be replayed natively under a debugger.

import version from 'vitrine:version';
import { stringify } from '../ports/json.js';

/** Records one call of the core, before it is made. */
export type Recorder = (name: string, args: (string | number | Uint8Array)[]) => void;

/** Receives a call of the core with its result. The result of `drainEffects` is the text of the effects. */
export type Tap = (name: string, args: readonly unknown[], result: unknown) => unknown;

/**
 * Opens a recorder. `trace` returns one JSON array per line: first `["vitrine","0.2.2"]`, the version that has made the
 * recording, then each call, as `["itemEvent",0,"click","sku",3,0,1700000000000]`. '' before the first call.
 */
export const openRecorder = (): { record: Recorder; trace(): string } => {
  const lines: string[] = [];
  return {
    record(name, args) {
      // The host calls it after every drain; it changes nothing.
      if (name === 'nextWakeMs') return;
      if (!lines.length) lines.push(stringify(['vitrine', version])!);
      const texts = args.map((arg) => (typeof arg === 'object' ? new TextDecoder().decode(arg) : arg));
      lines.push(stringify([name, ...texts])!);
    },
    trace: () => lines.map((line) => line + '\n').join(''),
  };
};
