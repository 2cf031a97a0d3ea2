// What each recommendation service has to be told: the `provider` of a configuration.

/** Where recommendations come from and events go to. */
export interface RefineProvider extends CommonProvider {
  name: 'refine';
  /** Public API key. The console tells when it is missing; the type allows that because `process.env` does. */
  apiKey: string | undefined;
  organizationId: string;
  catalogId: string;
  /** Where events are posted. Default `apiUrl + '/events'`. */
  eventsUrl?: string;
}

/** What the options of every vendor have. */
export interface CommonProvider {
  /**
   * The vendor's own name of what is asked for, by `configId` or by kind of question: a Depict type, a RichRelevance placement, the id of
   * a Doofinder widget. So a shop changes the vendor here and keeps its widgets.
   */
  configs?: Record<string, string>;
  /** ISO 4217, where the vendor's replies do not say. */
  currency?: string;
  /** Base of the API, without a trailing slash. Default: the vendor's. */
  apiUrl?: string;
  /** True: that this page gives the keys away is meant, and not told in the console. */
  keysArePublic?: boolean;
}

export interface DepictProvider extends CommonProvider {
  name: 'depict';
  tenant: string;
  market: string;
  /** Needed by version 3. */
  locale?: string;
  apiKey?: string;
  /** Of the recommendations API. Default 2. */
  version?: 2 | 3;
  /** How prices are written, as Depict's own libraries take it. */
  priceFormat?: {
    pre_?: string;
    post_?: string;
    decimal_places_delimiter_?: string;
    thousands_delimiter_?: string;
    places_after_comma_?: number | 'auto';
  };
  /** Where events are posted. Default `apiUrl`. */
  eventsUrl?: string;
}

export interface RichRelevanceProvider extends CommonProvider {
  name: 'richrelevance';
  apiKey: string;
  apiClientKey: string;
  /** Default `production`. */
  environment?: 'production' | 'integration';
  /** `track`: clicks are reported, links lead to the product. `follow`: links lead over the vendor. Default `track`. */
  clicks?: 'track' | 'follow';
  /** Prices of a purchase in units, cents or both. Default `pp`. */
  purchasePrices?: 'pp' | 'ppc' | 'both';
  /** Replies as scripts, where the vendor refuses cross-origin requests; such a script can do anything in the page. Default false. */
  jsonp?: boolean;
  /** Further parameters of every call. */
  params?: Record<string, string | number | string[]>;
}

export interface DoofinderProvider extends CommonProvider {
  name: 'doofinder';
  /** Default `eu1`. */
  zone?: 'eu1' | 'us1' | 'ap1';
  /** Needed for events, and for widgets that belong to no search engine. */
  hashid?: string;
  language?: string;
  /** Name of the index. Default `product`. */
  index?: string;
  /** Address of a product with `{id}` in it, for widgets about another product than the page's. */
  productUrl?: string;
  /** Token of the statistics API. */
  apiKey?: string;
  /** Base of the Search API, whose statistics take the events. */
  searchUrl?: string;
}

/** A service; which are in a build is chosen with `npm run build -- --services`. */
export type Provider = RefineProvider | DepictProvider | RichRelevanceProvider | DoofinderProvider;
