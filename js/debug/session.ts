// The overlay's knowledge of one Vitrine, derived from the calls of its core, their results and their effects
// (docs/seam.md). Pure: the time is a part of each entry, and the metrics are an argument.

import { parseEffects } from '../core/effects.js';
import { splitRecords } from '../core/fields.js';
import { makerOf, payloadOf, typeOf } from './calls.js';
import { DataCalls } from './data_calls.js';
import { stringify } from '../ports/json.js';
import { JOURNAL } from '../ports/storage.js';
import { Lives, memberIn, textIn, type Life } from './life.js';
import { AT_ENTRY, REASONS, statusText } from './reasons.js';
import { isGood, Requests, type Request } from './requests.js';
import { ruleOf, Watches } from './watches.js';

/** A call of the core, with the time at which it returned (epoch ms). */
export type Entry = readonly [atMs: number, name: string, args: readonly unknown[], result: unknown];

/** The core's own counts, as `metrics` returns them. */
export interface Counts {
  queued: number;
  sent: number;
  failed: number;
  retrying: number;
  bytes: number;
  oldestMs: number;
  lastError: string | null;
  storage: string;
  dropped: Record<string, number>;
}

// biome-ignore format: one line each would be longer
const NO_COUNTS: Counts = {
  queued: 0, sent: 0, failed: 0, retrying: 0, bytes: 0, oldestMs: 0, lastError: null, storage: '', dropped: {},
};

/** A number of events that were dropped, of which it is not known yet which they are. */
interface Drop {
  atMs: number;
  reason: string;
  count: number;
}

const sumOf = (dropped: Record<string, number>) => Object.values(dropped).reduce((sum, count) => sum + count, 0);
const idsIn = (text: string) => text.match(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g) ?? [];

/** Returns whether a body has Vitrine's own form, in which each event stands as it was recorded. */
const isBatch = (body: string) => /"batchId":"/.test(body) && /"events":\[\{"eventId":"/.test(body);

export class Session {
  readonly lives = new Lives();
  readonly requests = new Requests();
  readonly dataCalls = new DataCalls();
  readonly watches: Watches;
  counts: Counts = NO_COUNTS;
  /** Epoch ms of the core's next wake; 0 if unknown. */
  wakeMs = 0;
  /** Numbers that changed over time, for the charts. */
  readonly history: { atMs: number; counts: Counts }[] = [];
  /** Journals that this page holds or has asked for. */
  readonly ownJournals = new Set<string>();
  /** True if a storage write was refused. */
  isStorageRefused = false;
  /** The calls, by their names, with their numbers. */
  readonly calls = new Map<string, number>();

  /** Ids of the events in each segment that this page has written, by key. */
  #segments = new Map<string, string[]>();
  /** Events that left a segment in this drain. */
  #gone = new Map<Life, number>();
  #drops: Drop[] = [];
  /** Events that are held for the hooks of plugins, in the order in which these see them. */
  #hooked: Life[] = [];
  /** Calls that may have made events, while there were no metrics to say so. */
  #candidates: [name: string, args: readonly unknown[], atMs: number][] = [];
  #toPageMs: (atMs: number) => number;

  constructor(config: unknown, toPageMs: (atMs: number) => number) {
    this.watches = new Watches(ruleOf(config));
    this.#toPageMs = toPageMs;
  }

  /**
   * Takes the next entry.
   * @param counts the metrics behind the call; undefined for calls of which they are not known
   */
  feed([atMs, name, args, result]: Entry, counts?: Counts): void {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    const request = name === 'requestDone' ? this.#replied(args, atMs) : undefined;
    if (name === 'hold') this.#held(`${args[0]}`, `${result ?? ''}`, atMs);
    this.#watched(name, args, result, atMs);
    if (name === 'request') this.dataCalls.begin(args[0], args[1]);
    if (name === 'nextWakeMs') this.wakeMs = result as number;
    if (name === 'saveFailed') this.isStorageRefused = true;
    if (name === 'claimed') this.#adopted(`${args[0]}`, `${args[1]}`, atMs);
    if (name === 'claimRefused') this.ownJournals.delete(`${args[0]}`);
    if (typeOf(name, args) && result !== -1) this.#candidates.push([name, args, atMs]);
    if (counts) this.#count(name, args, counts, atMs, request);
    if (name === 'drainEffects') this.#drained(`${result ?? ''}`, atMs);
  }

  /**
   * Begins in the middle: the overlay was opened late.
   * @param segments what this page has in storage, by key
   */
  join(counts: Counts, segments: Record<string, string>, atMs: number): void {
    if (this.counts === NO_COUNTS) this.counts = counts;
    for (const [key, value] of Object.entries(segments)) this.#saved(key, value, atMs);
  }

  /** Compares the metrics with those before the call, and finds out which events are new and which were dropped. */
  #count(name: string, args: readonly unknown[], counts: Counts, atMs: number, request?: Request) {
    const before = this.counts;
    const isFirst = before === NO_COUNTS;
    this.counts = counts;
    this.#remember(counts, atMs);
    const drops: Drop[] = [];
    for (const [reason, total] of Object.entries(counts.dropped)) {
      const count = total - (before.dropped[reason] ?? 0);
      if (count > 0 && !(name === 'hold' && reason === 'hook')) drops.push({ atMs, reason, count });
    }
    const left = isFirst ? this.lives.list.filter(({ state }) => state === 'left' || state === 'dropped') : [];
    for (const life of left) {
      const drop = drops.find(({ count, reason }) => count > 0 && (life.reason === reason || life.state === 'left'));
      if (drop && life.state === 'left') this.#drop(life, drop);
      else if (drop) drop.count--;
    }
    const total = (of: Counts) => of.queued + of.sent + sumOf(of.dropped);
    // The calls so far may have made events which no effect has shown.
    let made = isFirst
      ? counts.queued - this.lives.open().length + drops.reduce((sum, { count }) => sum + count, 0)
      : total(counts) - total(before);
    if (name === 'claimed') made = 0;
    const sources = isFirst ? this.#unseen() : [];
    if (name === 'hold' && !isFirst) made = 0; // the event was seen already
    for (; made > 0; made--) {
      const [from, own, when] = sources.shift() ?? [isFirst ? '' : name, args, atMs];
      const life = this.lives.begin(
        { type: typeOf(from, own), text: payloadOf(from, own), madeBy: from },
        when,
        from ? `made by ${makerOf(from, own)}` : 'made before the overlay was there',
      );
      const drop = drops.find(({ reason, count }) => count > 0 && AT_ENTRY.includes(reason));
      if (drop) this.#drop(life, drop);
    }
    this.#candidates = [];
    if (request) this.#judged(request, counts.sent - before.sent, drops, atMs);
    if (!counts.queued && drops.some(({ count }) => count > 0))
      for (const life of this.lives.open()) {
        const drop = drops.find(({ count }) => count > 0);
        if (drop) this.#drop(life, drop);
      }
    this.#drops.push(...drops.filter(({ count }) => count > 0));
  }

  /** Returns the calls that may have made events, without those whose events were seen. */
  #unseen() {
    const seen = this.lives.list.map(({ type }) => type);
    return this.#candidates.filter(([name, args]) => {
      const at = seen.indexOf(typeOf(name, args));
      if (at >= 0) seen.splice(at, 1);
      return at < 0;
    });
  }

  #remember(counts: Counts, atMs: number) {
    const last = this.history[this.history.length - 1];
    if (last && atMs - last.atMs < 250) last.counts = counts;
    else this.history.push({ atMs, counts });
    if (this.history.length > 600) this.history.splice(0, 1);
  }

  #drop(life: Life, drop: Drop) {
    drop.count--;
    life.reason = drop.reason;
    this.lives.move(life, 'dropped', drop.atMs, `dropped: ${drop.reason}. ${REASONS[drop.reason]?.[0] ?? ''}`);
  }

  #held(given: string, records: string, atMs: number) {
    if (given) {
      const life = this.#hooked.shift();
      if (life && given === 'null') {
        life.reason = 'hook';
        this.lives.move(life, 'dropped', atMs, `dropped: hook. ${REASONS['hook']![0]}`);
      } else if (life) {
        const isChanged = life.text !== given;
        this.lives.name(life, life.eventId, given);
        this.lives.move(
          life,
          'memory',
          atMs,
          isChanged ? 'changed by a hook, and queued' : 'passed the hooks, and queued',
        );
      }
    }
    const next = splitRecords(records).map((text) =>
      this.lives.begin(
        { eventId: textIn(text, 'eventId'), type: textIn(text, 'type'), text, madeBy: 'hold' },
        atMs,
        'made, and shown to the hooks of the page',
      ),
    );
    this.#hooked.unshift(...next);
  }

  #watched(name: string, args: readonly unknown[], result: unknown, atMs: number) {
    const { watches } = this;
    const [first, second, third, fourth, fifth] = args as number[];
    if (name === 'watch' && result !== -1) watches.watch(result as number, first!, `${args[1]}`, third!);
    if (name === 'unwatch') watches.unwatch(first!);
    if (name === 'itemVisible') watches.visible(first!, second!, third!, fourth!, fifth!);
    if (name === 'checkViews' && result === 1) watches.judged(first!);
    if (name === 'setPageState') watches.page(first === 1, this.#toPageMs(atMs));
    if (name === 'suspend') watches.page(false, this.#toPageMs(atMs));
    if ((name === 'navigate' || name === 'navigateBy' || name === 'reset') && result !== 0) watches.newPage();
  }

  #adopted(journal: string, segmentsJson: string, atMs: number) {
    this.ownJournals.add(journal);
    let segments: Record<string, string> = {};
    try {
      segments = JSON.parse(segmentsJson);
    } catch {
      // A journal that cannot be read has no events.
    }
    for (const [number, value] of Object.entries(segments))
      this.#saved(`${JOURNAL}${journal}:${number}`, value, atMs, true);
  }

  #saved(key: string, value: string, atMs: number, isAdopted = false) {
    const journal = key.slice(JOURNAL.length).split(':')[0]!;
    const ids: string[] = [];
    for (const line of value.split('\n')) {
      const eventId = textIn(line, 'eventId');
      if (!eventId) continue;
      ids.push(eventId);
      let life = this.lives.of(eventId) ?? (isAdopted ? undefined : this.#meet(eventId, line));
      if (life && this.#gone.delete(life)) continue; // moved to another segment
      const type = textIn(line, 'type');
      const madeMs = Number(memberIn(line, 'at')) || atMs;
      if (!life) {
        const what = isAdopted ? 'taken over from a page that has ended' : 'made';
        life = this.lives.begin({ eventId, type, text: line, madeMs }, isAdopted ? atMs : madeMs, what);
      }
      life.text = line;
      life.journal = journal;
      if (life.state === 'memory') this.lives.move(life, 'stored', atMs, `stored in the journal ${journal}`);
      if (type === 'view' && !isAdopted) this.watches.viewed(life);
    }
    this.#leave(key, ids, atMs);
    this.#segments.set(key, ids);
  }

  /** Notes the events that the segment had and has no more. */
  #leave(key: string, ids: readonly string[], atMs: number) {
    for (const eventId of this.#segments.get(key) ?? []) {
      const life = ids.includes(eventId) ? undefined : this.lives.of(eventId);
      if (life) this.#gone.set(life, atMs);
    }
  }

  /** Finds the life of an event that is seen for the first time: one of a call that must have made it. */
  #meet(eventId: string, text: string): Life | undefined {
    const type = textIn(text, 'type');
    const open = this.lives.open().filter((life) => !life.eventId);
    const life = open.find((one) => one.type === type) ?? open.find((one) => !one.type);
    if (life) this.lives.name(life, eventId, text);
    return life;
  }

  #drained(text: string, atMs: number) {
    this.#gone.clear();
    const wasCounted = this.#drops.length;
    for (const effect of parseEffects(text)) {
      const [verb, ...fields] = effect as [string, ...string[]];
      const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = '', seventh = ''] = fields;
      if (verb === 'save' && first.startsWith(JOURNAL)) this.#saved(first, second, atMs);
      if (verb === 'forget' && first.startsWith(JOURNAL)) {
        this.#leave(first, [], atMs);
        this.#segments.delete(first);
      }
      if (verb === 'settle') this.dataCalls.settle(first, second === '1', third);
      if (verb === 'claim') this.ownJournals.add(first);
      if (verb === 'release') this.ownJournals.delete(first);
      if (verb === 'send')
        this.#sent(
          this.requests.begin({
            ...{ id: +first, kind: 'events', isKeepalive: second === '1', url: fourth, body: fifth },
            ...{ method: sixth, headersJson: seventh, sentMs: atMs },
          }),
        );
      if (verb === 'ask')
        this.requests.begin({
          ...{ id: +first, kind: 'data', method: third, url: fourth, headersJson: fifth, body: sixth, sentMs: atMs },
        });
      if (verb === 'script')
        this.requests.begin({ id: +first, kind: 'script', method: 'GET', url: third, body: '', sentMs: atMs });
      if (verb === 'cancel') {
        const request = this.requests.of(+first);
        if (request && request.status === undefined) [request.isCancelled, request.doneMs] = [true, atMs];
      }
    }
    this.#settle(atMs);
    if (wasCounted) this.#drops = [];
  }

  /** Finds the events of a request: by their ids, or, where its form has none, by what they are about and by order. */
  #sent(request: Request) {
    const sentText = request.url + request.body;
    let found = isBatch(request.body)
      ? this.#readBatch(request)
      : idsIn(sentText).flatMap((eventId) => this.lives.of(eventId) ?? []);
    const waiting = this.lives.open().filter(({ state }) => state !== 'sent');
    if (!found.length) {
      const plain = decoded(sentText);
      const named = waiting.find(({ text }) =>
        ['orderId', 'itemId', 'query'].some((name) => textIn(text, name) && plain.includes(textIn(text, name))),
      );
      found = [named ?? waiting[0]].flatMap((life) => life ?? []);
    }
    request.lives = [...new Set(found)];
    request.tries = 1 + Math.max(0, ...request.lives.map(({ requests }) => requests.length));
    for (const life of request.lives) {
      life.requests.push(request);
      const again = request.tries > 1 ? `, try ${request.tries}` : '';
      this.lives.move(life, 'sent', request.sentMs, `sent to ${request.url.split('?')[0]}${again}`);
    }
  }

  /** Begins or names the lives of a batch in Vitrine's own form, whose events were never stored. */
  #readBatch(request: Request): Life[] {
    const events = memberIn(request.body, 'events');
    return (Array.isArray(events) ? events : []).map((event) => {
      const text = stringify(event)!;
      const [eventId, type] = [textIn(text, 'eventId'), textIn(text, 'type')];
      const known = this.lives.of(eventId);
      const met = known ?? this.#meet(eventId, text);
      if (!known && type === 'view' && met) this.watches.viewed(met);
      const madeMs = Number(memberIn(text, 'at')) || request.sentMs;
      return met ?? this.lives.begin({ eventId, type, text, madeMs }, madeMs, 'made');
    });
  }

  #replied([id, status, retryAfter, body]: readonly unknown[], atMs: number): Request | undefined {
    const request = this.requests.end(id as number, status as number, `${retryAfter}`, body, atMs);
    if (request?.kind !== 'events') return;
    const wait = request.retryAfter && ` It asks to wait: ${request.retryAfter} s.`;
    for (const life of request.lives)
      if (life.state === 'sent')
        if (isGood(request))
          life.steps.push({ atMs, text: `the collector has replied: ${statusText(request.status!)}` });
        else this.lives.move(life, 'again', atMs, `not received: ${statusText(request.status!)}.${wait}`);
    return request;
  }

  /** The core has taken the reply: its counts say what became of the events of the request. */
  #judged(request: Request, sent: number, drops: Drop[], atMs: number) {
    const lives = request.lives.filter(({ state }) => state === 'sent' || state === 'again');
    if (isGood(request) && sent > 0 && sent >= lives.length)
      for (const life of lives) this.lives.move(life, 'received', atMs, 'received by the collector');
    else if (isGood(request) && !sent && !drops.length && this.counts.queued >= lives.length)
      for (const life of lives)
        this.lives.move(life, 'again', atMs, 'the reply does not acknowledge it (events.acknowledge)');
    for (const life of lives) {
      const drop = drops.find(({ count }) => count > 0);
      if (drop && !sent) this.#drop(life, drop);
    }
  }

  /** Says of the events that have left storage in this drain what became of them. */
  #settle(atMs: number) {
    for (const life of this.#gone.keys()) {
      const last = life.requests[life.requests.length - 1];
      const drop = this.#drops.find(({ count }) => count > 0);
      life.journal = '';
      if (life.state === 'received' || life.state === 'dropped')
        life.steps.push({ atMs, text: 'removed from storage' });
      else if (!last && !drop && this.counts.queued > this.lives.open().length - this.#gone.size)
        this.lives.move(life, 'memory', atMs, 'taken out of storage, and kept in memory');
      else if (drop && !(last && isGood(last))) this.#drop(life, drop);
      else if (last && isGood(last)) this.lives.move(life, 'received', atMs, 'received, and removed from storage');
      else if (last && last.status === undefined)
        this.lives.move(life, 'received', atMs, 'handed over to the browser as the page was left');
      else this.lives.move(life, 'left', atMs, 'left storage: another page has it, or consent has changed');
    }
    this.#gone.clear();
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
};
