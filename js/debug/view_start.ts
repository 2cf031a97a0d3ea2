// The first tab: what is wrong, and who the shopper is for Vitrine.

import { code, note, pairs, tag, type Context } from './context.js';
import { diagnose, healthOf, whyConsent, type Diagnosis } from './diagnoses.js';
import { h, type Child, type VNode } from './dom.js';
import { countText, spanText } from './words.js';

const ALLOWS: Record<string, string> = {
  granted: 'Events are stored and sent, with ids.',
  anonymous: 'Events are sent, without ids. Nothing is stored.',
  denied: 'Nothing is stored, nothing is sent, and there are no ids.',
  unknown: 'Nothing is stored and nothing is sent. Events wait in memory.',
};

const problem = (context: Context, one: Diagnosis): VNode =>
  h(
    'li',
    { class: `problem ${one.level}`, key: `${one.id} ${one.what}`, 'data-id': one.id },
    h('h3', {}, one.title),
    h('p', {}, one.what),
    h('p', {}, h('b', {}, 'What to do: '), one.cure),
    one.probe !== undefined &&
      context.around.probes.get(one.probe) !== 'running' &&
      h('button', { type: 'button', class: 'act', onclick: () => context.probe(one.probe!) }, 'Test this address'),
  );

export const startView = (context: Context): Child[] => {
  const { target, facts, around } = context;
  const { session } = target;
  const problems = diagnose(session, facts, around);
  const own = facts.journals.filter(({ owner }) => owner === 'this tab').map(({ id }) => id);
  return [
    h('p', { class: 'health' }, healthOf(session)),
    h('h2', {}, 'What is wrong'),
    problems.length
      ? h(
          'ul',
          { class: 'plain' },
          problems.map((one) => problem(context, one)),
        )
      : h('p', { class: 'good' }, 'Nothing that the overlay knows of.'),
    !target.isWhole &&
      note(
        'The overlay was opened late. It shows what has happened since, and what storage and counts say. To see the ' +
          'start of the page too, set ',
        code('debug: true'),
        ' in the configuration.',
      ),
    h('h2', {}, 'Who'),
    pairs(
      ['Visitor', facts.visitorId ? code(facts.visitorId) : 'none'],
      ['Session', facts.sessionId ? code(facts.sessionId) : 'not known'],
      ['User', facts.userId ? code(facts.userId) : 'nobody has called identify()'],
      ['Consent', tag(facts.consent === 'granted' ? 'good' : 'warn', facts.consent), ' ', ALLOWS[facts.consent]!],
      ['', note(whyConsent(facts))],
    ),
    h('h2', {}, 'What runs'),
    pairs(
      ['Service', facts.service],
      ['Core', facts.runtime, ', ', code(facts.coreFile)],
      ['Version', facts.version],
      [
        'Storage',
        facts.storeKind === 'memory' ? 'memory: everything ends with this page' : 'localStorage',
        session.counts.storage === 'memory' && facts.storeKind !== 'memory' && ', which refuses to store at the moment',
      ],
      ['Journal', own.length ? own.map((id) => code(id)) : 'none: no event waits in storage'],
      ['Queue', `${countText(session.counts.queued, 'event')}, the oldest for ${spanText(session.counts.oldestMs)}`],
      ['Last error', session.counts.lastError ?? 'none'],
    ),
  ];
};
