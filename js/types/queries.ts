// The queries of data calls.

/**
 * An id: a text that is not blank, or a finite number, which is taken as its text. Every other value is refused with a
 * ValidationError that names the field, and so are the texts "undefined", "null", "NaN" and "[object …]".
 */
export type Id = string | number;

/**
 * One condition on a field of the catalogue. Several filters are combined by "and". Refine applies them all,
 * RichRelevance `gte` and `lte` on `price` and `eq`, `in`, `ne` and `nin` on `brand`. Vitrine applies all others to the
 * products of the reply; `Slate.appliedBy` says who has done it (docs/queries.md).
 */
export interface Filter {
  /**
   * Field name. Dots descend: `metadata.color`. Vitrine finds it in the product, as `results` has it, or in its
   * `metadata`. If no product of a reply has it, the call rejects with a ValidationError (code `bad-filter`).
   */
  field: string;
  /**
   * `eq` and `ne` take a string (compared case-sensitively), a number, true, false or null (for a missing field); `gt`,
   * `gte`, `lt` and `lte` a number or a string; `in` and `nin` an array; `exists` a boolean; `match` a text that the
   * field must contain, in any case. A field that is a list meets the condition if one of its elements does. In
   * Depict's searches and listings `eq` and `ne` also take a facet's value that is a list.
   */
  operator: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin' | 'exists' | 'match';
  value: unknown;
}

/** The kind of a data call. A service that lacks a kind rejects it with a ValidationError that lists its kinds. */
export type QueryKind =
  | 'similarItems'
  | 'forVisitor'
  | 'forUser'
  | 'boughtTogether'
  | 'trending'
  | 'category'
  | 'searchText'
  | 'searchCategory';

/** An order of results: a field and its direction. Fields are named as the service names them. */
export interface SortBy {
  field: string;
  /** Default: ascending; with Refine, which receives the order as it is, the service's. */
  order?: 'ascending' | 'descending' | 'asc' | 'desc';
}

/** A value of a service's own parameter. */
export type ParamValue = string | number | boolean;

/** RichRelevance's own parameters. A list is written `a|b`, a map `key:value;value|key:value`. */
export type Params = Record<
  string,
  ParamValue | readonly ParamValue[] | { [key: string]: ParamValue | readonly ParamValue[] }
>;

/**
 * Members that every query may have. An option that neither the service nor Vitrine can honour is a ValidationError
 * (code `unsupported-option`) that names the option and the service. docs/queries.md has a table of the options.
 */
export interface CommonQuery {
  /** The service's own name for the recommendation, from its dashboard, or a name in `provider.configs`. */
  configId?: Id;
  /** Number of products, 1 to 1000; Depict: to 128. Required by Refine. */
  topK?: number;
  /**
   * Queries to make next, in this order, while there are fewer than `minResults` products. Each fetches as many
   * products as are missing.
   */
  fallback?: (AnyQuery & { kind: QueryKind })[];
  /** Fewest products that are enough; with fewer, `fallback` is used. Default 1. */
  minResults?: number;
  /**
   * Time limit for the call with its fallbacks, in milliseconds. At the limit the call settles with the products it
   * has; without any it rejects with a TimeoutError. Default: only `timeout` of the configuration applies.
   */
  timeBudget?: number;
  /** Greatest age of a reused reply, in milliseconds, in place of `calls.maxAge`. 0 always sends a request. */
  maxAge?: number;
  /**
   * Products to leave out: those that other widgets show (`shown`), those in the cart (`inCart`: `setCart`), the one
   * that the page is about (`viewing`: `setViewing`).
   */
  exclude?: ('shown' | 'inCart' | 'viewing')[];
  /** Ids of products to leave out. */
  excludeIds?: Id[];
  /** Conditions on the products. */
  filters?: Filter[];
  /** RichRelevance: category hints. */
  categoryHints?: string[];
  /**
   * RichRelevance: further parameters of the request. `ts`, the time, is set with recommendations and `search.category`
   * unless it is given. A name counts over the same name in `provider.params`. Depict: further
   * members of the request's body, such as `metadata` and `document_referrer`, which it asks some shops for; with
   * searches and listings `metadata` alone (another name is a ValidationError, code `unsupported-option`).
   */
  params?: Params;
  /**
   * Doofinder: address of the page that the query is about. Default: for `similarItems` the product's page
   * (`provider.productUrl`), else the current page.
   */
  url?: string;
  /** Doofinder: the path from the root to the category: names, or objects that are sent as they are. */
  categoryPath?: readonly (string | object)[];
  /** RichRelevance: the products of a search or category page, of which the first 15 are sent. */
  itemIds?: Id[];
  /** RichRelevance: the search term of a search page (`configId: 'search_page.…'`). */
  query?: string | number;
  /** RichRelevance: the brand of a brand page. */
  brand?: string;
  /** RichRelevance: the order of a purchase complete page. */
  order?: { orderId: Id; items: { itemId: Id; quantity: number; unitPrice: number }[] };
}

/** A query of any kind. */
export type AnyQuery = Partial<
  ConfiguredQuery & SimilarQuery & TogetherQuery & CategoryQuery & TextQuery & ListingQuery
>;

/** Query of `recs.forUser` and `recs.forVisitor`. Refine requires `configId` and `topK`. */
export interface ConfiguredQuery extends CommonQuery {}

/** Query of `recs.boughtTogether`. */
export interface TogetherQuery extends CommonQuery {
  /** Ids of the products that the results go with. Default: `anchorId`, else the products in the cart. */
  itemIds?: Id[];
  /** Id of one product that the results go with. */
  anchorId?: Id;
}

/** Query of `recs.category`. */
export interface CategoryQuery extends CommonQuery {
  categoryId: Id;
}

/** Query of `recs.similarItems`. Needs `anchorId` or `anchorIds`. */
export interface SimilarQuery extends CommonQuery {
  /** Id of the product that the results are similar to. */
  anchorId?: Id;
  /** Ids of several such products, with Depict and RichRelevance. */
  anchorIds?: Id[];
  /** Refine: weight of the picture against the text, above 0 and up to 1. Default: the service's, 1. */
  visualWeight?: number;
}

/** The members of a query that lists products page by page. */
export interface PagedQuery extends CommonQuery {
  /**
   * Products of a page, 1 to 1000; Depict: to 250, Doofinder: to 100. Required by Refine, and with a `page` above 1.
   */
  topK?: number;
  /**
   * The page, from 1 (default), 1 to 1000. Where a service has no pages by number (Refine; Depict; `search.category` of
   * RichRelevance), Vitrine requests all pages up to this one and shows the last: `appliedBy.page` is `vitrine` then.
   * Such a page must end at the product number 1000 (Depict: 250) or before; another one is a ValidationError.
   */
  page?: number;
  /** Depict: the `cursor` of the last outcome, for the products that follow it. With a `page` it is refused. */
  cursor?: string;
  /**
   * Order of the results: `{field, order}`, or a text as the service writes it. Default: the service's own order.
   * Depict takes no text; Doofinder reads a text as a field in ascending order. `search.category` of RichRelevance has
   * no order.
   */
  sortBy?: string | SortBy;
  /**
   * Conditions on the products. The service applies all of them, because totals, facets and pages would be wrong
   * otherwise: a filter that it lacks is a ValidationError (code `unsupported-filter`). docs/queries.md has a table.
   */
  filters?: Filter[];
}

/** Query of `search.text`. */
export interface TextQuery extends PagedQuery {
  /** The shopper's words. */
  query: string | number;
  /** Refine: weight of the picture against the text, 0 to 1. */
  visualWeight?: number;
}

/** Query of `search.category`. */
export interface ListingQuery extends PagedQuery {
  /**
   * The category, by the shop's own id. Doofinder: its name, a value of the field `categories` of the index.
   */
  categoryId: Id;
}

/** Query of `search.suggest`. */
export interface SuggestQuery {
  /** The shopper's words so far; must not be empty. */
  query: string | number;
  /** Greatest number of terms, 1 to 1000. Default: as many as the service sends. */
  limit?: number;
  /** RichRelevance: further parameters of the request. */
  params?: Params;
  /** Greatest age of a reused reply, in milliseconds, in place of `calls.maxAge`. 0 always sends a request. */
  maxAge?: number;
  /** Time limit for the call, in milliseconds. Default: only `timeout` of the configuration applies. */
  timeBudget?: number;
}
