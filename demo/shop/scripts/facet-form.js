/** The form that filters and sorts a list. */
import { h } from './dom.js';
import { ceilings, sorts } from './facets.js';
import { money } from './money.js';

// reset() would restore the filters of the address instead of clearing them.
function clear(form) {
  for (const field of form.elements) {
    if (field.type === 'checkbox') field.checked = false;
    if (field.tagName === 'SELECT') field.selectedIndex = 0;
  }
}

/**
 * Offers the brands and colours of `products`; `facets`: the current choice; `onChange` is called after each choice.
 */
export function facetForm(products, facets, onChange) {
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
