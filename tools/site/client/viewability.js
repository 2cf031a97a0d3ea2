// The rule of viewability to play with: a list that scrolls, whose views Vitrine itself decides. The bars only show
// what this page sees by an observer of its own; the word "Viewed" comes from Vitrine's event alone.

const kCards = 8;
const kDwellMs = 1000;
const kRatio = 0.5;
const isCalm = matchMedia('(prefers-reduced-motion: reduce)');

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const area = make('ul', {
  class: 'play-area',
  tabindex: '0',
  'aria-label': 'Products to scroll',
  'data-vitrine-list': 'play',
  'data-vitrine-surface': 'documentation',
});
const log = make('ol', { class: 'play-log', 'aria-live': 'polite', 'aria-label': 'Events of views' });
const note = make('p', { class: 'play-note', role: 'status' });

/** The cards of this run, by the ids of their products. */
const cards = new Map();
let run = 0;

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, intersectionRatio } of entries) {
      const card = cards.get(target.dataset.vitrineItem);
      if (!card) continue;
      card.ratio = intersectionRatio;
      const isSeen = intersectionRatio >= kRatio && document.visibilityState === 'visible';
      if (!isSeen) card.since = undefined;
      else card.since ??= performance.now();
    }
  },
  { threshold: Array.from({ length: 21 }, (_, i) => i / 20) },
);

const stateOf = ({ viewed, ratio, since }, now) => {
  if (viewed) return `Viewed: ${Math.round(viewed.ratio * 100)} % for ${(viewed.visibleMs / 1000).toFixed(2)} s`;
  if (since === undefined) return `${Math.round(ratio * 100)} % visible, the clock stands at 0`;
  // A text that changes with each frame is motion too.
  const seconds = isCalm.matches ? '' : `, ${Math.min(1, (now - since) / kDwellMs).toFixed(1)} s`;
  return `${Math.round(ratio * 100)} % visible${seconds}`;
};

const draw = () => {
  const now = performance.now();
  for (const card of cards.values()) {
    const spent = card.since === undefined ? 0 : Math.min(kDwellMs, now - card.since);
    card.bar.value = card.viewed ? kDwellMs : isCalm.matches ? 0 : spent;
    const text = stateOf(card, now);
    if (card.state.textContent !== text) card.state.textContent = text;
  }
  requestAnimationFrame(draw);
};

/** Puts new products into the list, which Vitrine takes as another list. */
const begin = () => {
  run++;
  observer.disconnect();
  cards.clear();
  log.replaceChildren();
  note.textContent = '';
  const items = Array.from({ length: kCards }, (_, i) => {
    const name = `Product ${i + 1}`;
    const bar = make('progress', { max: String(kDwellMs), value: '0', 'aria-label': `${name}: the second` });
    const state = make('span', { class: 'play-state' });
    const id = `play-${run}-${i + 1}`;
    const item = make('li', { 'data-vitrine-item': id }, make('b', {}, name), state, bar);
    cards.set(id, { item, bar, state, ratio: 0, since: undefined, viewed: undefined, name });
    return item;
  });
  area.replaceChildren(...items);
  area.scrollTop = 0;
  for (const item of items) observer.observe(item);
};

/** Shows Vitrine's event of a view. */
const show = ({ itemId, rule, ratio, visibleMs }) => {
  const card = cards.get(itemId);
  if (!card) return;
  card.viewed = { ratio, visibleMs };
  card.item.classList.add('viewed');
  log.append(make('li', {}, `view of ${card.name}: rule ${rule}, ratio ${ratio}, visibleMs ${Math.round(visibleMs)}`));
};

const place = document.querySelector('[data-play="viewability"]');
const again = make('button', { type: 'button' }, 'Start again');
again.addEventListener('click', begin);
const next = make('button', { type: 'button' }, 'Next product');
next.addEventListener('click', () => {
  const height = cards.values().next().value.item.offsetHeight;
  area.scrollBy({ top: height, behavior: isCalm.matches ? 'instant' : 'smooth' });
});
begin();
place.append(make('div', { class: 'play-buttons' }, next, again), note, area, log);

document.addEventListener('visibilitychange', () => {
  for (const card of cards.values()) card.since = undefined;
  if (document.visibilityState === 'hidden') {
    note.textContent = 'The tab was hidden: clocks that had not reached one second began anew.';
    return;
  }
  for (const card of cards.values()) if (card.ratio >= kRatio) card.since = performance.now();
});

window.vitrine = (...call) => (window.vitrine.q ??= []).push([Date.now(), call]);
window.vitrine('init', {
  autoTrack: true,
  // Nothing is stored, and the hook drops each event after it was shown, so nothing is sent to the address.
  events: { persistence: 'memory', url: location.href },
  beforeTrack(event) {
    if (event.type === 'view') show(event);
    return false;
  },
});
requestAnimationFrame(draw);
