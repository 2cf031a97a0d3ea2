// Warms up the code that handles a reply. A JavaScript engine compiles a function at its first call, so the first reply
// would have to wait for all of this code. While that reply is in flight, a spare core handles a sample reply, and the
// result is discarded.

import type { Runtime } from './core.js';
import { parseEffects } from './effects.js';
import type { SlotView } from './host.js';
import { later, now } from '../ports/clock.js';

/**
 * Returns a function to call with each slot that is opened; the first slot starts the warm-up. `open` makes a spare
 * core with the page's options. Errors end the warm-up silently.
 */
export const openWarmUp = (open: () => Runtime) => {
  let isOver = false;
  return (requestJson: string, view: SlotView): void => {
    if (isOver) return;
    isOver = true;
    later(() => {
      try {
        const core = open();
        core.openSlot(1, requestJson, now());
        core.refreshSlot(1, now());
        for (const [verb, requestId] of parseEffects(core.drainEffects()))
          if (verb === 'ask' || verb === 'script')
            core.requestDone(+requestId, 200, '', new TextEncoder().encode(core.sampleReply()), now());
        for (const effect of parseEffects(core.drainEffects())) if (effect[0] === 'show') view.warmUp(effect[4]);
        core.close();
      } catch {
        // The page's own core reports the same error when it handles the real reply.
      }
    });
  };
};
