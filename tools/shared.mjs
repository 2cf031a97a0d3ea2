// Lets two scripts share modules. dist/vitrine-widgets.js needs functions of dist/vitrine.js, some with state, so they
// must not exist twice. vitrine.js passes them on in lists, one for each module, in an order that the build finds out.

import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from './steps.mjs';

/** Modules that belong to the second script alone, beside those in widget/. */
const kOwn = ['js/entries/widgets.ts', 'js/api/template.ts'];
const kImports = /^import \{([^}]*)\} from '(\.[^']+)\.js';$/gm;
const isOwn = (path) => path.startsWith('widget/') || kOwn.includes(path);

/** Returns which names the second script takes from which modules of the first: [[path, [name]]], sorted. */
const sharedNames = () => {
  const shared = new Map();
  const seen = new Set();
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, list, from] of readFileSync(join(root, path), 'utf8').matchAll(kImports)) {
      const target = relative(root, resolve(root, dirname(path), `${from}.ts`));
      const names = list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name && !name.startsWith('type '));
      if (isOwn(target)) visit(target);
      else if (names.length) shared.set(target, new Set([...(shared.get(target) ?? []), ...names]));
    }
  };
  visit(kOwn[0]);
  return [...shared].map(([path, names]) => [path, [...names].sort()]).sort(([a], [b]) => (a < b ? -1 : 1));
};

/** For the first script: resolves `vitrine:shared` to the lists. */
export const lender = {
  name: 'lender',
  setup(build) {
    build.onResolve({ filter: /^vitrine:shared$/ }, () => ({ path: 'lists', namespace: 'shared' }));
    build.onLoad({ filter: /./, namespace: 'shared' }, () => {
      const shared = sharedNames();
      const imports = shared.map(([path, names]) => `import { ${names} } from './${path}';`);
      const lists = shared.map(([, names]) => `[${names}]`);
      return { contents: `${imports.join('\n')}\nexport default [${lists}];`, resolveDir: root };
    });
  },
};

/** For the second script: resolves the modules of the first one to the lists, which are the argument `$`. */
export const borrower = {
  name: 'borrower',
  setup(build) {
    const shared = sharedNames();
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
};
