// Warnings about the page's use of widgets.

import type { Host } from '../js/core/host.js';

const written = new Set<string>();

/** Writes a warning by `log`, or nothing if this page has had the same text already. */
export const warnOnce = (log: Host['log'], text: string, code: string): void => {
  if (written.has(text)) return;
  written.add(text);
  log('warn', text, code);
};
