/** A list with filters and sorting, for the category and search pages. */
import { cardList, skeleton } from './card.js';
import { find, h } from './dom.js';
import { facetForm, facetsOf } from './facet-form.js';
import { dialectFor, isNarrowed, namedFacets, narrow, readFacets, toFilters, toSortBy } from './facets.js';
import { readyWithin } from './vitrine-link.js';

// How long to wait for Vitrine to load and for the service to reply before the catalogue is used.
const bootMs = 800;
const answerMs = 2500;
const pageSize = 12;

/**
 * @typedef {object} Found
 * @property {object[]} found products of the catalogue, of one page
 * @property {number} [total] number of products of all pages, if it is known
 * @property {boolean} [isLast] true if no page follows
 * @property {object[]} [offered] the service's facets by this shop's names
 * @property {string} source the origin of the products
 * @property {string} [serve] the serve that Vitrine reported for them
 */

/**
 * Fills `root` with facets and products, and requests products again when a facet changes.
 * @param {HTMLElement} root
 * @param {object} options
 * @param {string} options.query the text to search for
 * @param {string} [options.category] the category to which the search is limited
 * @param {string} options.surface the place on the page
 * @param {string} options.source the origin of the products, as events name it
 * @param {{ id: string }[]} options.products all products of the catalogue
 * @param {any[]} options.choices the products that define the facets, in the shop's own order; shown if the service
 *   fails
 */
export function listing(root, { query, category, surface, source, products, choices }) {
  const count = find('#count');
  const place = h('div', { class: 'results' });
  const dialect = dialectFor(category);
  let asked = new AbortController();
  let list;
  let form;

  const known = new Map(products.map((product) => [product.id, product]));
  const address = () => new URLSearchParams(location.search);
  const pageOf = (params) => Math.max(1, Math.trunc(Number(params.get('page'))) || 1);

  /**
   * Resolves to the service's products of a page and their serve, or else to products of the catalogue.
   * @returns {Promise<Found>}
   */
  async function ask(facets, page, signal) {
    const vitrine = await readyWithin(bootMs);
    const filters = toFilters(facets, category, dialect);
    const sortBy = toSortBy(facets.sort, dialect);
    const isListing = category && !dialect.isComplete;
    const patience = new AbortController();
    signal.addEventListener('abort', () => patience.abort());
    setTimeout(() => patience.abort(), answerMs);
    try {
      const paged = { topK: pageSize, page, filters, sortBy };
      const options = { signal: patience.signal };
      const answer = await (isListing
        ? vitrine?.search.category({ categoryId: category, ...paged }, options)
        : vitrine?.search.text({ query, ...paged }, options));
      if (answer) {
        const { results, totalResults: total, pages } = answer;
        const found = results
          .filter((result) => known.has(result.productId))
          .map((result) => known.get(result.productId));
        const isLast = pages === undefined ? results.length < pageSize : page >= pages;
        const offered = answer.facets && namedFacets(answer.facets, dialect);
        if (signal.aborted || !found.length) return { found, total, isLast, offered, source };
        const told = { surface, source, totalResults: total, filters, sortBy };
        const { serveId } = isListing
          ? vitrine.events.trackRecommendations(answer.serveId, results, surface, source)
          : vitrine.events.trackSearch(query, results, told);
        return { found, total, isLast, offered, source, serve: serveId };
      }
    } catch (error) {
      if (signal.aborted) throw error;
    }
    const all = narrow(choices, facets);
    const found = all.slice((page - 1) * pageSize, page * pageSize);
    return { found, total: all.length, isLast: page * pageSize >= all.length, source: `${source}-local` };
  }

  async function show() {
    const params = address();
    const facets = readFacets(params);
    const page = pageOf(params);
    asked.abort();
    const { signal } = (asked = new AbortController());
    if (!list) place.replaceChildren(skeleton(8));
    else place.setAttribute('aria-busy', 'true');
    const { found, total, isLast, offered, ...told } = await ask(facets, page, signal).catch(
      () => /** @type {Found} */ ({}),
    );
    if (signal.aborted) return;
    list = cardList(found, { surface, ...told, eager: 4 });
    place.removeAttribute('aria-busy');
    place.replaceChildren(...(found.length ? [list, pages(params, page, total, isLast)] : [nothing(facets)]));
    const number = total ?? found.length;
    count.textContent = number === 1 ? '1 product' : `${number}${total === undefined && !isLast ? '+' : ''} products`;
    if (offered) fill(offered);
  }

  /** Links to the pages before and after this one. */
  function pages(params, page, total, isLast) {
    const link = (to, label, rel) => {
      const there = new URLSearchParams(params);
      there.set('page', String(to));
      return h('a', { class: 'button button-plain', href: `?${there}`, rel }, label);
    };
    if (page === 1 && isLast) return '';
    const last = total === undefined ? '' : ` of ${Math.ceil(total / pageSize)}`;
    return h(
      'nav',
      { class: 'pages', 'aria-label': 'Pages' },
      page > 1 && link(page - 1, 'Previous', 'prev'),
      h('span', { class: 'quiet', 'aria-current': 'page' }, `Page ${page}${last}`),
      !isLast && link(page + 1, 'Next', 'next'),
    );
  }

  function nothing(facets) {
    return h(
      'div',
      { class: 'empty' },
      h('p', { class: 'empty-title' }, 'Nothing matches'),
      h('p', {}, isNarrowed(facets) ? 'Try with fewer filters.' : 'Try another word, or browse the categories above.'),
    );
  }

  function change() {
    const params = new URLSearchParams(
      [...new FormData(form)].map(([name, value]) => [name, String(value)]).filter(([, value]) => value),
    );
    const kept = address().get('q');
    if (kept !== null) params.set('q', kept);
    history.replaceState(null, '', `${location.pathname}${params.size ? `?${params}` : ''}`);
    show();
  }

  /** Puts the form with these facets into the drawer. The field that has the focus keeps it. */
  function fill(offered) {
    const { name, value } = form?.contains(document.activeElement)
      ? /** @type {HTMLInputElement} */ (document.activeElement)
      : {};
    const shown = offered.filter((facet) => facet.name in dialect.fields && !(category && facet.name === 'category'));
    form = facetForm({ products: choices, offered: shown, facets: readFacets(address()), dialect, onChange: change });
    drawer.replaceChildren(summary, form);
    const same = [...form.elements].filter((field) => field.name === name);
    if (name) (same.find((field) => field.value === value) ?? same[0])?.focus();
  }

  const summary = h('summary', {}, 'Filter and sort');
  const drawer = h('details', { class: 'drawer' }, summary);
  fill(facetsOf(choices));
  // On wide screens the drawer is a column that is always open.
  const desk = matchMedia('(min-width: 60rem)');
  const fit = () => (drawer.open = desk.matches);
  desk.addEventListener('change', fit);
  fit();
  root.replaceChildren(drawer, place);
  return show();
}
