// The events as hooks see them. The members are those of docs/event.schema.json; a test compares both.

import type { SortBy } from './queries.js';

/** The members of all events. Hooks can read them, but not change them. */
interface EventOfType<Type extends string> {
  /** Id of the event, unique. */
  readonly eventId: string;
  readonly type: Type;
  /** When it happened, in epoch milliseconds. */
  readonly at: number;
  /** Number of the event within its page view, from 0. */
  readonly seq: number;
  /** The page view in which it happened. */
  readonly pageId: string;
  /** The visitor, `v_...`; missing where the shopper allows anonymous events only, as are the session and the user. */
  readonly visitorId?: string;
  readonly sessionId?: string;
  readonly userId?: string | null;
  /** A program made it: a driven browser, or a crawler. */
  bot?: 'webdriver' | 'crawler';
  /** Members that a hook has added. */
  [member: string]: unknown;
}

/** The list that led the shopper to a product. */
export interface Attribution {
  serveId: string;
  surface: string;
  source: string;
  position?: number;
  /** When the shopper clicked or took the product in that list, in epoch milliseconds. */
  touchedAt: number;
}

/** A page, or a route of a single-page application, was shown. */
export interface TrackedPageView extends EventOfType<'pageView'> {
  url: string;
  referrer?: string;
  /** The product that the page is about. */
  itemId?: string;
}

/** A list of products was displayed. */
export interface TrackedItemsServed extends EventOfType<'itemsServed'> {
  serveId: string;
  surface: string;
  source: string;
  itemIds: string[];
  totalResults?: number;
  query?: string;
  anchorId?: string;
  filters?: unknown[];
  sortBy?: string | SortBy;
  /** Place of the first of these ids in the list, where the list is too long for one event. */
  offset?: number;
  reference?: string;
  url?: string;
}

/** A product of a displayed list was viewed, clicked or added to the cart. */
export interface TrackedItem extends EventOfType<'view' | 'click'> {
  itemId: string;
  serveId: string;
  surface: string;
  source: string;
  /** Place in the list, from 0. */
  position?: number;
  /** Measures of a view: the rule, the visible share, and the visible time in milliseconds. */
  rule?: string;
  ratio?: number;
  visibleMs?: number;
  reference?: string;
  /** The search that the list of a click is the result of. */
  query?: string;
  url?: string;
}

/** A product was put into the cart: out of a displayed list, which `serveId` names then, or outside any list. */
export interface TrackedAddToCart extends EventOfType<'addToCart'> {
  itemId: string;
  quantity?: number;
  title?: string;
  /** Price of one, in units of the currency. */
  unitPrice?: number;
  /** ISO 4217. */
  currency?: string;
  serveId?: string;
  surface?: string;
  source?: string;
  position?: number;
  reference?: string;
  attribution?: Attribution;
  url?: string;
}

/** A product was taken out of the cart. */
export interface TrackedRemoveFromCart extends EventOfType<'removeFromCart'> {
  itemId: string;
  quantity?: number;
  title?: string;
  unitPrice?: number;
  currency?: string;
  attribution?: Attribution;
  url?: string;
}

/** A product was seen on its own page. */
export interface TrackedViewItem extends EventOfType<'viewItem'> {
  itemId: string;
  title?: string;
  unitPrice?: number;
  currency?: string;
  /** Why the product cannot be bought. */
  availability?: 'out_of_stock' | 'missing';
  url?: string;
}

/** The whole cart was emptied, other than by an order. */
export interface TrackedClearCart extends EventOfType<'clearCart'> {
  url?: string;
}

/** A search was made whose products are not known. */
export interface TrackedSearch extends EventOfType<'search'> {
  query: string;
  totalResults?: number;
  filters?: unknown[];
  sortBy?: string | SortBy;
  url?: string;
}

/** An order was completed. */
export interface TrackedPurchase extends EventOfType<'purchase'> {
  orderId: string;
  /** In units of the currency. */
  value: number;
  /** ISO 4217. */
  currency: string;
  items: { itemId: string; quantity: number; unitPrice?: number; attribution?: Attribution }[];
  url?: string;
}

/** An event of the shop's own. */
export interface TrackedCustom extends EventOfType<'custom'> {
  name: string;
  properties?: Record<string, unknown>;
  url?: string;
}

/** The shopper became known, or another user. */
export interface TrackedIdentify extends EventOfType<'identify'> {
  readonly previousUserId?: string;
}

/** The shopper met the variant of an experiment. */
export interface TrackedExposure extends EventOfType<'exposure'> {
  experiment: string;
  variant: string;
}

/** An event, as `beforeTrack` receives it: a copy of what docs/event.schema.json describes. `type` says which it is. */
export type TrackedEvent =
  | TrackedPageView
  | TrackedItemsServed
  | TrackedItem
  | TrackedAddToCart
  | TrackedRemoveFromCart
  | TrackedViewItem
  | TrackedClearCart
  | TrackedSearch
  | TrackedPurchase
  | TrackedCustom
  | TrackedIdentify
  | TrackedExposure;
