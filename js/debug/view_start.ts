// The first tab: what is wrong, and who the shopper is for Vitrine.

import { code, id, note, pairs, tag, type Context } from './context.js';
import { destinationsOf, whyHomeless } from './destinations.js';
import { healthOf, whyConsent } from './diagnoses.js';
import { h, type Child, type VNode } from './dom.js';
import { countOf, problemsOf, type Problem } from './problems.js';
import type { Facts } from './target.js';
import { countText, spanText } from './words.js';

const ALLOWS: Record<string, string> = {
  granted: 'Events are stored and sent, with ids.',
  anonymous: 'Events are sent, without ids. Nothing is stored.',
  denied: 'Nothing is stored, nothing is sent, and there are no ids.',
  unknown: 'Nothing is stored and nothing is sent. Events wait in memory.',
};

const NOT_KNOWN = 'not known: the core does not run';
/** More lines of the console than this would hide the rest of the tab. */
const MOST_LINES = 6;

const problem = (context: Context, one: Problem): VNode => {
  const isLine = one.id === 'line';
  const [line] = one.lines;
  const times = (count: number) => count > 1 && h('span', { class: 'dim' }, ` ${countText(count, 'time')}`);
  return h(
    'li',
    {
      ...{ class: `problem ${one.level}`, key: `${one.id} ${one.title} ${one.what}`, 'data-id': one.id },
      'data-code': isLine && line!.code,
    },
    isLine
      ? h('h3', {}, line!.level === 'error' ? 'Error ' : 'Warning ', code(one.title), times(line!.count))
      : h('h3', {}, one.title),
    h('p', {}, one.what),
    !isLine &&
      one.lines.map(({ message, code: name, count }) =>
        h('p', { key: `${name} ${message}` }, h('b', {}, 'Console: '), `${message} `, code(name), times(count)),
      ),
    one.cure && h('p', {}, h('b', {}, 'What to do: '), one.cure),
    one.probe !== undefined &&
      context.around.probes.get(one.probe) !== 'running' &&
      h('button', { type: 'button', class: 'act', onclick: () => context.probe(one.probe!) }, 'Test this address'),
  );
};

/** The cards. Lines of the console beyond the first ones are only counted. */
const cards = (context: Context, problems: readonly Problem[]): Child[] => {
  const lines = problems.filter(({ id }) => id === 'line');
  const hidden = lines.slice(MOST_LINES);
  const toConsole = () => context.change((ui) => (ui.tab = 'lines'));
  return [
    h(
      'ul',
      { class: 'plain' },
      problems.filter((one) => !hidden.includes(one)).map((one) => problem(context, one)),
    ),
    hidden.length > 0 &&
      h(
        'p',
        { class: 'more' },
        `${countText(hidden.length, 'more problem')}: `,
        h('button', { type: 'button', class: 'act', onclick: toConsole }, 'All in Console'),
      ),
  ];
};

/** Returns how the browser stores, and why it does not. */
const storageText = (facts: Facts, isRefused: boolean): string => {
  if (facts.storeKind === 'memory') return 'memory: everything ends with this page';
  if (!isRefused || facts.runtime === 'dead') return 'localStorage';
  if (facts.consent === 'unknown') return 'localStorage. Nothing is stored before the answer of the shopper.';
  if (facts.consent !== 'granted') return `localStorage. Nothing is stored while consent is ${facts.consent}.`;
  return 'localStorage, which refuses to store at the moment';
};

export const startView = (context: Context): Child[] => {
  const { target, facts, around } = context;
  const { session } = target;
  const problems = problemsOf(session, facts, around, context.said);
  const count = countOf(problems);
  const isDead = facts.runtime === 'dead';
  const own = facts.journals.filter(({ owner }) => owner === 'this tab').map(({ id }) => id);
  return [
    h('p', { class: 'health' }, healthOf(session, facts, !!whyHomeless(facts, context.said))),
    h('h2', {}, `What is wrong${count ? ` (${count})` : ''}`),
    problems.length ? cards(context, problems) : h('p', { class: 'good' }, 'Nothing that the overlay knows of.'),
    !target.isWhole &&
      note(
        'The overlay was opened late. It shows what has happened since, and what storage and counts say. To see the ' +
          'start of the page too, set ',
        code('debug: true'),
        ' in the configuration.',
      ),
    h('h2', {}, 'Who'),
    pairs(
      ['Visitor', facts.visitorId ? id(facts.visitorId) : isDead ? NOT_KNOWN : 'none'],
      ['Session', facts.sessionId ? id(facts.sessionId) : isDead ? NOT_KNOWN : 'not known'],
      ['User', facts.userId ? id(facts.userId) : isDead ? NOT_KNOWN : 'nobody has called identify()'],
      isDead
        ? ['Consent', NOT_KNOWN]
        : ['Consent', tag(facts.consent === 'granted' ? 'good' : 'warn', facts.consent), ' ', ALLOWS[facts.consent]!],
      !isDead && ['', note(whyConsent(facts))],
    ),
    !isDead && note('A click on an id selects it.'),
    h('h2', {}, 'What runs'),
    pairs(
      ['Service', facts.service],
      [
        'Events go to',
        destinationsOf(facts, session, context.said).map(({ url, what }, i) =>
          h('div', { key: i }, url && h('div', {}, id(url)), what),
        ),
      ],
      ['Core', isDead ? 'does not run' : [facts.runtime, ', ', code(facts.coreFile)]],
      ['Version', facts.version],
      ['Storage', storageText(facts, session.counts.storage === 'memory')],
      [
        'Journal',
        own.length ? own.map((name) => h('div', { key: name }, id(name))) : 'none: no event waits in storage',
      ],
      [
        'Queue',
        isDead
          ? NOT_KNOWN
          : `${countText(session.counts.queued, 'event')}, the oldest for ${spanText(session.counts.oldestMs)}`,
      ],
      ['Last error', session.counts.lastError ?? 'none'],
    ),
  ];
};
