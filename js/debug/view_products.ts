// Products on the page: the items that are watched for views, the lists of this page view, and the lists
// that led to products (touches).

import { code, id, note, row, tag, textBox, type Context } from './context.js';
import { h, type Child } from './dom.js';
import { memberIn, textIn, type Life } from './life.js';
import { countText, prettyText, spanText } from './words.js';
import type { Watch, WatchState } from './watches.js';

export const WATCH_WORDS: Record<WatchState, readonly [kind: string, word: string]> = {
  watching: ['info', 'too little visible'],
  counting: ['warn', 'counting'],
  paused: ['info', 'page is hidden'],
  viewed: ['good', 'viewed'],
};

const MOST_ROWS = 200;

/** A switch of the panel. */
const toggle = (label: string, isOn: boolean, set: (isOn: boolean) => void) =>
  h(
    'label',
    { class: 'switch' },
    h('input', {
      type: 'checkbox',
      checked: isOn,
      onchange: ({ target }) => set((target as HTMLInputElement).checked),
    }),
    ` ${label}`,
  );

export const viewsView = (context: Context, pageMs: number): Child[] => {
  const { ui, target } = context;
  const { watches } = target.session;
  const { rule } = watches;
  const all = [...watches.all.values()];
  const count = (wanted: WatchState) => all.filter((watch) => watches.state(watch) === wanted).length;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const line = (watch: Watch) => {
    const [kind, word] = WATCH_WORDS[watches.state(watch)];
    return h(
      'li',
      { key: watch.id, class: 'card line', 'data-item': watch.itemId },
      h('span', { class: 'what' }, code(watch.itemId), watch.position >= 0 && ` at place ${watch.position + 1}`),
      h(
        'span',
        { class: 'dim' },
        `${percent(watch.ratio)} visible, ${percent(watches.progress(watch, pageMs))} of the time`,
      ),
      tag(kind, word),
    );
  };
  return [
    h(
      'p',
      {},
      `An item counts as viewed when ${percent(rule.ratio)} of it is visible for ${spanText(rule.dwellMs)}` +
        `${rule.isCumulative ? ' in all' : ' without a break'}; an item of ${rule.largeAreaPx} px² or more needs ` +
        `${percent(rule.largeRatio)}.`,
    ),
    h(
      'div',
      { class: 'bar' },
      toggle('Draw over the page', ui.drawsRings, (isOn) => context.change((state) => (state.drawsRings = isOn))),
      toggle('Also while another tab is chosen', ui.keepsRings, (isOn) =>
        context.change((state) => (state.keepsRings = isOn)),
      ),
    ),
    note('A ring fills while the clock of an item runs. The number is the visible share.'),
    all.length
      ? h(
          'p',
          {},
          `${countText(all.length, 'item')}: ${count('viewed')} viewed, ${count('counting')} counting, ` +
            `${count('watching')} with too little visible.`,
        )
      : h('p', {}, 'No item is watched. Widgets, autoTrack and observe() of a list watch items.'),
    h('ul', { class: 'plain' }, all.slice(0, MOST_ROWS).map(line)),
    all.length > MOST_ROWS && note(`${all.length - MOST_ROWS} more items are not shown.`),
  ];
};

interface Touch {
  id?: string;
  at?: number;
  position?: number;
  serveId?: string;
  surface?: string;
  source?: string;
}

const touchesOf = (text: string): Touch[] => {
  const list = memberIn(text, 'touches');
  return Array.isArray(list) ? (list as Touch[]) : [];
};

/** The lists of the current page view: those with the page id of the last page view, or without one. */
const listsOf = (lives: readonly Life[]): Life[] => {
  const ids = lives.map(({ text }) => textIn(text, 'pageId')).filter(Boolean);
  const pageId = ids[ids.length - 1] ?? '';
  return lives.filter(
    ({ type, text }) => type === 'itemsServed' && (!textIn(text, 'pageId') || textIn(text, 'pageId') === pageId),
  );
};

export const listsView = (context: Context): Child[] => {
  const { list } = context.target.session.lives;
  const lists = listsOf(list);
  const touches = touchesOf(context.facts.keys.find(([key]) => key.endsWith(':touch'))?.[1] ?? '');
  const countOf = (type: string, serveId: string) =>
    list.filter((life) => life.type === type && serveId && textIn(life.text, 'serveId') === serveId).length;
  return [
    h('h2', {}, 'Lists of this page view'),
    lists.length
      ? h(
          'ul',
          { class: 'rows' },
          [...lists].reverse().map((life) => {
            const items = memberIn(life.text, 'itemIds');
            const itemIds = Array.isArray(items) ? items.map(String) : [];
            const serveId = textIn(life.text, 'serveId');
            return row(
              context,
              `list ${life.key}`,
              [
                h(
                  'span',
                  { class: 'what' },
                  h('b', {}, textIn(life.text, 'surface') || 'no surface'),
                  ' ',
                  h('span', { class: 'dim' }, textIn(life.text, 'source')),
                ),
                h('span', { class: 'dim' }, countText(itemIds.length, 'item')),
              ],
              () => [
                h('p', {}, 'Serve ', id(serveId || 'not known yet')),
                h(
                  'p',
                  {},
                  `${countText(countOf('view', serveId), 'view')}, ${countText(countOf('click', serveId), 'click')}, ` +
                    `${countOf('addToCart', serveId)} added to the cart.`,
                ),
                textBox('Items in their order', itemIds.map((id, i) => `${i + 1}. ${id}`).join('\n') || 'none'),
                life.text && textBox('The event as JSON', prettyText(life.text)),
              ],
            );
          }),
        )
      : h('p', {}, 'No list was served on this page view.'),
    h('h2', {}, 'Attribution'),
    note('For each product the list that the shopper clicked it in last. Orders and carts name it.'),
    touches.length
      ? h(
          'ul',
          { class: 'plain' },
          touches.map(({ id = '', at = 0, surface = '', source = '', serveId = '', position }, i) =>
            h(
              'li',
              { key: `${id} ${i}`, class: 'card', 'data-touch': id },
              h('div', {}, code(id), typeof position === 'number' && position >= 0 && ` at place ${position + 1}`),
              h(
                'div',
                { class: 'dim' },
                [surface, source, serveId && `serve ${serveId}`].filter(Boolean).join(', '),
                `, ${spanText(Math.max(0, context.nowMs - at))} ago`,
              ),
            ),
          ),
        )
      : h('p', {}, 'No product has one: nothing was clicked in a list, or nothing may be stored.'),
  ];
};
