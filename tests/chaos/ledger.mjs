// The book of every event that a page has accepted: what was promised when the call returned, what may be lost since
// and why, and what is stored at the end. Nothing is excused without a reason that the table prints.

import { createHash } from 'node:crypto';

const kToken = /q\d{6}[zp]/g;

/** Doofinder's id of an item ends with a hash of the item's own id. */
const kHash = /product(?:@|%40)([0-9a-f]{32})/g;
const hashed = new Map();

/** A page that is open writes the mirror 250 ms after an event. After this time nothing excuses that it has not. */
const kMirroredMs = 5_000;

/** A row may be written this long after the time that it names as its arrival. */
const kStoringMs = 10_000;

/** Events that a service takes in a form that cannot say whether it is a repeat: they are counted each time. */
const kCountedEachTime = {
  richrelevance: ['click', 'addToCart', 'purchase'],
  doofinder: ['click', 'addToCart', 'removeFromCart', 'purchase'],
};

/** Events that a service has no row for, or none that names the event. */
const kWithoutRow = { depict: ['itemsServed'], doofinder: ['itemsServed', 'identify', 'purchase'] };

/** Returns the tokens in a text, each once. A token names what one call of a shop was about. */
export const tokensIn = (text) => {
  const hidden = [...text.matchAll(kHash)].map(([, hash]) => hashed.get(hash) ?? hash);
  return [...new Set([...(text.match(kToken) ?? []), ...hidden])];
};

/** Returns whether the collector refuses each batch that has this token. */
export const isPoisoned = (token) => token.endsWith('p');

const nameOf = (row) => {
  const item = row.itemId ?? row.items?.[0]?.itemId;
  const names = {
    itemsServed: row.itemIds?.[0],
    purchase: row.orderId,
    search: row.query,
    custom: row.name,
    identify: row.userId,
  };
  return names[row.type] ?? tokensIn(item ?? '')[0] ?? item;
};
const keyOf = (type, token) => `${type} ${token}`;

/**
 * @typedef {object} Entry an event that a call has made
 * @property {string} type
 * @property {string} token
 * @property {any} page the page that made it (session.mjs)
 * @property {number} n the number of the step
 * @property {number} atMs
 * @property {'tried' | 'promised' | 'dropped'} state `tried`: the page ended before the call had returned
 * @property {string} [onlyInMemory] why no storage has it
 * @property {boolean} [isAnonymous] it was or became an event without ids
 * @property {string} [consent] the level when it was made
 * @property {string} [excuse] why it may be missing
 * @property {boolean} [mayRepeat] a service that counts each time may have been told twice
 * @property {Set<string>} faults what failed while it was waiting
 */

export class Ledger {
  #next = 0;
  #rows = new Map();
  #stored = new Map();
  #sinceMs = 0;
  /** Visitor ids of events that were made with consent. A service may have an id of its own for the others. */
  #known = new Set();
  /** @type {Map<string, Entry>} */
  entries = new Map();
  /** Breaches of a promise, in words. */
  breaches = [];
  /** Dropped events as the pages have counted them, by reason. */
  counted = {};

  constructor(service, collector, store) {
    this.service = service;
    this.collector = collector;
    this.store = store;
  }

  newToken(isPoison = false) {
    const token = `q${String(this.#next++).padStart(6, '0')}${isPoison ? 'p' : 'z'}`;
    hashed.set(createHash('md5').update(token).digest('hex'), token);
    return token;
  }

  /** Returns the entries for events that a call is about to make: [[type, token], …]. */
  enter(events, page, n, faults) {
    const entries = events
      .filter(([type]) => !kWithoutRow[this.service]?.includes(type))
      .map(([type, token]) => ({
        type,
        token,
        page,
        n,
        atMs: performance.now(),
        state: 'tried',
        faults: new Set(faults),
      }));
    for (const entry of entries) this.entries.set(keyOf(entry.type, entry.token), entry);
    return entries;
  }

  /** Returns whether a service would count a repeat of this event, and so gives up on it rather than repeat it. */
  isCountedEachTime(entry) {
    return !!kCountedEachTime[this.service]?.includes(entry.type);
  }

  /** The events that were promised and are not stored, as of the last refresh(). */
  *open() {
    for (const [key, entry] of this.entries) if (entry.state === 'promised' && !this.#stored.has(key)) yield entry;
  }
  get waiting() {
    let count = 0;
    for (const entry of this.open()) if (!entry.excuse) count++;
    return count;
  }
  has(type, token) {
    return this.#stored.has(keyOf(type, token));
  }
  get promised() {
    return [...this.entries.values()].filter(({ state }) => state === 'promised').length;
  }
  get stored() {
    return this.#stored.size;
  }

  /** Reads the rows that were stored since the last call. */
  async refresh() {
    const since = Math.max(0, this.#sinceMs - kStoringMs);
    const { events, total } = await this.store.events({ since: String(since) });
    if (total > events.length) throw new Error(`${total} rows since the last look, more than one reply lists`);
    for (const row of events) {
      this.#sinceMs = Math.max(this.#sinceMs, row.receivedAt);
      if (row.type === 'sessionInit') continue;
      if (row.service === this.service && kWithoutRow[this.service]?.includes(row.type)) continue;
      const id = `${row.service} ${row.eventId}`;
      if (this.#rows.has(id)) continue;
      const { type, service, serveId, visitorId, pageId, eventId, at } = row;
      const key = keyOf(type, nameOf(row));
      this.#rows.set(id, { key, service, serveId, visitorId, pageId, eventId, at });
      if (!this.#stored.has(key)) this.#stored.set(key, []);
      this.#stored.get(key).push(this.#rows.get(id));
    }
  }

  #excuse(entry, reason) {
    entry.excuse ??= reason;
  }
  breach(text) {
    this.breaches.push(text);
  }

  /**
   * The page `page` has ended. What only its memory had, and what an anonymous page may have taken over, may be
   * lost.
   */
  pageEnded(page, how) {
    // A crashed page hears no reply, so another one sends what was in flight.
    if (how === 'crash') for (const entry of this.entries.values()) if (entry.page === page) entry.mayRepeat = true;
    for (const entry of this.open()) {
      if (entry.page === page) entry.faults.add(how);
      if (entry.onlyInMemory && entry.page === page)
        this.#excuse(entry, `memory of an ended page: ${entry.onlyInMemory}`);
      if (entry.isAnonymous) this.#excuse(entry, 'memory of an ended page: anonymous');
    }
  }

  /** A page was hidden or left. A service that counts each time is told at most once. */
  handedOver(isCollectorFine) {
    for (const entry of this.open()) {
      if (this.isCountedEachTime(entry) && !isCollectorFine) this.#excuse(entry, 'handed over, and the request failed');
    }
  }

  /** The browser was killed while the mirror held `mirrored` (tokens). */
  killed(mirrored) {
    // localStorage may fall back to a state in which a delivered event still waited.
    for (const entry of this.entries.values()) entry.mayRepeat = true;
    for (const entry of this.open()) {
      entry.faults.add('kill');
      if (mirrored.has(entry.token)) continue;
      if (entry.onlyInMemory || entry.isAnonymous)
        this.#excuse(entry, `memory of an ended page: ${entry.onlyInMemory ?? 'anonymous'}`);
      else if (this.isCountedEachTime(entry)) this.#excuse(entry, 'killed with the request handed over');
      else if (!entry.page.isAlive || entry.page.isParked || performance.now() - entry.atMs < kMirroredMs)
        this.#excuse(entry, 'killed before the mirror was written');
    }
  }

  /** Storage has lost `lost`, and the mirror still has `mirrored` (sets of tokens). */
  spoilt(fault, lost, mirrored) {
    for (const entry of this.open()) {
      if (!lost.has(entry.token)) continue;
      entry.faults.add(fault);
      if (mirrored.has(entry.token)) continue;
      if (entry.page.isAlive && !entry.page.isParked && !entry.page.wasParked) entry.onlyInMemory ??= fault;
      else this.#excuse(entry, `storage lost it: ${fault}`);
    }
  }

  /** The shopper has said `level`, and all pages know. */
  consented(level) {
    for (const entry of this.open()) {
      if (level === 'granted') {
        if (entry.onlyInMemory === 'consent' && entry.page.isAlive) delete entry.onlyInMemory;
        continue;
      }
      entry.faults.add(level);
      if (level === 'denied' || (level === 'anonymous' && entry.type === 'identify'))
        this.#excuse(entry, `dropped: consent ${level}`);
      if (level === 'anonymous') entry.isAnonymous = true;
    }
  }

  /** A fault has begun that touches all events that wait. */
  began(fault) {
    for (const entry of this.open()) entry.faults.add(fault);
  }

  /** Adds what a page has counted as dropped since it was asked the last time. */
  count(before, after) {
    for (const [reason, count] of Object.entries(after))
      this.counted[reason] = (this.counted[reason] ?? 0) + count - (before[reason] ?? 0);
  }

  #judge(key, entry) {
    const rows = this.#stored.get(key) ?? [];
    const fates = this.collector.fates.get(entry.token) ?? new Set();
    // Another shopper gets a serve id of his own for a list that both see; a page that is restored from the
    // back/forward cache, or thawed, begins another page view, in which an item counts as viewed again.
    const apart = { itemsServed: ({ serveId }) => serveId, view: ({ pageId }) => pageId }[entry.type];
    const isApart = entry.type === 'view' && entry.page.wasParked && rows.every(({ pageId }) => !pageId);
    const times = isApart ? 1 : apart ? rows.length - new Set(rows.map(apart)).size + 1 : rows.length;
    const isCounted = this.isCountedEachTime(entry) && rows.some(({ service }) => service === this.service);
    const mayRepeat = isCounted && (entry.mayRepeat || fates.has('cut'));
    const verdict = { stored: rows.length > 0, twice: rows.length > 0 && times > 1 && !mayRepeat };
    const name = `${key} of step ${entry.n}`;
    if (verdict.twice) this.breach(`${name} was stored ${times} times: ${JSON.stringify(rows)}`);
    if (rows.length > 0 && times > 1 && mayRepeat) verdict.repeated = true;
    if (entry.state === 'dropped' && rows.length > 0) this.breach(`${name} was counted as dropped, and is stored`);
    if (entry.consent === 'anonymous' && rows.some(({ visitorId }) => this.#known.has(visitorId)))
      this.breach(`${name} has the visitor id of other events, and was made without consent to it`);
    if (isPoisoned(entry.token) && rows.length > 0) this.breach(`${name} is stored, and the collector refused it`);
    if (entry.state !== 'promised' || rows.length > 0) return verdict;
    if (isPoisoned(entry.token)) verdict.dropped = 'dropped: rejected by the collector';
    else if (entry.excuse?.startsWith('dropped')) verdict.dropped = entry.excuse;
    else if (entry.excuse) verdict.excused = entry.excuse;
    else if (this.isCountedEachTime(entry) && fates.has('hang')) verdict.excused = 'a time-out counts as delivered';
    else {
      verdict.lost = true;
      this.breach(`${name} is lost; page ${entry.page.number}, ${[...entry.faults].join(', ') || 'no fault'}`);
    }
    return verdict;
  }

  /** Compares all rows with what was promised. Returns {table, reasons, breaches}. */
  verdict() {
    const table = {};
    const reasons = {};
    for (const [key, { consent }] of this.entries)
      if (consent === 'granted')
        for (const { visitorId } of this.#stored.get(key) ?? []) if (visitorId) this.#known.add(visitorId);
    for (const [key, entry] of this.entries) {
      const verdict = this.#judge(key, entry);
      if (entry.state !== 'promised') continue;
      const reason =
        verdict.dropped ?? verdict.excused ?? (verdict.repeated && 'counted twice: the service knows no ids');
      if (reason) reasons[reason] = (reasons[reason] ?? 0) + 1;
      for (const fault of ['all', ...(entry.faults.size > 0 ? entry.faults : ['none'])]) {
        const line = (table[fault] ??= { promised: 0, stored: 0, dropped: 0, excused: 0, lost: 0, twice: 0 });
        line.promised++;
        for (const name of ['stored', 'dropped', 'excused', 'lost', 'twice']) if (verdict[name]) line[name]++;
      }
    }
    for (const key of this.#stored.keys())
      if (!this.entries.has(key) && /q\d{6}[zp]$/.test(key)) this.breach(`${key} is stored, and nobody made it`);
    return { table, reasons, counted: this.counted, breaches: this.breaches };
  }
}
