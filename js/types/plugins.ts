// The types of plugins: code of the shop that sees, changes or drops events, and learns of consent, requests and
// faults. docs/plugins.md has the guarantees and examples.

import type { Recs, Search } from './calls.js';
import type { VitrineError } from './errors.js';
import type { Consent, Events } from './events.js';
import type { Id } from './queries.js';
import type { TrackedEvent } from './tracked_event.js';

/** The Vitrine that a plugin belongs to. Each member is the one of the class `Vitrine`. */
export interface VitrineInstance {
  readonly recs: Recs;
  readonly search: Search;
  readonly events: Events;
  identify(userId: Id): void;
  reset(): void;
  navigate(url?: string | URL | Location): void;
  setConsent(level: Consent): void;
  optOut(): void;
  optIn(): void;
  getVariant(experiment: string): string | null;
  getConsent(): Consent;
  getVisitorId(): string;
  getSessionId(): string;
  getUserId(): string | null;
  use(plugin: Plugin): void;
}

/** One request with events, as it was handed to the browser. For reading only. */
export interface SentBatch {
  /** Address, with the parameters of a GET request. */
  url: string;
  /** `POST` or `GET`. */
  method: string;
  /** The body, in the form that the collector takes (docs/wire.md); '' for GET. */
  body: string;
  /** Whether the browser ends the request also when the page has ended. */
  isKeepalive: boolean;
}

/** The hooks, which may also stand in the configuration itself. */
export interface Hooks {
  /**
   * Receives each event before it is stored or sent: the shop's own calls, Auto Track, widgets, page views. Events that
   * consent or a limit forbids never reach it. It must not wait, because the page may end at once.
   *
   * Change the event, or return another object in its place. Return `false` or `null` to drop it
   * (`getMetrics().dropped.hook`). If the hook throws, or if its result is no event any more, the event stays as it was
   * before this hook, and the console has one line (`plugin-failed`). docs/plugins.md has the rules of a good result.
   */
  beforeTrack?(event: TrackedEvent): unknown;
  /** Called after a request with events was handed to the browser. */
  onSend?(batch: SentBatch): unknown;
  /**
   * Called with the consent in force, once at the start and after each change: by `setConsent`, `optOut` or `optIn`,
   * here or in another tab.
   */
  onConsent?(level: Consent): unknown;
}

/**
 * A plugin. Its hooks are called with `this`, in the order of the list, and after the hooks of the configuration
 * itself. An exception of a hook is caught and written to the console once (`plugin-failed`), and the page goes on. No
 * hook of a plugin is called while another one of the same plugin runs: a plugin does not see the events that its own
 * hooks record, and cannot call itself without end.
 */
export interface Plugin extends Hooks {
  /** Names the plugin in the console. */
  name: string;
  /**
   * Called once, when the Vitrine is complete, in the order of the list. The events of the start are passed on
   * afterwards.
   */
  setup?(vitrine: VitrineInstance): unknown;
  /** Receives each fault that the configuration's `onError` receives, from `setup` on. */
  onError?(error: VitrineError): unknown;
}
