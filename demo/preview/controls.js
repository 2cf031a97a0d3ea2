/** Controls for settings: each shows one setting and calls back with its new value. */
import { h } from '../scripts/dom.js';

let lastId = 0;
const freshId = () => `control-${++lastId}`;

const field = (label, control, id) => h('div', { class: 'field' }, h('label', { for: id }, label), control);

/** Returns a row of radio buttons. `options`: value -> text; `isWide`: leaves room for long words. */
export function choice(label, options, value, onChange, { isWide = false } = {}) {
  const name = freshId();
  return h(
    'fieldset',
    { class: isWide ? 'choice choice-wide' : 'choice' },
    h('legend', {}, label),
    h(
      'div',
      { class: 'choice-row' },
      Object.entries(options).map(([key, text]) =>
        h(
          'label',
          {},
          h('input', { type: 'radio', name, value: key, checked: key === value, onchange: () => onChange(key) }),
          h('span', {}, text),
        ),
      ),
    ),
  );
}

/** Returns a select box. `disabled`: value -> why it cannot be chosen now. */
export function list(label, options, value, onChange, disabled = {}) {
  const id = freshId();
  const select = h(
    'select',
    { id, onchange: () => onChange(select.value) },
    Object.entries(options).map(([key, text]) =>
      h(
        'option',
        { value: key, selected: key === value, disabled: key in disabled, title: disabled[key] },
        text + (key in disabled ? ` (${disabled[key]})` : ''),
      ),
    ),
  );
  return field(label, select, id);
}

/** Returns a one-line text field, which calls back when the typing pauses. */
export function text(label, value, onChange, attributes = {}) {
  const id = freshId();
  let waiting;
  const input = h('input', {
    id,
    value,
    spellcheck: 'false',
    autocomplete: 'off',
    ...attributes,
    oninput: () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => input.checkValidity() && onChange(input.value), 350);
    },
  });
  return field(label, input, id);
}

export function toggle(label, isOn, onChange) {
  const input = h('input', { type: 'checkbox', checked: isOn, onchange: () => onChange(input.checked) });
  return h('label', { class: 'toggle' }, input, h('span', {}, label));
}

/** Pixels of 1rem in the frame and in most shops. */
const remPixels = 16;

/** Returns a length or number of the theme as text: "1rem, 16 px". */
const measureText = (value) =>
  value.endsWith('rem') ? `${value}, ${Math.round(parseFloat(value) * remPixels * 100) / 100} px` : value;

const isHex = (text) => /^#[0-9a-f]{6}$/i.test(text);

/** Returns what a user types as `#rrggbb`; also without `#` and with three digits. Another text stays as it is. */
function hexOf(typed) {
  const digits = typed.trim().replace(/^#/, '').toLowerCase();
  if (!/^([0-9a-f]{3}){1,2}$/.test(digits)) return typed;
  return `#${digits.length === 3 ? digits.replace(/./g, '$&$&') : digits}`;
}

/**
 * Returns a control for a colour, length or number of the theme; '' means the stylesheet's value (see
 * `setByStylesheet`). A colour has a field for its number too.
 */
export function token(property, label, kind, most, value, onChange) {
  const id = freshId();
  const isRange = kind !== 'color';
  const unit = kind === 'length' ? 'rem' : '';
  const shown = isRange && h('output', { for: id }, measureText(value));
  const input = h('input', {
    id,
    type: isRange ? 'range' : 'color',
    value: isRange ? parseFloat(value) || 0 : value || '#888888',
    'data-token': property,
    ...(isRange ? { min: unit ? 0 : 0.125, max: most, step: most > 10 ? 0.5 : 0.125 } : {}),
    oninput: () => set(isRange ? input.value + unit : input.value),
  });
  const typed =
    !isRange &&
    h('input', {
      class: 'hex',
      value,
      'data-hex': property,
      'aria-label': `${label}: number of the colour`,
      maxlength: 7,
      spellcheck: 'false',
      autocomplete: 'off',
      oninput() {
        // Three digits may become six.
        if (/^#?[0-9a-f]{6}$/i.test(typed.value.trim())) set(hexOf(typed.value));
      },
      onchange() {
        const next = hexOf(typed.value);
        if (typed.value === '') set('');
        else if (isHex(next)) set(next);
        typed.value = input.value;
      },
    });
  const clear = h(
    'button',
    { type: 'button', class: 'clear', 'aria-label': `${label}: back to the stylesheet`, onclick: () => set('') },
    '×',
  );
  const auto = h('span', { class: 'auto', title: 'The value of the style sheet' }, 'auto');
  const row = h(
    'div',
    { class: 'token', title: property, 'data-kind': kind },
    h('label', { for: id }, label),
    input,
    isRange ? shown : typed,
    clear,
    auto,
  );
  row.toggleAttribute('data-set', Boolean(value));
  function set(next) {
    if (isRange) shown.textContent = measureText(next);
    else if (next) {
      input.value = next;
      if (document.activeElement !== typed) typed.value = next;
    }
    row.toggleAttribute('data-set', Boolean(next));
    onChange(next);
  }
  return row;
}

/**
 * Shows the stylesheet's values in the controls that are not set: {'--vitrine-accent': '#1f4fd8', '--vitrine-gap':
 * '1rem'}.
 */
export function setByStylesheet(place, values) {
  for (const row of place.querySelectorAll('.token:not([data-set])')) {
    const input = row.querySelector('[data-token]');
    const value = values[input.dataset.token];
    if (!value) continue;
    input.value = input.type === 'range' ? parseFloat(value) : value;
    const [output, typed] = [row.querySelector('output'), row.querySelector('[data-hex]')];
    if (output) output.textContent = measureText(value);
    if (typed && document.activeElement !== typed) typed.value = value;
  }
}
