// The public API: the class Vitrine, a thin typed layer over the core's inputs.

import { coreKind, openRuntime } from '../core/core.js';
import { ValidationError } from '../types/errors.js';
import { startHost, type Host } from '../core/host.js';
import { pageFacts, watchPage } from '../page/page.js';
import { now } from '../ports/clock.js';
import { leases, noLocks, webLocks } from '../ports/locks.js';
import { openMirror } from '../ports/mirror.js';
import { randomSeed } from '../ports/random.js';
import { journalIds, openStore, sharedState, TOUCH } from '../ports/storage.js';
import { openRecorder } from '../core/recorder.js';
import { openWarmUp } from '../core/warm_up.js';
import { openPageTracking } from '../page/page_tracking.js';
import { toJson } from '../core/text.js';
import type {
  CallOptions,
  Consent,
  Events,
  Flushed,
  ItemRef,
  Metrics,
  Recs,
  Search,
  ServeContext,
  Slate,
  VitrineConfig,
} from '../types/types.js';

const waiting: ((vitrine: Vitrine) => void)[] = [];
let first: Vitrine | undefined;

/** Calls `callback` with the page's first Vitrine: at once, or when the first one is constructed. */
export const whenVitrine = (callback: (vitrine: Vitrine) => void): void => {
  if (first) callback(first);
  else waiting.push(callback);
};

// Metrics of a core that cannot run.
const NO_METRICS =
  '{"queued":0,"sent":0,"failed":0,"retrying":0,"dropped":{},"bytes":0,"lastError":null,"oldestMs":0,' +
  '"storage":"memory"}';

const metricsOf = (host: Host): Metrics => ({
  ...JSON.parse(host.call('metrics', now()) || NO_METRICS),
  runtime: host.isDead() ? 'dead' : coreKind(),
});

const idOf = (item: ItemRef): string =>
  String((typeof item === 'object' ? (item?.productId ?? item?.itemId ?? item?.id) : item) ?? '');

const itemIds = (items?: readonly ItemRef[]) => items && [...items].map((item) => idOf(item));

// The core reads -1 as "not given". NaN, from a failed parseInt in the shop's code, means the same.
const position = (value?: number): number => {
  const number = Number(value ?? -1);
  // biome-ignore lint/suspicious/noSelfCompare: only NaN differs from itself, and Number.isNaN takes more bytes
  return number === number ? number : -1;
};

/** Starts the core for a configuration and connects it to the page or, on a server, to memory. */
const boot = (given?: VitrineConfig) => {
  const config = given || ({} as VitrineConfig);
  const inPage = typeof document === 'object' && config.applicationType !== 'server';
  const store = openStore(inPage && config.events?.persistence !== 'memory');
  const locks = store.kind === 'memory' ? noLocks : navigator.locks ? webLocks(navigator.locks) : leases(store);
  const onMetrics = config.events?.onMetrics;
  const recorder = config.debug?.record ? openRecorder() : undefined;
  const bootJson = toJson({
    config,
    seed: randomSeed(),
    ...pageFacts(inPage),
    storage: store.kind,
    state: sharedState(store),
    journals: journalIds(store),
    notify: +(typeof onMetrics === 'function'),
  });
  const open = () => {
    const nowMs = now();
    recorder?.record('new', [bootJson, nowMs]);
    return openRuntime(bootJson, nowMs);
  };
  const openSpare = () =>
    openRuntime(toJson({ config, seed: randomSeed(), ...pageFacts(inPage), storage: 'memory' }), now());
  const host: Host = startHost(open, {
    warmUp: openWarmUp(openSpare),
    store,
    locks,
    mirror: openMirror(),
    record: recorder?.record,
    notify: () => onMetrics?.(metricsOf(host)),
    onError: typeof config.onError === 'function' ? config.onError : undefined,
  });
  const watching = new AbortController();
  if (inPage) {
    watchPage(host, store, watching.signal);
    openPageTracking(host, config.autoTrack === true, watching.signal);
  }
  const close = () => {
    watching.abort();
    host.close();
  };
  return { host, store, inPage, close, trace: recorder?.trace };
};

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
  };
  /**
   * Ends this instance, for servers and tests that make many. Sends the queued events for at most `timeoutMs`
   * milliseconds (default 1000), stores the rest where storage is allowed, and frees everything. Resolves with the
   * result of the flush; never rejects. Data calls in flight reject with the code `closed`; later calls of any kind do
   * nothing.
   */
  readonly close: (timeoutMs?: number) => Promise<Flushed>;
  // Private, but the widget reads it too. Private members have no type in the package's declarations, so the seam stays
  // out of them.
  private readonly _host: Host;

  /**
   * Starts at once; the getters work immediately. Never throws: a bad option is reported in the console, and where
   * the core cannot run (WebAssembly is refused), data calls reject with a VitrineError of type "core" and all other
   * methods do nothing.
   * @param config the service and the options; only `provider` is required
   */
  constructor(config: VitrineConfig) {
    const { host, store, inPage, close, trace } = boot(config);
    // Serve ids by the array of results, so that trackSearch finds the serve id that came with these results.
    const serveIds = new WeakMap<object, string>();

    const dataCall =
      (kind: string) =>
      async (query?: unknown, options?: CallOptions): Promise<Slate> => {
        if (host.lacks('request'))
          throw new ValidationError('This build only tracks. For data calls use vitrine or vitrine.js.', {
            code: 'left-out',
          });
        host.noteNavigation();
        const queryJson = toJson(query ?? (kind === 'boughtTogether' || kind === 'trending' ? {} : query));
        const slate = await host.promise<Slate>(
          (callId) => void host.call('request', callId, kind, queryJson, now()),
          options?.signal,
        );
        serveIds.set(slate.results, slate.serveId);
        return slate;
      };

    const serve = (payload: object): ServeContext => {
      host.noteNavigation();
      const contextId = host.ask('serve', toJson(payload), now())!;
      const track = (kind: string, id: ItemRef, at?: number, quantity = 0) =>
        void host.ask('itemEvent', contextId, kind, idOf(id), position(at), +quantity, now());
      return {
        serveId: host.call('serveId', contextId) || '',
        trackClick: (id, at) => track('click', id, at),
        trackView: (id, at) => track('view', id, at),
        trackAddToCart: (id, options) => track('addToCart', id, options?.position, options?.quantity),
        observe(element, id, at) {
          host.items?.watch(element, { serve: contextId, itemId: idOf(id), position: position(at) });
          return () => host.items?.unwatch(element);
        },
      };
    };

    const flushed = (start: (callId: number) => void) => {
      const outcome = host.promise<Flushed>(start);
      // In a visibilitychange listener nobody awaits the promise; a dead core must not cause an "unhandled rejection".
      outcome.catch(() => {});
      return outcome;
    };

    this._host = host;
    host.asksDoofinder = config?.doofinderCart ?? config?.provider?.name === 'doofinder';
    this.debug = { trace: trace || (() => '') };
    this.recs = {
      forUser: dataCall('forUser'),
      forVisitor: dataCall('forVisitor'),
      similarItems: dataCall('similarItems'),
      boughtTogether: dataCall('boughtTogether'),
      trending: dataCall('trending'),
      category: dataCall('category'),
    };
    this.search = { text: dataCall('searchText') };
    this.events = {
      trackSearch: (query, products, options) =>
        serve({
          surface: 'search_results',
          source: 'search',
          ...options,
          query,
          itemIds: itemIds(products),
          serveId: serveIds.get(products),
        }),
      trackRecommendations: (serveId, results, surface, source, options) =>
        serve({ ...options, serveId, surface, source, itemIds: itemIds(results) }),
      trackItemsServed: (served) => serve({ ...served, itemIds: itemIds(served?.itemIds) }),
      trackPurchase(purchase) {
        host.noteNavigation();
        host.ask('purchase', toJson(purchase), store.get(TOUCH) ?? '', now());
      },
      flush: () => flushed((callId) => host.call('flush', callId, now())),
      flushBeforeNavigation: (timeoutMs = 150) =>
        flushed((callId) => host.call('flushWithin', callId, timeoutMs, now())),
      pause: () => host.call('pause', now()),
      resume: () => host.call('resume', now()),
      getMetrics: () => metricsOf(host),
    };

    this.close = async (timeoutMs = 1000) => {
      const outcome = await this.events
        .flushBeforeNavigation(timeoutMs)
        .catch((): Flushed => ({ delivered: 0, remaining: 0 }));
      close();
      if (first === this) first = undefined;
      return outcome;
    };

    if (inPage) {
      first ??= this;
      // Deferred, so that a widget sends its first request when it is due and with a finished Vitrine.
      queueMicrotask(() => waiting.splice(0).forEach((callback) => callback(this)));
    }
  }

  /**
   * Call when the shopper logs in. Links this visitor's activity to the user. Throws ValidationError for an empty id.
   */
  identify(userId: string): void {
    this._host.ask('identify', String(userId ?? ''), now());
  }

  /**
   * Call when the shopper logs out. Forgets the user and starts a new visitor and a new session. Queued events keep the
   * identity they were recorded with.
   */
  reset(): void {
    this._host.call('reset', now());
  }

  /**
   * Begins a new page view, for a single-page application whose routes Vitrine cannot see or should not guess
   * (`autoTrack` follows the address itself). Records one `pageView` event. Views are counted anew. Lists of the
   * previous page view can still be clicked; older lists have ended.
   * @param url address of the page view; default: the current address
   */
  navigate(url?: string): void {
    const host = this._host;
    host.noteNavigation();
    if (url !== undefined) {
      host.look(false);
      if (host.call('navigate', host.items ? new URL(url, document.baseURI).href : url, now())) host.turn();
    }
    host.call('pageView', now());
  }

  /**
   * Sets the products in the cart, for calls that leave them out (`exclude: ['inCart']`) or are about them
   * (`boughtTogether`). Items that are tracked as added to the cart are counted automatically.
   */
  setCart(itemIds: readonly ItemRef[]): void {
    this._host.call('setCart', toJson([...itemIds].map((item) => idOf(item))), now());
  }

  /**
   * Sets the product that the page is about, so that calls can leave it out (`exclude: ['viewing']`). Without an
   * argument there is none.
   */
  setViewing(itemId?: ItemRef): void {
    this._host.call('setViewing', itemId === undefined ? '' : idOf(itemId), now());
  }

  /**
   * Sets the shopper's consent. It is remembered on later pages if it allows storage. Throws ValidationError for an
   * unknown level.
   */
  setConsent(level: Consent): void {
    this._host.ask('setConsent', String(level), now());
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
    return this._host.call('variant', String(experiment), now()) || null;
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
