// The outcomes of data calls.

/** A product as a recommendation service describes it. */
export interface Product {
  productId: string;
  title: string;
  /** In major units of `currency`, as the service gave it. Missing if the service gives no valid price. */
  price: number;
  /** Price before a reduction, in major units of `currency`. */
  originalPrice?: number;
  /** Highest price, in major units of `currency`, where the service gives a range that begins with `price`. */
  highestPrice?: number;
  /** True if the service gave a price that cannot be read; a card then has no button. */
  priceUnreadable?: boolean;
  /** ISO 4217 code. */
  currency?: string;
  imageUrl?: string;
  url?: string;
  brand?: string;
  /** 0 to 5. Missing if it is 0 and there are no reviews. */
  rating?: number;
  ratingCount?: number;
  /** How well the product fits, on the service's own scale, if it says so. */
  score?: number;
  /** The service's own token for this product. Events about the product return it to the service automatically. */
  reference?: string;
  /** Short texts such as `New`. */
  badges?: string[];
  /** All fields of the catalogue, as the service sent them. */
  metadata: Record<string, unknown>;
}

/** How the service writes prices. */
export interface Money {
  /** ISO 4217 code. */
  currency: string;
  /** Text in front of the number, such as `$`. */
  prefix: string;
  /** Text behind the number, such as ` €`. */
  suffix: string;
  /** The sign before the decimals. */
  decimal: string;
  /** The sign between groups of three digits. */
  group: string;
  /** Number of decimals. */
  digits: number;
  /** Name of the currency, such as `Euro`. */
  label?: string;
}

/** A value of a facet. */
export interface FacetValue {
  /** The value for a filter: a text or a number; with Depict also a list, such as the path to a category. */
  value: unknown;
  /** How the value is shown, if it differs. */
  title?: string;
  /** Number of results with this value, if the service gives it. */
  count?: number;
}

/**
 * A field by which results can be filtered, with its values or, for numbers, their limits. A filter for a value:
 * `{field: facet.field, operator: 'eq', value: facet.values[0].value}`.
 */
export interface Facet {
  /** The field for a filter. RichRelevance's is a text with signs, which must be sent back as it is. */
  field: string;
  /** Heading; the field if the service gives none. */
  title: string;
  values?: FacetValue[];
  /** Least value, in the unit of the field. */
  min?: number;
  /** Greatest value. */
  max?: number;
}

/** A search that the shopper may want. */
export interface Suggestion {
  /** The words to show, and to search for with `search.text` if there is no category. */
  text: string;
  /** Depict: the term is this category, for `search.category`. */
  categoryId?: string;
}

/** The products of one reply, in order. */
export interface Slate {
  /** Connects events about these products with this reply. */
  serveId: string;
  results: Product[];
  /** Number of results in all, if the service gives it. */
  totalResults?: number;
  /** A heading, if the service gives one. */
  title?: string;
  /**
   * Number of entries of the reply that were left out, because they were no product with an id or had the id of an
   * earlier one. The console says why (`reply-fault`).
   */
  rejected?: number;
  /** ISO 4217 code, for products without a `currency` of their own. */
  currency?: string;
  /** Doofinder, and Depict with `priceFormat`: how prices are written. */
  money?: Money;
  /**
   * The side that has applied the `filters` of the query: the service all of them, or Vitrine at least one, to the
   * products of the reply. Vitrine requests four times `topK` products then, at most 128; there may still be fewer than
   * `topK`. `page`: the side that has chosen the products of the query's `page`, if it names one.
   */
  appliedBy?: { filters?: 'service' | 'vitrine'; page?: 'service' | 'vitrine' };
  /** `search.text` and `search.category`: the number of this page, from 1. */
  page?: number;
  /** The number of pages, if the query has a `topK` and the service gives `totalResults`. */
  pages?: number;
  /** Depict: text for the `cursor` of the query for the products that follow. Missing at the end of the list. */
  cursor?: string;
  /** `search.text` and `search.category`: by what the results can be filtered, if the service sends that. */
  facets?: Facet[];
  /** Refine: by what the results of a search can be filtered, as the service sent it. */
  filterOptions?: unknown;
  /** Depict: the service's own experiment that chose these products, as the service sent it. */
  experiment?: { id?: string; variant?: number };
  /** True if no new reply came, and this is the last one to the same query. */
  stale?: boolean;
  /** Doofinder: the action that the service took because it had too little data. */
  fallbackAction?: string;
}

/** The outcome of `search.suggest`. */
export interface Suggestions extends Slate {
  /** Terms, best first. */
  terms: Suggestion[];
}
