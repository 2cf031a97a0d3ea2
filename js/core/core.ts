// Starts the C++ core. The only file that knows the Emscripten glue; all others see the `Runtime` interface.

import createCore, { type Glue, type Runtime } from 'vitrine:glue';
import { hasOwn } from '../ports/json.js';
import type { PlainCore } from '../types/types.js';

export type { Glue, Runtime };

/**
 * The core before it is started: takes the glue's imports and returns the core's exports. WebAssembly, or JavaScript
 * made from it.
 */
type Core = PlainCore;

let source: () => Core;
let glue: Glue | undefined;
let kind: 'wasm' | 'wasm2js' = 'wasm';

/** Sets where the core comes from. Costs nothing: the core is compiled by the first `openRuntime`. */
export const useCore = (from: () => Core): void => {
  source = from;
};

/** Returns how the core runs: as WebAssembly, or as JavaScript (wasm2js). */
export const coreKind = (): 'wasm' | 'wasm2js' => kind;

/** Marks the core as the wasm2js build. */
export const plain = (core: Core): Core => {
  kind = 'wasm2js';
  return core;
};

const instance =
  (module: WebAssembly.Module): Core =>
  (imports) =>
    new WebAssembly.Instance(module, imports).exports;

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

/**
 * Fetches the core from `url`, the address of `<name>.wasm`. If WebAssembly is refused, loads `<name>-core.js` from the
 * same folder instead, which is slower and larger by half. Rejects if the core cannot be loaded.
 */
export const fetchCore = async (url: string, name: string): Promise<Core> => {
  if (!mayRunWasm()) return plain(((await import(new URL(`${name}-core.js`, url).href)) as { default: Core }).default);
  const response = await fetch(url);
  if (!response.ok) throw Error(`${url}: HTTP ${response.status}`);
  // compileStreaming insists on the media type. A server that does not know .wasm must not cost the shop its widgets.
  const isTyped = /^application\/wasm/.test(response.headers.get('content-type') || '');
  return instance(
    await (isTyped ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer())),
  );
};

/** Returns the core; the first call starts it. Throws what compiling or instantiating throws. */
export const openCore = (): Glue => {
  if (!glue) {
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
