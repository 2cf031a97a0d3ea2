// Content of the browser's storage: the journals with their owners, and each key.

import { keys as meanings } from 'vitrine:documentation';
import { code, id as idCode, note, row, tag, textBox, type Context } from './context.js';
import { h, type Child, type VNode } from './dom.js';
import { bytesOf } from './requests.js';
import type { JournalRow } from './target.js';
import { countText, prettyText, sizeText } from './words.js';

const OWNERS: Record<JournalRow['owner'], readonly [kind: string, text: string]> = {
  'this tab': ['good', 'This tab sends its events.'],
  'another tab': ['info', 'Another tab of this site, which is still open, sends its events.'],
  nobody: [
    'warn',
    'Its page has ended. The next page, or an open one within a minute, takes it over and sends its events.',
  ],
  unknown: ['info', 'The browser does not say who holds it.'],
};

const journal = ({ id, segments, events, chars, owner }: JournalRow): VNode =>
  h(
    'li',
    { key: id, class: 'card', 'data-journal': id },
    h('div', {}, idCode(id), ' ', tag(OWNERS[owner][0], owner === 'nobody' ? 'nobody: waits to be adopted' : owner)),
    h(
      'div',
      { class: 'dim' },
      `${countText(events, 'event')} in ${countText(segments, 'segment')}, ${sizeText(chars)}`,
    ),
    h('div', {}, OWNERS[owner][1]),
  );

export const storageView = (context: Context): Child[] => {
  const { facts } = context;
  const where = facts.storeKind === 'memory' ? 'the memory of this page' : 'localStorage';
  const total = facts.keys.reduce((sum, [key, value]) => sum + bytesOf(key) + bytesOf(value), 0);
  return [
    h('h2', {}, 'Journals'),
    note('A journal holds the events that the collector does not have yet.'),
    facts.journals.length
      ? h('ul', { class: 'plain' }, facts.journals.map(journal))
      : h('p', {}, 'There is none: no event waits in storage.'),
    h('h2', {}, 'Keys'),
    note(
      `${countText(facts.keys.length, 'key')} in ${where}, ${sizeText(total)}. IndexedDB has a copy of the journals.`,
    ),
    h(
      'ul',
      { class: 'rows' },
      facts.keys.map(([key, value]) => {
        const [, what = '', life = ''] = meanings.find(([start]) => key.startsWith(start)) ?? [];
        return row(
          context,
          `key ${key}`,
          [h('span', { class: 'what' }, code(key)), h('span', { class: 'dim' }, sizeText(bytesOf(value)))],
          () => [
            h('p', {}, what || 'No key of this version.'),
            life && h('p', { class: 'dim' }, `Lives: ${life}`),
            textBox(`Value of ${key}`, prettyText(value)),
          ],
        );
      }),
    ),
  ];
};
