// The recorded session, for `npm run replay`: the same lines as those of js/core/recorder.ts.

import version from 'vitrine:version';
import { stringify } from '../ports/json.js';

/** Bounds of what is kept. A replay needs the beginning, so a trace that has lost it says so. */
const MOST_CALLS = 20_000;
const MOST_CHARS = 8_000_000;

type Line = { name: string; args: readonly unknown[]; chars: number };

const charsOf = (args: readonly unknown[]) =>
  args.reduce<number>((sum, arg) => sum + ((arg as string | Uint8Array)?.length ?? 8), 24);

export class Trace {
  /** Number of calls that were left out. */
  lost = 0;
  /** True if the first call is the one that opened the core. */
  #hasStart: boolean;
  #lines: Line[] = [];
  #chars = 0;

  constructor(hasStart: boolean) {
    this.#hasStart = hasStart;
  }

  get calls(): number {
    return this.#lines.length;
  }

  /** Returns whether `npm run replay` gives the same session as the page. */
  get isWhole(): boolean {
    return this.#hasStart && !this.lost;
  }

  push(name: string, args: readonly unknown[]): void {
    // As in js/core/recorder.ts: the host calls it after every drain; it changes nothing.
    if (name === 'nextWakeMs') return;
    const line = { name, args, chars: charsOf(args) };
    this.#lines.push(line);
    this.#chars += line.chars;
    if (this.#lines.length <= MOST_CALLS && this.#chars <= MOST_CHARS) return;
    // The first line has the configuration, without which nothing can be replayed.
    const keep = this.#hasStart ? 1 : 0;
    const removed = this.#lines.splice(keep, Math.max(1, this.#lines.length >> 3));
    this.lost += removed.length;
    for (const { chars } of removed) this.#chars -= chars;
  }

  /** Returns the file: first the version and how many calls are missing behind the first one, then a call a line. */
  text(): string {
    const decoder = new TextDecoder();
    const start = ['vitrine', version, ...(this.lost ? [this.lost] : [])];
    const calls = this.#lines
      .map(({ name, args }) => {
        const texts = args.map((arg) => (typeof arg === 'object' ? decoder.decode(arg as Uint8Array) : arg));
        return `${stringify([name, ...texts])}\n`;
      })
      .join('');
    return `${stringify(start)}\n${calls}`;
  }
}
