// Keeps what the core was told, so that a page's session can be replayed natively under a debugger.

/** Notes one call of the core, before it is made. */
export type Recorder = (name: string, args: (string | number | Uint8Array)[]) => void;

/** A recorder and the trace it has kept: one JSON array a line, `["itemEvent",0,"click","sku",3,0,1700000000000]`. */
export const openRecorder = (): { record: Recorder; trace(): string } => {
  const lines: string[] = [];
  return {
    record(name, args) {
      // Asked after every drain and changes nothing.
      if (name === 'nextWakeMs') return;
      const texts = args.map((arg) => (typeof arg === 'object' ? new TextDecoder().decode(arg) : arg));
      lines.push(JSON.stringify([name, ...texts]));
    },
    trace: () => lines.map((line) => line + '\n').join(''),
  };
};
