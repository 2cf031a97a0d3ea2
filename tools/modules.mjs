// The modules of the npm package that are put together without a bundler, because they share dist/module.js or
// dist/module-tracking.js and so its state.

import { readFileSync, writeFileSync } from 'node:fs';
import { pack } from './pack.mjs';
import { literal } from './shrink.mjs';
import { kParts } from './split.mjs';
import { root } from './steps.mjs';

/** The entries that have a part of the module. */
export const kPartEntries = ['refine', 'element'];

/**
 * The entries that are bundles of their own: for frameworks, which import `vitrine` by its name and so share its state,
 * and for tests of a shop.
 */
export const kBundles = ['react', 'vue', 'testing'];

/** Makes an import of the complete entry one of the package by its name, which each runtime resolves in its own way. */
const byName = {
  name: 'by name',
  setup(build) {
    build.onResolve({ filter: /\/entries\/index\.js$/ }, () => ({ path: 'vitrine', external: true }));
  },
};

/**
 * Bundles these entries. The framework and the package itself stay imports. Not minified, because that drops the marks
 * by which a shop's bundler leaves out components that the shop does not use.
 */
export const bundleEntries = (build, options) =>
  kBundles.map((name) =>
    build({
      ...options,
      minify: false,
      entryPoints: [`${root}js/${name}/index.ts`],
      outfile: `${root}dist/${name}.js`,
      format: 'esm',
      external: ['react', 'react-dom', 'vue'],
      plugins: [byName],
    }),
  );

/** Returns the names of the values that such an entry exports, as `{ a, b }`. */
const namesOf = (entry) => {
  const text = readFileSync(`${root}js/entries/${entry}.ts`, 'utf8');
  const names = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list]) => list.split(','));
  const values = names.map((name) => name.trim()).filter((name) => name && !name.startsWith('type '));
  return `{ ${values.map((name) => name.split(' as ').at(-1)).join(', ')} }`;
};

/**
 * Returns the text of `vitrine:files` (js/core/modules.d.ts).
 * @param {string} core vitrine or vitrine-tracking
 * @param {string[]} links the cores with their services, such as vitrine-refine
 */
export const filesModule = (core, links) => {
  const lines = links.map((link) => {
    const files = ['', ...(core === 'vitrine' ? kParts.map((part) => `-${part}`) : [])];
    const urls = files.map((part) => `new URL('./${link}${part}.wasm', import.meta.url)`);
    return `${link === core ? 'all' : link.slice(core.length + 1)}: () => [${urls}],`;
  });
  return `export default { ${lines.join('\n')} };`;
};

/** Writes a file of dist/. */
export const write = (file, text) => writeFileSync(`${root}dist/${file}`, text);
/** Writes a core as text in two modules, `<file>-1.js` and `<file>-2.js`. */
const writeCore = (file, path) => {
  const text = pack(readFileSync(path));
  const middle = text.length >> 1;
  write(`${file}-1.js`, `export default${literal(text.slice(0, middle))}`);
  write(`${file}-2.js`, `export default${literal(text.slice(middle))}`);
};
const withCore = (core, module, names) => `import first from './${core}-1.js';
import second from './${core}-2.js';
import { usePackedCore } from './${module}.js';
usePackedCore(first + second);
export ${names} from './${module}.js';
`;

/**
 * Writes the cores as modules, and the modules that have one in them.
 * @param {typeof import('./build.mjs').packages} packages
 * @param {(core: string) => string} wholeOf returns the path of a core in one file
 * @param {string} refine the core for the drop-in for Refine's SDK
 */
export const writeModules = (packages, wholeOf, refine) => {
  for (const [name, { module, core, whole: file, edge }] of Object.entries(packages)) {
    writeCore(core, wholeOf(name));
    write(`${file}.js`, withCore(core, module, '*'));
    write(
      `${edge}.js`,
      `import core from './${name}-core.mjs';
import { usePackedCore, usePlainCore } from './${module}.js';
usePlainCore(core);
usePackedCore('');
export * from './${module}.js';
`,
    );
  }
  writeCore('core-refine', wholeOf(refine));
  write('refine.js', withCore('core-refine', 'module', namesOf('refine')));
  write('element.js', `export ${namesOf('element')} from './module.js';\n`);
};
