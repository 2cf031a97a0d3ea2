// A fake of the core's seam: it records its calls and does what the test configures.

import { calls, writeEffect } from '../../../tools/seam.mjs';

/**
 * Writes one effect as drainEffects does: effect('save', { key, value }). Fields that are left out are '', 0, false or
 * [].
 */
export const effect = (verb, fields) => writeEffect(verb, verb === 'send' ? { method: 'POST', ...fields } : fields);

const answers = {
  serve: 0,
  itemEvent: 0,
  shopEvent: 0,
  identify: 0,
  setConsent: 0,
  takeError: '{"type":"validation","code":"bad-argument","message":"no","field":"itemId","retryable":false}',
  visitorId: 'v_1',
  sessionId: 's_1',
  userId: '',
  serveId: 'sv_1',
  consent: 'granted',
  metrics: '{"queued":3,"sent":2,"failed":0,"retrying":0,"dropped":{},"bytes":9,"oldestMs":1,"storage":"localStorage"}',
};

/**
 * `calls` has every input as [name, ...args]; `next` is the text that the next drain returns; `on[name]` replaces the
 * default behaviour of a call; `wakeMs` is the result of nextWakeMs.
 */
export const fakeRuntime = (on = {}) => {
  const fake = { calls: [], next: '', wakeMs: Infinity, on };
  const handler = {
    get:
      (_target, name) =>
      (...args) => {
        if (name === 'nextWakeMs') return on.nextWakeMs ? on.nextWakeMs() : fake.wakeMs;
        fake.calls.push([name, ...args]);
        if (on[name]) return on[name](...args);
        if (name !== 'drainEffects') return answers[name];
        const text = fake.next;
        fake.next = '';
        return text;
      },
  };
  fake.runtime = new Proxy({}, handler);
  /** The exports of the compiled core: `open`, and each call with a handle as its first argument. */
  fake.glue = {
    open(bootJson, nowMs) {
      fake.calls.push(['new', bootJson, nowMs]);
      return 0;
    },
    close: () => void fake.calls.push(['close']),
    ...Object.fromEntries(calls.map(({ name }) => [name, (_handle, ...args) => fake.runtime[name](...args)])),
  };
  /** Returns the inputs of one name. */
  fake.of = (name) => fake.calls.filter((call) => call[0] === name);
  /** Returns the names of all inputs without drains. */
  fake.names = () => fake.calls.map((call) => call[0]).filter((name) => name !== 'drainEffects');
  fake.drains = () => fake.of('drainEffects').length;
  return fake;
};
