// The counts of the core as small charts, the lines of the console with their cures, and the recorded session.

import { code, note, pairs, tag, timeOf, type Context } from './context.js';
import { h, type Child, type VNode } from './dom.js';
import { wordsOf } from './problems.js';
import { REASONS } from './reasons.js';
import type { Counts } from './session.js';
import { countText, sizeText } from './words.js';

const WIDTH = 240;
const HEIGHT = 44;

/** A chart of one number over the time that the overlay has seen. */
const chart = (
  context: Context,
  label: string,
  read: (counts: Counts) => number,
  write = (value: number) => `${value}`,
): VNode => {
  const { history } = context.target.session;
  const points = history.map(({ atMs, counts }) => [atMs, read(counts)] as const);
  const startMs = points[0]?.[0] ?? context.nowMs;
  const span = Math.max(1000, context.nowMs - startMs);
  const highest = Math.max(0, ...points.map(([, value]) => value));
  const most = Math.max(1, highest);
  const last = points[points.length - 1]?.[1] ?? 0;
  const x = (atMs: number) => Math.round(((atMs - startMs) / span) * WIDTH * 10) / 10;
  const y = (value: number) => Math.round((HEIGHT - 2 - (value / most) * (HEIGHT - 4)) * 10) / 10;
  // Each count holds until the next one, so the line has steps.
  let path = '';
  points.forEach(([atMs, value], i) => {
    path += i ? `H${x(atMs)}V${y(value)}` : `M0 ${y(value)}`;
  });
  if (path) path += `H${WIDTH}`;
  const words = `${label}: ${write(last)} now, ${write(highest)} at most`;
  return h(
    'figure',
    { key: label, 'data-chart': label },
    h('figcaption', {}, h('span', {}, label), h('b', {}, write(last))),
    h(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words, preserveAspectRatio: 'none' },
      h('line', { x1: 0, x2: WIDTH, y1: HEIGHT - 1, y2: HEIGHT - 1, class: 'axis' }),
      path && h('path', { d: path, class: 'curve' }),
    ),
  );
};

export const countsView = (context: Context): Child[] => {
  const { counts, history } = context.target.session;
  const reasons = Object.entries(counts.dropped).filter(([, count]) => count > 0);
  const dropped = (of: Counts) => Object.values(of.dropped).reduce((sum, count) => sum + count, 0);
  return [
    history.length < 2 && note('The lines begin when the overlay was opened.'),
    h(
      'div',
      { class: 'charts' },
      chart(context, 'Waiting', ({ queued }) => queued),
      chart(context, 'Received', ({ sent }) => sent),
      chart(context, 'Waiting for another try', ({ retrying }) => retrying),
      chart(context, 'Dropped', dropped),
      chart(context, 'Size of the queue', ({ bytes }) => bytes, sizeText),
      chart(context, 'Refused for good', ({ failed }) => failed),
    ),
    h('h2', {}, 'Dropped, by reason'),
    reasons.length
      ? h(
          'ul',
          { class: 'plain' },
          reasons.map(([reason, count]) =>
            h(
              'li',
              { key: reason, class: 'card', 'data-reason': reason },
              h('div', {}, h('b', {}, `${count}`), ' ', code(reason)),
              h('div', {}, REASONS[reason]?.[0] ?? ''),
              h('div', {}, h('b', {}, 'What to do: '), REASONS[reason]?.[1] ?? ''),
            ),
          ),
        )
      : h('p', {}, 'No event was dropped on this page.'),
  ];
};

export const linesView = (context: Context): Child[] =>
  context.said.length
    ? [
        h(
          'ul',
          { class: 'plain' },
          [...context.said]
            .sort((a, b) => b.lastMs - a.lastMs)
            .map((line) => {
              const { level, message, code: name, count, lastMs } = line;
              const [cause, cure] = wordsOf(line);
              return h(
                'li',
                { key: `${name} ${message}`, class: 'card', 'data-code': name },
                h(
                  'div',
                  { class: 'line' },
                  tag({ error: 'bad', warn: 'warn', info: 'info' }[level], level),
                  h('span', { class: 'what' }, code(name)),
                  h(
                    'span',
                    { class: 'dim' },
                    `${countText(count, 'time')}, `,
                    lastMs ? `last at ${timeOf(context, lastMs)}` : 'before the overlay',
                  ),
                ),
                h('p', {}, message),
                cause && h('p', { class: 'dim' }, cause),
                cure && h('p', {}, h('b', {}, 'What to do: '), cure),
              );
            }),
        ),
      ]
    : [h('p', {}, 'Vitrine has written no line on this page.')];

export const recordView = (context: Context): Child[] => {
  const { trace } = context.target;
  return [
    h(
      'p',
      {},
      'The overlay records the calls of the core. Open the file in the studio, under Replay: the address is ',
      code('/preview/replay.html'),
      ' of the demo server (',
      code('npm start'),
      '). Or play it natively: ',
      code('npm run replay -- FILE'),
      '.',
    ),
    pairs(
      ['Recorded', countText(trace.calls, 'call')],
      [
        'Complete',
        trace.isWhole ? tag('good', 'yes') : tag('warn', 'no'),
        ' ',
        trace.isWhole
          ? 'From the start of this page on.'
          : trace.lost
            ? `${countText(trace.lost, 'call')} behind the start were forgotten, to spare memory.`
            : 'The start of the page is missing, because the overlay was opened late. A replay needs it: ' +
              'set debug: true and load the page again.',
      ],
    ),
    h(
      'p',
      { class: 'why warn' },
      'The file contains the ids of the shopper, what was recorded, and the keys of the configuration. ' +
        'Give it only to people who may know them.',
    ),
    h('button', { type: 'button', class: 'act', onclick: () => context.download() }, 'Download session'),
  ];
};
