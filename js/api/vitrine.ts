// The public API: the class Vitrine, a thin typed layer over the core's inputs.

import { ValidationError } from '../types/errors.js';
import type { Host } from '../core/host.js';
import { now } from '../ports/clock.js';
import { CLOSE_MS, endWhenAbandoned, noteEnd } from '../ports/abandoned.js';
import { member } from '../ports/dom.js';
import { EVERY, memberOf, membersOf } from '../ports/json.js';
import { ORDERS } from '../ports/storage.js';
import { metricsOf } from './metrics.js';
import { boot } from './boot.js';
import { configOf } from './shoppers.js';
import { detailsOf, idOf, idsOf, idTextOf, listOf, position, SOLD } from '../core/text.js';
import { refuse, toJson, toMarkedJson, toQueryJson } from '../core/text.js';
import type {
  CallOptions,
  Consent,
  Events,
  Flushed,
  Id,
  ItemRef,
  Plugin,
  Recs,
  Search,
  ServeContext,
  Shopper,
  Suggestions,
  VitrineConfig,
} from '../types/types.js';

const waiting: ((vitrine: Vitrine) => void)[] = [];
let first: Vitrine | undefined;

/** Calls `callback` with the page's first Vitrine: at once, or when the first one is constructed. */
export const whenVitrine = (callback: (vitrine: Vitrine) => void): void => {
  if (first) callback(first);
  else waiting.push(callback);
};

/** Defined in the script builds alone, which leave out what only a server needs. */
declare const VITRINE_SCRIPT: true | undefined;

/** Searches whose products are still recognised when the shop hands back copies. */
const MOST_SEARCHES = 10;

/** The runtime of one shop: it identifies the shopper, records events and makes data calls. */
export class Vitrine {
  /** Data calls for recommendations. */
  readonly recs: Recs;
  /** Data calls for search. */
  readonly search: Search;
  /** Recording of what the shopper sees and does. */
  readonly events: Events;
  readonly debug: {
    /**
     * Returns the recorded session, one call to the core per line, in the form that `npm run replay` reads. Returns ''
     * unless the option `debug.record` is set.
     */
    trace(): string;
    /**
     * Opens the debug overlay (docs/debug.md). Without the option `debug`, it knows what happens from then on, and what
     * storage and metrics say. Does nothing on a server.
     */
    open(): void;
  };
  /**
   * Ends this instance, for servers and tests that make many. Sends the queued events for at most `timeoutMs`
   * milliseconds (default 1000), stores the rest where storage is allowed, and frees everything. Resolves with the
   * result of the flush; never rejects. Data calls in flight reject with the code `closed`; later calls of any kind do
   * nothing.
   */
  readonly close: (timeoutMs?: number) => Promise<Flushed>;
  /**
   * Returns a Vitrine for one shopper, for a server that works for many: the same configuration, but ids, consent,
   * cart, replies and queue of its own. When the server's code holds it no longer, its events are sent and it is freed.
   * Throws ValidationError in a page, where `identify` and `reset` say who the shopper is. The script tags lack it.
   */
  declare readonly as: (shopper: Shopper) => Vitrine;
  // Private, but the widget reads it too. Private members have no type in the package's declarations, so the seam stays
  // out of them.
  private readonly _host: Host;

  /**
   * Starts at once; the getters work immediately. Never throws: a bad option is reported in the console, and where
   * the core cannot run (WebAssembly is refused), data calls reject with a VitrineError of type "core" and all other
   * methods do nothing.
   * @param given the service and the options. Without `provider`, `events.url` receives the events.
   */
  constructor(given: VitrineConfig) {
    const { config, host, store, plugins, inPage, end, overlay, trace } = boot(given);
    /** Serve ids by the array of results and by each product, as the shop hands them back to the track methods. */
    const serveIds = new WeakMap<object, string>();
    /** The latest searches, newest first, for products that the shop has copied or wrapped. */
    const searches: { query: unknown; serveId: string; ids: string[] }[] = [];

    const dataCall =
      (kind: string) =>
      async (query?: unknown, options?: CallOptions): Promise<Suggestions> => {
        if (host.lacks('request'))
          throw new ValidationError('This build only tracks. For data calls use vitrine or vitrine.js.', {
            code: 'left-out',
          });
        host.noteNavigation();
        const queryJson = toQueryJson(query ?? (kind === 'boughtTogether' || kind === 'trending' ? {} : query));
        const signal = memberOf(options, 'signal') as AbortSignal | undefined;
        if (signal && !memberOf(signal, 'addEventListener')) refuse('signal', 'an AbortSignal');
        const slate = await host.promise<Suggestions>(
          (callId) => void host.call('request', callId, kind, queryJson, now()),
          signal,
        );
        const { results, serveId } = slate;
        for (const one of [results, ...results]) serveIds.set(one, serveId);
        if (kind === 'searchText') {
          searches.unshift({ query: JSON.parse(queryJson).query, serveId, ids: results.map(idOf) });
          searches.splice(MOST_SEARCHES);
        }
        return slate;
      };

    /** Returns the serve id that the service gave to these products; undefined if they did not come together. */
    const serveIdOf = (items: unknown, query: unknown): string | undefined => {
      const list = listOf(items) || [];
      const known = serveIds.get(items as object) || serveIds.get(list[0] as object);
      if (known && list.every((item) => serveIds.get(item as object) === known)) return known;
      return searches.find(
        (search) => search.query === query && list.every((item) => search.ids.indexOf(idOf(item)) >= 0),
      )?.serveId;
    };

    const serve = (members: Record<string, unknown>, items: unknown): ServeContext => {
      host.noteNavigation();
      const payload = {
        ...members,
        itemIds: idsOf(items),
        serveId: members.serveId ?? serveIdOf(items, members.query),
      };
      const contextId = host.ask('serve', toMarkedJson(payload), now())!;
      const track = (kind: string, id: ItemRef, at?: unknown) =>
        void host.ask('itemEvent', contextId, kind, idOf(id), position(at), 0, now());
      return {
        serveId: host.call('serveId', contextId) || '',
        trackClick: (id, at) => track('click', id, at),
        trackView: (id, at) => track('view', id, at),
        trackAddToCart: (id, options) =>
          record('addToCart', {
            ...{ ...membersOf(options), itemId: idOf(id) },
            ...{ position: position(memberOf(options, 'position')), serve: contextId },
          }),
        observe(element, id, at) {
          // No instanceof: elements of frames have other classes.
          if (host.items && !memberOf(element, 'closest')) refuse('element', 'an element of the page');
          host.items?.watch(element, { serve: contextId, itemId: idOf(id), position: position(at) });
          return () => host.items?.unwatch(element);
        },
      };
    };

    const record = (kind: string, payload: unknown, names = SOLD) => {
      host.noteNavigation();
      host.ask('shopEvent', kind, toMarkedJson(payload, names), store.get(ORDERS) ?? '', now());
    };
    const recordItem = (kind: string) => (item: ItemRef, details?: object) => {
      if (details != null && typeof details !== 'object') refuse('details', 'an object');
      record(kind, { ...detailsOf(item), ...membersOf(details), itemId: idOf(item) });
    };

    const flushed = (start: (callId: number) => void) => {
      const outcome = host.promise<Flushed>(start);
      // In a visibilitychange listener nobody awaits the promise; a dead core must not cause an "unhandled rejection".
      outcome.catch(() => {});
      return outcome;
    };

    this._host = host;
    host.asksDoofinder = config?.doofinderCart ?? config?.provider?.name === 'doofinder';
    this.debug = { trace: trace || (() => ''), open: () => overlay?.() };
    this.recs = {
      forUser: dataCall('forUser'),
      forVisitor: dataCall('forVisitor'),
      similarItems: dataCall('similarItems'),
      boughtTogether: dataCall('boughtTogether'),
      trending: dataCall('trending'),
      category: dataCall('category'),
    };
    this.search = { text: dataCall('searchText'), category: dataCall('searchCategory'), suggest: dataCall('suggest') };
    this.events = {
      track: (name, properties) => record('custom', { name, properties }, EVERY),
      trackViewItem: recordItem('viewItem'),
      trackAddToCart: recordItem('addToCart'),
      trackRemoveFromCart: recordItem('removeFromCart'),
      trackClearCart: () => record('clearCart', {}),
      trackSearch: ((query, products, options) =>
        products == null
          ? record('search', { ...membersOf(options), query }, EVERY)
          : serve(
              { surface: 'search_results', source: 'search', ...membersOf(options), query },
              products,
            )) as Events['trackSearch'],
      trackRecommendations: (serveId, results, surface, source, options) =>
        serve({ ...membersOf(options), serveId, surface, source }, results),
      trackItemsServed: (served) => serve(membersOf(served), memberOf(served, 'itemIds')),
      trackPurchase: (purchase) => record('purchase', purchase),
      flush: () => flushed((callId) => host.call('flush', callId, now())),
      flushBeforeNavigation: (timeoutMs = 150) =>
        flushed((callId) =>
          host.call(
            'flushWithin',
            callId,
            typeof timeoutMs === 'number' ? timeoutMs : refuse('timeoutMs', 'a number'),
            now(),
          ),
        ),
      pause: () => host.call('pause', now()),
      resume: () => host.call('resume', now()),
      getMetrics: () => metricsOf(host),
    };

    this.close = async (timeoutMs = CLOSE_MS) => {
      const outcome = await end(Number(timeoutMs) || 0);
      if (first === this) first = undefined;
      return outcome;
    };
    if (typeof VITRINE_SCRIPT === 'undefined') {
      if (!inPage) noteEnd(this, end);
      this.as = (shopper) =>
        inPage ? refuse('as()', 'called on a server') : endWhenAbandoned(new Vitrine(configOf(shopper, given)));
    }

    if (plugins) host.use(plugins, this);
    if (inPage) {
      first ??= this;
      // Deferred, so that a widget sends its first request when it is due and with a finished Vitrine.
      void Promise.resolve().then(() => waiting.splice(0).forEach((callback) => callback(this)));
    }
  }

  /**
   * Call when the shopper logs in. Links this visitor's activity to the user. Another user than before begins with a
   * new visitor and a new session (`identity.otherUser`, docs/identity.md).
   * @param userId a text that is not blank, or a finite number; at most 256 bytes. Throws ValidationError for any other
   * value, and for the texts "undefined", "null", "NaN" and "[object …]".
   */
  identify(userId: Id): void {
    this._host.ask('identify', idTextOf(userId), now());
  }

  /**
   * Call when the shopper logs out. Forgets the user and starts a new visitor, session, page id and serve ids. Queued
   * events keep the identity they were recorded with.
   */
  reset(): void {
    this._host.call('reset', now());
  }

  /**
   * Adds a plugin (docs/plugins.md). It sees the events from here on, and hears the consent in force first. Add
   * each plugin once. Throws ValidationError for a value that is no object; an exception of its `setup` is reported in
   * the console.
   */
  use(plugin: Plugin): void {
    if (!plugin || typeof plugin !== 'object') refuse('plugin', 'an object');
    this._host.use([plugin], this);
  }

  /**
   * Begins a new page view, for a single-page application whose routes Vitrine cannot see or should not guess
   * (`autoTrack` follows the address itself; docs/page-views.md has the rule). Records one `pageView` event. Does
   * nothing if the current page view has begun with this address already. Lists that stay in the page keep their serves
   * and views. Other lists of the previous page view can still be clicked; older lists have ended.
   * @param url address of the page view; default: the current address. Throws ValidationError if it is no address.
   */
  navigate(url?: string | URL | Location): void {
    const host = this._host;
    host.noteNavigation();
    let address = '';
    if (url !== undefined) {
      address = idTextOf(memberOf(url, 'href') ?? url);
      try {
        if (address === 'null') throw 0;
        if (host.items) address = new URL(address, member(document, 'baseURI')).href;
      } catch {
        refuse('url', 'an address');
      }
    }
    host.look(false);
    if (host.call('navigateBy', 2, address, now())) host.turn();
    host.call('pageView', now());
  }

  /**
   * Replaces what Vitrine knows of the cart, for calls that leave these products out (`exclude: ['inCart']`) or are
   * about them (`boughtTogether`). Records no event. Events and widgets change the cart from then on (js/README.md).
   * Throws ValidationError for a value that is no list of ids; the cart stays as it is then.
   */
  setCart(itemIds: readonly ItemRef[]): void {
    this._host.ask('setCart', toJson(idsOf(itemIds)), now());
  }

  /**
   * Sets the product that the page is about, so that calls can leave it out (`exclude: ['viewing']`). Without an
   * argument there is none. Throws ValidationError for a value that is no id.
   */
  setViewing(itemId?: ItemRef): void {
    this._host.ask('setViewing', itemId == null ? '' : idOf(itemId) || 'null', now());
  }

  /**
   * Sets the shopper's consent, over the configuration and Global Privacy Control. The level counts in all tabs at once
   * and is remembered for later pages; `unknown` forgets it. With `events.persistence: 'memory'`, or without
   * localStorage, it lasts as long as the page. Throws ValidationError for an unknown level.
   */
  setConsent(level: Consent): void {
    this._host.ask('setConsent', idTextOf(level), now());
  }

  /** Stops all tracking: consent is `denied`, regardless of `setConsent`, on later pages too, until `optIn`. */
  optOut(): void {
    this._host.call('optOut', now());
  }

  /** Ends an `optOut`. */
  optIn(): void {
    this._host.call('optIn', now());
  }

  /**
   * Returns the variant that this visitor has in an experiment of the configuration, the same on every page. Returns
   * null if there is no such experiment. The first call for a visitor records one `exposure` event. Without consent
   * to ids it returns the first variant and records nothing.
   */
  getVariant(experiment: string): string | null {
    return this._host.call('variant', idTextOf(experiment), now()) || null;
  }

  /** Returns the consent in force; `unknown` if the core cannot run. */
  getConsent(): Consent {
    return (this._host.call('consent') as Consent) || 'unknown';
  }

  /** Returns the visitor's id (of this browser), `v_...`; '' if the core cannot run. */
  getVisitorId(): string {
    return this._host.call('visitorId') || '';
  }

  /**
   * Returns the session's id, `s_...`; '' if the core cannot run. A session ends after 30 idle minutes
   * (`events.sessionTimeout`).
   */
  getSessionId(): string {
    return this._host.call('sessionId', now()) || '';
  }

  /** Returns the id of the identified user, or null. */
  getUserId(): string | null {
    return this._host.call('userId') || null;
  }
}
