/** The filters of a list: stored in the address, sent to the service, and applied here if the service fails. */

/**
 * The names that each service has for the fields of this shop. A real shop has one service, and one such table.
 * `fields`: of filters; a service cannot filter by a field that is missing here. `sorts`: fields of orders. `isSingle`:
 * a field takes one value at a time. `isComplete`: the service takes all filters of this shop, and sends no facets.
 */
/** @typedef {{ fields: Record<string, string>, sorts?: any, isSingle?: boolean, isComplete?: boolean }} Dialect */

/** @type {Record<string, Dialect>} */
const dialects = {
  refine: {
    fields: {
      brand: 'metadata.brand',
      color: 'metadata.color',
      category: 'metadata.category',
      price: 'metadata.price',
    },
    isComplete: true,
  },
  depict: {
    fields: { brand: 'brand', color: 'color', category: 'category', price: 'sale_price' },
    sorts: { price: 'sale_price', rating: 'rating', name: 'title' },
  },
  doofinder: {
    fields: { brand: 'brand', color: 'color', category: 'categories', price: 'best_price' },
    sorts: { price: 'best_price', rating: 'rating', name: 'title' },
  },
  richrelevance: {
    fields: { brand: 'brand', color: 'color', category: 'categoryIds' },
    sorts: { price: 'salePriceCents', rating: 'rating', name: 'name' },
    isSingle: true,
  },
  // RichRelevance lists a category by its recommendations, which have filters, and neither orders nor facets.
  richrelevanceCategory: { fields: { brand: 'brand', price: 'price' }, sorts: {}, isSingle: true },
};

/** Returns the dialect of the service in use for a search, or for the listing of a category. */
export function dialectFor(category) {
  const { name } = window.osierServices.chosen();
  return (category && dialects[`${name}Category`]) || dialects[name];
}

/** Returns the order as the service in use takes it; undefined for its own order. */
export function toSortBy(sort, dialect) {
  const names = dialect.sorts;
  const [name, order] = sort.split('_');
  if (!names) return sort || undefined;
  return names[name] && { field: names[name], order };
}

/** Returns the service's facets by this shop's names: [{ name, title, values, max }]. */
export const namedFacets = (facets = [], { fields }) =>
  facets.flatMap((facet) => {
    // The field of a RichRelevance facet begins with a tag.
    const field = facet.field.replace(/^\{.*\}/, '');
    const name = Object.keys(fields).find((key) => fields[key] === field);
    return name ? [{ ...facet, name }] : [];
  });

export const sorts = [
  ['', 'Recommended'],
  ['price_asc', 'Price, low to high'],
  ['price_desc', 'Price, high to low'],
  ['rating_desc', 'Best rated'],
  ['name_asc', 'Name, A to Z'],
];

export const ceilings = [25, 50, 100, 200, 500];

/** Returns the facets of query parameters: {sort, max, sale, loved, colors, brands}. Unknown values are ignored. */
export function readFacets(params) {
  const sort = params.get('sort') ?? '';
  const max = Number(params.get('max'));
  return {
    sort: sorts.some(([value]) => value === sort) ? sort : '',
    max: ceilings.includes(max) ? max : 0,
    sale: params.has('sale'),
    loved: params.has('loved'),
    colors: params.getAll('color').filter(Boolean),
    brands: params.getAll('brand').filter(Boolean),
    categories: params.getAll('category').filter(Boolean),
  };
}

export const isNarrowed = ({ max, sale, loved, colors, brands, categories }) =>
  Boolean(max || sale || loved || colors.length || brands.length || categories.length);

const lovedFrom = 4.7;

/**
 * Returns facets as filters of the service in use; Refine has no listings, so a category is one more condition.
 * @param {any} facets
 * @param {string | undefined} category
 * @param {Dialect} dialect
 */
export function toFilters(
  { max, sale, loved, colors, brands, categories },
  category,
  { fields, isSingle, isComplete },
) {
  const filters = [];
  const where = (field, operator, value) => field && filters.push({ field, operator, value });
  const among = (field, values) => values.length && where(field, isSingle ? 'eq' : 'in', isSingle ? values[0] : values);
  if (category && isComplete) where(fields.category, 'eq', category);
  if (max) where(fields.price, 'lte', max);
  if (sale && isComplete) where('metadata.originalPrice', 'exists', true);
  if (loved && isComplete) where('metadata.rating', 'gte', lovedFrom);
  among(fields.color, colors);
  among(fields.brand, brands);
  if (!category) among(fields.category, categories);
  return filters;
}

/** Applies the facets in the browser. Products keep their order unless a sort order is chosen. */
export function narrow(products, { sort, max, sale, loved, colors, brands, categories }) {
  const found = products.filter(
    (p) =>
      (!max || p.price <= max) &&
      (!sale || p.originalPrice) &&
      (!loved || p.rating >= lovedFrom) &&
      (!colors.length || colors.includes(p.color)) &&
      (!brands.length || brands.includes(p.brand)) &&
      (!categories.length || categories.includes(p.category)),
  );
  const [field, direction] = sort.split('_');
  if (!field) return found;
  const sign = direction === 'desc' ? -1 : 1;
  return found.sort((a, b) => sign * (field === 'name' ? a.name.localeCompare(b.name) : a[field] - b[field]));
}
