// The shapes of the public API.

import type { Provider } from './providers.js';
import type {
  CategoryQuery,
  CommonQuery,
  ConfiguredQuery,
  Filter,
  SimilarQuery,
  TextQuery,
  TogetherQuery,
} from './queries.js';

export type * from './providers.js';
export type * from './queries.js';

/** How data calls are made. */
export interface CallsConfig {
  /**
   * Further tries after a network error, 502, 503, 504, or a 429 with a Retry-After of up to 2 s, all within `timeout`. Not of a question
   * that is an event itself (RichRelevance: add to cart, purchase complete). Default 1.
   */
  retries?: number;
  /**
   * An answer this young (milliseconds) is given again in this page without asking, to the same visitor and user. Default 60000. A widget's
   * refresh() asks in any case.
   */
  maxAge?: number;
  /** Answers so much older are given too, while the next one is fetched for whoever asks then. Default 240000. */
  staleWhileRevalidate?: number;
}

/** How events are queued and sent. */
export interface EventsConfig {
  /** False: nothing is recorded, stored or sent. Default true. */
  enabled?: boolean;
  /** A collector of the shop's own (event.schema.json), for events that the vendor has no place for; without one they are dropped and counted. */
  url?: string;
  /** Events per batch. Default 10. */
  batchSize?: number;
  /** Longest wait before a batch is sent, milliseconds. Default 5000. */
  flushInterval?: number;
  /** Most events kept at once; beyond it views go first and purchases last, each counted in the metrics. Default 1000. */
  maxQueueSize?: number;
  /** Attempts after the first one before a batch rests in the store until later. Default 3. */
  maxRetries?: number;
  /** Where events and ids wait. `memory` touches no storage at all. Default `localStorage`. */
  persistence?: 'localStorage' | 'memory';
  /** A session ends after this many idle milliseconds. Default 1800000 (30 minutes). */
  sessionTimeout?: number;
  /** Most events in one request when many wait. Default 100. */
  maxBatchSize?: number;
  /** Most bytes kept at once. Default 524288. */
  maxQueueBytes?: number;
  /** Most bytes in one request. Default 49152. */
  maxBatchBytes?: number;
  /** Events a shop may record: `burst` at once, `perSecond` on average; what is more is dropped and counted. Default 2000 and 50. */
  rateLimit?: { burst?: number; perSecond?: number };
  /** Called with the metrics when a count in them has changed. */
  onMetrics?: (metrics: Metrics) => void;
  /** Older events are dropped, milliseconds. Default 7 days. */
  maxAge?: number;
  /** How long one request may take, milliseconds. Default 15000. */
  requestTimeout?: number;
  /** Events of a driven browser or a known crawler: `tag` puts `bot: 'webdriver'` or `'crawler'` on them, `drop` drops and counts them. Default `tag`. */
  bots?: 'tag' | 'drop';
}

/**
 * What the shopper has allowed: `granted` everything; `anonymous` events without ids; `denied` nothing; `unknown` holds events in memory
 * until the answer comes.
 */
export type Consent = 'unknown' | 'denied' | 'anonymous' | 'granted';

/** What is kept from leaving the page. */
export interface PrivacyConfig {
  /** What Global Privacy Control means: `deny` all, `anonymous` at most, or nothing. Default `deny`. */
  gpc?: 'deny' | 'anonymous' | 'ignore';
  /** Query parameters taken out of addresses before anything is stored or sent; replaces the default list (email, token, ...). */
  scrubParameters?: string[];
}

/** When an item counts as viewed. The defaults are MRC's rule for display, and go by the name `mrc`. */
export interface ViewabilityConfig {
  /** Stands for the defaults below. */
  rule?: 'mrc';
  /** Visible share of the item's pixels, 0 to 1. Default 0.5. */
  ratio?: number;
  /** For so long, milliseconds. Default 1000. */
  dwellMs?: number;
  /** From this area on an item is large, px². Default 242500. */
  largeAreaPx?: number;
  /** Visible share of a large item. Default 0.3. */
  largeRatio?: number;
  /** Whether leaving sets the clock back (`continuous`) or only stops it (`cumulative`). Default `continuous`. */
  mode?: 'continuous' | 'cumulative';
}

/** How long, and for how many items, the list that led the shopper there is remembered. */
export interface AttributionConfig {
  /** Older touches count no more, milliseconds. Default 7 days. */
  windowMs?: number;
  /** Most items. Default 200. */
  maxItems?: number;
}

/** Visitors are spread over the variants by their weights; who has which follows from the visitor's id alone. */
export interface Experiment {
  /** The first one is also what shoppers get who have not agreed to ids. */
  variants: ExperimentVariant[];
}

export interface ExperimentVariant {
  name: string;
  /** Relative to the others. Default 1. */
  weight?: number;
  /** What changes in a widget that takes part: `template`, `kind`, `source`, `title`, `query: {configId: ...}`. */
  slot?: {
    template?: string;
    kind?: string;
    source?: string;
    title?: string;
    query?: Record<string, unknown>;
    [member: string]: unknown;
  };
}

/** Options that do not depend on the vendor. */
export interface CommonConfig {
  events?: EventsConfig;
  calls?: CallsConfig;
  privacy?: PrivacyConfig;
  /** Reads the page's own markup (`data-vitrine-*`: js/README.md has the table), follows the address, and tells of page views. Default false. */
  autoTrack?: boolean;
  viewability?: ViewabilityConfig;
  attribution?: AttributionConfig;
  /** The consent to start with, where none is stored. Default `granted`. */
  consent?: Consent;
  /** Experiments by name, for `getVariant()` and the widgets' attribute `experiment`. */
  experiments?: Record<string, Experiment>;
  /** Texts of the widgets in the shop's language: widget/README.md. Default English. */
  strings?: Record<string, string>;
  /** How long a data call may take, further tries included, milliseconds. Default 10000. */
  timeout?: number;
  /** `server`: no page, memory only. Default: `server` where there is no window. */
  applicationType?: 'browser' | 'server';
  /**
   * Widgets ask the shop's cart by Doofinder's event, `doofinder.cart.add`, where nobody has answered `vitrine:add-to-cart`. Default: with
   * the provider Doofinder.
   */
  doofinderCart?: boolean;
  debug?: {
    /** Keep every call of the core for `debug.trace()`. Grows for as long as the page lives. Default false. */
    record?: boolean;
    /** Tell more in the console. Default false. */
    verbose?: boolean;
  };
}

/** Everything `new Vitrine` understands. A bad option is reported in the console and replaced by its default. */
export interface VitrineConfig extends CommonConfig {
  provider: Provider;
}

/** A product as a recommendation service describes it. */
export interface Product {
  productId: string;
  title: string;
  /** In major units of `currency`; missing where the vendor gives none that is a price. */
  price: number;
  /** The price before a reduction, in major units. */
  originalPrice?: number;
  /** ISO 4217. */
  currency?: string;
  imageUrl?: string;
  url?: string;
  brand?: string;
  /** 0 to 5. */
  rating?: number;
  ratingCount?: number;
  /** What the vendor wants to hear back with an event of this product; sent by itself. */
  reference?: string;
  /** Short texts such as `New`. */
  badges?: string[];
  /** All fields of the catalogue, as the vendor sent them. */
  metadata: Record<string, unknown>;
}

/** The products of one answer. */
export interface Slate {
  /** Ties what happens to these products to this answer. */
  serveId: string;
  results: Product[];
  /** How many there are in all, where the vendor says so. */
  totalResults?: number;
  /** A heading from the vendor. */
  title?: string;
  /** How many entries of the answer were no product with an id, and are left out. */
  rejected?: number;
  /** ISO 4217, of products that do not say. */
  currency?: string;
  /** True: the last answer to this question, because there was no new one. */
  stale?: boolean;
  /** Doofinder: what it did where it had too little to go by. */
  fallbackAction?: string;
}

/** Options of a data call. */
export interface CallOptions {
  /** Aborting it rejects the promise with AbortError and cancels the request. */
  signal?: AbortSignal;
}

/**
 * Data calls. Each rejects with one of the typed errors: ValidationError before any request where an argument is missing, AuthError,
 * ForbiddenError, NotFoundError, RateLimitError, TimeoutError, ServerError, NetworkError, AbortError, or VitrineError (`type` "core")
 * where the core cannot run.
 */
export interface Recs {
  /** For the identified user; ValidationError before `identify` has been called. */
  forUser(query: ConfiguredQuery, options?: CallOptions): Promise<Slate>;
  /** For this browser's visitor. */
  forVisitor(query: ConfiguredQuery, options?: CallOptions): Promise<Slate>;
  /** Like the product `anchorId`. */
  similarItems(query: SimilarQuery, options?: CallOptions): Promise<Slate>;
  /** What is bought with the items, or with what is in the cart. */
  boughtTogether(query?: TogetherQuery, options?: CallOptions): Promise<Slate>;
  /** What sells now. */
  trending(query?: CommonQuery, options?: CallOptions): Promise<Slate>;
  /** Of a category. */
  category(query: CategoryQuery, options?: CallOptions): Promise<Slate>;
}

/** Search; errors as in `Recs`. */
export interface Search {
  text(query: TextQuery, options?: CallOptions): Promise<Slate>;
}

/** A product, or its id. */
export type ItemRef = string | number | { productId?: string; itemId?: string; id?: string | number };

export interface SearchServed {
  /** Where the products are shown. Default `search_results`. */
  surface?: string;
  /** What chose them. Default `search`. */
  source?: string;
  totalResults?: number;
  filters?: Filter[];
  sortBy?: string;
}

export interface RecommendationsServed {
  /** The product that they go with. */
  anchorId?: string;
  totalResults?: number;
  filters?: Filter[];
  sortBy?: string;
}

export interface ItemsServed {
  /** Where the products are shown: `home_page`, `product_page`, ... */
  surface: string;
  /** What chose them: `curated`, `similar-items`, ... */
  source: string;
  itemIds: (string | number)[];
  totalResults?: number;
  /** The vendor's serve id, where the products came with one; one is made otherwise. */
  serveId?: string;
  anchorId?: string;
  query?: string;
  filters?: Filter[];
  sortBy?: string;
}

/** Products that were shown once, and what the shopper did with them. Methods throw ValidationError for a missing item id. */
export interface ServeContext {
  readonly serveId: string;
  /** `position` counts from 0. */
  trackClick(itemId: string, position?: number): void;
  /** Call when half of the product has been visible for a second. Widgets do it themselves. */
  trackView(itemId: string, position?: number): void;
  /** `quantity` defaults to 1. */
  trackAddToCart(itemId: string, options?: { quantity?: number; position?: number }): void;
  /**
   * Has the view told when the element has been seen, wherever it stands; answers what gives that up. An element that leaves the page
   * is forgotten by itself. Throws ValidationError also when the page view of this list has ended.
   */
  observe(element: Element, itemId: string, position?: number): () => void;
}

export interface Purchase {
  /** An order counts once in 24 hours, however often and in however many tabs it is reported. */
  orderId: string;
  /** Sum in major units of `currency`; sent with the digits it has here. */
  value: number;
  /** ISO 4217. */
  currency: string;
  /** `unitPrice` in major units of `currency`, where it is known. */
  items: { itemId: string; quantity: number; unitPrice?: number }[];
}

/** What became of a flush. */
export interface Flushed {
  /** Events that were delivered. */
  delivered: number;
  /** Events that are still queued. */
  remaining: number;
  /** Why some remain: `offline`, `paused`, `consent`, `disabled`, `suspended`, `network`, `timeout`, `http 503`, ... */
  reason?: string;
}

/** The state of the event queue. */
export interface Metrics {
  /** Events that wait. */
  queued: number;
  /** Events that were accepted by the receiver, in this page. */
  sent: number;
  /** Events the receiver has refused for good, or that were handed over by a page that was being left and are known to be lost. */
  failed: number;
  /** Events that wait for another attempt. */
  retrying: number;
  /** Dropped events by reason: queueFull, expired, rejected, refused, tooLarge, unreadable, consent, rateLimit, duplicate, bot, unsupported, lost. */
  dropped: Record<string, number>;
  /** Size of what waits. */
  bytes: number;
  /** Age of the oldest event that waits, milliseconds. */
  oldestMs: number;
  /** Why the last request failed (`network`, `timeout`, `http 503`, ...); null after one that did not. */
  lastError: string | null;
  /** Where events wait now. */
  storage: 'localStorage' | 'memory';
  /** `wasm`, `wasm2js` where WebAssembly is refused and the core runs as JavaScript, or `dead` where the core could not start, has stopped or was closed. */
  runtime: 'wasm' | 'wasm2js' | 'dead';
}

/** Recording what happens. Nothing but flush waits: events are queued, stored and sent in the background. */
export interface Events {
  /** Search results were shown. Throws ValidationError. */
  trackSearch(query: string, products: readonly ItemRef[], options?: SearchServed): ServeContext;
  /** Recommendations were shown. Throws ValidationError. */
  trackRecommendations(
    serveId: string,
    results: readonly ItemRef[],
    surface: string,
    source: string,
    options?: RecommendationsServed,
  ): ServeContext;
  /** Any products were shown. Throws ValidationError. */
  trackItemsServed(served: ItemsServed): ServeContext;
  /** An order was placed. Throws ValidationError. */
  trackPurchase(purchase: Purchase): void;
  /**
   * Sends all that is queued now. Resolves when it is delivered, or when it is known that it will not be for the time being: what
   * remains stays queued. Rejects with VitrineError where the core cannot run.
   */
  flush(): Promise<Flushed>;
  /** As `flush`, but resolves after `timeoutMs` (default 150) at the latest, with reason `deadline`: for a redirect to a checkout. */
  flushBeforeNavigation(timeoutMs?: number): Promise<Flushed>;
  /** Stops sending; recording and storing go on. */
  pause(): void;
  resume(): void;
  getMetrics(): Metrics;
}

/** The core as JavaScript: the default export of `vitrine/vitrine-core.js`, for `usePlainCore`. */
export type PlainCore = (imports: WebAssembly.Imports) => WebAssembly.Exports;
