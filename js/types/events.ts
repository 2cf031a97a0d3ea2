// The types of recording events: arguments, results and metrics.

import type { Filter, Id, SortBy } from './queries.js';

/** A product, or its id. Of an object, the first of `productId`, `itemId` and `id` is used. */
export type ItemRef = Id | { productId?: Id; itemId?: Id; id?: Id };

/** Details of `trackSearch`. */
export interface SearchServed {
  /** Where the products are shown. Default `search_results`. */
  surface?: string;
  /** How the products were chosen. Default `search`. */
  source?: string;
  /**
   * The slate's serve id. Default: the one of the data call that returned these products, also if the shop has
   * filtered, cut, copied or wrapped them since. Copies are recognised by their ids for the last ten searches, if
   * `query` is the same. Without one a new id is made.
   */
  serveId?: Id;
  /** Number of results in all. */
  totalResults?: number;
  filters?: Filter[];
  /** Order of the results: in the shop's own words, or a field and a direction. */
  sortBy?: string | SortBy;
}

/** Details of `trackSearch` without products. */
export type SearchMade = Omit<SearchServed, 'surface' | 'source'>;

/**
 * Details of a product, for events outside a list. A value of another type is a ValidationError that names the field.
 * Other members are not read.
 */
export interface ItemDetails {
  title?: string;
  /** Price of one, in major units of `currency`, 0 or more. Sent with the digits given here. */
  unitPrice?: number;
  /** ISO 4217 code of `unitPrice`. */
  currency?: string;
}

/** Details of a product's own page. */
export interface ViewDetails extends ItemDetails {
  /** Why the product cannot be bought: it is sold out, or no longer sold. Default: it can be. */
  availability?: 'out_of_stock' | 'missing';
}

/** Details of a product that is put into the cart or taken out of it. */
export interface CartDetails extends ItemDetails {
  /** How many: a finite number above 0, also for weights: 0.75. Default 1. */
  quantity?: number;
}

/** Details of `trackRecommendations`. */
export interface RecommendationsServed {
  /** Id of the product that the recommendations are for. */
  anchorId?: Id;
  /** Number of results in all. */
  totalResults?: number;
  filters?: Filter[];
  /** Order of the results: in the shop's own words, or a field and a direction. */
  sortBy?: string | SortBy;
}

/** Argument of `trackItemsServed`. */
export interface ItemsServed {
  /** Where the products are shown: `home_page`, `product_page`, ... */
  surface: string;
  /** How the products were chosen: `curated`, `similar-items`, ... */
  source: string;
  /** Ids of the products, in order. At most 1000. */
  itemIds: readonly ItemRef[];
  /** Number of results in all. */
  totalResults?: number;
  /** The service's serve id. Default: as in `SearchServed`. */
  serveId?: Id;
  /** Id of the product that the products go with. */
  anchorId?: Id;
  /** The search query. */
  query?: string;
  filters?: Filter[];
  /** Order of the results: in the shop's own words, or a field and a direction. */
  sortBy?: string | SortBy;
}

/**
 * One display of a list of products, and methods to record what the shopper does with them. Each method throws a
 * ValidationError if the item id is missing or no id, or if another argument is of a wrong type.
 */
export interface ServeContext {
  readonly serveId: string;
  /** Records a click. `position` is the item's place in the list, from 0. */
  trackClick(itemId: ItemRef, position?: number): void;
  /** Records a view. Call it when half of the product has been visible for a second. Widgets do so themselves. */
  trackView(itemId: ItemRef, position?: number): void;
  /**
   * Records an add to cart. The title and the price are known if the list came from a data call; else give them,
   * because Doofinder needs them.
   */
  trackAddToCart(itemId: ItemRef, options?: CartDetails & { position?: number }): void;
  /**
   * Watches an element, wherever it stands in the page, and records a view when the element has been seen. Returns a
   * function that stops watching. An element that leaves the page is no longer watched. Throws a ValidationError also
   * if this list belongs to an earlier page view.
   */
  observe(element: Element, itemId: ItemRef, position?: number): () => void;
}

/** Argument of `trackPurchase`. Other members are not read. */
export interface Purchase {
  /**
   * An order counts once, however often and in however many tabs it is reported, also after `reset()`: the browser
   * knows its last 1,000 orders.
   */
  orderId: Id;
  /** Sum of the order in major units of `currency`, 0 or more. Sent with the digits given here. */
  value: number;
  /** ISO 4217 code. */
  currency: string;
  /**
   * At least one item. `quantity` is a finite number above 0, also for weights: 0.75. `unitPrice` is in major units of
   * `currency`, and negative for a discount. Depict and RichRelevance need a price of each item: those without one
   * share evenly what the others leave of `value`.
   */
  items: { itemId: Id; quantity: number; unitPrice?: number }[];
}

/** Result of a flush. */
export interface Flushed {
  /** Number of events that were delivered. */
  delivered: number;
  /** Number of events that are still queued. */
  remaining: number;
  /**
   * Why events remain: `paused`, `consent`, `disabled`, `suspended`, `no-service`; after a request that failed
   * `network`, `timeout`, `http 503`, `unacknowledged` (`events.acknowledge`), or `offline` if the browser says so too;
   * `deadline`; ...
   */
  reason?: string;
}

/** The state of the event queue. */
export interface Metrics {
  /** Events that are waiting. */
  queued: number;
  /** Events of this page that the collector has accepted. */
  sent: number;
  /**
   * Events that the collector has finally refused, and events that were handed over to the browser when the page was
   * left and are known to be lost.
   */
  failed: number;
  /** Events that are waiting for another attempt. */
  retrying: number;
  /**
   * Dropped events by reason: queueFull, expired, rejected, refused, tooLarge, unreadable, consent, rateLimit,
   * duplicate, bot, unsupported, lost, hook.
   */
  dropped: Record<string, number>;
  /** Size of the queue in bytes. */
  bytes: number;
  /** Age of the oldest waiting event, in milliseconds. */
  oldestMs: number;
  /** Why the last request failed: `network`, `timeout`, `http 503`, `unacknowledged`, ...; null if it did not fail. */
  lastError: string | null;
  /** Where events are stored now. `memory` also while browser storage is missing or full, or only pretends to write. */
  storage: 'localStorage' | 'memory';
  /**
   * How the core runs: `wasm`; `wasm2js` (as JavaScript, where WebAssembly is refused); or `dead` (could not start,
   * has stopped, or was closed).
   */
  runtime: 'wasm' | 'wasm2js' | 'dead';
}

/**
 * Recording of events. Methods return at once: events are queued, stored and sent in the background. Only the flush
 * methods wait.
 */
export interface Events {
  /**
   * Records an event of the shop's own: `track('newsletter_signup', { form: 'footer' })`. The collector receives it as
   * `{"type": "custom", "name": …, "properties": …}`. Do not put personal data into it: it is sent as given, also where
   * consent is `anonymous`.
   * @param name a non-empty string of at most 100 bytes (UTF-8). It may be the name of any event: `type` tells them
   * apart
   * @param properties a plain object; name and properties have at most 8 KiB as JSON. Members may be nested, 31 levels
   * deep. Members that are undefined are left out
   * @throws ValidationError with the field `name` or `properties`. `properties` is refused if it has, at any level, a
   * value that JSON cannot express: a BigInt, a cycle, a function, a symbol, NaN, a getter that throws
   */
  track(name: string, properties?: object): void;
  /**
   * Records that a product's own page was seen. Details may also stand in `item`, as `{itemId, title, unitPrice,
   * currency}`. Throws a ValidationError that names the field.
   */
  trackViewItem(item: ItemRef, details?: ViewDetails): void;
  /**
   * Records that a product was put into the cart outside any list that Vitrine knows; where there is one, use the
   * list's `trackAddToCart`. The event carries the list that led to the product, if one did (`attribution`). The
   * product is then in the cart for data calls (`setCart`). Throws a ValidationError that names the field.
   */
  trackAddToCart(item: ItemRef, details?: CartDetails): void;
  /**
   * Records that a product was taken out of the cart. For data calls the cart no longer has it; call `setCart` if some
   * of it stays. Throws a ValidationError that names the field.
   */
  trackRemoveFromCart(item: ItemRef, details?: CartDetails): void;
  /** Records that the whole cart was emptied, other than by an order. For data calls it is empty then. */
  trackClearCart(): void;
  /** Records that search results were shown. Throws ValidationError. */
  trackSearch(query: string, products: readonly ItemRef[], options?: SearchServed): ServeContext;
  /**
   * Records that a search was made, where its products are not known (or are tracked in another way). Throws a
   * ValidationError that names the field.
   */
  trackSearch(query: string, products?: null, options?: SearchMade): void;
  /**
   * Records that recommendations were shown. `serveId` comes with the slate; `surface` is where they are shown,
   * `source` what chose them. Throws ValidationError.
   */
  trackRecommendations(
    serveId: string,
    results: readonly ItemRef[],
    surface: string,
    source: string,
    options?: RecommendationsServed,
  ): ServeContext;
  /**
   * Records that any other products were shown. Throws ValidationError, with the code `too-large` if a single id or the
   * other texts do not fit into 64 KiB.
   */
  trackItemsServed(served: ItemsServed): ServeContext;
  /**
   * Records an order. For data calls its items are no longer in the cart. Throws a ValidationError that names the field
   * at fault. An order of more than 64 KiB is recorded
   * without the attribution of its lines, with a warning in the console; one of more than 256 KiB (about 3000 lines) or
   * `events.maxQueueBytes` is refused with the code `too-large`.
   */
  trackPurchase(purchase: Purchase): void;
  /**
   * Sends all events that are queued now. Resolves when they are delivered, or as soon as it is clear that delivery is
   * not possible for the time being; then the rest stays queued. Rejects with a VitrineError if the core cannot run.
   */
  flush(): Promise<Flushed>;
  /**
   * Like `flush`, for use before a redirect (to a checkout, for example). Resolves after `timeoutMs` (default 150) at
   * the latest, with reason `deadline`. Rejects with a ValidationError if `timeoutMs` is no number.
   */
  flushBeforeNavigation(timeoutMs?: number): Promise<Flushed>;
  /** Stops sending. Events are still recorded and stored. */
  pause(): void;
  /** Starts sending again after `pause`. */
  resume(): void;
  /** Returns the state of the event queue. */
  getMetrics(): Metrics;
}

/**
 * The shopper's consent. `granted`: everything is allowed. `anonymous`: events are sent without ids and nothing is
 * stored. `denied`: events are dropped. `unknown`: events are held in memory until the shop calls `setConsent`.
 */
export type Consent = 'unknown' | 'denied' | 'anonymous' | 'granted';
