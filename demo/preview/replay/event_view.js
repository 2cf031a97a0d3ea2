/** “Where did my event go?”: the events of the session, and the life of one of them. */

import { find, h, raw, relative } from './dom.js';
import { endOf, subjectOf } from './lives.js';

const MOST = 200;

/**
 * Opens the list of events in `#lives`.
 * @param {(index: number) => void} choose called with the step of a chapter
 */
export const openEvents = (choose) => {
  const search = find('#event-search');
  const list = find('#lives');
  const life = find('#life');
  /** @type {import('./replayed.js').Replayed | undefined} */
  let session;
  let chosen;

  const textOf = ({ id, event }) =>
    `${id} ${subjectOf(event)} ${event.orderId ?? ''} ${event.itemId ?? ''}`.toLowerCase();

  const showLife = () => {
    if (!chosen) {
      life.replaceChildren(h('p', { class: 'nothing' }, 'Choose an event to see what happened to it.'));
      return;
    }
    const { id, event, chapters } = chosen;
    life.replaceChildren(
      h('h2', {}, subjectOf(event), h('span', { class: 'end', 'data-end': endOf(chosen) }, endOf(chosen))),
      h('p', { class: 'hint' }, id ? ['Event ', h('code', {}, id)] : 'It ended before it had an id.'),
      h(
        'ol',
        { class: 'chapters' },
        chapters.map(({ step, kind, text }) =>
          h(
            'li',
            { 'data-kind': kind },
            h(
              'button',
              { type: 'button', class: 'link', onclick: () => choose(step), 'aria-label': `Go to input ${step}` },
              `#${step}`,
            ),
            h(
              'span',
              {},
              h('strong', {}, text),
              h('span', { class: 'quiet' }, ` ${relative(session.steps[step].atMs - session.startMs)}`),
              h('br'),
              session.words[step],
            ),
          ),
        ),
      ),
      endOf(chosen) === 'waiting' || endOf(chosen) === 'in flight'
        ? h('p', { class: 'hint' }, 'The recording ends before more is known.')
        : '',
      h('details', {}, h('summary', {}, 'The event'), raw(JSON.stringify(event), 'the event')),
    );
  };

  const draw = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = session.lives.filter((each) => !wanted || textOf(each).includes(wanted));
    if (chosen && !found.includes(chosen)) chosen = undefined;
    if (!chosen && found.length === 1) [chosen] = found;
    list.replaceChildren(
      ...found.slice(0, MOST).map((each) => {
        const end = endOf(each);
        return h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'life-button',
              'aria-pressed': String(each === chosen),
              'data-id': each.id,
              onclick() {
                chosen = each;
                draw();
              },
            },
            h('span', { class: 'life-subject' }, subjectOf(each.event)),
            h('span', { class: 'end', 'data-end': end }, end),
            h('span', { class: 'life-id' }, each.id || `at #${each.chapters[0].step}`),
          ),
        );
      }),
    );
    find('#lives-found').textContent =
      found.length > MOST
        ? `The first ${MOST} of ${found.length.toLocaleString('en')} events. Search for others.`
        : found.length
          ? `${found.length} of ${session.lives.length} events`
          : 'No event fits. It may belong to another page: each page of a shop is a session of its own.';
    showLife();
  };
  search.addEventListener('input', draw);

  return {
    show(replayed) {
      session = replayed;
      chosen = undefined;
      search.value = '';
      draw();
    },
  };
};
