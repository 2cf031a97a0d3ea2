/** Replays a session in the core, from its start. The core needs nothing but the inputs, so each replay is the same. */

/**
 * @typedef {object} Step what one input did
 * @property {number} index
 * @property {import('./session.js').Input} input
 * @property {number} atMs wall time, epoch ms
 * @property {string | number | undefined} result
 * @property {string[][]} effects those of a drain: the verb and its fields
 * @property {any} metrics the metrics afterwards
 * @property {string} ids JSON of [visitor id, user id, consent] afterwards
 * @property {number} wakeMs when the page's timer is due; Infinity if it is not set
 * @property {number} drain the index of the drain that collects its effects; -1 if none follows
 * @property {string} failure why the core stopped here; '' if it did not
 */

// The two characters that separate fields and end records (wasm/base/field_writer.h).
const SEPARATOR = '\x1f';
const RECORD_END = '\x1e';

/** Splits texts such as those of a drain into records, each a list of fields. */
export const recordsOf = (text) =>
  text
    .split(RECORD_END)
    .filter(Boolean)
    .map((record) => record.split(SEPARATOR));

/** JSON has no NaN; the recorder writes it as null. */
const read = (arg) => arg ?? Number.NaN;

/** Returns a player of these inputs. `core`: what openCore() of core.js resolves to. `calls`: the core's inputs. */
export const openPlayer = (core, calls) => {
  const timed = new Set(calls.filter(({ args }) => args.at(-1)?.name === 'nowMs').map(({ name }) => name));
  timed.add('new');

  const enter = (handle, { name, args }) => core[name](handle, ...args.map(read));

  /** Opens the runtime of a `new`, and frees the one before. */
  const reopen = (handle, { args }) => {
    if (handle !== undefined) core.close(handle);
    return core.open(...args.map(read));
  };

  return {
    /**
     * Plays all inputs and returns the steps. A core that stops ends the list with the step that has `failure`.
     * Between two inputs it asks only what changes nothing in the core.
     * @param {import('./session.js').Input[]} inputs
     * @returns {Step[]}
     */
    play(inputs) {
      const steps = [];
      let handle;
      let atMs = 0;
      let waiting = 0;
      for (const [index, input] of inputs.entries()) {
        const last = input.args.at(-1);
        if (timed.has(input.name) && typeof last === 'number') atMs = last;
        const step = { index, input, atMs, result: undefined, effects: [], drain: -1, failure: '' };
        try {
          if (input.name === 'new') handle = reopen(handle, input);
          else step.result = enter(handle, input);
          if (input.name === 'drainEffects') {
            step.effects = recordsOf(String(step.result));
            step.result = undefined;
            for (; waiting < index; waiting++) steps[waiting].drain = index;
            waiting = index + 1;
            step.drain = index;
          }
          step.metrics = JSON.parse(String(core.metrics(handle, atMs)));
          step.ids = JSON.stringify([core.visitorId(handle), core.userId(handle), core.consent(handle)]);
          step.wakeMs = Number(core.nextWakeMs(handle));
        } catch (error) {
          step.failure = String(error);
          Object.assign(step, { metrics: {}, ids: '["","",""]', wakeMs: Infinity });
        }
        steps.push(/** @type {Step} */ (step));
        if (step.failure) return steps;
      }
      core.close(handle);
      return steps;
    },
    /**
     * Returns the id of the session after the first `count` inputs. Asking counts as an activity and may begin a new
     * session, so a core of its own plays the inputs once more, from the start.
     * @param {import('./session.js').Input[]} inputs
     * @param {number} count
     * @param {number} atMs
     * @returns {string} '' if the core has stopped
     */
    sessionAt(inputs, count, atMs) {
      let handle;
      try {
        const from = inputs.slice(0, count).findLastIndex(({ name }) => name === 'new');
        for (const input of inputs.slice(from, count)) {
          if (input.name === 'new') handle = reopen(handle, input);
          else enter(handle, input);
        }
        return String(core.sessionId(handle, atMs));
      } catch {
        return '';
      } finally {
        if (handle !== undefined) core.close(handle);
      }
    },
  };
};
