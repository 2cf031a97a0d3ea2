// The browser, its tabs and the site of a chaos run. A slot holds a tab; a page is one document in it, from its load
// to its end. The steps are in shopper_steps.mjs and failure_steps.mjs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { root } from '../../tools/steps.mjs';
import { makeFolder, removeFolder } from '../browser/driver/processes.mjs';
import { launch } from '../browser/engine.mjs';
import { readStore } from '../browser/open_site.mjs';
import { servePages } from '../browser/pages.mjs';
import { until } from '../browser/until.mjs';
import { startServer } from '../server/server.mjs';
import * as disk from './disk.mjs';
import { openCollector } from './faulty_collector.mjs';
import { Ledger, tokensIn } from './ledger.mjs';
import { kSlots } from './plan.mjs';

/** A page has processed a reply after this time at the latest, also on a busy machine. */
const kHeardMs = 5_000;

/** A browser that asks nothing after it was killed. */
const kPreferences = {
  'browser.sessionstore.resume_from_crash': false,
  'toolkit.startup.max_resumed_crashes': -1,
};

/** Returns the tokens of events in journals, of a storage as {key: text}. */
export const journalled = (storage) =>
  new Set(Object.keys(storage).flatMap((key) => (key.startsWith('vitrine:1:j:') ? tokensIn(storage[key]) : [])));

/** Returns the demo's account at a service, whose server is at `url`. */
const accountAt = (url, service) => {
  const window = /** @type {any} */ ({});
  const location = { origin: url, search: '' };
  runInNewContext(readFileSync(`${root}demo/shop/scripts/services.js`, 'utf8'), { window, location });
  return JSON.parse(JSON.stringify(window.osierServices.accounts[service] ?? { name: service }));
};

const settingsOf = (url, service) => ({
  provider: accountAt(url, service),
  events: {
    flushInterval: 200,
    requestTimeout: 3_000,
    ...(service !== 'refine' && { url: `${url}/refine/events`, acknowledge: service === 'none' }),
  },
});

export class Session {
  #count = 0;
  #observer;
  /** @type {import('../browser/engine.mjs').Browser} */
  browser;
  /** The page of each slot, undefined if there is none: {number, tab, state, isAlive, isParked, wasParked, …}. */
  slots = new Array(kSlots).fill(undefined);
  /** The state that lasts: the collector's mood, `offline`, `full`, a level of consent. */
  lasting = { mood: 'fine', isOffline: false, isFull: false, consent: 'granted' };
  /** Number of events that a living page has lost to another one. */
  adopted = 0;
  /** Numbers of steps by act, and of those that were left out. */
  done = {};
  leftOut = {};

  constructor({ engine, service, folder, profile, server, collector, site }) {
    this.engine = engine;
    this.folder = folder;
    this.profile = profile;
    this.server = server;
    this.collector = collector;
    this.site = site;
    this.ledger = new Ledger(service, collector, readStore(server.url));
  }

  /** Starts everything. `engine`: chromium, firefox or webkit; `service`: a service or `none`. */
  static async open({ engine, service }) {
    const folder = await makeFolder();
    const profile = await makeFolder();
    const server = await startServer({ db: join(folder, 'events.db') });
    const collector = await openCollector(server.url);
    const before = readFileSync(new URL('page.js', import.meta.url), 'utf8');
    const site = await servePages({ settings: settingsOf(collector.url, service), before });
    const session = new Session({ engine, service, folder, profile, server, collector, site });
    await session.launch();
    return session;
  }

  async launch() {
    this.browser = await launch(this.engine, { folder: this.profile, preferences: kPreferences });
    this.#observer = undefined;
  }

  async close() {
    await this.browser?.quit().catch(() => {});
    await this.site.stop();
    await this.collector.stop();
    await this.server.stop();
    await removeFolder(this.folder);
    await removeFolder(this.profile);
  }

  address(path) {
    return `${this.site.url}/${path}`;
  }

  /** Runs a function of disk.mjs in a page of the site that has no Vitrine. */
  async onDisk(work, ...args) {
    const isThere = () => this.#observer?.run(() => true).catch(() => false);
    if (!(await isThere())) this.#observer = await this.browser.open(this.address('away.html'), 'window');
    return this.#observer.run(work, ...args);
  }

  /** The tokens that the mirror has. */
  async mirrored() {
    return journalled(await this.onDisk(disk.mirror));
  }

  /** The names of what fails at this moment. */
  get faults() {
    const { mood, isOffline, isFull, consent } = this.lasting;
    return [
      ...(mood === 'fine' ? [] : [mood]),
      ...(isOffline ? ['offline'] : []),
      ...(isFull ? ['full'] : []),
      ...(consent === 'granted' ? [] : [consent]),
    ];
  }
  get isCollectorFine() {
    return this.lasting.mood === 'fine' && !this.lasting.isOffline;
  }

  /** The pages that can act. */
  get living() {
    return this.slots.filter((page) => page && !page.isParked);
  }

  /** Makes a new page of a document that is loading in `tab`. */
  async begin(tab, slot) {
    const page = {
      number: ++this.#count,
      tab,
      slot,
      state: 'shown',
      isAlive: true,
      isParked: false,
      wasParked: false,
      sawFull: false,
      calls: 0,
      poison: new Set(),
      seen: { dropped: {} },
    };
    await until(() => tab.run(() => !!window.chaos && chaos.isUp()), 'Vitrine in the page', 30_000);
    await tab.run((number) => void (chaos.life = number), page.number);
    page.sawFull = await tab.run(disk.isFilled);
    this.slots[slot] = page;
    return page;
  }

  /** Returns the page of a slot; opens one if there is none. Undefined if no page can be opened now. */
  async pageOf(slot) {
    if (this.slots[slot]) return this.slots[slot];
    if (this.lasting.isOffline) return undefined;
    return this.begin(await this.browser.open(this.address('script.html'), 'window'), slot);
  }

  /** Notes what a page has told of itself (chaos.metrics() in page.js). */
  heard(page, metrics) {
    this.ledger.count(page.seen.dropped, metrics.dropped);
    page.seen = metrics;
    // Parked events belong to whichever page adopts them.
    if (page.wasParked) return;
    const dropped = Object.values(metrics.dropped).reduce((sum, count) => sum + count, 0);
    const known = metrics.sent + metrics.queued + dropped;
    const text = `page ${page.number} was called ${page.calls} times: ${JSON.stringify(metrics)}`;
    // A page that scans may get the lock of a young journal before its owner does, and has its events then. The ledger
    // finds them at the collector or calls them lost.
    if (known < page.calls) {
      this.adopted += page.calls - known;
      page.wasParked = true;
      return;
    }
    const refused = [...this.collector.refused.values()].filter(
      ({ token, atMs }) => page.poison.has(token) && performance.now() - atMs > kHeardMs,
    ).length;
    if (dropped < refused) this.ledger.breach(`${text}, and the collector has refused ${refused} events`);
  }

  async listen(page) {
    if (page.isParked) return;
    this.heard(page, await page.tab.run(() => chaos.metrics()));
  }

  /** Notes that the page has ended. The events must be known to the ledger: refresh() was called before the end. */
  ended(page, how) {
    page.isAlive = false;
    this.ledger.pageEnded(page, how);
    if (this.slots[page.slot] === page) this.slots[page.slot] = undefined;
  }

  /** Before a page ends or is hidden by the shopper. */
  async leaving(page) {
    await this.listen(page);
    await this.ledger.refresh();
    this.ledger.handedOver(this.isCollectorFine);
  }

  /** Looks which pages have ended, because one process may hold several. */
  async bury(how) {
    for (const page of this.slots.filter(Boolean)) {
      const isThere = await page.tab.run(() => true).catch(() => false);
      if (!isThere) this.ended(page, how);
    }
  }
}
