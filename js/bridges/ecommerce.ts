// Reads the messages of a data layer: ecommerce events of Google Analytics 4, pushed as objects or by gtag(), and the
// older Enhanced Ecommerce form.
//
// Sources: developers.google.com/analytics/devguides/collection/ga4/reference/events (events and parameters),
// developers.google.com/analytics/devguides/collection/ua/gtm/enhanced-ecommerce (the older form).

import { memberOf } from '../ports/json.js';

/** One product of a message. Values are as the page has given them, but numbers in texts are numbers. */
export interface Item {
  /** The message's own object. */
  given: unknown;
  itemId: unknown;
  title: unknown;
  unitPrice: unknown;
  quantity: unknown;
  discount: unknown;
  coupon: unknown;
  /** Name or id of the list that the product stands in; '' for none. */
  listId: string;
  listName: string;
}

/** The meaning of a message. */
export interface Action {
  kind: 'list' | 'select' | 'view' | 'add' | 'remove' | 'purchase' | 'search' | 'promotion';
  /** The event's name, for the console. */
  name: string;
  items: Item[];
  currency?: unknown;
  /** The members of an order, or the search's words. */
  orderId?: unknown;
  value?: unknown;
  tax?: unknown;
  shipping?: unknown;
  coupon?: unknown;
  query?: unknown;
  promotions?: unknown;
}

const GA4: Record<string, Action['kind']> = {
  view_item_list: 'list',
  select_item: 'select',
  view_item: 'view',
  add_to_cart: 'add',
  remove_from_cart: 'remove',
  purchase: 'purchase',
  search: 'search',
  view_search_results: 'search',
  select_promotion: 'promotion',
};

/** The members of `ecommerce` in the older form. */
const OLDER: [member: string, kind: Action['kind'], products: string][] = [
  ['impressions', 'list', ''],
  ['click', 'select', 'products'],
  ['detail', 'view', 'products'],
  ['add', 'add', 'products'],
  ['remove', 'remove', 'products'],
  ['purchase', 'purchase', 'products'],
  ['promoClick', 'promotion', 'promotions'],
];

/** Returns the number in a text, as shops often push prices; any other value as it is. */
const numberIn = (value: unknown): unknown =>
  typeof value === 'string' && value.trim() !== '' ? Number(value) : value;

const textIn = (...values: unknown[]): string => {
  for (const value of values) if (typeof value === 'string' && value) return value;
  return '';
};

const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? [...value] : []);

/** Returns whether the message has a member, also if it is null. */
const has = (object: unknown, name: string) => memberOf(object, name) !== undefined;

const itemOf = (given: unknown, around: unknown, list?: unknown): Item => ({
  given,
  itemId: memberOf(given, 'item_id') ?? memberOf(given, 'id'),
  title: memberOf(given, 'item_name') ?? memberOf(given, 'name'),
  unitPrice: numberIn(memberOf(given, 'price')),
  quantity: numberIn(memberOf(given, 'quantity')),
  discount: numberIn(memberOf(given, 'discount')),
  coupon: memberOf(given, 'coupon'),
  listId: textIn(memberOf(given, 'item_list_id'), memberOf(around, 'item_list_id'), memberOf(given, 'list'), list),
  listName: textIn(memberOf(given, 'item_list_name'), memberOf(around, 'item_list_name')),
});

/** Reads the members of an event: `ecommerce` of a pushed object, or the parameters of gtag(). */
const actionOf = (name: string, kind: Action['kind'], data: unknown, around?: unknown): Action => ({
  kind,
  name,
  items: listIn(memberOf(data, 'items')).map((item) => itemOf(item, data)),
  currency: memberOf(data, 'currency') ?? memberOf(around, 'currency'),
  orderId: memberOf(data, 'transaction_id'),
  value: numberIn(memberOf(data, 'value')),
  tax: numberIn(memberOf(data, 'tax')),
  shipping: numberIn(memberOf(data, 'shipping')),
  coupon: memberOf(data, 'coupon'),
  query: memberOf(data, 'search_term') ?? memberOf(around, 'search_term'),
  promotions: data,
});

const olderActions = (ecommerce: unknown): Action[] =>
  OLDER.filter(([member]) => memberOf(ecommerce, member)).map(([member, kind, products]) => {
    const data = memberOf(ecommerce, member);
    const field = memberOf(data, 'actionField');
    const given = products ? memberOf(data, products) : data;
    return {
      kind,
      name: member,
      items: kind === 'promotion' ? [] : listIn(given).map((item) => itemOf(item, undefined, memberOf(field, 'list'))),
      currency: memberOf(ecommerce, 'currencyCode'),
      orderId: memberOf(field, 'id'),
      value: numberIn(memberOf(field, 'revenue')),
      tax: numberIn(memberOf(field, 'tax')),
      shipping: numberIn(memberOf(field, 'shipping')),
      coupon: memberOf(field, 'coupon'),
      promotions: { promotions: given },
    };
  });

/**
 * Returns a function that reads one message after the other. It remembers `ecommerce`, as tag managers do, because a
 * page may push it before the event that belongs to it; `{ecommerce: null}` forgets it.
 */
export const openEcommerce = (): ((message: object) => Action[]) => {
  let last: unknown;
  return (message) => {
    // gtag() pushes its `arguments`: 'event', the name, the parameters.
    if (memberOf(message, '0') === 'event') {
      const name = memberOf(message, '1') as string;
      const kind = typeof name === 'string' && Object.keys(GA4).indexOf(name) >= 0 && GA4[name];
      return kind ? [actionOf(name, kind, memberOf(message, '2'))] : [];
    }
    const isGiven = has(message, 'ecommerce');
    if (isGiven) last = memberOf(message, 'ecommerce');
    const name = memberOf(message, 'event') as string;
    const kind = typeof name === 'string' && Object.keys(GA4).indexOf(name) >= 0 ? GA4[name] : undefined;
    if (kind === 'search') return [actionOf(name, kind, isGiven ? last : undefined, message)];
    // A page in transition may push both forms in one message.
    if (kind && (has(last, 'items') || kind === 'promotion')) return [actionOf(name, kind, last, message)];
    const older = isGiven ? olderActions(last) : [];
    // Members of the older form have been counted with the message that had them.
    return older.length || !kind || OLDER.some(([member]) => memberOf(last, member))
      ? older
      : [actionOf(name, kind, last ?? message, message)];
  };
};
