// Hooks for data calls.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Product, Slate, Suggestions, SuggestQuery } from '../entries/index.js';
import {
  keyOf,
  searchKind,
  startCall,
  type CallState,
  type RecommendationQueries,
  type Running,
  type SearchQuery,
  type UseOptions,
} from '../frameworks/calls.js';
import { useVitrine } from './provider.js';

/** Outcome of a hook for data calls. */
export interface UsedCall<T extends Slate = Slate> extends CallState<T> {
  /** The products of `data`; empty without data. */
  results: readonly Product[];
  /**
   * Sends the request again, even if a reply could be reused, and aborts one in flight. Resolves with the new data;
   * with undefined if the call failed (`error`), was aborted, or could not be made yet. Never rejects.
   */
  refresh(): Promise<T | undefined>;
}

const NOTHING: readonly Product[] = [];

const useCall = <T extends Slate>(
  key: string,
  { initial, keep = false, delay = 0 }: UseOptions<T> = {},
): UsedCall<T> => {
  const vitrine = useVitrine();
  const [state, setState] = useState<CallState<T> & { key: string }>(() => ({
    key,
    data: initial,
    error: undefined,
    loading: initial === undefined,
  }));
  const running = useRef<Running<T> | undefined>(undefined);
  /** The key whose data a server has brought. */
  const given = useRef(initial === undefined ? undefined : key);
  const wait = useRef(delay);
  wait.current = delay;

  const run = useCallback(
    async (delayMs: number, isFresh: boolean): Promise<T | undefined> => {
      if (!vitrine || !key) return undefined;
      running.current?.abort();
      const own = startCall<T>(vitrine, key, delayMs, isFresh);
      running.current = own;
      const settle = (change: Partial<CallState<T>>) => {
        if (running.current !== own) return;
        running.current = undefined;
        setState((last) => ({
          key,
          data: last.key === key ? last.data : undefined,
          error: undefined,
          ...change,
          loading: false,
        }));
      };
      try {
        const data = await own.outcome;
        if (data) settle({ data });
        return data;
      } catch (error) {
        settle({ error: error as Error });
        return undefined;
      }
    },
    [vitrine, key],
  );

  useEffect(() => {
    if (given.current === key) return;
    given.current = undefined;
    void run(wait.current, false);
    return () => {
      running.current?.abort();
      running.current = undefined;
    };
  }, [run, key]);

  const refresh = useCallback(() => {
    if (vitrine && key) setState((last) => (last.key === key ? { ...last, loading: true } : last));
    return run(0, true);
  }, [run, vitrine, key]);

  const isCurrent = state.key === key;
  const data = key && (isCurrent || keep) ? state.data : undefined;
  return {
    data,
    results: data?.results ?? NOTHING,
    error: isCurrent ? state.error : undefined,
    loading: !!key && (!isCurrent || state.loading),
    refresh,
  };
};

/**
 * Makes a data call for recommendations, and again when the query changes; the call before is aborted then.
 * @param kind as in `vitrine.recs`
 * @param query as in `vitrine.recs`, compared by its JSON text; null for no call
 */
export const useRecommendations = <Kind extends keyof RecommendationQueries>(
  kind: Kind,
  query: RecommendationQueries[Kind] | null | undefined,
  options?: UseOptions,
): UsedCall => useCall(keyOf(kind, query), options);

/**
 * Makes a data call for a search, or for the products of a category (with a `categoryId`). Without words there is no
 * call.
 * @param query as in `vitrine.search`; null for no call
 */
export const useSearch = (query: SearchQuery | null | undefined, options?: UseOptions): UsedCall =>
  useCall(keyOf(query ? searchKind(query) : undefined, query), options);

/** Makes a data call for searches that the shopper may want. Without words there is no call. */
export const useSuggestions = (
  query: SuggestQuery | null | undefined,
  options?: UseOptions<Suggestions>,
): UsedCall<Suggestions> => useCall(keyOf(query && searchKind(query) ? 'suggest' : undefined, query), options);
