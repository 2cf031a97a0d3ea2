// The connections of the host to the browser and to its caller.

import type { Locks } from '../ports/locks.js';
import type { Mirror } from '../ports/mirror.js';
import type { Store } from '../ports/storage.js';
import type { FormatConfig } from '../types/formats.js';
import type { Runtime } from './core.js';
import type { Recorder } from './recorder.js';

export interface Ports {
  store: Store;
  locks: Locks;
  mirror: Mirror;
  /** Opens another core with the page's options, which stores and sends nothing. */
  openSpare: () => Runtime;
  /** Called before each call of the core. */
  record?: Recorder;
  /** Called when the metrics have changed. */
  notify?: () => void;
  /** The configuration as the shop has given it, whose hooks are called. */
  config?: unknown;
  /** A copy of it, for the form of batches (events.format). */
  format?: FormatConfig;
}

/** Receives what a slot shows. */
export interface SlotView {
  /** Fields of the effect `show` (wasm/base/effects.inc); `serve` is -1 if the slot shows no products. */
  show(serve: number, state: string, html: string): void;
  /**
   * Applies the steps of a patch (wasm/cards/patch.h) to what is shown. A serve with another number is a new display.
   */
  patch(serve: number, steps: string[]): void;
}
