// Bundles the JavaScript side into one script for a simulated page. `glue`, a factory that the page provides, replaces
// the wasm glue.

import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const contents = {
  'vitrine:glue': 'export default (options) => glue(options)',
  'vitrine:debug': 'export const openOverlay = () => {}',
  'vitrine:build': 'export default "b0"',
  'vitrine:parts': 'export default "refine|depict|none"',
};

const standIn = {
  name: 'stand-in for the wasm core',
  setup(plugin) {
    plugin.onResolve({ filter: /^vitrine:/ }, ({ path }) => ({ path, namespace: 'stand-in' }));
    plugin.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path }) => ({
      contents: contents[path] ?? 'export default ""',
    }));
  },
};

const bundle = async (input) => {
  const { outputFiles } = await build({
    ...input,
    absWorkingDir: root,
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
    plugins: [standIn],
    logLevel: 'error',
  });
  return new Script(outputFiles[0].text);
};

/** The script-tag entry, as in a page. */
export const scriptTag = await bundle({ entryPoints: ['js/entries/script.ts'] });

/** All modules, as members of the global `js`. */
export const modules = await bundle({
  globalName: 'js',
  stdin: {
    resolveDir: root,
    contents: [
      './js/core/core.ts',
      './js/entries/queued_calls.ts',
      './js/core/effects.ts',
      './js/core/embedded.ts',
      './js/types/errors.ts',
      './js/core/host.ts',
      './js/core/products.ts',
      './js/entries/index.ts',
      './js/page/page.ts',
      './js/ports/clock.ts',
      './js/ports/json.ts',
      './js/ports/locks.ts',
      './js/ports/mirror.ts',
      './js/ports/net.ts',
      './js/ports/random.ts',
      './js/ports/report.ts',
      './js/ports/storage.ts',
      './js/core/recorder.ts',
      './js/core/text.ts',
      './js/api/vitrine.ts',
      './widget/money.ts',
      './js/page/viewability_observer.ts',
      './js/page/cart_events.ts',
      './js/page/doofinder_cart.ts',
      './widget/doofinder_cart.ts',
    ]
      .map((path) => `export * from '${path}';`)
      .join('\n'),
  },
});
