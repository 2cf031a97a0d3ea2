// The derivation of the debug overlay, bundled as the overlay has it, and a session that a test feeds.

import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { documentation } from '../../../tools/documentation.mjs';
import { effect } from './runtime.mjs';

/** The package's version, as the build gives it. */
const version = {
  name: 'version',
  setup(build) {
    build.onResolve({ filter: /^vitrine:version$/ }, ({ path }) => ({ path, namespace: 'version' }));
    build.onLoad({ filter: /./, namespace: 'version' }, () => ({ contents: '0.0.0', loader: 'text' }));
  },
};

const { outputFiles } = await build({
  absWorkingDir: fileURLToPath(new URL('../../..', import.meta.url)),
  stdin: {
    resolveDir: fileURLToPath(new URL('../../..', import.meta.url)),
    contents: ['calls', 'data_calls', 'destinations', 'diagnoses', 'problems', 'reasons', 'session', 'trace', 'words']
      .map((name) => `export * from './js/debug/${name}.ts';`)
      .concat("export * from 'vitrine:documentation';", "export { whyNot } from './js/debug/view_events.ts';")
      .join('\n'),
  },
  bundle: true,
  format: 'esm',
  target: 'es2022',
  write: false,
  plugins: [documentation, version],
  logLevel: 'error',
});

/** All names of the modules above. */
export const debug = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);

/** An event as the core writes it. */
export const event = (eventId, type, more = {}) =>
  JSON.stringify({ eventId, type, at: 1_700_000_000_000, seq: 0, pageId: 'page000001', ...more });

/** Returns ids of events: 26 characters each. */
export const idOf = (number) => `01HF7YAT002YHRDV6R6Y7VH${String(number).padStart(3, '0')}`;

const NOTHING = { queued: 0, sent: 0, failed: 0, retrying: 0, bytes: 0, oldestMs: 0, lastError: null, dropped: {} };

/** A session with a clock that steps by one second per call. `counts` are the metrics from then on. */
export const openSession = (config = {}) => {
  const session = new debug.Session(config, (atMs) => atMs - 1_700_000_000_000);
  let atMs = 1_700_000_000_000;
  let counts = { storage: 'localStorage', ...NOTHING };
  session.feed([atMs, 'metrics', [], ''], counts);
  return {
    session,
    /** Feeds a call; `changed` are the counts that it has changed. */
    call(name, args = [], result = undefined, changed = {}) {
      atMs += 1000;
      counts = { ...counts, ...changed };
      session.feed([atMs, name, args, result], counts);
    },
    /** Feeds a drain with these effects: [verb, fields]. */
    drain(...effects) {
      atMs += 1;
      session.feed([atMs, 'drainEffects', [], effects.map(([verb, fields]) => effect(verb, fields)).join('')], counts);
    },
    wake(ms) {
      session.feed([atMs, 'nextWakeMs', [], atMs + ms]);
      return atMs;
    },
    /** The states of all events, in order. */
    states: () => session.lives.list.map(({ type, state, reason }) => `${type}: ${reason || state}`),
    stepsOf: (index) => session.lives.list[index].steps.map(({ text }) => text),
  };
};
