// Lists that the shop renders itself.

import { shallowRef, toValue, watch, type MaybeRefOrGetter, type ObjectDirective, type ShallowRef } from 'vue';
import type { ServeContext, Slate } from '../entries/index.js';
import { detailsKey, serveOf, type ServeDetails, type ViewedItem } from '../frameworks/serves.js';
import { useVitrine } from './provide.js';

/**
 * Records that a slate is shown, once, and returns the serve for `useView`, `v-vitrine-view` and clicks
 * (`serve.value.trackClick`). Undefined on a server and until the slate is there.
 */
export const useServe = (
  slate: MaybeRefOrGetter<Slate | undefined>,
  details: MaybeRefOrGetter<ServeDetails> = {},
): Readonly<ShallowRef<ServeContext | undefined>> => {
  const vitrine = useVitrine();
  const serve = shallowRef<ServeContext>();
  watch(
    [vitrine, () => toValue(slate), () => detailsKey(toValue(details))] as const,
    ([found, shown]) => {
      serve.value = found && shown ? serveOf(found, shown, toValue(details)) : undefined;
    },
    { immediate: true },
  );
  return serve;
};

/** Records a view of an element that shows an item of a list. Clicks: `serve.value.trackClick`. */
export const useView = (
  element: MaybeRefOrGetter<Element | null | undefined>,
  item: MaybeRefOrGetter<ViewedItem>,
): void => {
  watch(
    [
      () => toValue(element),
      () => toValue(item).serve,
      () => toValue(item).itemId,
      () => toValue(item).position,
    ] as const,
    ([shown, serve, itemId, position], _, onCleanup) => {
      if (shown && serve && itemId !== undefined) onCleanup(serve.observe(shown, itemId, position));
    },
    { immediate: true, flush: 'post' },
  );
};

const ends = new WeakMap<Element, () => void>();
const end = (element: Element) => {
  ends.get(element)?.();
  ends.delete(element);
};
const observe = (element: Element, { serve, itemId, position }: ViewedItem) => {
  end(element);
  if (serve && itemId !== undefined) ends.set(element, serve.observe(element, itemId, position));
};

/** The directive `v-vitrine-view="{ serve, itemId, position }"`: `useView` for the elements of a template. */
export const vVitrineView: ObjectDirective<Element, ViewedItem> = {
  mounted: (element, { value }) => observe(element, value),
  updated(element, { value, oldValue }) {
    const isSame =
      value.serve === oldValue?.serve && value.itemId === oldValue?.itemId && value.position === oldValue?.position;
    if (!isSame) observe(element, value);
  },
  unmounted: end,
  getSSRProps: () => ({}),
};
