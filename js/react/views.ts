// Hooks for lists that the shop renders itself.

import { useEffect, useState, type RefObject } from 'react';
import type { ServeContext, Slate } from '../entries/index.js';
import { serveOf, type ServeDetails, type ViewedItem } from '../frameworks/serves.js';
import { useVitrine } from './provider.js';

/**
 * Records that a slate is shown, once, and returns the serve for `useView` and for clicks (`serve.trackClick`).
 * Returns undefined on a server and until the slate is there.
 */
export const useServe = (slate: Slate | undefined, details: ServeDetails = {}): ServeContext | undefined => {
  const vitrine = useVitrine();
  const [serve, setServe] = useState<{ slate: Slate; context: ServeContext }>();
  const { surface, source, query } = details;
  useEffect(() => {
    if (vitrine && slate)
      setServe({
        slate,
        context: serveOf(vitrine, slate, {
          ...(surface !== undefined && { surface }),
          ...(source !== undefined && { source }),
          ...(query !== undefined && { query }),
        }),
      });
  }, [vitrine, slate, surface, source, query]);
  return serve && serve.slate === slate ? serve.context : undefined;
};

/** Records a view of the element in `ref`, which shows an item of a list. Clicks: `serve.trackClick`. */
export const useView = (ref: RefObject<Element | null>, { serve, itemId, position }: ViewedItem): void => {
  const id = typeof itemId === 'object' ? (itemId.productId ?? itemId.itemId ?? itemId.id) : itemId;
  useEffect(() => {
    if (ref.current && serve && id !== undefined) return serve.observe(ref.current, id, position);
    return undefined;
  }, [ref, serve, id, position]);
};
