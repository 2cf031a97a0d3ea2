// A browser tab without a browser: the globals that the JavaScript side uses, in their own realm.

import { createContext, runInContext } from 'node:vm';
import { modules, scriptTag } from './bundle.mjs';
import { Clock } from './clock.mjs';
import { Database } from './database.mjs';
import { Disk, LockTable } from './disk.mjs';
import { fakeRuntime } from './runtime.mjs';

const emit = (target, type, fields) => target.dispatchEvent(Object.assign(new Event(type), fields));

/** Any module counts as one of this build. */
const ModuleOfThisBuild = Object.assign(class {}, { customSections: () => [new ArrayBuffer(0)] });

/** Requests that wait for a reply from the test. `respond` takes a body text; `fail` is a network error. */
const openNetwork = () => {
  const requests = [];
  const fetch = (url, init = {}) =>
    new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('AbortError')));
      requests.push({
        url: String(url),
        ...init,
        respond: (status, body = '', headers = {}) => resolve(new Response(body, { status, headers })),
        fail: () => reject(new TypeError('Failed to fetch')),
      });
    });
  return { requests, fetch };
};

/**
 * Opens a tab. Tabs share `clock`, `disk`, `locks` (null: the browser has no Web Locks) and `database`. `globals` adds
 * globals to the page or removes them (undefined). `core` is the fake that the glue returns.
 */
export const openTab = (options = {}) => {
  const {
    clock = new Clock(),
    disk = new Disk(),
    locks = new LockTable(),
    database = new Database(),
    core = fakeRuntime(),
  } = options;
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible',
    referrer: '',
    title: 'Shop',
    currentScript: { src: 'https://shop.example/dist/vitrine.js', dataset: {} },
    documentElement: { lang: 'en' },
    querySelector: () => null,
  });
  const lockView = locks?.open();
  const network = openNetwork();
  const idle = [];
  const said = [];
  const say =
    (level) =>
    (...parts) =>
      void said.push(`${level}: ${parts.join(' ')}`);
  const globals = {
    document,
    location: { href: 'https://shop.example/' },
    navigator: { onLine: true, locks: lockView?.manager, ...options.navigator },
    localStorage: disk.open((event) => emit(window, 'storage', event)),
    console: { error: say('error'), warn: say('warn'), info: say('info') },
    customElements: { get: () => true },
    // The page is never idle, unless a test calls back.
    requestIdleCallback: (callback) => void idle.push(callback),
    fetch: network.fetch,
    setTimeout: clock.setTimeout,
    setInterval: clock.setInterval,
    clearTimeout: clock.clearTimeout,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    performance: { now: () => clock.nowMs - 1_700_000_000_000, getEntriesByType: () => [] },
    ...database.globals,
    ...{ queueMicrotask, AbortController, Request, Response, URL, Event, TextEncoder, crypto },
    glue: (glueOptions) => {
      try {
        glueOptions.instantiateWasm({}, () => ({}));
      } catch {
        // Emscripten's glue does the same.
        say('error')('Module.instantiateWasm callback failed');
        throw 'sync fetching of the wasm failed';
      }
      return core.glue;
    },
    ...options.globals,
  };
  const page = createContext(globals);
  page.window = page;
  runInContext('Date', page).now = () => clock.nowMs;
  // The real WebAssembly cannot compile the stand-in, which is empty.
  page.WebAssembly = {
    Instance: class {},
    Module: ModuleOfThisBuild,
    compile: async () => ({}),
    ...options.WebAssembly,
  };
  const hide = () => {
    document.visibilityState = 'hidden';
    emit(document, 'visibilitychange');
  };
  return {
    page,
    clock,
    disk,
    locks,
    database,
    core,
    said,
    requests: network.requests,
    /** Runs code in the page's realm. */
    evaluate: (code) => runInContext(code, page),
    /** Loads all modules and returns them. */
    modules: () => {
      modules.runInContext(page);
      page.js.usePackedCore('');
      return page.js;
    },
    /** Runs the script-tag entry. */
    script: () => scriptTag.runInContext(page),
    /** Calls back what waits for an idle page. */
    beIdle: () => idle.splice(0).forEach((callback) => callback()),
    fire: (type, fields) => emit(window, type, fields),
    fireDocument: (type, fields) => emit(document, type, fields),
    hide,
    show() {
      document.visibilityState = 'visible';
      emit(document, 'visibilitychange');
    },
    /** Closes the tab as a user does: the page receives its events, then its locks end. */
    close() {
      hide();
      emit(window, 'pagehide', { persisted: false });
      lockView?.close();
    },
    /** Kills the tab as the system does: the page receives no event. */
    kill: () => lockView?.close(),
  };
};
