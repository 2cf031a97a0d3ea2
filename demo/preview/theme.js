/** The gallery of looks, and the warnings about contrast. */
import { h } from '../scripts/dom.js';
import { ratioText, readable, weakPairs } from './contrast.js';
import { looks, settingsOf } from './looks.js';

/** Returns a small picture of a look: background, card, text and button in its colours. */
function swatch({ tokens }) {
  const paint = (element, property, name) => {
    element.style.setProperty(property, tokens[name]);
    return element;
  };
  const part = (name, property, token) => paint(h('span', { class: name }), property, token);
  const card = h(
    'span',
    { class: 'swatch-card' },
    part('swatch-media', 'background', '--vitrine-media'),
    part('swatch-text', 'background', '--vitrine-text'),
    part('swatch-sale', 'background', '--vitrine-sale'),
    part('swatch-button', 'background', '--vitrine-accent'),
  );
  paint(card, 'background', '--vitrine-card');
  paint(card, 'border-color', '--vitrine-line');
  card.style.setProperty('border-radius', `calc(${tokens['--vitrine-radius']} / 3)`);
  return paint(h('span', { class: 'swatch', 'aria-hidden': 'true' }, card), 'background', '--vitrine-page');
}

/** Returns a small spot of a colour. */
function paintedDot(colour) {
  const dot = h('span', { class: 'dot', 'aria-hidden': 'true' });
  dot.style.background = colour;
  return dot;
}

const isWorn = ({ scheme, tokens }, settings) =>
  settings.scheme === scheme && Object.entries(tokens).every(([name, value]) => settings[name] === value);

/** Returns the buttons of the gallery. `setAll` takes the settings that a look changes. */
export function gallery(settings, setAll) {
  const button = (key) =>
    h(
      'button',
      {
        type: 'button',
        class: 'look',
        'data-look': key,
        title: looks[key].note,
        'aria-pressed': String(isWorn(looks[key], settings)),
        onclick: () => setAll(settingsOf(looks[key], settings)),
      },
      swatch(looks[key]),
      h('span', { class: 'look-name' }, looks[key].name),
    );
  const none = { scheme: 'auto', tokens: {} };
  const isPlain =
    settings.scheme === 'auto' && !Object.keys(settings).some((name) => /^--/.test(name) && settings[name]);
  const plain = h(
    'button',
    {
      type: 'button',
      class: 'look look-none',
      'data-look': 'none',
      title: 'The style sheet without changes',
      'aria-pressed': String(isPlain),
      onclick: () => setAll(settingsOf(none, settings)),
    },
    h('span', { class: 'swatch', 'aria-hidden': 'true' }),
    h('span', { class: 'look-name' }, 'None'),
  );
  return h('div', { class: 'looks-row' }, plain, Object.keys(looks).map(button));
}

/**
 * Writes the pairs with too little contrast into `place`, each with a readable value, and returns their number.
 * @param {HTMLElement} place
 * @param values the colours that the widget has now
 * @param take called with the property and the value that the user takes
 */
export function warnOfContrast(place, values, take) {
  const weak = weakPairs(values).map((pair) => ({ ...pair, better: readable(pair, values) }));
  const lines = weak.map(({ what, ratio, needed, color, ground, better }) =>
    h(
      'li',
      { 'data-pair': `${color} ${ground}` },
      h('strong', {}, what),
      ` has a contrast of ${ratioText(ratio)}; ${needed} is needed. `,
      h(
        'button',
        { type: 'button', class: 'better', 'data-better': color, onclick: () => take(color, better) },
        paintedDot(better),
        `Use ${better} here`,
      ),
    ),
  );
  const text = weak.length ? '' : 'Every pair of colours has enough contrast (WCAG AA).';
  if (place.dataset.said === JSON.stringify(weak)) return weak.length;
  place.dataset.said = JSON.stringify(weak);
  place.replaceChildren(weak.length ? h('ul', {}, lines) : text);
  place.toggleAttribute('data-weak', weak.length > 0);
  return weak.length;
}
