/** A session that has been replayed: everything that the page shows of it. */

import { effectInWords } from './effect_words.js';
import { livesOf } from './lives.js';
import { openPlayer } from './play.js';
import { openStates } from './state.js';
import { groupOf, stepsInWords } from './words.js';

/** Kinds of steps to which the user can jump. */
export const marks = { event: 'Event made', request: 'Request', drop: 'Drop', warning: 'Warning' };

const droppedIn = ({ dropped = {} }) => Object.values(dropped).reduce((sum, number) => sum + Number(number), 0);

const isWarning = ({ effects, result, failure, input }) =>
  !!failure ||
  input.name === 'saveFailed' ||
  (result === -1 && input.name !== 'serveNumber') ||
  effects.some(([verb, level]) => verb === 'log' && level !== 'info');

/** Returns the marks of each step. */
const marksOf = (steps, lives) => {
  const made = new Set(
    lives
      .map(({ chapters }) => chapters[0])
      .filter(({ kind }) => kind === 'made' || kind === 'unnamed')
      .map(({ step }) => step),
  );
  let dropped = 0;
  return steps.map((step) => {
    const before = step.input.name === 'new' ? 0 : dropped;
    dropped = droppedIn(step.metrics);
    return {
      event: made.has(step.index),
      request: step.effects.some(([verb]) => /^(send|ask|script)$/.test(verb)),
      drop: dropped > before,
      warning: isWarning(step),
    };
  });
};

/**
 * Returns the first reply of the recording to a request that the replayed core has not made: from there on the core
 * goes another way than the recorded one. -1 if there is none.
 */
const differsFrom = (steps) => {
  const made = new Set();
  for (const { index, input, effects } of steps) {
    if (input.name === 'new') made.clear();
    if (input.name === 'requestDone' && !made.has(String(input.args[0]))) return index;
    for (const [verb, id] of effects) if (/^(send|ask|script)$/.test(verb)) made.add(id);
  }
  return -1;
};

const notices = ({ version: recorded, lost, problem }, steps, version) => {
  const list = [problem];
  if (lost)
    list.push(
      `The recording lacks ${lost} inputs that followed the first one, so the replay is not what has happened.`,
    );
  if (!recorded) list.push(`The recording does not name its version. It is replayed by version ${version}.`);
  else if (recorded !== version)
    list.push(`Recorded by version ${recorded}, replayed by version ${version}: the core may act differently here.`);
  const failed = steps.at(-1);
  if (failed.failure) list.push(`The core stops at input ${failed.index}: ${failed.failure}`);
  const other = differsFrom(steps);
  if (other >= 0)
    list.push(
      `Input ${other} is the reply to a request that the replayed core has not made. ` +
        'From there on it acts differently from the recorded one.',
    );
  return list.filter(Boolean);
};

/** A short name of a text, for the address: whether another file is the same. */
export const nameOf = (text) => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
};

/**
 * Replays a session.
 * @param {import('./session.js').Session} session
 * @param {{core: any, calls: any[], version: string}} build
 */
export const replay = (session, { core, calls, version }) => {
  const player = openPlayer(core, calls);
  const steps = player.play(session.inputs);
  const lives = livesOf(steps);
  const words = stepsInWords(steps);
  const texts = [];
  /** Returns what a search looks through, in lower case. */
  const textOf = (index) => {
    const { input, effects } = steps[index];
    texts[index] ??= [
      words[index],
      JSON.stringify([input.name, ...input.args]),
      ...effects.map((effect) => `${effectInWords(effect)} ${effect.join(' ')}`),
    ]
      .join('\n')
      .toLowerCase();
    return texts[index];
  };
  return {
    steps,
    lives,
    words,
    marks: marksOf(steps, lives),
    notices: notices(session, steps, version),
    startMs: steps[0].atMs,
    stateAt: openStates(steps),
    sessionAt: (index) => player.sessionAt(session.inputs, index + 1, steps[index].atMs),
    /** Returns the indexes of the steps of these groups that contain a text. */
    select(groups, text) {
      const wanted = text.trim().toLowerCase();
      return steps
        .filter(({ input, index }) => groups.has(groupOf(input.name)) && (!wanted || textOf(index).includes(wanted)))
        .map(({ index }) => index);
    },
  };
};

/** @typedef {ReturnType<typeof replay>} Replayed */
