/** The settings at the side: service and request, layout, and theme. */
import { h } from '/scripts/dom.js';
import { choice, list, text, toggle, token } from './controls.js';
import { categories } from '/scripts/catalog.js';
import { kinds, templates, tokens, services } from './vocabulary.js';

const group = (title, ...children) =>
  h('details', { class: 'group', open: true }, h('summary', {}, title), h('div', { class: 'group-body' }, children));

function subject({ settings, products, set }) {
  const on = (name) => (value) => set(name, value);
  switch (kinds[settings.kind]?.needs) {
    case 'item':
      return list('Product', Object.fromEntries(products.map(({ id, name }) => [id, name])), settings.item, on('item'));
    case 'user':
      return text('User id', settings.user, on('user'), { required: true });
    case 'category':
      return list(
        'Category',
        Object.fromEntries(categories.map(({ name }) => [name, name])),
        settings.category,
        on('category'),
      );
    case 'query':
      return text('Words', settings.query, on('query'), { required: true, type: 'search' });
  }
  return null;
}

/** Draws the controls of these settings; `set(name, value)` is called for each change. */
export function showControls(place, { settings, products, set }) {
  const on = (name) => (value) => set(name, value);
  const without = Object.fromEntries(
    Object.entries(kinds)
      .filter(([, kind]) => kind.without?.includes(settings.service))
      .map(([name]) => [name, `not by ${services[settings.service]}`]),
  );
  const names = Object.fromEntries(Object.entries(kinds).map(([key, { name }]) => [key, name]));
  const held = place.contains(document.activeElement)
    ? [...place.querySelectorAll('input, select')].indexOf(document.activeElement)
    : -1;
  place.replaceChildren(
    group(
      'Service',
      choice('Service', services, settings.service, on('service'), { isWide: true }),
      list('Request', names, settings.kind, on('kind'), without),
      subject({ settings, products, set }),
      text('How many', settings.count, on('count'), { type: 'number', min: 1, max: 48, required: true }),
    ),
    group(
      'Layout',
      choice('Template', templates, settings.template, on('template')),
      text('Heading', settings.heading, on('heading'), { placeholder: 'the service’s own title' }),
      toggle('Add to cart', settings.cart === 'on', (isOn) => set('cart', isOn ? 'on' : 'off')),
      toggle('Quantity', settings.stepper === 'on', (isOn) => set('stepper', isOn ? 'on' : 'off')),
    ),
    group(
      'Theme',
      tokens.map(([property, label, kind, most]) =>
        token(property, label, kind, most, settings[property] ?? '', on(property)),
      ),
    ),
  );
  place.querySelectorAll('input, select')[held]?.focus();
}
