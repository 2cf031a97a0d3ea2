// The supply chain of the package: its bill of materials, licences, and scripts that run at an installation.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sbom } from '../../tools/sbom.mjs';
import { root } from '../../tools/steps.mjs';
import { installTools, tool } from './installed.mjs';

const read = (path) => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));

/** Licences of packages that build and test the product, and are not part of it. */
const kAllowed = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'MPL-2.0'],
  ...['CC0-1.0', 'CC-BY-4.0', 'Python-2.0', 'PSF-2.0'],
]);
/** Packages whose manifest has no licence in the form of SPDX, with the licence that their own files state. */
const kStated = { mootools: 'MIT', datejs: 'MIT', eyes: 'MIT' };

/** The lock files of the repository. */
const locks = ['', 'tests/package/tools/', 'tests/formats/oracles/', 'tools/site/', 'tests/bench/peers/']
  .map((folder) => `${folder}package-lock.json`)
  .filter((path) => existsSync(`${root}${path}`));

test('the bill of materials keeps the schema of CycloneDX, and names the package and linked libraries', async () => {
  await installTools();
  const { Validation, Spec } = await tool('@cyclonedx/cyclonedx-library');
  const text = await sbom();
  const problem = await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text);
  assert.equal(problem, null);
  const { metadata, components, dependencies } = JSON.parse(text);
  const { version } = read('package.json');
  assert.deepEqual([metadata.component.name, metadata.component.version], ['vitrine', version]);
  assert.deepEqual(
    components.map(({ name }) => name),
    ['emscripten-system-libraries'],
  );
  assert.equal(dependencies.find(({ ref }) => ref === `vitrine@${version}`).dependsOn.length, 1);
});

test('the package has no dependencies, and runs no script when it is installed', () => {
  const { dependencies, optionalDependencies, scripts } = read('package.json');
  assert.deepEqual([dependencies, optionalDependencies], [undefined, undefined]);
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(scripts[name], undefined, name);
});

test('each package that builds and tests the product has a licence that is compatible with MIT', () => {
  // The packages that the benchmarks measure are installed for that alone, under whatever licence.
  const others = locks.filter((path) => !path.startsWith('tests/bench/peers/'));
  const refused = others.flatMap((path) =>
    Object.entries(read(path).packages).flatMap(([place, { license, link }]) => {
      const name = place.split('node_modules/').at(-1);
      const stated = license ?? kStated[name];
      // The project itself, and folders of the repository.
      if (!place.includes('node_modules/') || link) return [];
      const all = String(stated)
        .replace(/[()]/g, '')
        .split(/ (?:AND|OR) /);
      return all.every((each) => kAllowed.has(each)) ? [] : [`${path}: ${name}: ${stated}`];
    }),
  );
  assert.deepEqual(refused, []);
});

test('every lock file of the repository is in the list of this test', () => {
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('package-lock.json') && !/(^|\/)(node_modules|build|examples|dist)\//.test(path),
  );
  assert.deepEqual(found.sort(), [...locks].sort());
});
