// Metrics as `getMetrics()` and `onMetrics` return them.

import { coreKind } from '../core/core.js';
import type { Host } from '../core/host.js';
import { now } from '../ports/clock.js';
import type { Metrics } from '../types/types.js';

// Metrics of a core that cannot run.
const NO_METRICS =
  '{"queued":0,"sent":0,"failed":0,"retrying":0,"dropped":{},"bytes":0,"lastError":null,"oldestMs":0,' +
  '"storage":"memory"}';

/** Returns the metrics of the core, or zeros if it cannot run. */
export const metricsOf = (host: Host): Metrics => ({
  ...JSON.parse(host.call('metrics', now()) || NO_METRICS),
  runtime: host.isDead() ? 'dead' : coreKind(),
});
