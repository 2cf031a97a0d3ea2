// Pushes what the lists of Vitrine record as ecommerce events of Google Analytics 4, so that the shop's reports have
// it, unless the shop pushes the same itself.

import { later, wallNow } from '../ports/clock.js';
import { guarded } from '../ports/guard.js';
import { memberOf } from '../ports/json.js';
import type { TrackedEvent } from '../types/tracked_event.js';

/** A list of Vitrine in this page. */
interface List {
  ids: string[];
  surface: string;
  source: string;
  /** The page pushes this list itself. */
  isShops: boolean;
  isPushed: boolean;
}

/** The lists of Vitrine, and what the page has pushed of them. */
export interface Ga4 {
  /** Must be called with each message of the page. */
  sees(message: object): void;
  /** Must be called with each event that does not come from the data layer. `hasPushed`: whether it has these ids. */
  track(event: TrackedEvent, hasPushed: (ids: string[]) => boolean): void;
  /** Returns whether a list of Vitrine has these ids. The page then pushes it itself. */
  noteList(ids: string[]): boolean;
  hasItem(id: string): boolean;
  /** The page has pushed a click on this item of a list of Vitrine. */
  noteSelect(id: string): void;
  /**
   * The page has pushed that this item was added. Returns whether a list has just recorded it.
   * @param isAsked a widget has asked the page's cart to add it
   */
  noteAdd(id: string, isAsked: boolean): boolean;
  /** Pushes what waits, because the page may end. */
  flush(): void;
}

const MOST_LISTS = 50;
/** The shop's cart may push its own event a moment after the widget has recorded it. */
const WAIT_MS = 1000;
const CLICK_MS = 1000;
const ADD_MS = 15_000;

/** @param push pushes a message; undefined: nothing is pushed, only noted */
export const openGa4 = (push?: (message: unknown) => void): Ga4 => {
  const lists = new Map<string, List>();
  const selects = new Map<string, number>();
  const adds = new Map<string, number>();
  let pending: { kind: 'select' | 'add'; id: string; push: () => void }[] = [];
  let hasTagManager = false;
  let hasGtag = false;

  const send = (event: string, data: object) => {
    if (!push) return;
    // Without a tag manager nobody reads objects. gtag.js wants `arguments`.
    if (hasGtag && !hasTagManager) {
      (function (..._parameters: unknown[]) {
        // biome-ignore lint/complexity/noArguments: see above
        push(arguments);
      })('event', event, data);
      return;
    }
    push({ ecommerce: null, vitrine: true });
    push({ event, ecommerce: data, vitrine: true });
  };

  /** Returns whether the page has pushed this a moment ago, and forgets it. */
  const takeNote = (notes: Map<string, number>, id: string, withinMs: number) => {
    const isRecent = wallNow() - (notes.get(id) ?? -Infinity) < withinMs;
    notes.delete(id);
    return isRecent;
  };

  const itemOf = (event: TrackedEvent, id: string, index?: number, more?: object) => ({
    item_id: id,
    index,
    item_list_id: event.surface,
    item_list_name: event.source,
    ...more,
  });
  const dataOf = (event: TrackedEvent, items: object[], more?: object) => ({
    item_list_id: event.surface,
    item_list_name: event.source,
    ...more,
    items,
  });

  /** Pushes after `ms` milliseconds, unless the page pushes the same before. */
  const wait = (kind: 'select' | 'add', id: string, ms: number, send: () => void) => {
    const one = { kind, id, push: send };
    pending.push(one);
    const fire = () => {
      const isDue = pending.indexOf(one) >= 0;
      pending = pending.filter((other) => other !== one);
      if (isDue) one.push();
    };
    later(guarded(fire), ms, false);
  };
  /** Returns whether such a message waits, and forgets it. */
  const forget = (kind: 'select' | 'add', id: string) => {
    const one = pending.find((other) => other.kind === kind && other.id === id);
    pending = pending.filter((other) => other !== one);
    return !!one;
  };
  const flush = () => pending.splice(0).forEach((one) => one.push());

  return {
    sees(message) {
      hasTagManager ||= memberOf(message, 'gtm.start') !== undefined;
      hasGtag ||= memberOf(message, '0') === 'config' || memberOf(message, '0') === 'js';
    },
    track(event, hasPushed) {
      const { type } = event;
      const serveId = event.serveId as string;
      const id = event.itemId as string;
      if (!serveId) return;
      const list = lists.get(serveId);
      if (type === 'itemsServed') {
        const ids = [...(list?.ids || []), ...(event.itemIds as string[])];
        const { surface, source } = event as unknown as List;
        lists.set(serveId, { ids, surface, source, isPushed: false, isShops: hasPushed(ids) });
        if (lists.size > MOST_LISTS) for (const [oldest] of [...lists].slice(0, 1)) lists.delete(oldest);
      }
      if (list?.isShops) return;
      const position = event.position as number | undefined;
      if (type === 'view' && !list?.isPushed) {
        const ids = list?.ids || [id];
        if (list) list.isPushed = true;
        send(
          'view_item_list',
          dataOf(
            event,
            ids.map((one, at) => itemOf(event, one, list ? at : position)),
          ),
        );
      }
      // The page's own listeners of the click may come later.
      if (type === 'click' && !takeNote(selects, id, CLICK_MS))
        wait('select', id, 0, () => send('select_item', dataOf(event, [itemOf(event, id, position)])));
      if (type === 'addToCart' && !takeNote(adds, id, ADD_MS)) {
        const { title, unitPrice, currency, quantity = 1 } = event;
        const value = typeof unitPrice === 'number' ? unitPrice * (quantity as number) : undefined;
        const item = itemOf(event, id, position, { item_name: title, price: unitPrice, quantity });
        wait('add', id, WAIT_MS, () => send('add_to_cart', dataOf(event, [item], { currency, value })));
      }
    },
    noteList(ids) {
      const same = [...lists.values()].filter((list) => list.ids.join('\n') === ids.join('\n'));
      for (const list of same) list.isShops = true;
      return same.length > 0;
    },
    hasItem: (id) => [...lists.values()].some((list) => list.ids.indexOf(id) >= 0),
    noteSelect(id) {
      if (!forget('select', id)) selects.set(id, wallNow());
    },
    noteAdd(id, isAsked) {
      const isRecorded = forget('add', id);
      if (!isRecorded && isAsked) adds.set(id, wallNow());
      return isRecorded;
    },
    flush,
  };
};
