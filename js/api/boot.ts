// The start of a Vitrine: from its configuration to a running core that is connected to the page.

import { coreKind, openRuntime } from '../core/core.js';
import { openDebug } from '../core/debug_part.js';
import { startHost, type Host } from '../core/host.js';
import { openRecorder } from '../core/recorder.js';
import { copyOf, pluginsOf, toJson } from '../core/text.js';
import { pageFacts, watchPage } from '../page/page.js';
import { openPageTracking } from '../page/page_tracking.js';
import { now } from '../ports/clock.js';
import { guarded } from '../ports/guard.js';
import { memberOf } from '../ports/json.js';
import { locksFor } from '../ports/locks.js';
import { openMirror } from '../ports/mirror.js';
import { randomSeed } from '../ports/random.js';
import { lines } from '../ports/report.js';
import { journalIds, openStore, sharedState } from '../ports/storage.js';
import type { EventsConfig, Flushed, VitrineConfig } from '../types/types.js';
import { metricsOf } from './metrics.js';

/** Starts the core for a configuration and connects it to the page or, on a server, to memory. */
export const boot = (given?: VitrineConfig) => {
  const config = copyOf(given || {}) as VitrineConfig;
  const inPage = typeof document === 'object' && config.applicationType !== 'server';
  if (!inPage && typeof config === 'object') config.applicationType = 'server';
  const store = openStore(inPage && config.events?.persistence !== 'memory');
  const plugins = pluginsOf(given);
  const onMetrics = memberOf(memberOf(given, 'events'), 'onMetrics') as EventsConfig['onMetrics'];
  const { debug } = config;
  const recorder = memberOf(debug, 'record') ? openRecorder() : undefined;
  // The core checks what is left of the option.
  if (typeof debug === 'boolean') config.debug = undefined;
  else delete debug?.allowQuery;
  const started = [
    toJson({
      config,
      seed: randomSeed(),
      ...pageFacts(inPage),
      storage: store.kind,
      state: sharedState(store),
      journals: journalIds(store),
      notify: +(typeof onMetrics === 'function'),
      hooks: +!!plugins,
    }),
    now(),
  ] as const;
  const open = () => {
    recorder?.record('new', [...started]);
    return openRuntime(...started);
  };
  const openSpare = () =>
    openRuntime(toJson({ config, seed: randomSeed(), ...pageFacts(inPage), storage: 'memory' }), now());
  const host: Host = startHost(open, {
    openSpare,
    store,
    locks: locksFor(store),
    mirror: openMirror(),
    record: recorder?.record,
    config: given,
    format: config,
    notify: () => onMetrics?.(metricsOf(host)),
  });
  const overlay = !inPage ? undefined : openDebug(memberOf(given, 'debug'), [host, store, started, coreKind, lines]);
  const watching = new AbortController();
  if (inPage) {
    guarded(watchPage)(host, store, watching.signal);
    guarded(openPageTracking)(host, config.autoTrack === true, watching.signal);
  }
  const end = async (timeoutMs: number) => {
    const outcome = await host
      .promise<Flushed>((callId) => host.call('flushWithin', callId, timeoutMs, now()))
      .catch((): Flushed => ({ delivered: 0, remaining: 0 }));
    watching.abort();
    host.close();
    return outcome;
  };
  return { config, host, store, plugins, inPage, end, overlay, trace: recorder?.trace };
};
