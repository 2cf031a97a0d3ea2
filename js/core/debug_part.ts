// Gives a page the debug overlay (docs/debug.md). Its code is a file of its own, which is loaded only when the overlay
// is wanted: dist/vitrine-debug.js for the script tags, dist/debug.js for the npm modules.

import { memberOf } from '../ports/json.js';
import { type lines, report, textOf } from '../ports/report.js';
import type { Store } from '../ports/storage.js';
import type { Host } from './host.js';
import type { Part } from './part.js';
import type { Tap } from './recorder.js';

/** A call of the core. */
export type Early = Parameters<Tap>;

/**
 * The Vitrine that the overlay looks at: its host and store, the arguments with which its core was opened, how the core
 * runs, and the last lines of the console, to which new ones are added. A list, because names of members would cost
 * each page bytes.
 */
export type Watched = readonly [
  host: Host,
  store: Store,
  started: readonly [bootJson: string, nowMs: number],
  coreKind: () => string,
  consoleLines: typeof lines,
];

/**
 * Shows the overlay for a Vitrine; another one on the page joins it. Must not throw.
 * @param entries the calls so far; undefined if the overlay was not wanted at the start
 * @param isOpen whether the panel opens, instead of a button in a corner
 */
export type OpenOverlay = (watched: Watched, entries: Early[] | undefined, isOpen: boolean) => void;

/** Defined in the script builds alone. */
declare const VITRINE_SCRIPT: true | undefined;

// The file of the overlay may never come.
const MOST = 20_000;

/** How a script loads the code of the overlay. */
export const debugPart: Pick<Part<OpenOverlay>, 'load'> = {};

const withOverlay = (use: (open: OpenOverlay) => void) => {
  if (typeof VITRINE_SCRIPT === 'undefined')
    import('vitrine:debug')
      .then((part) => use(part.openOverlay))
      .catch((error) => report('warn', `The debug overlay cannot be loaded. ${textOf(error)}`, 'debug-not-loaded'));
  else debugPart.load?.(use);
};

/**
 * Returns a function that opens the overlay for a Vitrine. If the option `debug` asks for the overlay, it comes at once
 * as a button, and knows every call of the core.
 */
export const openDebug = (option: unknown, watched: Watched): (() => void) => {
  let entries: Early[] | undefined;
  const show = (isOpen: boolean) =>
    withOverlay((open) => {
      open(watched, entries, isOpen);
      // An overlay that is opened again has missed something.
      entries = undefined;
    });
  if (option === true || (memberOf(option, 'allowQuery') && /\bvitrine_debug=1\b/.test(location.search))) {
    entries = [];
    watched[0].tap = (...call) => entries!.length < MOST && entries!.push(call);
    show(false);
  }
  return () => show(true);
};
