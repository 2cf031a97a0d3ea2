// npm run build [-- --providers refine,doofinder]: the core by CMake's wasm preset, then the packages in dist/. Ninja keeps the slow half incremental.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPreset, CommandError, fail, installPackages, root, run, step } from './steps.mjs';

const wasm = `${root}build/wasm/vitrine.wasm`;

/** The names of js/modules.d.ts, resolved to what CMake built. */
const core = {
  name: 'core',
  setup(build) {
    build.onResolve({ filter: /^vitrine:glue$/ }, () => ({ path: `${root}build/wasm/vitrine.mjs` }));
    build.onResolve({ filter: /^vitrine:wasm$/ }, () => ({ path: wasm, namespace: 'base64' }));
    build.onResolve({ filter: /^vitrine:plain$/ }, () => ({ path: `${root}build/wasm/vitrine-core.js`, namespace: 'plain' }));
    build.onLoad({ filter: /./, namespace: 'plain' }, ({ path }) => ({ contents: `${readFileSync(path)}\nexport default instantiate;` }));
    build.onLoad({ filter: /./, namespace: 'base64' }, ({ path }) => ({ contents: readFileSync(path), loader: 'base64' }));
  },
};

const bundle = async () => {
  const { build } = await import('esbuild');
  const common = { bundle: true, minify: true, sourcemap: true, target: 'es2020', plugins: [core], logLevel: 'warning' };
  await Promise.all([
    build({ ...common, entryPoints: [`${root}js/script.ts`], outfile: `${root}dist/vitrine.js`, format: 'iife' }),
    build({ ...common, entryPoints: [`${root}js/index.ts`], outfile: `${root}dist/index.js`, format: 'esm' }),
    build({ ...common, entryPoints: [`${root}js/plain.ts`], outfile: `${root}dist/vitrine-core.js`, format: 'esm', sourcemap: false }),
    build({ ...common, entryPoints: [`${root}widget/vitrine.css`], outfile: `${root}dist/vitrine.css` }),
  ]).catch(({ errors }) => {
    throw new CommandError('esbuild', `${errors.length} errors`, '');  // which it has printed itself
  });
  cpSync(wasm, `${root}dist/vitrine.wasm`);
  cpSync(`${root}widget/strings`, `${root}dist/strings`, { recursive: true });
};

/** Every declaration file that `file` reaches by relative imports, itself included. */
const reach = (file, found = new Set()) => {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.js['"]/g)) {
    reach(join(dirname(file), `${path}.d.ts`), found);
  }
  return found;
};

/** dist/index.d.ts and, in dist/types, just the declarations it reaches: what is private stays so. */
const declare = async () => {
  const types = `${root}dist/types/`;
  rmSync(types, { recursive: true, force: true });
  // Types are checked by npm run lint.
  const emit = ['--noEmit', 'false', '--noCheck', '--declaration', '--emitDeclarationOnly', '--outDir', types];
  await run(`${root}node_modules/.bin/tsc`, emit);
  const kept = reach(`${types}js/index.d.ts`);
  for (const name of readdirSync(types, { recursive: true })) {
    if (name.endsWith('.d.ts') && !kept.has(join(types, name))) rmSync(join(types, name));
  }
  writeFileSync(`${root}dist/index.d.ts`, "export * from './types/js/index.js';\n");
  writeFileSync(`${root}dist/vitrine-core.d.ts`, "declare const core: import('./types/js/types.js').PlainCore;\nexport default core;\n");
};

/** Leaves a complete dist/. Rejects with what failed. */
export const buildPackage = async () => {
  await installPackages();
  await step('core (wasm)', () => buildPreset('wasm', 'wasm'));
  await step('dist', async () => {
    mkdirSync(`${root}dist`, { recursive: true });
    await Promise.all([bundle(), declare()]);
  });
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const at = process.argv.indexOf('--providers');
  if (at > 0) {
    const known = readFileSync(`${root}wasm/providers/list.h`, 'utf8').match(/X\((\w+)\)/g).map((name) => name.slice(2, -1));
    const wanted = (process.argv[at + 1] || '').split(',');
    if (!wanted.every((name) => known.includes(name))) fail(`--providers takes a list of ${known.join(', ')}`);
    process.env.VITRINE_PROVIDERS = wanted.join(',');  // CMakeLists.txt reads it
  }
  await buildPackage().catch(fail);
  for (const name of readdirSync(`${root}dist`)) {
    const size = statSync(`${root}dist/${name}`);
    if (size.isFile() && !name.endsWith('.map')) console.log(`  ${relative('.', `${root}dist/${name}`)}  ${size.size}`);
  }
}
