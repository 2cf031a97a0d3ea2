// Warms up the code that handles a reply. A JavaScript engine compiles a function at its first call, so the first reply
// would have to wait for all of this code. While that reply is in flight, a spare core handles a sample reply, and the
// result is discarded.

import type { Host } from '../js/core/host.js';
import { parseEffects } from '../js/core/effects.js';
import { hasTemplates, loadProducts } from '../js/core/products.js';
import { later, now } from '../js/ports/clock.js';
import { nodesOf } from './html.js';

let isOver = false;

/**
 * Called with each slot that is opened; the first one starts the warm-up, with a spare core that has the page's
 * options. Errors end it silently.
 */
export const warmUp = (host: Host, requestJson: string): void => {
  if (isOver || host.isDead()) return;
  isOver = true;
  const warm = () => {
    try {
      const core = host.openSpare();
      core.openSlot(1, requestJson, now());
      core.refreshSlot(1, now());
      for (const [verb, requestId] of parseEffects(core.drainEffects()))
        if (verb === 'ask' || verb === 'script')
          core.requestDone(+requestId, 200, '', new TextEncoder().encode(core.sampleReply()), now());
      for (const effect of parseEffects(core.drainEffects())) if (effect[0] === 'show') nodesOf(effect[4]);
      core.close();
    } catch {
      // The page's own core reports the same error when it handles the real reply.
    }
  };
  loadProducts(hasTemplates(requestJson)).then(
    () => later(warm),
    () => {},
  );
};
