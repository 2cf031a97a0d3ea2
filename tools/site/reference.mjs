// The reference of the API, made from the declarations of the package by typedoc: Markdown, a file for each export.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { alone } from '../install.mjs';
import { root, run, step } from '../steps.mjs';
import { home } from './packages.mjs';

const folder = `${home}reference/`;

/**
 * The npm entries with declarations, by their names: `vitrine/react` and the path of its declarations. Entries that
 * share declarations are one, under the first of their names; entries without exports are left out.
 * @returns {Record<string, string>}
 */
export const entries = () => {
  const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const found = {};
  for (const [name, { types }] of Object.entries(exports)) {
    if (!types || Object.values(found).includes(types)) continue;
    if (!/\b(?:from|const|function|class)\b/.test(readFileSync(`${root}${types}`, 'utf8'))) continue;
    found[name.replace(/^\./, 'vitrine')] = types;
  }
  return found;
};

/** Returns the text of a module that exports what these declarations do, from `file`. */
const exportsOf = (types, file) => {
  const path = `./${relative(dirname(file), `${root}${types}`)}`.replace('./..', '..');
  const name = path.replace(/\.d\.(m?)ts$/, '.$1js');
  const hasDefault = /export default|as default/.test(readFileSync(`${root}${types}`, 'utf8'));
  return `export * from '${name}';\n${hasDefault ? `export { default } from '${name}';\n` : ''}`;
};

const below = (path) =>
  readdirSync(path, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => `${file.parentPath}/${file.name}`)
    .sort();

/**
 * Writes the reference, unless it is that of the present declarations.
 * @returns {Promise<Record<string, string>>} its pages: Markdown by path, such as `api/vitrine/classes/Vitrine.md`
 */
export const makeReference = () => alone(`${home}reference.lock`, make);

const make = async () => {
  const declarations = Object.values(entries());
  const hash = createHash('sha256');
  for (const file of [...below(`${root}dist/types`), ...declarations.map((path) => `${root}${path}`)])
    hash.update(readFileSync(file));
  const own = ['reference.mjs', 'package-lock.json'].map((name) => readFileSync(`${root}tools/site/${name}`));
  const stamp = hash.update(Buffer.concat(own)).digest('hex');
  const stampFile = `${folder}stamp`;
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
    rmSync(folder, { recursive: true, force: true });
    const files = Object.entries(entries()).map(([name, types]) => {
      const file = `${folder}entries/${name}.ts`;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, exportsOf(types, file));
      return file;
    });
    const options = { lib: ['ES2022', 'DOM', 'DOM.Iterable'], module: 'ESNext', moduleResolution: 'Bundler' };
    const compilerOptions = { target: 'ES2022', ...options, types: [], skipLibCheck: true, strict: true, noEmit: true };
    writeFileSync(`${folder}tsconfig.json`, JSON.stringify({ compilerOptions, files }));
    const flags = [
      '--readme',
      'none',
      '--parametersFormat',
      'table',
      '--excludePrivate',
      '--excludeExternals',
      '--hideBreadcrumbs',
      '--hidePageHeader',
      '--disableSources',
    ];
    const layout = ['--outputFileStrategy', 'members', '--useCodeBlocks', 'true', '--entryFileName', 'README'];
    await step('reference of the API', () =>
      run(`${home}node_modules/.bin/typedoc`, [
        ...['--tsconfig', `${folder}tsconfig.json`, '--plugin', 'typedoc-plugin-markdown', '--out', `${folder}api`],
        ...['--json', `${folder}api.json`],
        ...['--basePath', `${folder}entries`, '--name', 'API', '--logLevel', 'Error'],
        ...flags,
        ...layout,
        ...files.flatMap((file) => ['--entryPoints', file]),
      ]),
    );
    writeFileSync(stampFile, stamp);
  }
  return Object.fromEntries(
    below(`${folder}api`)
      .filter((file) => file.endsWith('.md'))
      .map((file) => [file.slice(folder.length), readFileSync(file, 'utf8')]),
  );
};
