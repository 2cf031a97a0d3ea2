// Brings the C++ core up. The only file that knows the Emscripten glue; everything else sees the `Runtime` interface.

import createCore, { type Glue, type Runtime } from 'vitrine:glue';

export type { Runtime };

let compiled: () => WebAssembly.Module;
let glue: Glue | undefined;

/** Says where the compiled core comes from. Nothing is compiled before the first `openRuntime`, so calling this has no cost. */
export const useModule = (source: () => WebAssembly.Module): void => {
  compiled = source;
};

/** Compiles the core on the spot from base64 text. Throws where WebAssembly is missing or refused by the page's CSP. */
export const compileBase64 = (base64: string): WebAssembly.Module => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new WebAssembly.Module(bytes);
};

/** Fetches and compiles the core. Rejects when it cannot be had or WebAssembly is missing or refused. */
export const fetchModule = async (url: string): Promise<WebAssembly.Module> => {
  const response = await fetch(url);
  if (!response.ok) throw Error(`${url}: HTTP ${response.status}`);
  // Streaming insists on the media type; a server that does not know .wasm must not cost the shop its widgets.
  return /^application\/wasm/.test(response.headers.get('content-type') || '')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
};

/** The core, brought up by the first who needs it. Throws what compiling or instantiating throws. */
export const openCore = (): Glue => {
  if (!glue) {
    const module = compiled();
    let failure: unknown;
    const made = createCore({
      instantiateWasm(imports, receive) {
        try {
          return receive(new WebAssembly.Instance(module, imports), module);
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
