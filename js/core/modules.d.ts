// Modules that exist only while bundling: tools/build.mjs resolves these names to the outputs of the wasm preset.

type Calls = import('./seam.js').Calls;

/** The Emscripten glue, generated from wasm/seam/bindings.cpp. */
declare module 'vitrine:glue' {
  /**
   * The calls of one core. Strings are JavaScript strings (or UTF-8 bytes, where the type says so), numbers are
   * doubles, `nowMs` is in epoch milliseconds. The list is wasm/seam/calls.inc; the contract of each call is at
   * its method in wasm/runtime/tracking_runtime.h or, for calls about products, wasm/runtime/runtime.h.
   */
  export interface Runtime extends Calls {
    /** Frees the C++ object. Nothing may be called on it afterwards. */
    close(): void;
  }

  /** The exports of the core: each call with the handle of a runtime in front. */
  export type Glue = {
    [Name in keyof Runtime]: (handle: number, ...args: Parameters<Runtime[Name]>) => ReturnType<Runtime[Name]>;
  } & {
    /** Makes a runtime and returns its handle. */
    open(bootJson: string, nowMs: number): number;
    /** Returns '=' and the HTML, or '!' and the JSON of an error. */
    renderTemplate(template: string, dataJson: string, optionsJson: string): string;
    /** Returns the same as renderTemplate. wasm/slots/prerender.h describes the request. */
    renderWidget(requestJson: string): string;
    /** Returns '', or the JSON of an error. */
    validateTemplate(template: string, optionsJson: string): string;
  };

  export interface GlueOptions {
    /**
     * Called once, before the factory returns. Must call `receive` at once with an instance of the core's module and
     * return the result of `receive`: with synchronous compilation the glue takes the exports from the returned value.
     */
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => WebAssembly.Exports,
    ): WebAssembly.Exports;
  }

  /** Synchronous because the core is linked with -sWASM_ASYNC_COMPILATION=0. */
  export default function createCore(options: GlueOptions): Glue;
}

/**
 * The core's build: the name of a custom section in its wasm files, the member `build` of its JavaScript, and the
 * parameter `b` in the address of each file that the script loads.
 */
declare module 'vitrine:build' {
  const build: string;
  export default build;
}

/** The services that have a core file of their own, and `none`: `refine|depict|none`. '' if there are no such files. */
declare module 'vitrine:parts' {
  const parts: string;
  export default parts;
}

/** The version of the package. */
declare module 'vitrine:version' {
  const version: string;
  export default version;
}

/** The code of `events.format` beside an npm module: dist/formats.js. */
declare module 'vitrine:formats' {
  export const openFormat: import('./formatted_net.js').OpenFormat;
}

/** The code of the debug overlay beside an npm module: dist/debug.js. */
declare module 'vitrine:debug' {
  export const openOverlay: import('./debug_part.js').OpenOverlay;
}

/** Texts of the debug overlay, read from the project's own pages when it is built (tools/documentation.mjs). */
declare module 'vitrine:documentation' {
  /** Cause and cure of each code (docs/errors.md). */
  export const codes: Record<string, readonly [cause: string, cure: string]>;
  /** The beginning of each storage key, with what is in it and how long it lives (docs/storage.md). */
  export const keys: readonly (readonly [start: string, what: string, life: string])[];
}

/** In a part of a script (tools/shared.mjs): the function that passes on what the part brings. */
declare module 'vitrine:shared' {
  export const give: (brings: unknown) => void;
}

/** In a script: what it lends to a part, a list of names for each module. */
declare module 'vitrine:shared/*' {
  const lent: unknown[];
  export default lent;
}

/**
 * Half of the core as text (tools/pack.mjs), in a module of its own: dist/core-1.js and dist/core-2.js, or those of
 * tracking-core. Bundlers warn of larger modules.
 */
declare module 'vitrine:packed/*' {
  const packed: string;
  export default packed;
}

/**
 * The wasm files beside an npm module: functions that return the addresses of the first file and, in the core with
 * products, of the second and third one. Named by the service, `none` or `all`. Bundlers recognise each address by its
 * form, `new URL('…', import.meta.url)`.
 */
declare module 'vitrine:files' {
  const files: Record<string, () => URL[]>;
  export default files;
}

/** The core as JavaScript: what wasm2js makes of vitrine.wasm. Only the files of the core may import it. */
declare module 'vitrine:plain' {
  const core: ((imports: WebAssembly.Imports) => WebAssembly.Exports) & { build: string };
  export default core;
}
