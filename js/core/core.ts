// Starts the C++ core. The only file that knows the Emscripten glue; all others see the `Runtime` interface.

import createCore, { type Glue, type Runtime } from 'vitrine:glue';
import build from 'vitrine:build';
import { brought } from '../ports/find_script.js';
import { later } from '../ports/clock.js';
import { integrityOf } from '../ports/integrity.js';
import { hasOwn } from '../ports/json.js';
import { runScript } from '../ports/run_script.js';
import { VitrineError } from '../types/errors.js';
import type { PlainCore } from '../types/types.js';

export type { Glue, Runtime };

/**
 * The core before it is started: takes the glue's imports and returns the core's exports. WebAssembly, or JavaScript
 * made from it.
 */
type Core = PlainCore;

let source: (() => Core) | undefined;
let glue: Glue | undefined;
let kind: 'wasm' | 'wasm2js' = 'wasm';

/** Sets where the core comes from. Costs nothing: the core is compiled by the first `openRuntime`. */
export const useCore = (from: () => Core): void => {
  source = from;
};

/** Returns whether it is known where the core comes from. */
export const hasCore = (): boolean => !!source;

/** Returns how the core runs: as WebAssembly, or as JavaScript (wasm2js). */
export const coreKind = (): 'wasm' | 'wasm2js' => kind;

/** Marks the core as the wasm2js build. */
export const plain = (core: Core): Core => {
  kind = 'wasm2js';
  return core;
};

/** Exports of the core's files that are there, which the next one imports. */
let lent: WebAssembly.Exports;

const instance =
  (module: WebAssembly.Module): Core =>
  (imports) =>
    (lent = new WebAssembly.Instance(module, imports).exports);

/** Compiles the core synchronously. Throws if WebAssembly is missing or the page's CSP refuses it. */
export const compile = (bytes: Uint8Array): Core => instance(new WebAssembly.Module(bytes as BufferSource));

/**
 * Returns whether this page may run WebAssembly. Lockdown modes have none. A CSP without 'wasm-unsafe-eval' refuses to
 * compile it; WebKit compiles it, but refuses to instantiate it.
 */
export const mayRunWasm = (): boolean => {
  try {
    // The smallest module: magic number and version.
    return !!new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
};

const ADVICE = 'Put the files of one version beside the script, or name them in data-wasm and data-core.';
// A server that never replies must not keep the JavaScript core away for ever.
const MOST_MS = 30_000;
const OTHER = 'not the core of this version';
/** False once a server has not replied, or the page's policy has refused a request. */
let isReachable = true;

const start = (core: Core) => {
  useCore(() => core);
  openCore();
};

/**
 * Fetches and compiles a wasm file of this build, and passes it to `use`. If the file is damaged or of another build,
 * or if `use` throws, it is fetched once more past the browser's cache. Rejects with the problem as a text.
 */
const fetchModule = async (
  url: string,
  use: (module: WebAssembly.Module) => void,
  cache?: RequestCache,
): Promise<void> => {
  let response: Response;
  const integrity = integrityOf(url);
  try {
    const stop = new AbortController();
    later(() => stop.abort(), MOST_MS);
    response = await fetch(url, { cache, signal: stop.signal, integrity });
  } catch (error) {
    isReachable = false;
    const advice = integrity ? '; data-integrity must fit' : '';
    throw `${error} (allow it in connect-src and, on another origin, by CORS${advice})`;
  }
  if (!response.ok) throw 'HTTP ' + response.status;
  const type = response.headers?.get('content-type');
  const fromBytes = async () => WebAssembly.compile(await response.arrayBuffer());
  try {
    // compileStreaming insists on the media type, and on a Response of the browser, which a polyfill may replace.
    const module = await (/^application\/wasm/.test(type || '')
      ? WebAssembly.compileStreaming(response).catch((error) => fromBytes().catch(() => Promise.reject(error)))
      : fromBytes());
    if (!WebAssembly.Module.customSections(module, build).length) throw 'no ' + build;
    use(module);
  } catch (error) {
    // A cache may hold a file of another version, or a part of a file.
    if (!cache) return fetchModule(url, use, 'reload');
    throw `${OTHER} (${type}, ${error})`;
  }
};

/**
 * Starts the core that the page has brought, else the one from `url`, the address of a wasm file. Resolves to false if
 * this page refuses WebAssembly, or if a request for another wasm file had no reply.
 */
const startWasm = async (url: string): Promise<boolean> => {
  if (startPlain()) return true;
  if (!isReachable || !mayRunWasm()) return false;
  await fetchModule(url, (module) => start(instance(module)));
  return true;
};

/**
 * Starts the core that `<name>-core.js` has left in `window.vitrineCore`. Returns false if there is none of this build.
 */
const startPlain = (): boolean => {
  const core = brought('vitrineCore') as (Core & { build?: string }) | undefined;
  if (core?.build !== build) return false;
  start(core);
  plain(core);
  return true;
};

/** Starts the core from `url`, the address of `<name>-core.js`, which is slower and larger by half than WebAssembly. */
export const fetchPlain = async (url: string): Promise<boolean> => {
  if (await runScript(url, startPlain)) return true;
  throw OTHER;
};

/**
 * Starts the core: the JavaScript one if the page has brought it, else WebAssembly from the first of the addresses that
 * has it, else from the last one. Resolves to the failures before the success and the advice, in sentences; '' if there
 * were none. A page that refuses WebAssembly is no failure. Rejects with a VitrineError (`core-not-loaded`) if no core
 * can start.
 * @param partOf returns the address of a further file for the address of a first one; '' if the core is in one file
 * @param lastUrl the address of a core in one file
 * @param last starts the core at `lastUrl`, as `fetchPlain` does
 */
export const fetchCore = async (
  wasmUrls: string[],
  partOf: (url: string, part: Part) => string,
  lastUrl: string,
  last: (url: string) => Promise<boolean>,
): Promise<string> => {
  let problems = '';
  for (const url of [...wasmUrls, lastUrl])
    try {
      if (await (url === lastUrl ? last(url) : startWasm(url))) {
        if (url !== lastUrl && kind === 'wasm') for (const part of PARTS) lacking[part] = partOf(url, part);
        return problems && problems + ADVICE;
      }
    } catch (error) {
      problems += `${url}: ${error}. `;
    }
  throw new VitrineError(`${problems}${ADVICE}`, { code: 'core-not-loaded' });
};

/** The files of a core after the first one. Each needs those before it. */
export const PARTS = ['products', 'templates'] as const;
export type Part = (typeof PARTS)[number];

/** The addresses of the core's further files that are not there yet. */
const lacking = { __proto__: null as never } as { [K in Part]?: string };
/** Returns whether the core still lacks this file. False where the core is in one file. */
export const lacks = (part: Part): boolean => !!lacking[part];

/** The further files that are on their way, by their addresses. */
const fetched: Record<string, Promise<WebAssembly.Module> | undefined> = { __proto__: null as never };

/** Begins to fetch the further file at `url`. */
export const fetchPart = (url: string): Promise<WebAssembly.Module> =>
  (fetched[url] ||= new Promise((resolve, reject) => fetchModule(url, resolve).catch(reject)));

/**
 * Loads a further file of the core: `products` has everything about products, `templates` compiles a shop's own
 * templates. The files before it must be there. Rejects with the problem as a text; a later call tries again.
 */
export const loadPart = async (part: Part): Promise<void> => {
  const url = lacking[part];
  if (!url) return;
  try {
    const module = await fetchPart(url);
    // Another call may have done it meanwhile.
    if (lacking[part]) lent = { ...lent, ...new WebAssembly.Instance(module, { first: lent }).exports };
    lacking[part] = '';
  } catch (error) {
    fetched[url] = undefined;
    throw `${url}: ${error}. ${ADVICE}`;
  }
};

/** Returns the core; the first call starts it. Throws what compiling or instantiating throws. */
export const openCore = (): Glue => {
  if (!glue) {
    if (!source)
      throw new VitrineError("await loadCore() or loadVitrine(config) first, or import 'vitrine/inline'", {
        code: 'core-not-loaded',
      });
    const core = source();
    let failure: unknown;
    const made = createCore({
      instantiateWasm(imports, receive) {
        try {
          return receive({ exports: core(imports) });
        } catch (error) {
          // The glue must not see the error: it would log noise, cause an unhandled rejection and throw another error.
          failure = error;
          return {};
        }
      },
    });
    if (failure) throw failure;
    glue = made;
  }
  return glue;
};

/** Opens a runtime: one core object. Throws as `openCore` does. A bad option in `bootJson` does not throw. */
export const openRuntime = (bootJson: string, nowMs: number): Runtime => {
  const core = openCore();
  const handle = core.open(bootJson, nowMs);
  const runtime: Record<string, unknown> = {};
  // Own members only: pages add functions to Object.prototype, which for…in finds too.
  for (const name in core) {
    const call = core[name as keyof Glue] as unknown;
    if (hasOwn(core, name) && typeof call === 'function') runtime[name] = call.bind(null, handle);
  }
  return runtime as unknown as Runtime;
};
