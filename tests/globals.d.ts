// Names that exist only inside the pages that tests open: a test's function runs there, outside its own module.

/** The built script's `window.vitrine`, or an instance, as the page made it. */
declare var vitrine: any;
declare var Vitrine: typeof import('../js/entries/index.js').Vitrine;

/** tests/browser/pages/report.js */
declare var report: (step: string) => void;
/** tests/browser/pages/frames.js: what report.js sends, by origin */
declare var reports: Record<string, { steps: string; problems: string }>;
/** tests/browser/pages/shopper.js */
declare var shopper: any;
/** tests/chaos/page.js */
declare var chaos: any;
/** tests/browser/pages/snippet.js and module.js read them: the page's configuration. */
declare var settings: any;
/** tests/browser/answers.mjs */
declare var answers: {
  [name: string]: any;
  asked: number;
  next: any[];
  put(attributes: Record<string, unknown>, html?: string): any;
  slate(count: number, change?: (reply: any) => unknown): string;
};
/** tests/browser/debug_page.mjs */
declare var debugRoot: () => any, debugRoots: any[], debugMode: string;
/** tests/browser/independent_observer.mjs */
declare var sight: any;
/** tests/bench: the page under measurement, and the adapter of the library in it */
declare var BENCH: any, COUNTS: any, RENDERER: any, TRACKER: any, CONFIG: any, READY: any;

// Packages of tests/bench/peers, which only the bench commands install.
declare module '@algolia/recommend-js';
declare module '@amplitude/analytics-browser';
declare module '@rudderstack/analytics-js/bundled';
declare module '@segment/analytics-next';
declare module '@snowplow/browser-tracker';
declare module 'instantsearch.js/es';
declare module 'instantsearch.js/es/widgets';
declare module 'lit-html';
declare module 'mixpanel-browser/src/loaders/loader-module-core.js';
declare module 'posthog-js';
declare module 'preact';
declare module 'search-insights';

// Set by one test for its own next step in the same page.
declare var aheadMs: number, hiddenMs: number, heights: any, shift: number, wasRestored: boolean;
declare var arrive: any, asked: any, cart: any, change: any, changes: any, coreMemory: any, faults: any, glances: any;
declare var hearing: any, imported: any, items: any, mark: any, measure: any, note: any, observer: any, questions: any;
declare var ran: any, real: any, refusal: any, reply: any, said: any, seen: any, settle: any, show: any, showEach: any;
declare var answer: any, twin: any, was: any, widget: any, wishes: any;

// The demo shop and its studio.
declare var osierServices: { accounts: Record<string, object>; chosen(): { name: string } };
declare var canvasWire: { requests: number; sent: number; received: number; repliedAt: number };

/** A test and the demo know which element their selector finds. */
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface ChildNode {
  // A child that a test looks at is an element.
  [name: string]: any;
}
interface PerformanceEntry {
  // Layout shifts and navigations have more fields than the DOM library knows.
  [name: string]: any;
}
interface Document {
  readonly prerendering?: boolean;
}
interface Window {
  readonly trustedTypes?: any;
}
/** The package's own events bubble up to the document. */
interface DocumentEventMap {
  'vitrine:add-to-cart': CustomEvent;
  'vitrine:state': CustomEvent;
}
declare var form: any, submits: any, near: any, far: any, gone: any, held: any, longTasks: any;
declare var frames3: () => Promise<void>, states: () => string[];

/** tests/browser/widget_libraries.test.mjs */
declare var kit: any;
declare var app: HTMLElement;
