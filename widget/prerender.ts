// Widgets without a page: the core's own markup, on a server.

import { callCore } from '../js/api/template.js';
import { toJson } from '../js/core/text.js';
import type { Slate, VitrineConfig } from '../js/types/types.js';
import { moneyFormat } from './money.js';

/** A vendor's answer as it came over the wire. */
export interface VendorReply {
  /** As in the configuration of `Vitrine`. */
  provider: VitrineConfig['provider'];
  reply: string;
  /** HTTP status. Default 200. */
  status?: number;
}

/** How a widget looks; each has an attribute of the same name on `<vitrine-widget>`. */
export interface WidgetOptions {
  /** Default `grid`. */
  template?: 'grid' | 'carousel' | 'list' | 'strip' | 'hero';
  /** Templates of the shop's own: `card`, `price`, ... (widget/README.md). */
  partials?: Record<string, string>;
  /** The heading. Default: the vendor's. */
  title?: string;
  /** Texts in the shop's language, as in dist/strings/*.json. Default English. */
  strings?: Record<string, string>;
  /** The button's text; '' leaves it out. */
  addToCart?: string;
  /** Prices as this locale (BCP 47) writes this currency (ISO 4217). Default: as the vendor says, else "12.90 EUR". */
  currency?: string;
  locale?: string;
  /** How many pictures load at once, before they come near. Default 4. */
  eager?: number;
  /** A stepper beside the button. Default true, but not in a strip. */
  quantity?: boolean;
  /** `part` attributes, for a shadow root. Default false. */
  parts?: boolean;
}

const render = (products: object, { currency, locale, ...looks }: WidgetOptions) =>
  callCore('renderWidget', toJson({ ...looks, ...products, money: moneyFormat(currency, locale) }));

/**
 * The markup of a widget, the same that the page would make: for a server, or an e-mail. `''` without products. In a page the element
 * takes it over as it is: `<vitrine-widget serve="{slate.serveId}" state="ready" ...>{markup}</vitrine-widget>`. Throws as
 * `renderTemplate` does, and what the vendor's answer says went wrong.
 */
export const renderWidget = (source: Slate | VendorReply, options: WidgetOptions = {}): string =>
  render('results' in source ? { slate: source } : source, options);

/**
 * What keeps the place of `count` products (at most 100) until the script is there: markup that shows nothing and is as high as the
 * widget will be. It is the same for every page, to be written into it as it stands: `<vitrine-widget state="loading" ...>{markup}
 * </vitrine-widget>`. Throws as `renderTemplate` does.
 */
export const renderPlaceholder = (count: number, options: WidgetOptions = {}): string =>
  `<div aria-hidden="true" inert>${render({ placeholder: count }, options)}</div>`;
