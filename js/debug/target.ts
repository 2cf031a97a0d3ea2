// One Vitrine of the page, as the overlay sees it: listens to its core, and reads its state and its storage.

import version from 'vitrine:version';
import type { Early, Watched } from '../core/debug_part.js';
import { pageNow, wallNow } from '../ports/clock.js';
import { memberOf } from '../ports/json.js';
import type { Line } from '../ports/report.js';
import { IDENTITY, JOURNAL, segmentNames } from '../ports/storage.js';
import { textIn } from './life.js';
import { ownerOf, readLocks, type Owner } from './locks.js';
import { type Counts, type Entry, Session } from './session.js';
import { Trace } from './trace.js';

/** Calls that change no count. */
// biome-ignore format: one line each would be longer
const QUIET = [
  'nextWakeMs', 'metrics', 'consent', 'visitorId', 'userId', 'sessionId', 'serveId', 'viewRatios', 'itemVisible',
  'watch', 'unwatch', 'takeError', 'slotHtml', 'slotPatch', 'slotItem', 'sampleReply', 'amend', 'copied',
];

/** A line of the console and how often it was written. */
export interface Said {
  level: Line[0];
  message: string;
  code: string;
  count: number;
  /** Epoch ms; 0 for a line that was there before the overlay. */
  lastMs: number;
}

export interface JournalRow {
  id: string;
  segments: number;
  events: number;
  chars: number;
  owner: Owner;
}

/** Facts that are read, rather than derived, each time that the overlay is drawn. */
export interface Facts {
  boot: Record<string, unknown>;
  config: Record<string, unknown>;
  service: string;
  consent: string;
  visitorId: string;
  userId: string;
  sessionId: string;
  runtime: string;
  coreFile: string;
  version: string;
  storeKind: string;
  keys: [key: string, value: string][];
  journals: JournalRow[];
}

const objectIn = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};

/** Returns the name of the wasm file of the core, from what the page has loaded. */
const coreFileOf = (): string => {
  try {
    const urls = performance.getEntriesByType('resource').map(({ name }) => name);
    const files = urls.flatMap((url) => /\/(vitrine[\w-]*(?:\.wasm|-core\.m?js))/.exec(url)?.[1] ?? []);
    return [...new Set(files)].join(', ') || 'inside the module';
  } catch {
    return 'not known';
  }
};

export class Target {
  readonly session: Session;
  readonly trace: Trace;
  readonly watched: Watched;
  readonly host: Watched[0];
  readonly #store: Watched[1];
  /** True if the overlay was wanted when the Vitrine began. */
  readonly isWhole: boolean;
  /** Called after each call of the core. */
  onNews = () => {};
  /** The owners of journals by id; undefined before the first answer, and without Web Locks. */
  locks: Map<string, Owner> | undefined;
  readonly #boot: Record<string, unknown>;
  #isAsking = false;
  #answer: unknown;

  constructor(watched: Watched, entries: readonly Early[] | undefined) {
    this.watched = watched;
    [this.host, this.#store] = watched;
    const [, , started] = watched;
    this.isWhole = !!entries;
    this.#boot = objectIn(started[0]);
    const ahead = wallNow() - pageNow();
    this.session = new Session(this.#boot['config'], (atMs) => atMs - ahead);
    this.trace = new Trace(this.isWhole);
    if (!entries) return;
    let atMs = started[1];
    const first: Early = ['new', started, undefined];
    for (const [name, args, result] of [first, ...entries]) {
      // The last argument of most calls is the time.
      const time = args[args.length - 1];
      if (typeof time === 'number' && time > atMs && time <= wallNow()) atMs = time;
      this.trace.push(name, args);
      this.session.feed([atMs, name, args, result]);
    }
  }

  /** Listens from now on. */
  listen(): void {
    const { host } = this;
    host.tap = (name, args, result) => {
      try {
        if (this.#isAsking) this.#answer = result;
        else this.#hear([wallNow(), name, args, result]);
      } catch (error) {
        this.onFault(error);
      }
    };
    const counts = this.counts();
    if (counts && this.isWhole) this.session.feed([wallNow(), 'metrics', [], ''], counts);
    if (this.isWhole) return;
    host.items?.each((element) => {
      const item = host.items!.get(element) as { id: number; serve: number; itemId: string; position: number };
      this.session.watches.watch(item.id, item.serve, item.itemId, item.position);
    });
    void this.readLocks().then(() => {
      const own = this.facts().journals.filter(({ owner }) => owner === 'this tab');
      const names = segmentNames(this.#store).filter((name) => own.some(({ id }) => name.startsWith(`${id}:`)));
      const segments = names.map((name) => [JOURNAL + name, this.#store.get(JOURNAL + name) ?? '']);
      if (counts) this.session.join(counts, Object.fromEntries(segments), wallNow());
      this.onNews();
    });
  }

  deafen(): void {
    this.host.tap = undefined;
  }

  /** Receives a fault of the overlay itself. */
  onFault: (error: unknown) => void = () => {};

  #hear(entry: Entry) {
    this.trace.push(entry[1], entry[2]);
    this.session.feed(entry, QUIET.includes(entry[1]) ? undefined : this.counts());
    this.onNews();
  }

  /**
   * Asks the core. Only for calls that change nothing: `sessionId`, for one, could begin a session. The host drains
   * nothing for it.
   */
  ask(name: 'metrics' | 'consent' | 'visitorId' | 'userId' | 'viewRatios', ...args: number[]): string {
    this.#isAsking = true;
    this.#answer = undefined;
    (this.host.report as (name: string, ...args: number[]) => boolean)(name, ...args);
    this.#isAsking = false;
    return typeof this.#answer === 'string' ? this.#answer : '';
  }

  counts(): Counts | undefined {
    const text = this.ask('metrics', wallNow());
    return text ? (JSON.parse(text) as Counts) : undefined;
  }

  /** Reads who owns which journal. Never rejects. */
  async readLocks(): Promise<void> {
    this.locks = await readLocks().catch(() => undefined);
  }

  facts(): Facts {
    const [host, store, , coreKind] = this.watched;
    const config = (this.#boot['config'] ?? {}) as Record<string, unknown>;
    const keys = store
      .keys()
      .sort()
      .map((key) => [key, store.get(key) ?? ''] as [string, string]);
    return {
      boot: this.#boot,
      config,
      service: `${memberOf(config['provider'], 'name') ?? 'none'}`,
      consent: this.ask('consent') || 'unknown',
      visitorId: this.ask('visitorId'),
      userId: this.ask('userId'),
      sessionId: textIn(store.get(IDENTITY) ?? '', 's') || this.#lastSession(),
      runtime: host.isDead() ? 'dead' : coreKind(),
      coreFile: coreFileOf(),
      version,
      storeKind: store.kind,
      keys,
      journals: this.#journals(keys),
    };
  }

  /** The session of the last event: without consent to storage it stands nowhere else. */
  #lastSession(): string {
    const { list } = this.session.lives;
    for (let i = list.length - 1; i >= 0; i--) {
      const sessionId = textIn(list[i]!.text, 'sessionId');
      if (sessionId) return sessionId;
    }
    return '';
  }

  #journals(keys: [string, string][]): JournalRow[] {
    const rows = new Map<string, JournalRow>();
    for (const [key, value] of keys) {
      if (!key.startsWith(JOURNAL)) continue;
      const id = key.slice(JOURNAL.length).split(':')[0]!;
      const isOurs = this.session.ownJournals.has(id);
      const row = rows.get(id) ?? { id, segments: 0, events: 0, chars: 0, owner: 'unknown' };
      rows.set(id, row);
      row.owner = ownerOf(id, this.locks, isOurs, this.#store);
      row.segments++;
      row.events += value.split('\n').filter((line) => line.startsWith('{')).length;
      row.chars += value.length;
    }
    return [...rows.values()];
  }
}

/** Counts lines of the console. `taken` are the lines that were counted before; `nowMs` is 0 for early ones. */
export const countLines = (
  said: Map<string, Said>,
  taken: WeakSet<Line>,
  lines: readonly Line[],
  nowMs: number,
): void => {
  for (const line of lines) {
    if (taken.has(line)) continue;
    taken.add(line);
    const [level, message, code] = line;
    const known = said.get(`${code} ${message}`);
    if (known) [known.count, known.lastMs] = [known.count + 1, nowMs];
    else said.set(`${code} ${message}`, { level, message, code, count: 1, lastMs: nowMs });
  }
};
