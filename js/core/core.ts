// Brings the C++ core up. The only file that knows the Emscripten glue; everything else sees the `Runtime` interface.

import createCore, { type Glue, type Runtime } from 'vitrine:glue';
import type { PlainCore } from '../types/types.js';

export type { Glue, Runtime };

/** The core before it has met the page: takes the glue's imports, answers its exports. As WebAssembly, or as JavaScript made from it. */
type Core = PlainCore;

let source: () => Core;
let glue: Glue | undefined;
let kind: 'wasm' | 'wasm2js' = 'wasm';

/** Says where the core comes from. Nothing is compiled before the first `openRuntime`, so calling this has no cost. */
export const useCore = (from: () => Core): void => {
  source = from;
};

/** What the core runs as. */
export const coreKind = (): 'wasm' | 'wasm2js' => kind;

/** Notes that a core is the one of JavaScript. */
export const plain = (core: Core): Core => {
  kind = 'wasm2js';
  return core;
};

const instance =
  (module: WebAssembly.Module): Core =>
  (imports) =>
    new WebAssembly.Instance(module, imports).exports;

/** Compiles the core on the spot. Throws where WebAssembly is missing or refused by the page's CSP. */
export const compile = (bytes: Uint8Array): Core => instance(new WebAssembly.Module(bytes as BufferSource));

/**
 * Whether this page may run WebAssembly. Lockdown modes have none; a CSP without 'wasm-unsafe-eval' has nothing compiled, in WebKit nothing
 * instantiated.
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
 * Fetches the core: `url` is `<name>.wasm`, and where WebAssembly is refused `<name>-core.js` beside it, which is slower and larger by half.
 * Rejects when it cannot be had.
 */
export const fetchCore = async (url: string, name: string): Promise<Core> => {
  if (!mayRunWasm()) return plain(((await import(new URL(`${name}-core.js`, url).href)) as { default: Core }).default);
  const response = await fetch(url);
  if (!response.ok) throw Error(`${url}: HTTP ${response.status}`);
  // Streaming insists on the media type; a server that does not know .wasm must not cost the shop its widgets.
  const isTyped = /^application\/wasm/.test(response.headers.get('content-type') || '');
  return instance(
    await (isTyped ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer())),
  );
};

/** The core, brought up by the first who needs it. Throws what compiling or instantiating throws. */
export const openCore = (): Glue => {
  if (!glue) {
    const core = source();
    let failure: unknown;
    const made = createCore({
      instantiateWasm(imports, receive) {
        try {
          return receive({ exports: core(imports) });
        } catch (error) {
          // Kept from the glue, which would answer with console noise, an unhandled rejection and an error of its own.
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

/** One core object. Throws as `openCore` does; a bad option in `bootJson` does not throw. */
export const openRuntime = (bootJson: string, nowMs: number): Runtime => {
  const core = openCore();
  const handle = core.open(bootJson, nowMs);
  const runtime: Record<string, unknown> = {};
  for (const [name, call] of Object.entries(core) as [string, unknown][])
    if (typeof call === 'function') runtime[name] = call.bind(null, handle);
  return runtime as unknown as Runtime;
};
