/** A list that can be narrowed and sorted: the heart of the category and search pages. */
import { cardList, skeleton } from './card.js';
import { find, h } from './dom.js';
import { ceilings, isNarrowed, narrow, readFacets, sorts, toFilters } from './facets.js';
import { money } from './money.js';
import { readyWithin, whenReady } from './vitrine-link.js';

// How long a shopper waits for Vitrine to load, and for the service to answer, before the catalogue has to do.
const bootMs = 800;
const answerMs = 2500;
const most = 60;

function facetForm(products, facets, onChange) {
  const box = (name, value, checked, ...label) =>
    h('label', { class: 'tick' }, h('input', { type: 'checkbox', name, value, checked }), ...label);
  const colors = [...new Map(products.map((p) => [p.color, p.swatch]))].sort(([a], [b]) => a.localeCompare(b));
  const brands = [...new Set(products.map((p) => p.brand))].sort();
  const swatch = (colour) => {
    const dot = h('span', { class: 'swatch' });
    dot.style.backgroundColor = colour;
    return dot;
  };
  const form = h(
    'form',
    { class: 'facets', onchange: onChange, onsubmit: (event) => event.preventDefault() },
    h(
      'label',
      { class: 'facet' },
      h('span', { class: 'facet-name' }, 'Sort by'),
      h(
        'select',
        { name: 'sort' },
        sorts.map(([value, label]) => h('option', { value, selected: value === facets.sort }, label)),
      ),
    ),
    h(
      'label',
      { class: 'facet' },
      h('span', { class: 'facet-name' }, 'Price'),
      h(
        'select',
        { name: 'max' },
        h('option', { value: '' }, 'Any price'),
        ceilings
          .filter((c) => products.some((p) => p.price <= c))
          .map((c) => h('option', { value: c, selected: c === facets.max }, `Up to ${money(c).replace('.00', '')}`)),
      ),
    ),
    h(
      'fieldset',
      { class: 'facet' },
      h('legend', { class: 'facet-name' }, 'Show only'),
      box('sale', '1', facets.sale, 'Reduced'),
      box('loved', '1', facets.loved, 'Rated 4.7 and up'),
    ),
    brands.length > 1 &&
      h(
        'fieldset',
        { class: 'facet' },
        h('legend', { class: 'facet-name' }, 'Brand'),
        brands.map((b) => box('brand', b, facets.brands.includes(b), b)),
      ),
    colors.length > 1 &&
      h(
        'fieldset',
        { class: 'facet facet-colors' },
        h('legend', { class: 'facet-name' }, 'Colour'),
        colors.map(([name, tone]) => box('color', name, facets.colors.includes(name), swatch(tone), name)),
      ),
    h(
      'button',
      {
        class: 'button button-plain',
        type: 'button',
        onclick: () => {
          clear(form);
          onChange();
        },
      },
      'Clear all',
    ),
  );
  return form;
}

// reset() would go back to what the address asked for, not to nothing.
function clear(form) {
  for (const field of form.elements) {
    if (field.type === 'checkbox') field.checked = false;
    if (field.tagName === 'SELECT') field.selectedIndex = 0;
  }
}

/**
 * Fills `root` with facets and products, and asks again whenever a facet changes.
 * @param products all there are
 * @param choices those that the facets are made from, in the shop's own order: they are shown when the service cannot be asked
 */
export function listing(root, { query, category, surface, source, products, choices }) {
  const count = find('#count');
  const place = h('div', { class: 'results' });
  let asked = new AbortController();
  let list;

  const known = new Map(products.map((product) => [product.id, product]));

  /** From the service if it answers; else from the catalogue. `track` opens the serve context for what is shown. */
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
        const found = answer.results.filter((result) => known.has(result.productId)).map((result) => known.get(result.productId));
        const track = (v) =>
          v.events.trackSearch(query, answer.results, {
            surface,
            source,
            totalResults: answer.totalResults,
            filters,
            sortBy: facets.sort || undefined,
          });
        return { found, track };
      }
    } catch (error) {
      if (signal.aborted) throw error;
    }
    const found = narrow(choices, facets).slice(0, most);
    return {
      found,
      track: (v) =>
        v.events.trackItemsServed({ surface, source: `${source}-local`, itemIds: found.map((p) => p.id), totalResults: found.length }),
    };
  }

  async function show() {
    const facets = readFacets(new URLSearchParams(location.search));
    asked.abort();
    const { signal } = (asked = new AbortController());
    if (!list) place.replaceChildren(skeleton(8));
    else place.setAttribute('aria-busy', 'true');
    const { found, track } = await ask(facets, signal).catch(() => ({}));
    if (signal.aborted) return;
    list?.retire();
    list = cardList(found, { eager: 4 });
    place.removeAttribute('aria-busy');
    place.replaceChildren(found.length ? list : nothing(facets));
    count.textContent = found.length === 1 ? '1 product' : `${found.length} products`;
    if (found.length) whenReady((vitrine) => signal.aborted || list.report(track(vitrine)));
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
    const params = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const kept = new URLSearchParams(location.search).get('q');
    if (kept !== null) params.set('q', kept);
    history.replaceState(null, '', `${location.pathname}${params.size ? `?${params}` : ''}`);
    show();
  });
  const drawer = h('details', { class: 'drawer' }, h('summary', {}, 'Filter and sort'), form);
  // On a desk the drawer is a column that is always open.
  const desk = matchMedia('(min-width: 60rem)');
  const fit = () => (drawer.open = desk.matches);
  desk.addEventListener('change', fit);
  fit();
  root.replaceChildren(drawer, place);
  return show();
}
