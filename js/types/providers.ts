// The options of each recommendation service: the `provider` of a configuration.

import type { Id, Params } from './queries.js';

/** Options of Refine. */
export interface RefineProvider extends CommonProvider {
  name: 'refine';
  /** Public API key. The type allows undefined because `process.env` does; a missing key is reported in the console. */
  apiKey: string | undefined;
  organizationId: string;
  catalogId: string;
  /** Address that events are posted to. Default `apiUrl + '/events'`. */
  eventsUrl?: string;
}

/** Options that every service has. */
export interface CommonProvider {
  /**
   * The service's own names, by `configId` or by kind of call: a Depict type, a RichRelevance placement, the id of a
   * Doofinder widget. A shop that changes the service changes them here and keeps its widgets. `configs[configId]`
   * counts before a `configId` of the service's own form (RichRelevance's `page.name`, Doofinder's UUID), and that
   * before `configs[kind]`. Depict's and Refine's names have no form, so `configs[kind]` counts before a `configId`.
   */
  configs?: Record<string, string>;
  /** ISO 4217 code, for replies that give no currency. */
  currency?: string;
  /**
   * Whether the service's texts hold character references (`Salt &amp; Pepper`), which are then decoded once. Default
   * true with Doofinder, whose shop plugins send them; else false.
   */
  htmlEntities?: boolean;
  /** Set to true if a sale price of 0 means that a product is free. Default false: it counts as no sale price. */
  zeroSalePrice?: boolean;
  /** Base address of the API, without a trailing slash. Default: the service's own. */
  apiUrl?: string;
  /** Set to true if the keys may be public, so that the console does not warn of exposed keys. Default false. */
  keysArePublic?: boolean;
}

/** The shopper's session in the service's own script on the page (docs/beside-vendors.md). */
export interface SharedSession {
  /**
   * Id that the service's own script has given to the session, to be sent in place of Vitrine's where consent allows
   * ids. Default, and for null or '': Vitrine's own.
   */
  sessionId?: Id | null;
}

/** Options of Depict. */
export interface DepictProvider extends CommonProvider, SharedSession {
  name: 'depict';
  tenant: string;
  market: string;
  /** Required by version 3. */
  locale?: string;
  apiKey?: string;
  /** Version of the recommendations API. Default 2. */
  version?: 2 | 3;
  /** How prices are written, in the form that Depict's own libraries use. */
  priceFormat?: {
    pre_?: string;
    post_?: string;
    decimal_places_delimiter_?: string;
    thousands_delimiter_?: string;
    places_after_comma_?: number | 'auto';
  };
  /** Address that events are posted to. Default `apiUrl`. */
  eventsUrl?: string;
  /**
   * Side that reports orders to Depict. `server`: the shop's server does, and `trackPurchase` sends which session the
   * order belongs to (`transaction_mapping`). Default `page`.
   */
  purchases?: 'page' | 'server';
  /**
   * Further members of the body of every query, such as `metadata`, if Depict asks for them. Searches and listings send
   * `metadata` alone, and suggestions send none, because Depict takes no others there.
   */
  params?: Params;
}

/** Options of RichRelevance. */
export interface RichRelevanceProvider extends CommonProvider, SharedSession {
  name: 'richrelevance';
  apiKey: string;
  apiClientKey: string;
  /** Server that is used. Default `production`. */
  environment?: 'production' | 'integration';
  /**
   * `track`: links lead to the product, and clicks are reported by a request. `follow`: links lead through the
   * service, which counts the click. Default `track`.
   */
  clicks?: 'track' | 'follow';
  /** Unit of the prices of a purchase: currency units (`pp`), cents (`ppc`) or both. Default `pp`. */
  purchasePrices?: 'pp' | 'ppc' | 'both';
  /**
   * Set to true to fetch replies as scripts (JSON-P), for a service that refuses cross-origin requests. Such a script
   * has all rights of the page. Events are then requests whose replies are not read. `search.text` and `search.suggest`
   * have no JSON-P and are then refused in a page (ValidationError, `bad-option`). Default false.
   */
  jsonp?: boolean;
  /** Further parameters of every request, such as `lang`, the language of searches. */
  params?: Params;
  /**
   * Further hosts that clicks may be reported to, without scheme and port, such as `clicks.example.com`. The address of
   * a click comes from the service's reply. It is requested only on a host of this list, on the host of `apiUrl`, or on
   * one that the service documents (`recs.` and `integration.` of richrelevance.com and algorecs.com).
   */
  allowedHosts?: string[];
}

/** Options of Doofinder. */
export interface DoofinderProvider extends CommonProvider, SharedSession {
  name: 'doofinder';
  /** Region of the servers. Default `eu1`. */
  zone?: 'eu1' | 'us1' | 'ap1';
  /** Id of the search engine. Required for searches and events, and for widgets that belong to no search engine. */
  hashid?: string;
  language?: string;
  /** Name of the index. Default `product`. */
  index?: string;
  /** Address of a product page, with `{id}` in it. Used by widgets about a product other than the page's. */
  productUrl?: string;
  /** Token of the Search API. */
  apiKey?: string;
  /** Base address of the Search API, for searches and events. Default: the one of `zone`. */
  searchUrl?: string;
}

/** No service: a shop that tracks with a collector of its own (`events.url`). The same as no `provider`. */
export interface NoProvider {
  name: 'none';
}

/** A recommendation service. `npm run build -- --services` chooses those that a build contains. */
export type Provider = RefineProvider | DepictProvider | RichRelevanceProvider | DoofinderProvider | NoProvider;
