/** Shows one input: in words, its arguments, its result, and the effects that follow from it. */

import { fold, h, raw, relative, timeOfDay } from './dom.js';
import { effectInWords } from './effect_words.js';

const isLong = (value) => typeof value === 'string' && (value.length > 80 || /^[[{]/.test(value));

const argument = (name, value) => {
  const shown = value === null ? 'no number' : value === '' ? '(empty)' : String(value);
  const long = isLong(value);
  return [
    h('dt', {}, name),
    h(
      'dd',
      {},
      long
        ? fold(`argument ${name}`, `${value.length.toLocaleString('en')} characters`, () => raw(value, name))
        : h('code', {}, shown),
    ),
  ];
};

const effectItem = (effect, form, place) => {
  const [verb, ...fields] = effect;
  const names = (form?.fields ?? []).map(({ name }) => name);
  const nameOf = (i) => names[i] ?? `${names.at(-1) ?? 'field'} ${i - names.length + 2}`;
  return h(
    'li',
    { 'data-verb': verb },
    h('p', { class: 'effect-words' }, effectInWords(effect)),
    fold(`effect ${verb} ${place}`, h('code', {}, verb), () =>
      h(
        'dl',
        { class: 'facts' },
        fields.map((value, i) =>
          value === '' ? [] : [h('dt', {}, nameOf(i)), h('dd', {}, isLong(value) ? raw(value, nameOf(i)) : value)],
        ),
      ),
    ),
  );
};

/**
 * Returns the part of the page about one input.
 * @param {import('./replayed.js').Replayed} session
 * @param {number} index
 * @param {{calls: any[], effects: any[], choose: (index: number) => void}} page
 */
export const inputView = (session, index, { calls, effects, choose }) => {
  const step = session.steps[index];
  const { input, atMs, result, drain, failure } = step;
  const names = input.name === 'new' ? ['bootJson', 'nowMs'] : calls.find(({ name }) => name === input.name).args;
  const nameOf = (i) => names[i]?.name ?? names[i];
  const performed = drain < 0 ? [] : session.steps[drain].effects;
  const others = drain < 0 ? 0 : session.steps.filter((each) => each.drain === drain).length - 2;
  const link = (to) => h('button', { type: 'button', class: 'link', onclick: () => choose(to) }, `#${to}`);
  const when =
    drain === index
      ? 'The page performs them in this order.'
      : drain < 0
        ? 'The recording ends before the page collects them.'
        : ['They are collected by ', link(drain), others > 0 ? `, with those of ${others} more inputs.` : '.'];
  return [
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'input-title' },
      h('p', { class: 'over' }, `Input ${index} of ${session.steps.length - 1}, line ${input.line} of the file`),
      h('h2', { id: 'input-title' }, session.words[index]),
      failure && h('p', { class: 'failure' }, failure),
      h(
        'dl',
        { class: 'facts' },
        h('dt', {}, 'time'),
        h('dd', {}, `${relative(atMs - session.startMs)} · ${timeOfDay(atMs)}`),
        h('dt', {}, 'call'),
        h('dd', {}, h('code', {}, input.name)),
        input.args.map((value, i) => argument(nameOf(i), value)),
        result === undefined ? [] : argument('result', result),
      ),
    ),
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'effects-title' },
      h('h3', { id: 'effects-title' }, 'Effects', h('span', { class: 'number' }, String(performed.length))),
      h('p', { class: 'hint' }, when),
      performed.length
        ? h(
            'ol',
            { class: 'effects', id: 'effects' },
            performed.map((effect, i) =>
              effectItem(
                effect,
                effects.find(({ verb }) => verb === effect[0]),
                i,
              ),
            ),
          )
        : drain >= 0 && h('p', { class: 'nothing' }, 'Nothing is to be done.'),
    ),
  ];
};
