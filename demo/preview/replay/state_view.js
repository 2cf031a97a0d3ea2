/** Shows the state after an input. What the input has changed is marked. */

import { fold, h, raw } from './dom.js';
import { count, shortUrl } from './effect_words.js';
import { eventCount, meaningOf, segmentOf } from './keys.js';

const card = (id, title, number, ...content) =>
  h(
    'section',
    { class: 'card', 'aria-labelledby': `${id}-title`, id },
    h('h3', { id: `${id}-title` }, title, number !== undefined && h('span', { class: 'number' }, String(number))),
    ...content,
  );
const nothing = (text) => h('p', { class: 'nothing' }, text);
const changed = (is, word = 'changed') => is && h('span', { class: 'badge' }, word);
const bytes = (text) => `${new TextEncoder().encode(text).length.toLocaleString('en')} bytes`;

const allowed = {
  granted: 'events are sent and stored',
  anonymous: 'events are sent without ids, nothing is stored',
  denied: 'events are dropped',
  unknown: 'events wait in memory',
};

const whoCard = ({ who, page, config }, before) => {
  const fact = (name, value, old, more = '') => [
    h('dt', {}, name),
    h(
      'dd',
      { 'data-fact': name },
      h('code', {}, value || 'none'),
      more && ` ${more}`,
      changed(old !== undefined && old !== value),
    ),
  ];
  return card(
    'who',
    'Shopper and page',
    undefined,
    h(
      'dl',
      { class: 'facts' },
      fact('visitor', who.visitor, before?.visitor),
      h('dt', {}, 'session'),
      h('dd', { 'data-fact': 'session' }, h('code', { id: 'session-id' }, '…')),
      fact('user', who.user, before?.user),
      fact('consent', who.consent, before?.consent, allowed[who.consent] && `(${allowed[who.consent]})`),
      fact('service', config.provider?.name ?? 'none'),
      fact('address', page.url),
      fact('page', `${page.isVisible ? 'visible' : 'hidden'}, ${page.isOnline ? 'online' : 'offline'}`),
    ),
  );
};

/** Names of the metrics in words, in the order in which they are shown. */
const metricNames = {
  queued: 'events in the queue',
  bytes: 'bytes in the queue',
  sent: 'events received',
  failed: 'requests that failed',
  retrying: 'events that wait for another try',
  oldestMs: 'age of the oldest, ms',
  lastError: 'last error',
  storage: 'storage',
};

const metricsCard = ({ metrics, metricsBefore, wakeInMs }) => {
  const rows = Object.entries(metricNames)
    .filter(([name]) => name in metrics)
    .map(([name, label]) => [name, label, metrics[name], metricsBefore[name]]);
  const dropped = Object.entries(metrics.dropped ?? {}).map(([reason, number]) => [
    `dropped.${reason}`,
    `dropped: ${reason}`,
    number,
    metricsBefore.dropped?.[reason] ?? 0,
  ]);
  const line = ([name, label, value, old]) => [
    h('dt', {}, label),
    h(
      'dd',
      { 'data-metric': name },
      h('code', {}, String(value ?? 'none')),
      old !== undefined &&
        old !== value &&
        name !== 'oldestMs' &&
        h('span', { class: 'badge' }, `was ${old ?? 'none'}`),
    ),
  ];
  return card(
    'metrics',
    'Queue and metrics',
    undefined,
    h(
      'dl',
      { class: 'facts facts-wide' },
      [...rows, ...dropped].map(line),
      h('dt', {}, 'timer'),
      h('dd', {}, Number.isFinite(wakeInMs) ? `fires in ${(Math.max(0, wakeInMs) / 1000).toFixed(3)} s` : 'is not set'),
    ),
  );
};

const storageCard = ({ storage, removed, mirror }, index) => {
  const keys = [...storage].sort(([a], [b]) => (a < b ? -1 : 1));
  const item = ([key, { value, step }]) =>
    h(
      'li',
      { 'data-key': key, class: step === index ? 'is-changed' : '' },
      fold(
        `key ${key}`,
        [
          h('code', {}, key),
          ' ',
          h(
            'span',
            { class: 'quiet' },
            segmentOf(key) ? count(eventCount(value), 'event') : meaningOf(key),
            ` · ${bytes(value)}${mirror.get(key)?.value === value ? ' · in the mirror' : ''}`,
          ),
          changed(step === index),
        ],
        () => raw(value, `value of ${key}`),
      ),
    );
  const gone = [...removed.keys()]
    .filter((key) => !storage.has(key))
    .map((key) => h('li', { class: 'is-changed is-removed' }, h('code', {}, key), ' ', changed(true, 'removed')));
  return card(
    'storage',
    'Storage',
    keys.length,
    keys.length || gone.length ? h('ul', { class: 'items' }, keys.map(item), gone) : nothing('Nothing is stored.'),
    h('p', { class: 'hint' }, `The mirror (IndexedDB) has ${count(mirror.size, 'key')}.`),
  );
};

const requestsCard = ({ requests }, index) =>
  card(
    'requests',
    'Requests in flight',
    requests.size,
    requests.size
      ? h(
          'ul',
          { class: 'items' },
          [...requests].map(([id, { kind, method, url, body, isKeepalive, step }]) =>
            h(
              'li',
              { 'data-request': id, class: step === index ? 'is-changed' : '' },
              fold(
                `request ${id}`,
                [
                  h('code', {}, `${id} ${method} ${shortUrl(url)}`),
                  ' ',
                  h('span', { class: 'quiet' }, `${kind}${isKeepalive ? ', outlives the page' : ''}, since #${step}`),
                  changed(step === index, 'new'),
                ],
                () => h('div', {}, h('p', { class: 'address' }, url), body && raw(body, `body of request ${id}`)),
              ),
            ),
          ),
        )
      : nothing('No request waits for a reply.'),
  );

/** Says when an item counts as viewed; the defaults are those of js/README.md. */
const ruleInWords = ({ ratio = 0.5, dwellMs = 1000 } = {}) =>
  `An item counts as viewed when ${Math.round(ratio * 100)} % of it, or less of a large one, ` +
  `are visible for ${dwellMs / 1000} s.`;

const watchesCard = ({ watches, config }, index) =>
  card(
    'watches',
    'Watched items',
    watches.size,
    watches.size > 0 && h('p', { class: 'hint' }, ruleInWords(config.viewability)),
    watches.size
      ? h(
          'ul',
          { class: 'items items-watched' },
          [...watches].map(([number, { item, position, ratio, areaPx, step }]) => {
            const bar = h('span', { class: 'bar-fill' });
            bar.style.width = `${Math.round(ratio * 100)}%`;
            return h(
              'li',
              { 'data-watch': number, class: step === index ? 'is-changed' : '' },
              h('span', { class: 'watched-name' }, h('code', {}, item), position >= 0 && ` position ${position}`),
              h('span', { class: 'bar', 'aria-hidden': 'true' }, bar),
              h(
                'span',
                { class: 'watched-ratio' },
                areaPx === undefined ? 'not seen yet' : `${Math.round(ratio * 100)} %`,
              ),
              changed(step === index),
            );
          }),
        )
      : nothing('No item is watched for views.'),
  );

const slotsCard = ({ slots }, index) =>
  card(
    'slots',
    'Widgets',
    slots.size,
    slots.size
      ? h(
          'ul',
          { class: 'items' },
          [...slots].map(([id, { request, shown, html, serve, step }]) =>
            h(
              'li',
              { 'data-slot': id, class: step === index ? 'is-changed' : '' },
              fold(
                `slot ${id}`,
                [
                  h('code', {}, `${id} ${request?.kind ?? ''}`),
                  ' ',
                  h(
                    'span',
                    { class: 'quiet' },
                    `${shown ?? 'nothing shown yet'}${serve >= 0 ? `, list ${serve}` : ''}`,
                  ),
                  changed(step === index),
                ],
                () =>
                  h(
                    'div',
                    {},
                    raw(JSON.stringify(request ?? {}), `request of widget ${id}`),
                    html && raw(html, `HTML of widget ${id}`),
                  ),
              ),
            ),
          ),
        )
      : nothing('The page has no widget.'),
  );

/**
 * Returns the cards of the state after step `index`.
 * @param {import('./replayed.js').Replayed} session
 */
export const stateView = (session, index) => {
  const [visitor, user, consent] = index ? JSON.parse(session.steps[index - 1].ids) : [];
  const state = session.stateAt(index);
  return [
    whoCard(state, index ? { visitor, user, consent } : undefined),
    metricsCard(state),
    requestsCard(state, index),
    storageCard(state, index),
    watchesCard(state, index),
    slotsCard(state, index),
  ];
};
