// Starts Vitrine in an npm module, whose core is in files of its own.

import { Vitrine } from './vitrine.js';
import { loadCore } from '../core/embedded.js';
import { memberOf } from '../ports/json.js';
import type { Provider, VitrineConfig } from '../types/types.js';

/**
 * Loads the core with the configuration's service, and starts. The way to begin in a browser; where the core is there
 * already (Node, `vitrine/inline`), it is the same as `new Vitrine(config)`. Never rejects: a bad option is reported in
 * the console, and where no core can be loaded, data calls reject with a VitrineError of type "core" and all other
 * methods do nothing. Two services in one page: `await loadCore()` before.
 * @param config the service and the options, as in `new Vitrine(config)`
 */
export const loadVitrine = async (config: VitrineConfig): Promise<Vitrine> => {
  const name = memberOf(memberOf(config, 'provider'), 'name') || 'none';
  await loadCore(name as Provider['name']);
  return new Vitrine(config);
};
