/** A list with filters and sorting, for the category and search pages. */
import { cardList, skeleton } from './card.js';
import { find, h } from './dom.js';
import { facetForm } from './facet-form.js';
import { isNarrowed, narrow, readFacets, toFilters } from './facets.js';
import { readyWithin } from './vitrine-link.js';

// How long to wait for Vitrine to load and for the service to reply before the catalogue is used.
const bootMs = 800;
const answerMs = 2500;
const most = 60;

/**
 * @typedef {object} Found
 * @property {object[]} found products of the catalogue
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
 * @param {object[]} options.choices the products that define the facets, in the shop's own order; shown if the service
 *   fails
 */
export function listing(root, { query, category, surface, source, products, choices }) {
  const count = find('#count');
  const place = h('div', { class: 'results' });
  let asked = new AbortController();
  let list;

  const known = new Map(products.map((product) => [product.id, product]));

  /**
   * Resolves to the service's products and their serve, or else to products of the catalogue.
   * @returns {Promise<Found>}
   */
  async function ask(facets, signal) {
    const vitrine = await readyWithin(bootMs);
    const filters = toFilters(facets, category);
    const patience = new AbortController();
    signal.addEventListener('abort', () => patience.abort());
    setTimeout(() => patience.abort(), answerMs);
    try {
      const answer = await vitrine?.search.text(
        { query, topK: most, filters, sortBy: facets.sort || undefined },
        { signal: patience.signal },
      );
      if (answer) {
        const found = answer.results
          .filter((result) => known.has(result.productId))
          .map((result) => known.get(result.productId));
        if (!signal.aborted && found.length) {
          const { totalResults } = answer;
          const told = { surface, source, totalResults, filters, sortBy: facets.sort || undefined };
          return { found, source, serve: vitrine.events.trackSearch(query, answer.results, told).serveId };
        }
        return { found, source };
      }
    } catch (error) {
      if (signal.aborted) throw error;
    }
    const found = narrow(choices, facets).slice(0, most);
    return { found, source: `${source}-local` };
  }

  async function show() {
    const facets = readFacets(new URLSearchParams(location.search));
    asked.abort();
    const { signal } = (asked = new AbortController());
    if (!list) place.replaceChildren(skeleton(8));
    else place.setAttribute('aria-busy', 'true');
    const { found, ...told } = await ask(facets, signal).catch(() => /** @type {Found} */ ({}));
    if (signal.aborted) return;
    list = cardList(found, { surface, ...told, eager: 4 });
    place.removeAttribute('aria-busy');
    place.replaceChildren(found.length ? list : nothing(facets));
    count.textContent = found.length === 1 ? '1 product' : `${found.length} products`;
  }

  function nothing(facets) {
    return h(
      'div',
      { class: 'empty' },
      h('p', { class: 'empty-title' }, 'Nothing matches'),
      h('p', {}, isNarrowed(facets) ? 'Try with fewer filters.' : 'Try another word, or browse the categories above.'),
    );
  }

  const form = facetForm(choices, readFacets(new URLSearchParams(location.search)), () => {
    const params = new URLSearchParams(
      [...new FormData(form)].map(([name, value]) => [name, String(value)]).filter(([, value]) => value),
    );
    const kept = new URLSearchParams(location.search).get('q');
    if (kept !== null) params.set('q', kept);
    history.replaceState(null, '', `${location.pathname}${params.size ? `?${params}` : ''}`);
    show();
  });
  const drawer = h('details', { class: 'drawer' }, h('summary', {}, 'Filter and sort'), form);
  // On wide screens the drawer is a column that is always open.
  const desk = matchMedia('(min-width: 60rem)');
  const fit = () => (drawer.open = desk.matches);
  desk.addEventListener('change', fit);
  fit();
  root.replaceChildren(drawer, place);
  return show();
}
