// Builds the core of the replay page, demo/preview/replay/core.js: one module with the whole core, all services, and
// the seam's two lists. The page needs no other file of the package, so its folder works below any path.

import { readFileSync } from 'node:fs';
import { calls, effects } from './seam.mjs';
import { root } from './steps.mjs';

const source = `
import createCore from 'vitrine:glue';
import bytes from 'vitrine:wasm';
import version from 'vitrine:version';
import { calls, effects } from 'vitrine:seam';

export { calls, effects, version };
export const openCore = async () => {
  const module = await WebAssembly.compile(bytes);
  return createCore({
    instantiateWasm: (imports, receive) => receive(new WebAssembly.Instance(module, imports)),
  });
};`;

/**
 * Writes the module by esbuild's `build`.
 * @param {typeof import('esbuild').build} build
 * @param {import('esbuild').Plugin[]} plugins resolve `vitrine:glue` and `vitrine:version`
 * @param {string} wasm the file of the whole core
 */
export const buildReplayCore = (build, plugins, wasm) => {
  const facts = {
    name: 'facts',
    setup(plugin) {
      plugin.onResolve({ filter: /^vitrine:(wasm|seam)$/ }, ({ path }) => ({ path, namespace: 'replay' }));
      plugin.onLoad({ filter: /wasm$/, namespace: 'replay' }, () => ({
        contents: readFileSync(wasm),
        loader: 'binary',
      }));
      plugin.onLoad({ filter: /seam$/, namespace: 'replay' }, () => ({
        contents: `export const calls = ${JSON.stringify(calls)}; export const effects = ${JSON.stringify(effects)};`,
      }));
    },
  };
  return build({
    bundle: true,
    minify: true,
    format: 'esm',
    banner: { js: '// @ts-nocheck' },
    target: 'es2022',
    logLevel: 'warning',
    stdin: { contents: source, resolveDir: root, sourcefile: 'replay_core.js' },
    plugins: [...plugins, facts],
    outfile: `${root}demo/preview/replay/core.js`,
  });
};
