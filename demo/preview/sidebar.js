/** The settings at the side: service and request, layout, network, looks and theme. */
import { h } from '../scripts/dom.js';
import { accountFields, keysOf, missingKeys, setKey } from './accounts.js';
import { choice, list, text, toggle, token } from './controls.js';
import { gallery } from './theme.js';
import { delays, faults, kinds, services, sources, templates, tokens } from './vocabulary.js';

/** Titles of the groups that the user has closed. */
const closed = new Set();

/** Opens the group that an element is in. */
export function openGroup(element) {
  const details = element.closest('details');
  if (details) details.open = true;
}

function group(title, ...children) {
  const details = h(
    'details',
    { class: 'group', open: !closed.has(title) },
    h('summary', {}, title),
    h('div', { class: 'group-body' }, children),
  );
  details.addEventListener('toggle', () => (details.open ? closed.delete(title) : closed.add(title)));
  return details;
}

const pairsOf = (values) => Object.fromEntries(values.map((value) => [value, value]));

/** Returns the control for what the request is about: a product, a user, a category or words. */
function subject({ settings, products, set }) {
  const on = (name) => (value) => set(name, value);
  const isOwn = settings.data === 'live';
  const { item, user, category, query } = settings;
  switch (kinds[settings.kind]?.needs) {
    case 'item':
      if (isOwn || !products.length) return text('Product id', item, on('item'), { required: true });
      return list('Product', Object.fromEntries(products.map(({ id, name }) => [id, name])), item, on('item'));
    case 'user':
      return text('User id', user, on('user'), { required: true });
    case 'category':
      if (isOwn || !products.length) return text('Category id', category, on('category'), { required: true });
      return list('Category', pairsOf([...new Set(products.map((each) => each.category))]), category, on('category'));
    case 'query':
      return text('Words', query, on('query'), { required: true, type: 'search' });
  }
  return null;
}

/** Returns the controls of the source of the replies. `keyed` is called after a key was typed. */
function dataControls({ settings, set, keyed, isStatic }) {
  const { service, data } = settings;
  const names = isStatic ? { ...sources, demo: 'Example' } : sources;
  const hints = {
    demo: isStatic
      ? 'Recorded replies of a demo shop. This is example data, not your catalogue.'
      : 'The demo server of this machine replies.',
    pasted: 'The reply in the tab “Reply” below.',
    live: 'The keys stay in this page. They are not in the address and not stored.',
  };
  const known = keysOf(service);
  const missing = data === 'live' ? missingKeys(service) : [];
  return [
    choice('Data', names, data, (value) => set('data', value)),
    h('p', { class: 'hint' }, hints[data] ?? hints.demo),
    data === 'live' &&
      accountFields(service).map(({ name, label, isRequired }) =>
        text(
          label,
          known[name] ?? '',
          (value) => {
            setKey(service, name, value);
            keyed();
          },
          { 'data-key': name, 'aria-required': String(isRequired) },
        ),
      ),
    data === 'live' && h('p', { class: 'hint', id: 'missing-keys' }, missingText(missing)),
  ];
}

export const missingText = (missing) => (missing.length ? `Still needed: ${missing.join(', ')}.` : '');

/** Says which title an empty heading means. */
const headingHint = (lang) =>
  'Empty: the service’s own title, in the service’s language' +
  (lang === 'en' ? '.' : ', also if the widget’s is another.');

/**
 * Draws the controls of these settings. `set(name, value)` is called for each change, and `setAll` for a change of
 * several; `keyed` after a key was typed.
 */
export function showControls(place, studio) {
  const { settings, view, set, setAll, setView } = studio;
  const on = (name) => (value) => set(name, value);
  const without = Object.fromEntries(
    Object.entries(kinds)
      .filter(([, kind]) => kind.without?.includes(settings.service))
      .map(([name]) => [name, `not by ${services[settings.service]}`]),
  );
  const names = Object.fromEntries(Object.entries(kinds).map(([key, { name }]) => [key, name]));
  const controls = 'input, select, button';
  const held = place.contains(document.activeElement)
    ? [...place.querySelectorAll(controls)].indexOf(document.activeElement)
    : -1;
  place.replaceChildren(
    view.compare === 'on'
      ? h(
          'div',
          { class: 'edited' },
          choice('Change', { a: 'A', b: 'B' }, view.edit, (value) => setView('edit', value)),
        )
      : '',
    group(
      'Service',
      choice('Service', services, settings.service, on('service'), { isWide: true }),
      dataControls(studio),
      list('Request', names, settings.kind, on('kind'), without),
      subject(studio),
      text('How many', settings.count, on('count'), { type: 'number', min: 1, max: 48, required: true }),
    ),
    group(
      'Layout',
      choice('Template', templates, settings.template, on('template')),
      text('Heading', settings.heading, on('heading'), { placeholder: 'the service’s own title' }),
      h('p', { class: 'hint', id: 'heading-hint' }, headingHint(settings.lang)),
      toggle('Add to cart', settings.cart === 'on', (isOn) => set('cart', isOn ? 'on' : 'off')),
      toggle('Quantity', settings.stepper === 'on', (isOn) => set('stepper', isOn ? 'on' : 'off')),
      text('Currency', settings.currency, on('currency'), { required: true, pattern: '[A-Z]{3}', maxlength: 3 }),
    ),
    group('Looks', gallery(settings, setAll)),
    group(
      'Theme',
      h('div', { class: 'contrast', id: 'contrast', role: 'status' }),
      tokens.map(([property, label, kind, most]) =>
        token(property, label, kind, most, settings[property] ?? '', on(property)),
      ),
    ),
    group(
      'Network',
      list('The service', faults, settings.fault, on('fault')),
      list('Delay of each reply', delays, settings.delay, on('delay')),
      h('button', { type: 'button', class: 'button', id: 'again', onclick: studio.again }, 'Request again'),
    ),
  );
  place.querySelectorAll(controls)[held]?.focus();
}
