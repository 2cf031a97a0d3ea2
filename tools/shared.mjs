// Lets scripts share modules. A part, such as dist/vitrine-widgets.js, needs functions of the script that runs it, some
// with state, so they must not exist twice. The script lends them in lists, one for each module, in an order that the
// build finds out.

import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './steps.mjs';

/**
 * The parts, each with the modules that it contains, the first one its entry. `debug` has copies of modules without
 * state that matters, because each name that the script lends costs its pages bytes.
 */
export const parts = {
  widgets: [/^js\/entries\/widgets\.ts$/, /^js\/api\/template\.ts$/, /^widget\//],
  formats: [/^js\/entries\/formats\.ts$/, /^js\/formats\//],
  plugins: [/^js\/entries\/plugins\.ts$/, /^js\/core\/plugins\.ts$/],
  debug: [
    /^js\/entries\/debug\.ts$/,
    /^js\/debug\//,
    /^js\/ports\/(clock|dom|guard|json|report|storage)\.ts$/,
    /^js\/core\/(effects|fields)\.ts$/,
    /^js\/types\//,
  ],
  autotrack: [/^js\/entries\/autotrack\.ts$/, /^js\/page\/(autotrack|route|doofinder_cart)\.ts$/],
};
const kImports = /^import \{([^}]*)\} from '(\.[^']+)\.js';$/gm;

/** Returns which names a part takes from which modules of the script: [[path, [name]]], sorted. */
const sharedNames = (part) => {
  const shared = new Map();
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, list, from] of readFileSync(join(root, path), 'utf8').matchAll(kImports)) {
      const target = relative(root, resolve(root, dirname(path), `${from}.ts`));
      const names = list
        .split(',')
        .map((name) => name.trim().split(' as ')[0])
        .filter((name) => name && !name.startsWith('type '));
      if (parts[part].some((own) => own.test(target))) visit(target);
      else if (names.length) shared.set(target, new Set([...(shared.get(target) ?? []), ...names]));
    }
  };
  visit(`js/entries/${part}.ts`);
  return [...shared].map(([path, names]) => [path, [...names].sort()]).sort(([a], [b]) => (a < b ? -1 : 1));
};

/** For the script: resolves `vitrine:shared/<part>` to the lists of the part. */
export const lender = {
  name: 'lender',
  setup(build) {
    build.onResolve({ filter: /^vitrine:shared\/./ }, ({ path }) => ({
      path: path.split('/')[1],
      namespace: 'shared',
    }));
    build.onLoad({ filter: /./, namespace: 'shared' }, ({ path: part }) => {
      const shared = sharedNames(part);
      const imports = shared.map(([path, names]) => `import { ${names} } from './${path}';`);
      const lists = shared.map(([, names]) => `[${names}]`);
      return { contents: `${imports.join('\n')}\nexport default [${lists}];`, resolveDir: root };
    });
  },
};

/** For a part: resolves the modules of the script to the lists, which are the argument `$`. */
export const borrower = (part) => ({
  name: 'borrower',
  setup(build) {
    const shared = sharedNames(part);
    build.onResolve({ filter: /^vitrine:shared$/ }, () => ({ path: 'give', namespace: 'shared' }));
    build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const target = relative(root, resolve(resolveDir, path)).replace(/\.js$/, '.ts');
      return shared.some(([module]) => module === target) ? { path: target, namespace: 'shared' } : undefined;
    });
    build.onLoad({ filter: /./, namespace: 'shared' }, ({ path }) => {
      if (path === 'give') return { contents: 'export const give = $[0];' };
      const index = shared.findIndex(([module]) => module === path);
      return { contents: `export const [${shared[index][1]}] = $[${index + 1}];` };
    });
  },
});
