// The first reply, warmedUp. Engines compile a function when it is first called: with the first reply, all that it takes at once. While that
// is on its way there is time; so a core of its own gets one before, and what comes of it is thrown away.

import type { Runtime } from './core.js';
import { parseEffects } from './effects.js';
import type { SlotView } from './host.js';
import { now } from '../ports/clock.js';

/** Makes what takes a page's slots as they are opened and rehearses the first. `open`: a core like the page's; what it throws ends the rehearsal. */
export const openWarmUp = (open: () => Runtime) => {
  let isOver = false;
  return (requestJson: string, view: SlotView): void => {
    if (isOver) return;
    isOver = true;
    setTimeout(() => {
      try {
        const core = open();
        core.openSlot(1, requestJson, now());
        core.refreshSlot(1, now());
        for (const [verb, requestId] of parseEffects(core.drainEffects()))
          if (verb === 'ask' || verb === 'script')
            core.requestDone(+requestId, 200, '', new TextEncoder().encode(core.sampleReply()), now());
        for (const effect of parseEffects(core.drainEffects()))
          if (effect[0] === 'show') {
            const [, , , state, html, ...cards] = effect;
            if (state === 'ready') view.warmUp(html, cards);
          }
        core.close();
      } catch {
        // What cannot be done here will be told when it is done in earnest.
      }
    });
  };
};
