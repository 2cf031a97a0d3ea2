// Gives a host the code that calls plugins. The npm modules contain it; the script tags load it as a file of its own,
// only for pages with plugins.

import { now } from '../ports/clock.js';
import { withPart, type Part } from './part.js';
import { openPlugins, type Plugins } from './plugins.js';
import type { VitrineInstance } from '../types/plugins.js';
import { hasHooks, pluginsOf } from './text.js';

type OpenPlugins = typeof openPlugins;

/** Defined in the script builds alone. */
declare const VITRINE_SCRIPT: true | undefined;

export const pluginsPart: Part<OpenPlugins> = {
  inside: () => (typeof VITRINE_SCRIPT === 'undefined' ? openPlugins : undefined),
};

/**
 * Opens the plugins of a host once their code is needed and there: at once if the configuration has hooks.
 * @param enter calls the core, and does not drain
 * @param opened receives the plugins, and must drain; called before and after each use
 * @returns adds plugins (Plugins.use). Until their code is there, events wait for their hooks in the core
 */
export const pluginsOfHost = (
  config: unknown,
  enter: Parameters<OpenPlugins>[1],
  log: Parameters<OpenPlugins>[2],
  opened: (plugins: Plugins) => void,
): Plugins['use'] => {
  let plugins: Plugins | undefined;
  let isHolding = !!pluginsOf(config);
  // All are added together, so that no event passes some of them before the others are there.
  const waiting: unknown[] = [];
  const open = (vitrine?: VitrineInstance) =>
    withPart(pluginsPart, (openPart) => {
      opened((plugins ||= openPart(config, enter, log)));
      if (!vitrine) return;
      plugins.use(waiting.splice(0), vitrine);
      opened(plugins);
    });
  if (hasHooks(config)) open();
  return (added, vitrine) => {
    if (!isHolding) enter('hold', ['', now()]);
    isHolding = true;
    waiting.push(...added);
    open(vitrine);
  };
};
