// The panel: a button in a corner, and behind it the tabs.

import { pageNow } from '../ports/clock.js';
import type { Context, Ui } from './context.js';
import { h, type Child, type VNode } from './dom.js';
import { countOf, problemsOf } from './problems.js';
import { countsView, linesView, recordView } from './view_counts.js';
import { eventsView } from './view_events.js';
import { listsView, viewsView } from './view_products.js';
import { requestsView } from './view_requests.js';
import { startView } from './view_start.js';
import { storageView } from './view_storage.js';
import { countText } from './words.js';

const TABS: readonly (readonly [id: string, word: string, view: (context: Context) => Child[]])[] = [
  ['start', 'Start', startView],
  ['events', 'Events', eventsView],
  ['views', 'Views', (context) => viewsView(context, pageNow())],
  ['lists', 'Lists', listsView],
  ['requests', 'Requests', requestsView],
  ['storage', 'Storage', storageView],
  ['counts', 'Counts', countsView],
  ['lines', 'Console', linesView],
  ['record', 'Record', recordView],
];

export const firstUi = (): Ui => ({
  ...{ tab: 'start', isLeft: false, typeFilter: '', stateFilter: '', drawsRings: true, keepsRings: false },
  open: new Set(),
});

/** The frame of the panel: its state, and what its controls do. */
export interface Frame {
  isOpen: boolean;
  names: readonly string[];
  chosen: number;
  fault: string;
  open(): void;
  collapse(): void;
  turnOff(): void;
  choose(index: number): void;
}

/** Returns the number of things that an engineer should look at. */
const troubles = ({ target, facts, around, said }: Context) => countOf(problemsOf(target.session, facts, around, said));

const onTabKey = (context: Context) => (event: Event) => {
  const { key } = event as KeyboardEvent;
  const at = TABS.findIndex(([id]) => id === context.ui.tab);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[key];
  if (to === undefined) return;
  event.preventDefault();
  const [id] = TABS[(to + TABS.length) % TABS.length]!;
  context.change((ui) => (ui.tab = id));
  const list = event.currentTarget as HTMLElement;
  (list.children[TABS.findIndex(([one]) => one === id)] as HTMLElement).focus();
};

const tabs = (context: Context): VNode =>
  h(
    'div',
    { role: 'tablist', 'aria-label': 'What to look at', class: 'tabs', onkeydown: onTabKey(context) },
    TABS.map(([id, word]) => {
      const isChosen = id === context.ui.tab;
      const { said } = context;
      const mark = id === 'lines' && said.length ? ` ${said.length}` : '';
      return h(
        'button',
        {
          ...{ key: id, type: 'button', role: 'tab', id: `tab-${id}`, 'aria-selected': `${isChosen}` },
          ...{ 'aria-controls': 'view', tabindex: isChosen ? 0 : -1 },
          onclick: () => context.change((ui) => (ui.tab = id)),
        },
        word + mark,
      );
    }),
  );

const action = (label: string, word: string, onclick: () => void, kind = '') =>
  h('button', { type: 'button', class: `icon ${kind}`, 'aria-label': label, title: label, onclick }, word);

export const panel = (context: Context, frame: Frame): VNode[] => {
  const count = troubles(context);
  if (!frame.isOpen)
    return [
      h(
        'button',
        {
          ...{ key: 'pill', type: 'button', class: `pill ${count ? 'bad' : 'good'}`, onclick: frame.open },
          'aria-label': `Open the debug overlay of Vitrine. ${count ? countText(count, 'problem') : 'No problem'}.`,
          'aria-expanded': 'false',
        },
        'Vitrine',
        count > 0 && h('span', { class: 'badge' }, `${count}`),
      ),
    ];
  const [id, , view] = TABS.find(([one]) => one === context.ui.tab) ?? TABS[0]!;
  const onkeydown = (event: Event) => {
    if ((event as KeyboardEvent).key === 'Escape') frame.collapse();
  };
  return [
    h(
      'section',
      {
        key: 'panel',
        class: `panel ${context.ui.isLeft ? 'left' : 'right'}`,
        'aria-label': 'Debug overlay of Vitrine',
        onkeydown,
      },
      h(
        'header',
        {},
        h('h1', {}, 'Vitrine'),
        frame.names.length > 1 &&
          h(
            'label',
            { class: 'chooser' },
            'Instance ',
            h(
              'select',
              {
                value: `${frame.chosen}`,
                onchange: ({ target }) => frame.choose(+(target as HTMLSelectElement).value),
              },
              frame.names.map((name, i) => h('option', { key: i, value: `${i}` }, name)),
            ),
          ),
        h('span', { class: 'space' }),
        action(
          context.ui.isLeft ? 'Move right' : 'Move left',
          context.ui.isLeft ? 'Move right' : 'Move left',
          () => context.change((ui) => (ui.isLeft = !ui.isLeft)),
          'side',
        ),
        action('Turn the overlay off', 'Off', frame.turnOff),
        action('Collapse to a button', '✕', frame.collapse),
      ),
      tabs(context),
      h(
        'div',
        { key: `view ${id}`, id: 'view', class: 'view', role: 'tabpanel', 'aria-labelledby': `tab-${id}`, tabindex: 0 },
        view(context),
      ),
      frame.fault &&
        h('p', { class: 'fault', role: 'status' }, `The overlay itself has failed: ${frame.fault}. The page goes on.`),
    ),
  ];
};
