// Reads journals of other pages for the core, from the store and from the mirror.

import type { Mirror } from '../ports/mirror.js';
import { isShared, JOURNAL, PREFIX, segmentNames, segmentsOf, type Store } from '../ports/storage.js';
import { toJson } from './text.js';

export interface Journals {
  /** Reads a journal whose lock this page has got, and reports it. `isCurrent`: whether the page still has the lock. */
  adopt(id: string, isCurrent: () => boolean): Promise<void>;
  /** Reports the names of all segments, and the records that all tabs share as the mirror holds them. */
  scan(): Promise<void>;
}

/** Opens the journals. `call` calls the core with these arguments and the time. */
export const openJournals = (
  store: Store,
  mirror: Mirror,
  call: (name: 'claimed' | 'found', first: string, second: string) => void,
): Journals => {
  /** Names of the segments that the last scan found in the mirror. */
  let mirrored: string[] = [];
  return {
    // A journal may be in the store, in the mirror, or in both with different events. The core receives the union and
    // removes duplicates.
    async adopt(id, isCurrent) {
      const start = id + ':';
      const isKnown = [...segmentNames(store), ...mirrored].some((name) => name.startsWith(start));
      const copies = isKnown ? await mirror.read(JOURNAL + start) : { __proto__: null as never };
      if (!isCurrent()) return;
      const segments = segmentsOf(store, id);
      for (const key in copies) {
        const number = key.slice(JOURNAL.length + start.length);
        const [stored, copy] = [segments[number], copies[key]!];
        segments[number] = stored && stored !== copy ? `${stored}\n${copy}` : copy;
      }
      call('claimed', id, toJson(segments));
    },
    async scan() {
      const copies = await mirror.read(PREFIX);
      const records: Record<string, string> = { __proto__: null as never };
      mirrored = [];
      for (const key in copies)
        if (isShared(key)) records[key] = copies[key]!;
        else mirrored.push(key.slice(JOURNAL.length));
      call('found', toJson(segmentNames(store)), toJson([...mirrored, records]));
    },
  };
};
