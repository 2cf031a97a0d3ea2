// Adds the plugin of a script that stands in the page beside Vitrine's.

import { wallNow } from '../ports/clock.js';
import { guarded } from '../ports/guard.js';
import { memberOf } from '../ports/json.js';
import type { Plugin } from '../types/plugins.js';

type Live = { (...args: unknown[]): unknown; q?: unknown[] };

/** Attributes `data-…` of the running script's tag. */
export type Attributes = Record<string, string | undefined>;

const add = (make: (attributes: Attributes) => Plugin) => {
  const { currentScript } = document;
  const plugin = make({ ...((currentScript && 'dataset' in currentScript && currentScript.dataset) || {}) });
  const page = globalThis as unknown as Record<string, unknown>;
  const flag = `vitrine-bridge-${plugin.name}`;
  if (memberOf(page, flag)) return;
  page[flag] = true;
  // A named element may stand in the place of the stub.
  if (typeof memberOf(page, 'vitrine') !== 'function') {
    const stub: Live = (...args) => (stub.q ||= []).push([wallNow(), args]);
    page.vitrine = stub;
  }
  (page.vitrine as Live)('use', plugin);
};

/**
 * Adds a plugin to the Vitrine of the page's `init`, also if neither the snippet nor Vitrine's script has run yet. A
 * second script with a plugin of the same name does nothing. Never throws.
 * @param make returns the plugin for the attributes of the script's tag
 */
export const addPlugin = (make: (attributes: Attributes) => Plugin): void => guarded(add)(make);
