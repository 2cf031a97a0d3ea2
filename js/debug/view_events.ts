// The events, newest first, each with the steps of its life.

import { code, id, note, row, tag, textBox, timeOf, type Context } from './context.js';
import { whyHomeless } from './destinations.js';
import { h, type Child, type VNode } from './dom.js';
import { textIn, type Life, type State } from './life.js';
import { REASONS, statusText } from './reasons.js';
import { countText, prettyText, spanText } from './words.js';

const STATES: Record<State, readonly [word: string, kind: string]> = {
  memory: ['in memory', 'warn'],
  stored: ['stored', 'info'],
  sent: ['sent', 'info'],
  again: ['waits to be sent again', 'warn'],
  received: ['received', 'good'],
  dropped: ['dropped', 'bad'],
  left: ['with another page', 'info'],
};

/** More rows than this would make the panel slow. */
const MOST_ROWS = 150;

/** Returns what the event is about, in a few words. */
const about = ({ text, type }: Life): string => {
  const names =
    type === 'itemsServed' ? ['surface', 'source'] : ['itemId', 'orderId', 'query', 'name', 'url', 'experiment'];
  const found = names.map((name) => textIn(text, name)).filter(Boolean);
  return (type === 'itemsServed' ? found.join(', ') : found[0]) ?? '';
};

/** Returns why an event has not arrived yet and what to do about it; '' for one that has. */
export const whyNot = (life: Life, context: Context): string => {
  const { facts, nowMs, target } = context;
  const { wakeMs, counts } = target.session;
  const last = life.requests[life.requests.length - 1];
  const wait = wakeMs > nowMs ? ` The next attempt is in about ${spanText(wakeMs - nowMs)}.` : '';
  const homeless = whyHomeless(facts, context.said);
  switch (life.state) {
    case 'received':
      return '';
    case 'dropped':
      return (REASONS[life.reason] ?? ['It was dropped.']).join(' ');
    case 'left':
      return 'It is in the storage of this browser. The next page that opens takes it over and sends it.';
    case 'again':
      return (
        `The last attempt failed: ${last ? statusText(last.status ?? 0) : counts.lastError}.${wait} ` +
        'See What is wrong on the first tab.'
      );
    case 'sent':
      return 'The request has no reply yet.';
    case 'memory':
      if (facts.consent === 'unknown') return 'It waits for consent. Call setConsent() when the shopper has answered.';
      if (homeless) return homeless;
      if (facts.storeKind === 'memory' || facts.consent === 'anonymous')
        return `Nothing may be stored, so it waits in memory for its batch.${wait}`;
      return 'It was made a moment ago.';
    case 'stored':
      if (homeless) return homeless;
      return life.journal && !target.session.counts.queued
        ? 'It waits in storage, because this page may not send now.'
        : `It waits until a batch is full (events.batchSize) or its time has come (events.flushInterval).${wait}`;
  }
};

/** Returns the word for the state of an event, and its colour. */
const wordOf = ({ state, reason }: Life, { facts, said }: Context): readonly [word: string, kind: string] => {
  const [word, kind] = STATES[state];
  if (reason) return [`${word}: ${reason}`, kind];
  if (state === 'memory' && facts.consent === 'unknown') return ['waiting for consent', kind];
  if ((state === 'memory' || state === 'stored') && whyHomeless(facts, said)) return ['has no address', 'warn'];
  return [word, kind];
};

const lifeRow = (context: Context, life: Life): VNode => {
  const [word, kind] = wordOf(life, context);
  const why = whyNot(life, context);
  return row(
    context,
    `life ${life.key}`,
    [
      h('span', { class: 'when' }, timeOf(context, life.madeMs)),
      h('span', { class: 'what' }, h('b', {}, life.type || 'event'), ' ', h('span', { class: 'dim' }, about(life))),
      tag(kind, word),
    ],
    () => [
      life.eventId && h('p', {}, 'Event ', id(life.eventId)),
      why && h('p', { class: `why ${kind}` }, why),
      h(
        'ol',
        { class: 'steps' },
        life.steps.map(({ atMs, text }, i) =>
          h('li', { key: i }, h('span', { class: 'when' }, timeOf(context, atMs)), h('span', {}, text)),
        ),
      ),
      life.text
        ? textBox('The event as JSON', prettyText(life.text))
        : note('The core shows the event itself when it stores or sends it.'),
      life.text &&
        !life.eventId &&
        note('This is what the call got. The event itself is seen when it is stored or sent.'),
    ],
  );
};

const choice = (
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
  set: (to: string) => void,
) =>
  h(
    'label',
    {},
    `${label} `,
    h(
      'select',
      { value, onchange: ({ target }) => set((target as HTMLSelectElement).value) },
      options.map(([one, text]) => h('option', { key: one, value: one }, text)),
    ),
  );

export const eventsView = (context: Context): Child[] => {
  const { ui, target } = context;
  const { list, forgotten } = target.session.lives;
  const types = [...new Set(list.map(({ type }) => type).filter(Boolean))].sort();
  const shown = list
    .filter(
      ({ type, state }) => (!ui.typeFilter || type === ui.typeFilter) && (!ui.stateFilter || state === ui.stateFilter),
    )
    .reverse();
  return [
    h(
      'div',
      { class: 'bar' },
      choice('Type', ui.typeFilter, [['', 'all types'], ...types.map((type) => [type, type] as const)], (to) =>
        context.change((state) => (state.typeFilter = to)),
      ),
      choice(
        'State',
        ui.stateFilter,
        [['', 'all states'], ...Object.entries(STATES).map(([state, [word]]) => [state, word] as const)],
        (to) => context.change((state) => (state.stateFilter = to)),
      ),
      h('span', { class: 'dim' }, countText(shown.length, 'event')),
    ),
    shown.length
      ? h(
          'ul',
          { class: 'rows' },
          shown.slice(0, MOST_ROWS).map((life) => lifeRow(context, life)),
        )
      : h('p', {}, list.length ? 'No event fits the filters.' : 'No event was seen yet.'),
    shown.length > MOST_ROWS &&
      note(`${shown.length - MOST_ROWS} older events are not shown. Choose a type or a state.`),
    forgotten > 0 && note(`${forgotten} older events were forgotten, to spare memory.`),
    !list.length &&
      note('Events are made by ', code('autoTrack'), ', by widgets and by calls of ', code('events'), '.'),
  ];
};
