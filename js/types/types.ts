// The types of the public API. Here: the configuration.

import type { VitrineError } from './errors.js';
import type { Consent, Metrics } from './events.js';
import type { EventFormat, FormatOptions } from './formats.js';
import type { Hooks, Plugin } from './plugins.js';
import type { Provider } from './providers.js';
import type { Id } from './queries.js';

export type * from './calls.js';
export type * from './events.js';
export type { EventFormat, FormatOptions } from './formats.js';
export type * from './plugins.js';
export type * from './tracked_event.js';
export type * from './providers.js';
export type * from './queries.js';
export type * from './slate.js';

/** Options of data calls: retries, and how long replies are reused. */
export interface CallsConfig {
  /**
   * Further attempts after a network error, 502, 503, 504, or a 429 with a Retry-After of up to 2 s, all within
   * `timeout`. A call that is an event itself (RichRelevance: add to cart, purchase complete) is never repeated.
   * Default 1.
   */
  retries?: number;
  /**
   * A reply younger than this, in milliseconds, is reused in this page without a request, for the same visitor and
   * user. Default 60000. A widget's refresh() always sends a request.
   */
  maxAge?: number;
  /**
   * After `maxAge`, a reply is still reused for this many milliseconds, while a new one is fetched for the next call.
   * Default 240000.
   */
  staleWhileRevalidate?: number;
}

/** Options of recording, storing and sending events. */
export interface EventsConfig {
  /** Set to false to record, store and send nothing. Default true. */
  enabled?: boolean;
  /**
   * Address of the shop's own collector (docs/wire.md): receives the events that the service does not take, and without
   * a service all events. Default: none. Then events that the service does not take are dropped and counted as
   * `unsupported`; without a service, events wait (code `no-service`).
   */
  url?: string;
  /**
   * Set to true if the collector at `url`, or at the provider Refine's `eventsUrl`, replies with `{"accepted": n}`: the
   * number of events of the batch that it has stored, now or earlier. Without this number, or with a smaller one, a 2xx
   * delivers nothing, and the events are sent again: the reply of a login page, a service worker or a captive portal
   * loses no order (docs/wire.md). Default false: any 2xx counts.
   */
  acknowledge?: boolean;
  /**
   * Form of the requests to `url`, for a collector of a pipeline that the shop already runs: `cloudevents`, `snowplow`
   * or `segment` (RudderStack too). Its code is loaded only where it is set. Events wait while the code or a needed
   * option is missing, and while the name is unknown (code `bad-option`). With `acknowledge` the reply that the
   * pipeline's own collector sends confirms a batch (docs/formats.md). Default `vitrine` (docs/wire.md).
   */
  format?: EventFormat;
  /** Options of `format`. */
  formatOptions?: FormatOptions;
  /** Number of waiting events that are sent at once, without waiting for `flushInterval`. Default 10. */
  batchSize?: number;
  /** Longest time an event waits for others to fill a batch, in milliseconds. Default 5000. */
  flushInterval?: number;
  /**
   * Most events in the queue. When it is full, views are dropped first and purchases last; each drop is counted in the
   * metrics as `queueFull`. Default 1000.
   */
  maxQueueSize?: number;
  /** Retries of a batch in one burst. After them the batch stays in storage until a later attempt. Default 3. */
  maxRetries?: number;
  /** Where events and ids are stored. `memory` touches no browser storage at all. Default `localStorage`. */
  persistence?: 'localStorage' | 'memory';
  /** Idle time after which a session ends, in milliseconds. Default 1800000 (30 minutes). */
  sessionTimeout?: number;
  /** Most events in one request when many are waiting. Default 100. */
  maxBatchSize?: number;
  /** Most bytes in the queue. Default 524288. */
  maxQueueBytes?: number;
  /** Most bytes of events in one request. Default 49152. */
  maxBatchBytes?: number;
  /**
   * Limit for each type of event: `burst` at once (default 2000), `perSecond` on average (default 50). Events above it
   * are dropped and counted as `rateLimit`.
   */
  rateLimit?: { burst?: number; perSecond?: number };
  /** Called with the metrics whenever one of their counts has changed. */
  onMetrics?: (metrics: Metrics) => void;
  /**
   * Age at which an undelivered event is dropped and counted as `expired`, in milliseconds; purchases live eight times
   * as long. A clock that jumps ages no event of a page that is open. Default 7 days.
   */
  maxAge?: number;
  /** Time limit of one request, in milliseconds. Default 15000. */
  requestTimeout?: number;
  /**
   * Events of an automated browser or a known crawler: `tag` adds `bot: 'webdriver'` or `bot: 'crawler'` to them,
   * `drop` drops them and counts them as `bot`. Default `tag`.
   */
  bots?: 'tag' | 'drop';
}

/** Limits on the personal data that leaves the page. */
export interface PrivacyConfig {
  /**
   * Effect of the browser's Global Privacy Control signal: `deny` (consent is `denied`), `anonymous` (consent is at
   * most `anonymous`) or `ignore`. It lasts until the shop calls `setConsent`. Default `deny`.
   */
  gpc?: 'deny' | 'anonymous' | 'ignore';
  /**
   * Parameters whose name contains one of these texts are removed from every address before it is stored or sent,
   * however often they are encoded. A text with `=` in front must be the whole name: `=code`. Replaces the default
   * list: mail, token, passw, pwd, secret, auth, phone, apikey, api_key, session, sessid, jwt, iban, =code, =otp, =sig,
   * =signature, =tel.
   */
  scrubParameters?: string[];
  /**
   * Set to false to keep values that look private by themselves. By default e-mail addresses, telephone numbers, JSON
   * Web Tokens, card numbers and IBANs are removed from every address; in the path they become `redacted`. Default
   * true.
   */
  scrubValues?: boolean;
}

/** The rule by which an item counts as viewed. The defaults are MRC's rule for display. */
export interface ViewabilityConfig {
  /** Name of the defaults below. Events carry `mrc` while all other options have their defaults, else `custom`. */
  rule?: 'mrc';
  /** Share of the item's pixels that must be visible, 0 to 1. Default 0.5. */
  ratio?: number;
  /** How long the item must stay visible, in milliseconds. Default 1000. */
  dwellMs?: number;
  /** Area from which an item counts as large, in px². Default 242500. */
  largeAreaPx?: number;
  /** Share of a large item's pixels that must be visible, 0 to 1. Default 0.3. */
  largeRatio?: number;
  /** Effect of leaving the view: `continuous` resets the item's clock, `cumulative` pauses it. Default `continuous`. */
  mode?: 'continuous' | 'cumulative';
}

/** Rules of visitor, session and user (docs/identity.md). */
export interface IdentityConfig {
  /**
   * Effect of `identify` if another user was identified before on this device, without a `reset()` in between. `reset`
   * begins a new visitor and a new session, as `reset()` does; `keep` goes on with the visitor and the session. In both
   * cases the `identify` event names the user before as `previousUserId`. Default `reset`.
   */
  otherUser?: 'reset' | 'keep';
  /**
   * On a server: the visitor for whom the instance works, as the shopper's page has it (`getVisitorId()`). A text or
   * a number of at most 256 bytes, as the next two. Default: a new visitor.
   */
  visitorId?: Id;
  /** On a server: the session, as the shopper's page has it (`getSessionId()`). Default: a new session. */
  sessionId?: Id;
  /** On a server: the known user. No `identify` event is recorded for it. Default: none. */
  userId?: Id;
}

/** A shopper for whom a server makes calls (`vitrine.as`). Each member is optional. */
export interface Shopper extends Pick<IdentityConfig, 'visitorId' | 'sessionId' | 'userId'> {
  /** The shopper's consent. Default: that of the configuration. */
  consent?: Consent;
}

/** Attribution: which list led the shopper to an item. */
export interface AttributionConfig {
  /** How long a touch (a click, or an add to cart from a list) counts, in milliseconds. Default 7 days. */
  windowMs?: number;
  /** Most items whose touches are remembered; the latest stay. Default 200. */
  maxItems?: number;
}

/** Which changes of the address are page views (docs/page-views.md). */
export interface PageViewsConfig {
  /**
   * Query parameters that make a page view when they change, such as `['q', 'page']`, however the address changes. A
   * change of other parameters is then none. Names are case-sensitive. `[]`: the query never makes a page view.
   * Default: none named; a changed query is a page view with another entry of the history (pushed, back, forward), and
   * none when the address is replaced.
   */
  parameters?: string[];
}

/**
 * One experiment. Visitors are spread over its variants by weight. The variant depends only on the names and the
 * visitor's id, so a visitor gets the same one on every page.
 */
export interface Experiment {
  /** Shoppers who have not agreed to ids get the first variant. */
  variants: ExperimentVariant[];
}

export interface ExperimentVariant {
  name: string;
  /** Share of the visitors, relative to the other variants. Default 1. */
  weight?: number;
  /**
   * Changes to the request of a widget that takes part (attribute `experiment`). Each member replaces the widget's
   * own; members of `query` are replaced one by one.
   */
  slot?: {
    template?: string;
    kind?: string;
    source?: string;
    title?: string;
    query?: Record<string, unknown>;
    [member: string]: unknown;
  };
}

/** Options that are the same for every service. */
export interface CommonConfig extends Hooks {
  /** Options of recording, storing and sending events. */
  events?: EventsConfig;
  /** Options of data calls. */
  calls?: CallsConfig;
  /** Limits on the personal data that leaves the page. */
  privacy?: PrivacyConfig;
  /**
   * Set to true to track the page's own markup (`data-vitrine-*`; table in js/README.md), follow the address, and
   * record page views. Default false.
   */
  autoTrack?: boolean;
  /** Which changes of the address are page views. Default: another path, fragment route, or query of a new entry. */
  pageViews?: PageViewsConfig;
  /** The rule by which an item counts as viewed. Default: MRC's rule for display. */
  viewability?: ViewabilityConfig;
  /** Rules of visitor, session and user. */
  identity?: IdentityConfig;
  /** Attribution: which list led the shopper to an item. */
  attribution?: AttributionConfig;
  /**
   * Consent at the start of a page. Default `granted`. If the shopper has said something by `setConsent` on an earlier
   * page, the stricter of both counts (`denied`, `anonymous`, `granted`); `unknown` here gives way to what was said.
   * A value that is no consent, such as a misspelt one, counts as `unknown`, so that nothing is sent.
   */
  consent?: Consent;
  /** Experiments by name, for `getVariant()` and the widgets' attribute `experiment`. */
  experiments?: Record<string, Experiment>;
  /** Texts of the widgets in the shop's language (widget/README.md). Default English. */
  strings?: Record<string, string>;
  /** Time limit of a data call with its retries, in milliseconds. Default 10000. */
  timeout?: number;
  /** `server` uses no page and keeps everything in memory. Default: `server` if there is no window, else `browser`. */
  applicationType?: 'browser' | 'server';
  /**
   * Whether a widget's button sends Doofinder's cart event, `doofinder.cart.add`, when no listener of
   * `vitrine:add-to-cart` has called `waitUntil`. Default: true with the provider Doofinder, else false.
   */
  doofinderCart?: boolean;
  /**
   * Receives each fault that no caller of Vitrine gets, once, so that the shop can put it into its own monitoring: bad
   * options, refused or dropped events, a core that has stopped, faults of widgets, templates and markup, failed calls
   * of the script tag. The console has one line for the same fault. `error.code` is one of docs/errors.md or the
   * service's own. An exception of `onError` itself is caught. Default: none.
   */
  onError?: (error: VitrineError) => void;
  /**
   * Plugins, in the order in which their hooks are called. An element that is no object is reported in the console and
   * ignored. More can follow by `use`. Default: none.
   */
  plugins?: readonly Plugin[];
  /**
   * `true` shows the debug overlay, at first as a small button in a corner of the page (docs/debug.md). It shows ids
   * and keys, so a shop must not set it for its shoppers. Default: no overlay until `vitrine.debug.open()`.
   */
  debug?: boolean | DebugConfig;
}

/** Members of the option `debug`. */
export interface DebugConfig {
  /** True: the debug overlay is shown if the page's address has the parameter `vitrine_debug=1`. Default false. */
  allowQuery?: boolean;
  /**
   * Set to true to record every call to the core for `debug.trace()`. The record grows for as long as the page lives.
   * Default false.
   */
  record?: boolean;
}

/** The configuration of `new Vitrine`. A bad option is reported in the console, and its default is used. */
export interface VitrineConfig extends CommonConfig {
  /**
   * The recommendation service, with its keys and options. Without one, or with `{name: 'none'}`, all events go to
   * `events.url`, and data calls reject with a ValidationError (code `no-service`). Under a name that is
   * unknown or that the loaded core file lacks, nothing is sent and the events wait (code `unknown-provider`). The
   * script tag loads the file with the service that the queued `init` names (docs/loading.md). Default: none.
   */
  provider?: Provider;
}

/** The core as JavaScript: the default export of `vitrine/vitrine-core.js`, for `usePlainCore`. */
export type PlainCore = (imports: WebAssembly.Imports) => WebAssembly.Exports;
