// The types of <vitrine-widget> and of the script tag's global, for the shop's own code.

import type { Vitrine } from '../js/api/vitrine.js';
import type { Events, Id, QueryKind, Recs, Search, VitrineConfig } from '../js/types/types.js';
import type { AddToCartDetail } from './cart.js';

/** State of a widget, also its `state` attribute. */
export type WidgetState = 'loading' | 'skeleton' | 'ready' | 'stale' | 'empty' | 'error';

/**
 * The options of a widget, by the names of its properties. Each is an attribute too, with dashes: `anchorId` is
 * `anchor-id`. `null` and `undefined` remove it. widget/README.md describes them.
 */
export interface WidgetProperties {
  /** Kind of the call. Default: `similarItems` with an `anchorId`, else `forVisitor`. */
  kind?: QueryKind | null;
  configId?: Id | null;
  anchorId?: Id | null;
  categoryId?: Id | null;
  /** The shopper's words, for the kind `searchText`. */
  query?: string | number | null;
  /** Greatest number of products. Default 12. */
  topK?: number | string | null;
  /** Kinds of further calls, in order, while there are fewer products than `minResults`. */
  fallback?: QueryKind | readonly QueryKind[] | (string & {}) | null;
  /** Default 1. */
  minResults?: number | string | null;
  /** Time limit of all calls together, in milliseconds. Default: none. */
  timeBudget?: number | string | null;
  /** Products to leave out: `shown`, `inCart`, `viewing`. */
  exclude?: ('shown' | 'inCart' | 'viewing') | readonly ('shown' | 'inCart' | 'viewing')[] | (string & {}) | null;
  /** For the events: where the widget is. Default `widget`. */
  surface?: string | null;
  /** For the events: what chose the products. Default: the kind. */
  source?: string | null;
  /** Name of an experiment of the configuration, whose variant changes the request and the template. */
  experiment?: string | null;
  /** Default: the service's own heading. */
  heading?: string | null;
  /** Layout of the products. Default `grid`. */
  template?: 'grid' | 'carousel' | 'list' | 'strip' | 'hero' | null;
  /** Text of the button; '' or `false` leaves the button out. Default: the text of the language. */
  addToCart?: string | boolean | null;
  /** Whether there is a quantity stepper. Default true, in a strip false. */
  quantity?: boolean | 'on' | 'off' | '' | null;
  /** Number of pictures that load at once. Default 4. */
  eager?: number | string | null;
  /** ISO 4217 code of the prices. */
  currency?: string | null;
  /** Locale (BCP 47) of the prices. Default: the language of the page. */
  locale?: string | null;
  /** Whether the call waits until the widget comes near. Default `lazy`. */
  load?: 'eager' | 'lazy' | null;
  /** Distance that counts as near, in pixels. Default 600. */
  margin?: number | string | null;
  /** Serve id of markup that a server has rendered. */
  serve?: string | null;
  /** Renders into a shadow root. Default false. */
  shadow?: boolean | '' | null;
  /** Address of the style sheet of the shadow root. Default: the page's own `vitrine.css`. */
  stylesheet?: string | null;
  theme?: 'dark' | 'light' | 'auto' | null;
}

/** A value that the element takes for a property, besides those that `WidgetProperties` names. */
type Value = string | number | boolean | readonly string[] | null | undefined;
/** A property as the element returns it: the text of the attribute; null if there is none. */
type Text = string | null;

/** The element `<vitrine-widget>`. */
export interface VitrineWidgetElement extends HTMLElement {
  /**
   * Fetches the widget's products again, unless a request is in flight, and patches the differences. Resolves with the
   * state afterwards; never rejects.
   */
  refresh(): Promise<WidgetState>;
  /** The widget's own: read it. Null before the first call. */
  get state(): Text;
  set state(value: Value);
  get kind(): Text;
  set kind(value: Value);
  get configId(): Text;
  set configId(value: Value);
  get anchorId(): Text;
  set anchorId(value: Value);
  get categoryId(): Text;
  set categoryId(value: Value);
  get query(): Text;
  set query(value: Value);
  get topK(): Text;
  set topK(value: Value);
  get fallback(): Text;
  set fallback(value: Value);
  get minResults(): Text;
  set minResults(value: Value);
  get timeBudget(): Text;
  set timeBudget(value: Value);
  get exclude(): Text;
  set exclude(value: Value);
  get surface(): Text;
  set surface(value: Value);
  get source(): Text;
  set source(value: Value);
  get experiment(): Text;
  set experiment(value: Value);
  get heading(): Text;
  set heading(value: Value);
  get template(): Text;
  set template(value: Value);
  get addToCart(): Text;
  set addToCart(value: Value);
  get quantity(): Text;
  set quantity(value: Value);
  get eager(): Text;
  set eager(value: Value);
  get currency(): Text;
  set currency(value: Value);
  get locale(): Text;
  set locale(value: Value);
  get load(): Text;
  set load(value: Value);
  get margin(): Text;
  set margin(value: Value);
  get serve(): Text;
  set serve(value: Value);
  get shadow(): Text;
  set shadow(value: Value);
  get stylesheet(): Text;
  set stylesheet(value: Value);
  get theme(): Text;
  set theme(value: Value);
}

/** `vitrine:state`: the widget has a new state. */
export type WidgetStateEvent = CustomEvent<{ state: WidgetState }>;
/** `vitrine:add-to-cart`: the shopper wants a product. */
export type AddToCartEvent = CustomEvent<AddToCartDetail>;

/** The events of widgets. All bubble and leave shadow roots. Both names of an event carry the same detail. */
export interface WidgetEvents {
  'vitrine:state': WidgetStateEvent;
  'vitrine-state': WidgetStateEvent;
  'vitrine:add-to-cart': AddToCartEvent;
  'vitrine-add-to-cart': AddToCartEvent;
}

type Prefixed<Group extends string, Calls> = { [Name in keyof Calls & string as `${Group}.${Name}`]: Calls[Name] };
type OwnCalls = {
  [Name in keyof Vitrine as Vitrine[Name] extends (...args: never[]) => unknown ? Name : never]: Vitrine[Name];
};
type Calls = OwnCalls &
  Prefixed<'events', Omit<Events, 'trackSearch'>> &
  Prefixed<'recs', Recs> &
  Prefixed<'search', Search> &
  Prefixed<'debug', Vitrine['debug']>;
type ArgumentsOf<Call> = Call extends (...args: infer Arguments) => unknown ? Arguments : never;

/** `window.vitrine` of the script tag: queues calls until the script has loaded, and then runs them at once. */
export interface VitrineScript {
  /** Starts Vitrine. Counts once. */
  (call: 'init', config: VitrineConfig): void;
  /** Calls `callback` with the page's Vitrine, at once or when it has started. */
  (call: 'ready', callback: (vitrine: Vitrine) => void): void;
  (call: 'events.trackSearch', ...args: Parameters<Events['trackSearch']>): unknown;
  (call: 'events.trackSearch', query: string, products: readonly unknown[], options?: object): unknown;
  /** A method of `Vitrine`, by its path. Returns its result once the script has started; errors are in the console. */
  <Name extends keyof Calls>(call: Name, ...args: ArgumentsOf<Calls[Name]>): unknown;
  /** The queued calls. */
  q?: unknown[];
  /** The folder of the files that the script loads, if not its own. */
  base?: string;
}

declare global {
  interface HTMLElementTagNameMap {
    'vitrine-widget': VitrineWidgetElement;
  }
  interface HTMLElementEventMap extends WidgetEvents {}
  interface DocumentEventMap extends WidgetEvents {}
  interface WindowEventMap extends WidgetEvents {}
  interface Window {
    /** Exists in pages with the snippet of the script tag. */
    vitrine: VitrineScript;
  }
}
