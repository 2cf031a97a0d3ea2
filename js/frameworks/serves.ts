// Serves of slates that a shop renders itself.

import type { ItemRef, ServeContext, Slate, Vitrine } from '../entries/index.js';
import { EVERY, stringify } from '../ports/json.js';

/** Details of a list, for the events. */
export interface ServeDetails {
  /** Where the products are shown. Default `recommendations`; with a `query` `search_results`. */
  surface?: string | undefined;
  /** The source of the products. Default `recommendations`; with a `query` `search`. */
  source?: string | undefined;
  /** The words of a search, whose results the products are. */
  query?: string | undefined;
}

/** An item of a list, for the events. */
export interface ViewedItem {
  /** The list. While it is missing, nothing is recorded. */
  serve: ServeContext | undefined;
  /** The product, or its id. */
  itemId: ItemRef;
  /** Position in the list, from 0. */
  position?: number;
}

/** Returns the text by which details are the same. */
export const detailsKey = ({ surface, source, query }: ServeDetails): string =>
  stringify([surface, source, query], EVERY)!;

const known = new WeakMap<Vitrine, WeakMap<Slate, Map<string, ServeContext>>>();

/** Returns the serve of a slate, and records it once, however often components are rendered. */
export const serveOf = (vitrine: Vitrine, slate: Slate, { surface, source, query }: ServeDetails): ServeContext => {
  let slates = known.get(vitrine);
  if (!slates) known.set(vitrine, (slates = new WeakMap()));
  let serves = slates.get(slate);
  if (!serves) slates.set(slate, (serves = new Map()));
  const key = detailsKey({ surface, source, query });
  let serve = serves.get(key);
  if (!serve) {
    const { events } = vitrine;
    const { serveId, results, totalResults } = slate;
    serve =
      query === undefined
        ? events.trackRecommendations(serveId, results, surface ?? 'recommendations', source ?? 'recommendations')
        : events.trackSearch(query, results, {
            serveId,
            ...(surface !== undefined && { surface }),
            ...(source !== undefined && { source }),
            ...(totalResults !== undefined && { totalResults }),
          });
    serves.set(key, serve);
  }
  return serve;
};
