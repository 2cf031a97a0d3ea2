// Renders widgets to text, on a server: the markup is the same as in a page.

import { callCore } from '../js/api/template.js';
import { toJson } from '../js/core/text.js';
import type { Slate, VitrineConfig } from '../js/types/types.js';
import { moneyFormat, numberFormat } from './money.js';

/** The raw reply of a service. */
export interface VendorReply {
  /** The service that replied, as in the configuration of `Vitrine`. */
  provider: VitrineConfig['provider'];
  /** The body of the reply. */
  reply: string;
  /** HTTP status of the reply. Default 200. */
  status?: number;
}

/** Appearance of a widget. The attributes of `<vitrine-widget>` have the same meaning (widget/README.md). */
export interface WidgetOptions {
  /** Built-in template. Default `grid`. */
  template?: 'grid' | 'carousel' | 'list' | 'strip' | 'hero';
  /** The shop's own templates, by the part they replace: `card`, `price`, ... (widget/README.md). */
  partials?: Record<string, string>;
  /** The heading. Default: the service's. */
  title?: string;
  /** Texts in the shop's language, as in dist/strings/*.json. Default English. */
  strings?: Record<string, string>;
  /** Text of the button. '' leaves the button out. Default: the text in `strings`. */
  addToCart?: string;
  /** ISO 4217 code of the prices. Default: the service's own format of prices, else "12.90 EUR". */
  currency?: string;
  /** Locale (BCP 47) by which prices in `currency` are written. Default: the locale of the system. */
  locale?: string;
  /** Number of pictures that load at once; the others load when they come near. Default 4. */
  eager?: number;
  /** Whether there is a quantity stepper beside the button. Default true, in a strip false. */
  quantity?: boolean;
  /** Whether to write `part` attributes, for a shadow root. Default false. */
  parts?: boolean;
}

/** Wraps content of an element in its view (docs/decisions/0010-whose-nodes.md), which the element recognises. */
const inView = (html: string, attributes = '') =>
  html && `<div data-vitrine-view="" slot="vitrine"${attributes}>${html}</div>`;

const render = (products: object, { currency, locale, ...options }: WidgetOptions) =>
  callCore(
    'renderWidget',
    toJson({ ...options, ...products, money: moneyFormat(currency, locale), numbers: numberFormat(locale) }),
  );

/**
 * Renders the markup of a widget, the same as in a page, for a server or an e-mail. In a page the element takes the
 * markup over as it is: `<vitrine-widget serve="{slate.serveId}" state="ready" ...>{markup}</vitrine-widget>`.
 * @param source a slate, or the raw reply of a service
 * @returns the markup; '' if there are no products
 * @throws the errors of `renderTemplate`, and the error that the service's reply describes
 */
export const renderWidget = (source: Slate | VendorReply, options: WidgetOptions = {}): string =>
  inView(render('results' in source ? { slate: source } : source, options));

/**
 * Renders a placeholder: invisible markup that is exactly as high as the widget will be, for the time before the script
 * runs. The markup is the same for every page; write it into the page as it is:
 * `<vitrine-widget state="loading" ...>{markup}</vitrine-widget>`.
 * @param count number of products, at most 100
 * @throws the errors of `renderTemplate`
 */
export const renderPlaceholder = (count: number, options: WidgetOptions = {}): string =>
  inView(render({ placeholder: count }, options), ' aria-hidden="true" inert=""');
