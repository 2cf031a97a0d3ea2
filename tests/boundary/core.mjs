// The real core in Node, started as in a page (js/core/core.ts).

import { readFileSync } from 'node:fs';

export const built = (name) => new URL(`../../build/wasm/${name}`, import.meta.url);
export const module = new WebAssembly.Module(readFileSync(built('vitrine.wasm')));

const { default: createCore } = await import(built('vitrine.mjs').href);

/** Makes a fresh instance of the core. Its exports take the handle of a runtime as their first argument. */
export const load = () =>
  createCore({ instantiateWasm: (imports, receive) => receive(new WebAssembly.Instance(module, imports), module) });

/** Makes a runtime as an object whose methods have the handle bound. */
export const openRuntime = (bootJson, nowMs, glue = load()) => {
  const handle = glue.open(bootJson, nowMs);
  return Object.fromEntries(
    Object.entries(glue)
      .filter(([, call]) => typeof call === 'function')
      .map(([name, call]) => [name, call.bind(null, handle)]),
  );
};
