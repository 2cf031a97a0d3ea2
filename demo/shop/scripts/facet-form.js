/** The form that filters and sorts a list. */
import { h } from './dom.js';
import { ceilings, sorts } from './facets.js';
import { money } from './money.js';

// reset() would restore the filters of the address instead of clearing them.
function clear(form) {
  for (const field of form.elements) {
    if (field.type === 'checkbox') field.checked = false;
    if (field.type === 'radio') field.checked = field.value === '';
    if (field.tagName === 'SELECT') field.selectedIndex = 0;
  }
}

/**
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} title
 * @property {{ value: any, title?: string, count?: number }[]} [values]
 * @property {number} [max]
 */

/**
 * Returns the facets of products of the catalogue, in the form of namedFacets().
 * @returns {Facet[]}
 */
export function facetsOf(products) {
  const facet = (name, title) => ({
    name,
    title,
    values: [...new Set(products.map((p) => p[name]))].sort().map((value) => ({ value })),
  });
  return [facet('brand', 'Brand'), facet('color', 'Colour'), { name: 'price', title: 'Price', max: 1000 }];
}

/**
 * @param {object} options
 * @param {any[]} options.products give the colours of the swatches and the range of prices
 * @param {Facet[]} options.offered the facets, as namedFacets() returns them
 * @param {any} options.facets the current choice
 * @param {import('./facets.js').Dialect} options.dialect of the service
 * @param {() => void} options.onChange called after each choice
 */
export function facetForm({ products, offered, facets, dialect, onChange }) {
  const box = (name, value, checked, type, ...label) =>
    h('label', { class: 'tick' }, h('input', { type, name, value, checked }), ...label);
  const tones = new Map(products.map((p) => [p.color, p.swatch]));
  const swatch = (color) => {
    const dot = h('span', { class: 'swatch' });
    if (tones.has(color)) dot.style.backgroundColor = tones.get(color);
    return dot;
  };
  const chosen = { brand: facets.brands, color: facets.colors, category: facets.categories };
  const select = (name, title, options) =>
    h('label', { class: 'facet' }, h('span', { class: 'facet-name' }, title), h('select', { name }, options));
  const type = dialect.isSingle ? 'radio' : 'checkbox';
  const group = ({ name, title, values }) =>
    h(
      'fieldset',
      { class: `facet${name === 'color' ? ' facet-colors' : ''}` },
      h('legend', { class: 'facet-name' }, title),
      dialect.isSingle && box(name, '', !chosen[name].length, type, 'Any'),
      values.map(({ value, title: shown = value, count }) =>
        box(
          name,
          value,
          chosen[name].includes(value),
          type,
          name === 'color' && swatch(value),
          h('span', {}, shown, count !== undefined && h('span', { class: 'quiet' }, ` (${count})`)),
        ),
      ),
    );
  const orders = sorts.filter(([value]) => !value || !dialect.sorts || dialect.sorts[value.split('_')[0]]);
  const top = offered.find(({ name }) => name === 'price')?.max;
  const form = h(
    'form',
    { class: 'facets', onchange: onChange, onsubmit: (event) => event.preventDefault() },
    orders.length > 1 &&
      select(
        'sort',
        'Sort by',
        orders.map(([value, label]) => h('option', { value, selected: value === facets.sort }, label)),
      ),
    top &&
      select('max', 'Price', [
        h('option', { value: '' }, 'Any price'),
        ceilings
          .filter((c) => c === facets.max || products.some((p) => p.price <= c))
          .map((c) => h('option', { value: c, selected: c === facets.max }, `Up to ${money(c).replace('.00', '')}`)),
      ]),
    dialect.isComplete &&
      h(
        'fieldset',
        { class: 'facet' },
        h('legend', { class: 'facet-name' }, 'Show only'),
        box('sale', '1', facets.sale, 'checkbox', 'Reduced'),
        box('loved', '1', facets.loved, 'checkbox', 'Rated 4.7 and up'),
      ),
    offered.filter(({ name, values }) => chosen[name] && (values?.length > 1 || chosen[name].length)).map(group),
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
