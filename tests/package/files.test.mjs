// The packed npm package has each file that a page may load, and its exports name them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { root } from '../../tools/steps.mjs';

const services = ['refine', 'depict', 'richrelevance', 'doofinder', 'none'];
const files = ['vitrine', 'vitrine-tracking'].flatMap((core) => [
  `${core}.js`,
  `${core}.wasm`,
  ...services.map((service) => `${core}-${service}.wasm`),
  `${core}-core.js`,
  `${core}-core.mjs`,
]);
files.push(
  'module.js',
  'core-1.js',
  'core-2.js',
  'index.js',
  'edge.js',
  'refine.js',
  'element.js',
  'react.js',
  'vue.js',
);
files.push('module-tracking.js', 'tracking-core-1.js', 'tracking-core-2.js', 'tracking.js', 'edge-tracking.js');
files.push('vitrine-widgets.js', 'vitrine-autotrack.js', 'vitrine-formats.js', 'formats.js', 'vitrine-plugins.js');
files.push('vitrine-debug.js', 'debug.js');
files.push('vitrine-datalayer.js', 'vitrine-consent.js', 'data-layer.js', 'consent.js');
for (const part of ['products', 'templates'])
  files.push(`vitrine-${part}.wasm`, ...services.map((service) => `vitrine-${service}-${part}.wasm`));

/** The paths of the files that npm packs. */
const packed = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: root,
  maxBuffer: 2 ** 24,
}).then(({ stdout }) => JSON.parse(stdout)[0].files.map(({ path }) => path));

test('the package has the script, the core files and the texts', async () => {
  const texts = ['en', 'de', 'fr', 'es', 'sv'].map((language) => `strings/${language}.json`);
  for (const name of [...files, ...texts]) assert.ok(packed.includes(`dist/${name}`), name);
  const cores = packed.filter((path) => path.endsWith('.wasm'));
  assert.deepEqual(
    cores.toSorted(),
    files
      .filter((name) => name.endsWith('.wasm'))
      .map((name) => `dist/${name}`)
      .toSorted(),
  );
});

test('the pages for shops that the README names are in the package', async () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const targets = Array.from(readme.matchAll(/\]\(((?:docs|js|widget|wasm)\/[^)#]+)/g), ([, path]) => path);
  assert.ok(targets.length > 15, String(targets.length));
  for (const target of targets) assert.ok(packed.includes(target), target);
});

test('each link of a packed page leads into the package, or to a file that the repository has', () => {
  const { repository } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const ofRepository = `${repository.url.replace(/^git\+|\.git$/g, '')}/`;
  const dead = [];
  let count = 0;
  for (const page of packed.filter((path) => path.endsWith('.md'))) {
    const text = readFileSync(root + page, 'utf8').replace(/^ *```.*?^ *```/gms, '');
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      const [path] = target.split('#');
      if (!path || (/^[a-z]+:/.test(path) && !path.startsWith(ofRepository))) continue;
      count++;
      const local = path.startsWith(ofRepository)
        ? /^(?:blob|tree|raw)\/main\/(.+)$/.exec(path.slice(ofRepository.length))?.[1]
        : undefined;
      const isAlive = path.startsWith(ofRepository)
        ? !local || existsSync(root + local)
        : packed.includes(posix.normalize(posix.join(posix.dirname(page), path)));
      if (!isAlive) dead.push(`${page}: ${target}`);
    }
  }
  assert.ok(count > 200, String(count));
  assert.deepEqual(dead, []);
});

test('a bundler finds each wasm file by the name of the package', () => {
  for (const name of files.filter((file) => file.endsWith('.wasm'))) {
    const path = fileURLToPath(import.meta.resolve(`vitrine/${name}`));
    assert.ok(path.endsWith(`dist/${name}`) && existsSync(path), path);
  }
});
