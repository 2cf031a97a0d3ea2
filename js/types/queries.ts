// What can be asked of a recommendation service.

/** One condition on a field of the catalogue; several are joined by "and". */
export interface Filter {
  /** Field name; dots descend: `metadata.color`. */
  field: string;
  /** `match` is a case-insensitive part of the text, `eq` is case-sensitive; `in` and `nin` take an array, `exists` a boolean. */
  operator: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin' | 'exists' | 'match';
  value: unknown;
}

/** A kind of question. Which ones a vendor has differs; one that it lacks is a ValidationError that lists those it has. */
export type QueryKind =
  | 'similarItems'
  | 'forVisitor'
  | 'forUser'
  | 'boughtTogether'
  | 'trending'
  | 'category'
  | 'searchText';

/** What every question may say. Vendors take from it what they know: see wasm/services/README.md. */
export interface CommonQuery {
  /** Recommendation configuration from the vendor's dashboard, or a name in `provider.configs`. */
  configId?: string;
  /** How many products, 1 to 1000. Refine needs it. */
  topK?: number;
  /** Asked in this order, each for as many as are missing, while there are fewer than `minResults` products. */
  fallback?: (AnyQuery & { kind: QueryKind })[];
  /** Default 1. */
  minResults?: number;
  /** Milliseconds after which what there is counts. */
  timeBudget?: number;
  /** An answer this young (milliseconds) will do, in place of `calls.maxAge`; 0 asks in any case. */
  maxAge?: number;
  /** Leaves out what other widgets show, what is in the cart (`setCart`) and what is being viewed (`setViewing`). */
  exclude?: ('shown' | 'inCart' | 'viewing')[];
  /** Leaves out these. */
  excludeIds?: string[];
  /** RichRelevance: category hints. */
  categoryHints?: string[];
  /** RichRelevance: further parameters. */
  params?: Record<string, string | number | string[]>;
  /** Doofinder: the address of the page that it is about. Default: the page's. */
  url?: string;
  /** RichRelevance: for a brand page. */
  brand?: string;
  /** RichRelevance: for a purchase complete page. */
  order?: { orderId: string; items: { itemId: string; quantity: number; unitPrice: number }[] };
}

/** Any question with all it could say. */
export type AnyQuery = Partial<ConfiguredQuery & SimilarQuery & TogetherQuery & CategoryQuery & TextQuery>;

export interface ConfiguredQuery extends CommonQuery {
  filters?: Filter[];
}

export interface TogetherQuery extends CommonQuery {
  /** Products to go with; default: what is in the cart. */
  itemIds?: string[];
  /** One product to go with. */
  anchorId?: string;
}

export interface CategoryQuery extends CommonQuery {
  categoryId: string;
  /** Doofinder: from the root to the category. */
  categoryPath?: string[];
}

export interface SimilarQuery extends CommonQuery {
  /** The product to be similar to. */
  anchorId?: string;
  /** Several of them, where the vendor knows that. */
  anchorIds?: string[];
  filters?: Filter[];
  /** Weight of looks against text, 0 < w <= 1. Default 1. */
  visualWeight?: number;
}

export interface TextQuery extends CommonQuery {
  query: string;
  /** Weight of looks against text, 0 < w <= 1. */
  visualWeight?: number;
  filters?: Filter[];
  /** Order of the results, as the vendor writes it. */
  sortBy?: string;
}
