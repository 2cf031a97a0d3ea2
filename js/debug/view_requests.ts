// The requests of the core: batches of events and data calls.

import { note, pairs, row, tag, textBox, timeOf, type Context } from './context.js';
import { placeOf } from './diagnoses.js';
import { h, type Child, type VNode } from './dom.js';
import { statusText } from './reasons.js';
import { bytesOf, isGood, type Request } from './requests.js';
import { countText, prettyText, sizeText, spanText } from './words.js';

const KINDS = { events: 'events', data: 'data call', script: 'data call by script' };
const MOST_ROWS = 100;

const resultOf = (request: Request): [kind: string, text: string] => {
  if (request.isCancelled) return ['info', 'cancelled'];
  if (request.status === undefined) return ['info', 'no reply yet'];
  return [isGood(request) ? 'good' : 'bad', statusText(request.status)];
};

const requestRow = (context: Context, request: Request): VNode => {
  const [kind, result] = resultOf(request);
  const format = (context.facts.config['events'] as { format?: string; url?: string } | undefined) ?? {};
  const isOther = format.format && format.format !== 'vitrine' && format.url === request.url;
  const ms = request.doneMs - request.sentMs;
  return row(
    context,
    `request ${request.id}`,
    [
      h('span', { class: 'when' }, timeOf(context, request.sentMs)),
      h(
        'span',
        { class: 'what' },
        h('b', {}, KINDS[request.kind]),
        ' ',
        h('span', { class: 'dim' }, `${request.method} ${placeOf(request.url)}`),
      ),
      h('span', { class: 'dim' }, request.doneMs ? spanText(ms) : ''),
      tag(kind, result),
    ],
    () => [
      pairs(
        ['Address', h('code', { class: 'long' }, request.url)],
        ['Result', result, request.doneMs > 0 && ` after ${spanText(ms)}`],
        ['Try', request.tries],
        ['Sent', sizeText(bytesOf(request.body)), request.isKeepalive && ', keepalive: it outlives the page'],
        request.replyBytes > 0 && ['Received', sizeText(request.replyBytes)],
        !!request.retryAfter && ['Retry-After', request.retryAfter],
        !!request.headersJson && ['Headers', h('code', { class: 'long' }, request.headersJson)],
        request.kind === 'events' && [
          'Events',
          countText(request.lives.length, 'event'),
          request.lives.length > 0 && `: ${[...new Set(request.lives.map(({ type }) => type))].join(', ')}`,
        ],
      ),
      isOther &&
        note(
          `On the wire the body has the form of ${format.format} (events.format). `,
          "This is the same in Vitrine's own form.",
        ),
      request.body && textBox('Body of the request', prettyText(request.body)),
      request.reply && textBox('Reply', prettyText(request.reply)),
    ],
  );
};

export const requestsView = (context: Context): Child[] => {
  const { list, forgotten } = context.target.session.requests;
  const shown = [...list].reverse().slice(0, MOST_ROWS);
  return [
    shown.length
      ? h(
          'ul',
          { class: 'rows' },
          shown.map((request) => requestRow(context, request)),
        )
      : h('p', {}, 'No request was sent yet.'),
    list.length > MOST_ROWS && note(`${list.length - MOST_ROWS} older requests are not shown.`),
    forgotten > 0 && note(`${forgotten} older requests were forgotten, to spare memory.`),
  ];
};
