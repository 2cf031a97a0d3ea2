// The public API: a thin, typed face on the core's inputs.

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

/** Calls back with the page's first Vitrine: now, or when it is made. */
export const whenVitrine = (callback: (vitrine: Vitrine) => void): void => {
  if (first) callback(first);
  else waiting.push(callback);
};

// What a core that cannot run has to tell.
const NO_METRICS =
  '{"queued":0,"sent":0,"failed":0,"retrying":0,"dropped":{},"bytes":0,"lastError":null,"oldestMs":0,"storage":"memory"}';

const metricsOf = (host: Host): Metrics => ({
  ...JSON.parse(host.call('metrics', now()) || NO_METRICS),
  runtime: host.isDead() ? 'dead' : coreKind(),
});

const idOf = (item: ItemRef): string =>
  String((typeof item === 'object' ? (item?.productId ?? item?.itemId ?? item?.id) : item) ?? '');

const itemIds = (items?: readonly ItemRef[]) => items && Array.from(items, idOf);

// -1 says "not given" to the core; a parseInt that failed in the shop's code means the same.
const position = (value?: number): number => {
  const number = Number(value ?? -1);
  return number === number ? number : -1;
};

/** Brings the core up for a configuration and wires it to the page or, without one, to memory. */
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

/** One shop's runtime: knows the shopper, records what happens, asks for products. */
export class Vitrine {
  /** Data calls for recommendations. */
  readonly recs: Recs;
  /** Data calls for search. */
  readonly search: Search;
  /** Recording what the shopper sees and does. */
  readonly events: Events;
  readonly debug: {
    /** The session so far, one call of the core a line, as the replay tool reads it; '' unless `debug.record` was set. */
    trace(): string;
  };
  /**
   * The end of this instance, for servers and tests that make many: sends what is queued, for at most `timeoutMs` (default 1000), stores
   * what could not be sent where that is allowed, and frees everything. Resolves with what `flush` says; never rejects. Data calls under
   * way reject with code `closed`; later calls of any kind do nothing.
   */
  readonly close: (timeoutMs?: number) => Promise<Flushed>;
  // The widget reads it too; private members have no type in the package's declarations, which keeps the seam out of them.
  private readonly _host: Host;

  /**
   * Starts at once, without waiting for anything; getters answer immediately. Never throws for a bad option (the console tells) and not
   * where WebAssembly is refused: then data calls reject with a VitrineError of type "core" and the rest does nothing.
   */
  constructor(config: VitrineConfig) {
    const { host, store, inPage, close, trace } = boot(config);
    // The products of a search answer, so that trackSearch finds the serve id the vendor gave with them.
    const serveIds = new WeakMap<object, string>();

    const dataCall =
      (kind: string) =>
      async (query?: unknown, options?: CallOptions): Promise<Slate> => {
        if (host.lacks('request'))
          throw new ValidationError('This build only tracks; data calls are in the whole one (vitrine, vitrine.js).', {
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
      // Called from a visibilitychange listener nobody waits for it; a dead core is not worth an "unhandled rejection" there.
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
        // Another tab may have told of the same order a moment ago, and its storage event still be on the way.
        const known = store.get(TOUCH);
        if (known) host.call('storageChanged', TOUCH, known, now());
        host.ask('purchase', toJson(purchase), now());
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
      // Later, so that a widget's first request is made at its own time and with a finished Vitrine.
      queueMicrotask(() => waiting.splice(0).forEach((callback) => callback(this)));
    }
  }

  /** The shopper has logged in. What this browser did before is linked to the user. Throws ValidationError for an empty id. */
  identify(userId: string): void {
    this._host.ask('identify', String(userId ?? ''), now());
  }

  /** The shopper has logged out: user forgotten, new visitor, new session. What is queued keeps the identity it was recorded with. */
  reset(): void {
    this._host.call('reset', now());
  }

  /**
   * For a single-page application whose routes Vitrine cannot see or should not guess (`autoTrack` follows the address by itself): another
   * page view has begun. Tells of it, once; views are counted anew, and lists shown before the page view before it have ended.
   * `url` defaults to the address of now.
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

  /** What is in the cart now: for questions that leave it out or are about it. Items that are tracked as added to it count by themselves. */
  setCart(itemIds: readonly ItemRef[]): void {
    this._host.call('setCart', toJson(Array.from(itemIds, idOf)), now());
  }

  /** The product that the page is about, so that questions can leave it out; nothing for none. */
  setViewing(itemId?: ItemRef): void {
    this._host.call('setViewing', itemId === undefined ? '' : idOf(itemId), now());
  }

  /** What the shopper allows; remembered where it allows that. Throws ValidationError for an unknown level. */
  setConsent(level: Consent): void {
    this._host.ask('setConsent', String(level), now());
  }

  /** The shopper wants no tracking: consent is `denied`, whatever `setConsent` says, on later pages too, until `optIn`. */
  optOut(): void {
    this._host.call('optOut', now());
  }

  /** Takes an `optOut` back. */
  optIn(): void {
    this._host.call('optIn', now());
  }

  /**
   * The variant that this visitor has in an experiment of the configuration, the same on every page; null if there is no such experiment.
   * The first call for a visitor records one `exposure` event. Without consent to ids it is the first variant, and nothing is recorded.
   */
  getVariant(experiment: string): string | null {
    return this._host.call('variant', String(experiment), now()) || null;
  }

  /** What is in force; `unknown` where the core cannot run. */
  getConsent(): Consent {
    return (this._host.call('consent') as Consent) || 'unknown';
  }

  /** This browser's id, `v_...`; '' where the core cannot run. */
  getVisitorId(): string {
    return this._host.call('visitorId') || '';
  }

  /** The session's id, `s_...`; ends after 30 idle minutes. '' where the core cannot run. */
  getSessionId(): string {
    return this._host.call('sessionId', now()) || '';
  }

  /** The identified user, or null. */
  getUserId(): string | null {
    return this._host.call('userId') || null;
  }
}
