/** The list of inputs. Only the rows in view are in the page, so that a session may have any length. */

import { find, h, relative, timeOfDay } from './dom.js';
import { marks } from './replayed.js';

const ROW_PX = 52;
const SPARE = 8;

/**
 * Opens the list in `#list`.
 * @param {(index: number) => void} choose called when a row is pressed
 */
export const openList = (choose) => {
  const box = find('#list');
  const rows = h('div', { class: 'rows', role: 'presentation' });
  box.replaceChildren(rows);
  /** @type {import('./replayed.js').Replayed | undefined} */
  let session;
  let shown = [];
  let chosen = 0;
  let drawn = '';

  const row = (index, place) => {
    const { input, atMs, failure } = session.steps[index];
    const kinds = Object.keys(marks).filter((kind) => session.marks[index][kind]);
    const element = h(
      'div',
      {
        class: 'row',
        id: `row-${index}`,
        role: 'option',
        'aria-selected': String(index === chosen),
        'aria-posinset': place + 1,
        'aria-setsize': shown.length,
        'data-index': index,
        'data-failed': !!failure,
      },
      h('span', { class: 'row-words' }, session.words[index]),
      h(
        'span',
        { class: 'row-facts' },
        h('span', { class: 'row-number' }, `#${index}`),
        h('span', {}, relative(atMs - session.startMs)),
        h('span', { class: 'row-time' }, timeOfDay(atMs)),
        h('span', { class: 'row-name' }, input.name),
        kinds.map((kind) => h('span', { class: 'mark', 'data-mark': kind }, kind)),
      ),
    );
    element.style.top = `${place * ROW_PX}px`;
    return element;
  };

  const draw = () => {
    const first = Math.max(0, Math.floor(box.scrollTop / ROW_PX) - SPARE);
    const end = Math.min(shown.length, Math.ceil((box.scrollTop + box.clientHeight) / ROW_PX) + SPARE);
    const state = `${first} ${end} ${chosen}`;
    if (!session || state === drawn) return;
    drawn = state;
    rows.replaceChildren(...shown.slice(first, end).map((index, i) => row(index, first + i)));
    const isDrawn = shown.slice(first, end).includes(chosen);
    if (isDrawn) box.setAttribute('aria-activedescendant', `row-${chosen}`);
    else box.removeAttribute('aria-activedescendant');
  };
  box.addEventListener('scroll', draw, { passive: true });
  new ResizeObserver(draw).observe(box);
  box.addEventListener('click', ({ target }) => {
    const index = target.closest('[data-index]')?.dataset.index;
    if (index) choose(Number(index));
  });

  /** Scrolls as little as brings the chosen row into view. */
  const reveal = () => {
    const place = shown.indexOf(chosen);
    if (place < 0) return;
    const top = place * ROW_PX;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_PX > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW_PX - box.clientHeight;
  };

  return {
    /** Shows these steps of a session. */
    show(replayed, indexes) {
      session = replayed;
      shown = indexes;
      drawn = '';
      rows.style.height = `${shown.length * ROW_PX}px`;
      find('#found').textContent =
        shown.length === session.steps.length
          ? `${shown.length.toLocaleString('en')} inputs`
          : `${shown.length.toLocaleString('en')} of ${session.steps.length.toLocaleString('en')} inputs`;
      find('#none').hidden = shown.length > 0;
      reveal();
      draw();
    },
    mark(index) {
      chosen = index;
      reveal();
      draw();
    },
    /** Returns the listed step before (-1) or after (1) a step; the step itself at the end of the list. */
    beside(index, way) {
      const found = way > 0 ? shown.find((each) => each > index) : shown.findLast((each) => each < index);
      return found ?? index;
    },
    first: () => shown[0] ?? chosen,
    last: () => shown.at(-1) ?? chosen,
  };
};
