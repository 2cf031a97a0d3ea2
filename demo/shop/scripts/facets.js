/** The filters of a list: stored in the address, sent to the service, and applied here if the service fails. */

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
    colors: params.getAll('color'),
    brands: params.getAll('brand'),
  };
}

export const isNarrowed = ({ max, sale, loved, colors, brands }) =>
  Boolean(max || sale || loved || colors.length || brands.length);

const lovedFrom = 4.7;

/** Returns facets as filters of the service; a category is one more condition. */
export function toFilters({ max, sale, loved, colors, brands }, category) {
  const filters = [];
  const where = (field, operator, value) => filters.push({ field: `metadata.${field}`, operator, value });
  if (category) where('category', 'eq', category);
  if (max) where('price', 'lte', max);
  if (sale) where('originalPrice', 'exists', true);
  if (loved) where('rating', 'gte', lovedFrom);
  if (colors.length) where('color', 'in', colors);
  if (brands.length) where('brand', 'in', brands);
  return filters;
}

/** Applies the facets in the browser. Products keep their order unless a sort order is chosen. */
export function narrow(products, { sort, max, sale, loved, colors, brands }) {
  const found = products.filter(
    (p) =>
      (!max || p.price <= max) &&
      (!sale || p.originalPrice) &&
      (!loved || p.rating >= lovedFrom) &&
      (!colors.length || colors.includes(p.color)) &&
      (!brands.length || brands.includes(p.brand)),
  );
  const [field, direction] = sort.split('_');
  if (!field) return found;
  const sign = direction === 'desc' ? -1 : 1;
  return found.sort((a, b) => sign * (field === 'name' ? a.name.localeCompare(b.name) : a[field] - b[field]));
}
