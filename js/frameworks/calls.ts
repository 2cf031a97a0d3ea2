// Data calls of components: by kind, with an abort, and never twice for one mount.

import type {
  CallOptions,
  CategoryQuery,
  CommonQuery,
  ConfiguredQuery,
  ListingQuery,
  SimilarQuery,
  Slate,
  SuggestQuery,
  TextQuery,
  TogetherQuery,
  Vitrine,
} from '../entries/index.js';
import { later } from '../ports/clock.js';
import { EVERY, stringify } from '../ports/json.js';

/** The queries of recommendations, by kind. */
export interface RecommendationQueries {
  forVisitor: ConfiguredQuery;
  forUser: ConfiguredQuery;
  similarItems: SimilarQuery;
  boughtTogether: TogetherQuery;
  trending: CommonQuery;
  category: CategoryQuery;
}

/** The queries of all data calls, by kind. */
export interface Queries extends RecommendationQueries {
  searchText: TextQuery;
  searchCategory: ListingQuery;
  suggest: SuggestQuery;
}

/** The query of a search: by words, or the products of a category. */
export type SearchQuery = TextQuery | ListingQuery;

/** Options of a component's call. */
export interface UseOptions<T extends Slate = Slate> {
  /** A slate that a server has fetched for this query: no call is made until the query changes. */
  initial?: T;
  /** Whether the data of the previous query stays until that of the new one is there. Default false. */
  keep?: boolean;
  /**
   * Time between a change of the query and the call, in milliseconds, for a search while the shopper types. Default 0.
   */
  delay?: number;
}

/** State of a component's call. */
export interface CallState<T> {
  data: T | undefined;
  /** The error of the last call; `data` is then that of the call before. */
  error: Error | undefined;
  loading: boolean;
}

/** Returns the kind of a search; undefined if there is nothing to search for. */
export const searchKind = (query: Partial<TextQuery & ListingQuery>): 'searchText' | 'searchCategory' | undefined => {
  if (query.categoryId != null) return 'searchCategory';
  return String(query.query ?? '').trim() ? 'searchText' : undefined;
};

/** Makes a data call. Rejects with the typed errors of data calls. */
export const call = (vitrine: Vitrine, kind: keyof Queries, query: object, options: CallOptions): Promise<Slate> => {
  const calls: Record<keyof Queries, (query: never, options: CallOptions) => Promise<Slate>> = {
    ...vitrine.recs,
    searchText: vitrine.search.text,
    searchCategory: vitrine.search.category,
    suggest: vitrine.search.suggest,
  };
  return calls[kind](query as never, options);
};

/** Returns the text by which calls are the same; '' for no call. */
export const keyOf = (kind: string | undefined, query: object | null | undefined): string =>
  (kind && query && stringify([kind, query], EVERY)) || '';

/** One running call. */
export interface Running<T> {
  /** Resolves with the slate, or with undefined if the call was aborted. Rejects with the error of the call. */
  outcome: Promise<T | undefined>;
  abort(): void;
}

/**
 * Starts the call of a key that `keyOf` made. The request is sent in a later task or microtask, so that a mount that is
 * undone at once, as React's StrictMode does, sends none.
 * @param delayMs time before the request
 * @param isFresh true to send a request though a reply could be reused
 */
export const startCall = <T extends Slate>(vitrine: Vitrine, key: string, delayMs = 0, isFresh = false): Running<T> => {
  const [kind, query] = JSON.parse(key);
  const controller = new AbortController();
  const { signal } = controller;
  const outcome = new Promise<void>((resolve) => {
    if (delayMs > 0) later(resolve, delayMs);
    else resolve();
  })
    .then(() => {
      if (signal.aborted) return undefined;
      return call(vitrine, kind, isFresh ? { ...query, maxAge: 0 } : query, { signal }) as Promise<T>;
    })
    .catch((error) => {
      if (signal.aborted) return undefined;
      throw error;
    });
  return { outcome, abort: () => controller.abort() };
};
