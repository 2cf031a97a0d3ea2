// Composables for data calls.

import {
  computed,
  getCurrentScope,
  onScopeDispose,
  shallowRef,
  toValue,
  watch,
  type ComputedRef,
  type MaybeRefOrGetter,
  type Ref,
  type ShallowRef,
} from 'vue';
import type { Product, Slate, Suggestions, SuggestQuery } from '../entries/index.js';
import {
  keyOf,
  searchKind,
  startCall,
  type RecommendationQueries,
  type Running,
  type SearchQuery,
  type UseOptions,
} from '../frameworks/calls.js';
import { useVitrine } from './provide.js';

/** Outcome of a composable for data calls. */
export interface UsedCall<T extends Slate = Slate> {
  data: Readonly<Ref<T | undefined>>;
  /** The products of `data`; empty without data. */
  results: ComputedRef<readonly Product[]>;
  /** The error of the last call; `data` is then that of the call before. */
  error: Readonly<Ref<Error | undefined>>;
  loading: Readonly<Ref<boolean>>;
  /**
   * Sends the request again, even if a reply could be reused, and aborts one in flight. Resolves with the new data;
   * with undefined if the call failed (`error`), was aborted, or could not be made yet. Never rejects.
   */
  refresh(): Promise<T | undefined>;
}

const useCall = <T extends Slate>(
  keyNow: () => string,
  { initial, keep = false, delay = 0 }: UseOptions<T> = {},
): UsedCall<T> => {
  const vitrine = useVitrine();
  const key = computed(keyNow);
  const data = shallowRef(initial) as ShallowRef<T | undefined>;
  const error = shallowRef<Error>();
  const loading = shallowRef(!!key.value && initial === undefined);
  let running: Running<T> | undefined;
  /** The key whose data a server has brought. */
  let given = initial === undefined ? undefined : key.value;

  const abort = () => {
    running?.abort();
    running = undefined;
  };
  const run = async (delayMs: number, isFresh: boolean): Promise<T | undefined> => {
    abort();
    loading.value = !!key.value;
    if (!vitrine.value || !key.value) return undefined;
    const own = startCall<T>(vitrine.value, key.value, delayMs, isFresh);
    running = own;
    const settle = (change: () => void, failure?: Error) => {
      if (running !== own) return;
      running = undefined;
      change();
      error.value = failure;
      loading.value = false;
    };
    try {
      const found = await own.outcome;
      if (found)
        settle(() => {
          data.value = found;
        });
      return found;
    } catch (failure) {
      settle(() => {}, failure as Error);
      return undefined;
    }
  };

  watch(
    [vitrine, key],
    ([, now], [, before]) => {
      if (given === now) return;
      given = undefined;
      if (before !== undefined && now !== before) {
        error.value = undefined;
        if (!keep || !now) data.value = undefined;
      }
      void run(delay, false);
    },
    { immediate: true, flush: 'sync' },
  );
  if (getCurrentScope()) onScopeDispose(abort);

  return {
    data,
    results: computed(() => data.value?.results ?? []),
    error,
    loading,
    refresh: () => (vitrine.value ? run(0, true) : Promise.resolve(undefined)),
  };
};

/**
 * Makes a data call for recommendations, and again when the query changes; the call before is aborted then.
 * @param kind as in `vitrine.recs`
 * @param query as in `vitrine.recs`: a value, a ref or a getter, compared by its JSON text; null for no call
 */
export const useRecommendations = <Kind extends keyof RecommendationQueries>(
  kind: Kind,
  query: MaybeRefOrGetter<RecommendationQueries[Kind] | null | undefined>,
  options?: UseOptions,
): UsedCall => useCall(() => keyOf(kind, toValue(query)), options);

/**
 * Makes a data call for a search, or for the products of a category (with a `categoryId`). Without words there is no
 * call.
 * @param query as in `vitrine.search`: a value, a ref or a getter; null for no call
 */
export const useSearch = (query: MaybeRefOrGetter<SearchQuery | null | undefined>, options?: UseOptions): UsedCall =>
  useCall(() => {
    const now = toValue(query);
    return keyOf(now ? searchKind(now) : undefined, now);
  }, options);

/** Makes a data call for searches that the shopper may want. Without words there is no call. */
export const useSuggestions = (
  query: MaybeRefOrGetter<SuggestQuery | null | undefined>,
  options?: UseOptions<Suggestions>,
): UsedCall<Suggestions> =>
  useCall(() => {
    const now = toValue(query);
    return keyOf(now && searchKind(now) ? 'suggest' : undefined, now);
  }, options);
