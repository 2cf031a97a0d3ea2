// The bridge between Vitrine and the page's data layer, in both directions. docs/bridges.md describes it for shops.

import { wallNow } from '../ports/clock.js';
import { listen } from '../ports/dom.js';
import { isNew } from '../ports/guard.js';
import { memberOf } from '../ports/json.js';
import { report, textOf } from '../ports/report.js';
import type { Events, ServeContext } from '../types/events.js';
import type { Plugin, VitrineInstance } from '../types/plugins.js';
import type { TrackedEvent } from '../types/tracked_event.js';
import type { Id } from '../types/queries.js';
import { openEcommerce, type Action, type Item } from './ecommerce.js';
import { openGa4 } from './ga4.js';
import { openLayer } from './layer.js';

/** Options of `dataLayerPlugin`. */
export interface DataLayerOptions {
  /** Name of the array in `window`. Default `dataLayer`. */
  name?: string;
  /**
   * `in`: what the page pushes becomes Vitrine's events. `out`: what Vitrine's lists record is pushed. Default `both`.
   */
  direction?: 'in' | 'out' | 'both';
  /** ISO 4217 code of messages that name none. */
  currency?: string;
  /**
   * Returns the product's id as Vitrine's service knows it, for shops whose reports use another one. Receives the
   * item as the page has pushed it. Default: `item_id`, else `id`.
   */
  itemId?: (item: unknown) => Id;
}

/** A list that the page has pushed. */
interface PushedList {
  key: string;
  ids: string[];
  serve: ServeContext;
}

const MOST_LISTS = 50;
// A widget waits this long for the shop's cart.
const ASKED_MS = 15_000;

/**
 * Returns a plugin that connects the page's data layer: GA4 ecommerce events that the page pushes are recorded, and
 * views, clicks and adds of Vitrine's lists are pushed as GA4 events. An event that comes from one side never goes back
 * there. Wrong values are reported by one console line each (`bad-data-layer`). Does nothing without a page.
 */
export const dataLayerPlugin = (options: DataLayerOptions = {}): Plugin => {
  const { name = 'dataLayer', direction = 'both', currency, itemId } = options;
  const read = openEcommerce();
  const lists: PushedList[] = [];
  /** Details of the events by which widgets have asked the shop's cart for a product. */
  let asked: { detail: unknown; atMs: number }[] = [];
  let lastSearch: { event: string; query: unknown } | undefined;
  let events: Events;
  let isMine = false;
  /** Members of the order that is being recorded, which no call of Vitrine takes. */
  let extras: { order: object; items: object[] } | undefined;

  const idOf = (item: Item) => (itemId ? itemId(item.given) : item.itemId) as string;
  const detailsOf = (item: Item, action: Action) => ({
    title: item.title as string,
    unitPrice: item.unitPrice as number,
    currency: (action.currency ?? currency) as string,
  });

  /** Records what a message says. A fault costs this message alone. */
  const record = (action: Action, work: () => void) => {
    // Another plugin may push a message while this one records one.
    const before = { isMine, extras };
    isMine = true;
    try {
      work();
    } catch (error) {
      const reason = textOf(memberOf(error, 'message') ?? error);
      const line = `"${action.name}" of ${name} was not recorded: ${reason} Correct what the page pushes.`;
      if (isNew(line)) report('warn', line, 'bad-data-layer');
    }
    ({ isMine, extras } = before);
  };

  const remember = (list: PushedList) => {
    lists.unshift(list);
    lists.splice(MOST_LISTS);
    return list;
  };
  const serve = (key: string, items: Item[]): PushedList => {
    const ids = items.map((item) => textOf(idOf(item)));
    const serve = events.trackItemsServed({
      surface: items[0]!.listId || items[0]!.listName || 'list',
      source: items[0]!.listName || name,
      itemIds: items.map(idOf),
    });
    return remember({ key, ids, serve });
  };
  const keyOf = (item: Item) => item.listId || item.listName;
  /** Returns the latest pushed list with the item; only one of the item's own list, if it names one. */
  const listWith = (item: Item) => {
    const id = textOf(idOf(item));
    const having = lists.filter((list) => list.ids.indexOf(id) >= 0);
    const key = keyOf(item);
    return key ? having.find((list) => list.key === key) : having[0];
  };

  /** Returns whether a widget has asked the cart for this item, and forgets that it has. */
  const wasAsked = (id: string) => {
    asked = asked.filter(({ atMs }) => wallNow() - atMs < ASKED_MS);
    const at = asked.findIndex(({ detail }) => memberOf(detail, 'itemId') === id);
    if (at >= 0) asked.splice(at, 1);
    return at >= 0;
  };

  const perform: Record<Action['kind'], (action: Action) => void> = {
    list({ items }) {
      const keys = [...new Set(items.map(keyOf))];
      for (const key of keys) {
        const own = items.filter((item) => keyOf(item) === key);
        if (!ga4.noteList(own.map((item) => textOf(idOf(item))))) serve(key, own);
      }
    },
    select({ items }) {
      for (const item of items) {
        const id = textOf(idOf(item));
        const list = listWith(item);
        // A list of Vitrine has recorded this click itself.
        if (!list && ga4.hasItem(id)) {
          ga4.noteSelect(id);
          continue;
        }
        const { ids, serve: context } = list || serve(keyOf(item), [item]);
        context.trackClick(idOf(item), ids.indexOf(id));
      }
    },
    view(action) {
      for (const item of action.items) events.trackViewItem(idOf(item), detailsOf(item, action));
    },
    add(action) {
      for (const item of action.items) {
        const id = textOf(idOf(item));
        // The widget records what it has asked for.
        const isAsked = wasAsked(id);
        if (ga4.noteAdd(id, isAsked) || isAsked) continue;
        const details = { ...detailsOf(item, action), quantity: item.quantity as number };
        const list = keyOf(item) ? listWith(item) : undefined;
        if (list) list.serve.trackAddToCart(idOf(item), { ...details, position: list.ids.indexOf(id) });
        else events.trackAddToCart(idOf(item), details);
      }
    },
    remove(action) {
      for (const item of action.items)
        events.trackRemoveFromCart(idOf(item), { ...detailsOf(item, action), quantity: item.quantity as number });
    },
    purchase(action) {
      const { items, orderId, tax, shipping, coupon } = action;
      const lines = items.map((item) => ({
        itemId: idOf(item),
        quantity: (item.quantity ?? 1) as number,
        unitPrice: item.unitPrice as number,
      }));
      const sum = lines.reduce((total, { quantity, unitPrice = 0 }) => total + quantity * unitPrice, 0);
      extras = {
        order: { tax, shipping, coupon },
        items: items.map((item) => ({ discount: item.discount, coupon: item.coupon })),
      };
      events.trackPurchase({
        orderId: orderId as Id,
        // Cents have no exact sum.
        value: (action.value ?? Math.round(sum * 1e6) / 1e6) as number,
        currency: (action.currency ?? currency) as string,
        items: lines,
      });
    },
    search({ name: event, items, query }) {
      // A page may push both events for one search.
      const isSame = lastSearch?.query === query && lastSearch?.event !== event;
      lastSearch = isSame ? undefined : { event, query };
      if (isSame && !items.length) return;
      if (!items.length) return events.trackSearch(query as string);
      const context = events.trackSearch(query as string, items.map(idOf));
      remember({ key: keyOf(items[0]!), ids: items.map((item) => textOf(idOf(item))), serve: context });
    },
    promotion: ({ promotions }) => events.track('select_promotion', (promotions || {}) as object),
  };

  /** Notes what the page has pushed itself, so that it is not pushed twice. */
  const note = ({ kind, items }: Action) => {
    const ids = items.map((item) => textOf(idOf(item)));
    if (kind === 'list') ga4.noteList(ids);
    if (kind === 'select') ids.forEach(ga4.noteSelect);
    if (kind === 'add') for (const id of ids) ga4.noteAdd(id, wasAsked(id));
  };

  const receive = (message: object) => {
    ga4.sees(message);
    // Another Vitrine of the page has pushed it.
    if (memberOf(message, 'vitrine') === true) return;
    for (const action of read(message))
      record(action, () => (direction === 'out' ? note : perform[action.kind])(action));
  };

  const layer = openLayer(name);
  const ga4 = openGa4(direction === 'in' ? undefined : layer.push);
  const hasPushed = (ids: string[]) => lists.some((list) => list.ids.join('\n') === ids.join('\n'));

  const beforeTrack = (event: TrackedEvent) => {
    if (!isMine) {
      ga4.track(event, hasPushed);
      return;
    }
    if (!extras || event.type !== 'purchase') return;
    const { order, items } = extras;
    const lines = event.items as object[];
    const enrich = (target: object, members: object) => {
      for (const [member, value] of Object.entries(members))
        if (typeof value === 'string' ? value : Number.isFinite(value)) Object.assign(target, { [member]: value });
    };
    enrich(event, order);
    if (lines.length === items.length) lines.forEach((line, at) => enrich(line, items[at]!));
  };

  return {
    name: 'dataLayer',
    setup(vitrine: VitrineInstance) {
      if (typeof document !== 'object') return;
      if (!/^(in|out|both)$/.test(direction))
        report('warn', `direction of the data layer is "${direction}". Use in, out or both.`, 'bad-option');
      events = vitrine.events;
      // A plugin of its own, because no hook of this one runs for what its setup records.
      vitrine.use({ name: 'dataLayer', beforeTrack });
      const always = new AbortController();
      listen(
        document,
        'vitrine:add-to-cart',
        (event) => {
          // The item must not be read here: a listener that reads it takes it.
          asked.push({ detail: memberOf(event, 'detail'), atMs: wallNow() });
        },
        always,
      );
      listen(window, 'pagehide', () => ga4.flush(), always);
      layer.watch(receive, true);
    },
  };
};
