// The queries of data calls.

/**
 * An id: a text that is not blank, or a finite number, which is taken as its text. Every other value is refused with a
 * ValidationError that names the field, and so are the texts "undefined", "null", "NaN" and "[object …]".
 */
export type Id = string | number;

/** One condition on a field of the catalogue. Several filters are combined by "and". */
export interface Filter {
  /** Field name. Dots descend: `metadata.color`. */
  field: string;
  /**
   * `eq` and `ne` take a string (compared case-sensitively), a number, true, false or null; `gt`, `gte`, `lt` and
   * `lte` a number or a string; `in` and `nin` an array; `exists` a boolean; `match` a text that the field must
   * contain, in any case.
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
  | 'searchText';

/** Members that every query may have. Each service uses those that it supports (wasm/services/README.md). */
export interface CommonQuery {
  /** The service's own name for the recommendation, from its dashboard, or a name in `provider.configs`. */
  configId?: Id;
  /** Number of products, 1 to 1000. Required by Refine. */
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
  /** RichRelevance: category hints. */
  categoryHints?: string[];
  /** RichRelevance: further parameters of the request. */
  params?: Record<string, string | number | string[]>;
  /** Doofinder: address of the page that the query is about. Default: the current page. */
  url?: string;
  /** RichRelevance: the brand of a brand page. */
  brand?: string;
  /** RichRelevance: the order of a purchase complete page. */
  order?: { orderId: Id; items: { itemId: Id; quantity: number; unitPrice: number }[] };
}

/** A query of any kind. */
export type AnyQuery = Partial<ConfiguredQuery & SimilarQuery & TogetherQuery & CategoryQuery & TextQuery>;

/** Query of `recs.forUser` and `recs.forVisitor`. Refine requires `configId` and `topK`. */
export interface ConfiguredQuery extends CommonQuery {
  filters?: Filter[];
}

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
  /** Doofinder: the path from the root to the category. */
  categoryPath?: string[];
}

/** Query of `recs.similarItems`. Needs `anchorId` or `anchorIds`. */
export interface SimilarQuery extends CommonQuery {
  /** Id of the product that the results are similar to. */
  anchorId?: Id;
  /** Ids of several such products, if the service supports that (Refine does not). */
  anchorIds?: Id[];
  filters?: Filter[];
  /** Refine: weight of the picture against the text, above 0 and up to 1. Default: the service's, 1. */
  visualWeight?: number;
}

/** Query of `search.text`. */
export interface TextQuery extends CommonQuery {
  /** The shopper's words. */
  query: string;
  /** Refine: weight of the picture against the text, above 0 and up to 1. */
  visualWeight?: number;
  filters?: Filter[];
  /** Order of the results, as the service writes it. */
  sortBy?: string;
}
