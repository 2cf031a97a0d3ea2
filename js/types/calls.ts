// The types of data calls.

import type {
  CategoryQuery,
  CommonQuery,
  ConfiguredQuery,
  ListingQuery,
  SimilarQuery,
  SuggestQuery,
  TextQuery,
  TogetherQuery,
} from './queries.js';
import type { Slate, Suggestions } from './slate.js';

/** Options of one data call. */
export interface CallOptions {
  /** Aborting the signal cancels the request and rejects the promise with an AbortError. */
  signal?: AbortSignal;
}

/**
 * Data calls for recommendations. Each rejects with one of the typed errors: ValidationError (before any request, if
 * an argument is missing or bad), AuthError, ForbiddenError, NotFoundError, RateLimitError, TimeoutError, ServerError,
 * NetworkError, AbortError, or VitrineError (`type` "core") if the core cannot run.
 */
export interface Recs {
  /** Products for the identified user. Rejects with a ValidationError before `identify` has been called. */
  forUser(query: ConfiguredQuery, options?: CallOptions): Promise<Slate>;
  /** Products for this browser's visitor. */
  forVisitor(query: ConfiguredQuery, options?: CallOptions): Promise<Slate>;
  /** Products similar to the product `anchorId`. */
  similarItems(query: SimilarQuery, options?: CallOptions): Promise<Slate>;
  /** Products that are bought together with `itemIds` or `anchorId`, by default with the products in the cart. */
  boughtTogether(query?: TogetherQuery, options?: CallOptions): Promise<Slate>;
  /** Products that sell well now. */
  trending(query?: CommonQuery, options?: CallOptions): Promise<Slate>;
  /** Products of the category `categoryId`. */
  category(query: CategoryQuery, options?: CallOptions): Promise<Slate>;
}

/**
 * Data calls for searches and listings, page by page. Errors are the same as in `Recs`. A call that the service lacks
 * is a ValidationError (code `unsupported-kind`) that names those that it has.
 */
export interface Search {
  /** Products that match `query`, with the page, the total and the facets that the service gives. */
  text(query: TextQuery, options?: CallOptions): Promise<Slate>;
  /**
   * Products of the category `categoryId`, as `text`. `recs.category` gives recommendations for the page of a category
   * instead. Refine has no listings.
   */
  category(query: ListingQuery, options?: CallOptions): Promise<Slate>;
  /**
   * Searches that the shopper may want, for a list below the search box. `results` are products, if the service
   * sends any. Refine has no suggestions.
   */
  suggest(query: SuggestQuery, options?: CallOptions): Promise<Suggestions>;
}
