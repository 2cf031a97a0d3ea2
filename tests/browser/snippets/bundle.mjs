// Completes a snippet: what it takes for granted before it, the test's conditions behind it; and bundles it for a page
// or for Node.

import { build } from 'esbuild';
import { compile } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';
import { root } from '../../../tools/steps.mjs';

/** The global names that snippets use. A snippet that imports `Vitrine` itself has its own. */
const kSetup = `
import { Vitrine as Real } from 'vitrine';
globalThis.made = [];
globalThis.Vitrine = class extends Real {
  constructor(config) {
    super(config);
    made.push(this);
  }
};
globalThis.provider = {
  name: 'refine', apiKey: 'pk_demo', organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
  catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
};
`;

/** Replaces what a page writes in place of the reader's own account by the demo's. */
export const withAccount = (text) =>
  text
    .replaceAll('YOUR_ORGANIZATION', '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b')
    .replaceAll('YOUR_CATALOG', '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26')
    .replaceAll('YOUR_TENANT', 'osier')
    .replaceAll('YOUR_KEY', 'rr_demo_site')
    .replaceAll('YOUR_CLIENT_KEY', 'rr_demo_client')
    .replaceAll('sku_001', 'SKU-0017')
    .replaceAll('sku_002', 'SKU-0018');

/** Gives a module of Node the function that packages of another kind call. */
const kRequire = `import { createRequire as snippetRequire } from 'node:module';
const require = snippetRequire(import.meta.url);`;

/** Compiles a single-file component of Vue. */
const vueModule = (text) => {
  const { descriptor } = parse(text);
  return compileScript(descriptor, { id: 'snippet', inlineTemplate: true }).content;
};

/**
 * Returns the text of a bundle.
 * @param {{ text: string, kind: 'js' | 'jsx' | 'vue' | 'svelte', before?: string, after: string,
 *   isServer?: boolean, files?: Record<string, string> }} snippet `after` of a component reads it as `Component`;
 *   `files`: texts of other modules that the snippet imports
 */
export const bundle = async ({ text, kind, before = '', after, isServer = false, files = {} }) => {
  const isModule = kind === 'js' || kind === 'jsx';
  const own = isModule ? text : "import Component from 'snippet:component';";
  const finish = 'outcome.done = true;';
  const contents = `import 'snippet:setup';\n${before}\n${own}\n${after}\n${finish}\n`;
  const component = () => (kind === 'vue' ? vueModule(text) : compile(text, { generate: 'client' }).js.code);
  const { outputFiles } = await build({
    stdin: { contents, loader: kind === 'jsx' ? 'jsx' : 'js', resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    platform: isServer ? 'node' : 'browser',
    // The module with the core inside, so that a page needs no other file.
    conditions: isServer ? ['node'] : ['node', 'browser', 'import'],
    define: {
      'import.meta.client': 'false',
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    loader: { '.css': 'empty' },
    banner: isServer
      ? {
          js: kRequire,
        }
      : {},
    logLevel: 'silent',
    plugins: [
      {
        name: 'snippet',
        setup(builder) {
          builder.onResolve({ filter: /^snippet:/ }, ({ path }) => ({ path, namespace: 'snippet' }));
          builder.onResolve({ filter: /^next\/server$/ }, () => ({ path: 'snippet:next', namespace: 'snippet' }));
          builder.onResolve({ filter: /^\.\/\w+\.vue$/ }, ({ path }) => ({ path, namespace: 'snippet' }));
          builder.onLoad({ filter: /./, namespace: 'snippet' }, ({ path }) => ({
            contents:
              path === 'snippet:setup'
                ? kSetup
                : path === 'snippet:next'
                  ? 'export const connection = async () => {};'
                  : path === 'snippet:component'
                    ? component()
                    : vueModule(files[path]),
            resolveDir: root,
          }));
        },
      },
    ],
  }).catch((error) => {
    throw new Error(`${error.message}\n${contents}`);
  });
  return outputFiles[0].text;
};
