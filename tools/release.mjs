// npm run release [-- --dry-run]: builds the package, checks that it can be released, packs it, and writes checksums.
// Without --dry-run it publishes the package and tags the commit. docs/releasing.md describes a release.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { buildPackage } from './build.mjs';
import { checksumsOf } from './integrity.mjs';
import { sbom } from './sbom.mjs';
import { fail, root, run } from './steps.mjs';

const folder = `${root}build/release`;
const read = (file) => readFileSync(`${root}${file}`, 'utf8');

/** The headings of one version in CHANGELOG.md, in their order. */
export const kHeadings = ['API', 'Wire and storage', 'Added', 'Changed', 'Deprecated', 'Fixed', 'Removed', 'Security'];

/**
 * Returns the text of a version in a changelog, without its heading; undefined if there is none.
 * @param {string} changelog
 * @param {string} version such as 0.3.0, or Unreleased
 */
export const notesOf = (changelog, version) =>
  changelog
    .split(/^## /m)
    .slice(1)
    .find((part) => part.split(/\s/)[0].replace(/[[\]]/g, '') === version)
    ?.replace(/^.*\n/, '')
    .trim();

/**
 * Returns what forbids a release, in sentences.
 * @param {object} state
 * @param {string} state.manifest text of package.json
 * @param {string} state.lock text of package-lock.json
 * @param {string} state.changelog
 * @param {string} state.changes what `git status --porcelain` prints
 * @param {string} state.tags what `git tag` prints
 */
export const complaintsAbout = ({ manifest, lock, changelog, changes, tags }) => {
  const complaints = [];
  const { version, repository, homepage, bugs, keywords } = JSON.parse(manifest);
  const locked = JSON.parse(lock);
  for (const found of [locked.version, locked.packages[''].version])
    if (found !== version)
      complaints.push(`package-lock.json has version ${found}, package.json ${version}: npm install.`);
  if (!repository || !homepage || !bugs || !keywords?.length)
    complaints.push('package.json lacks repository, homepage, bugs or keywords.');
  const notes = notesOf(changelog, version);
  if (!notes) complaints.push(`CHANGELOG.md has no section ${version}: name the section Unreleased so.`);
  for (const [, heading] of (notes ?? '').matchAll(/^### (.+)$/gm))
    if (!kHeadings.includes(heading)) complaints.push(`CHANGELOG.md: ${heading} is none of ${kHeadings.join(', ')}.`);
  if (changes.trim()) complaints.push(`There are changes that are not committed:\n${changes.trimEnd()}`);
  if (tags.split('\n').includes(`v${version}`))
    complaints.push(`The tag v${version} exists: raise version in package.json.`);
  return complaints;
};

const sizeOf = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(11);

const main = async () => {
  const isDry = process.argv.includes('--dry-run');
  const complaints = complaintsAbout({
    manifest: read('package.json'),
    lock: read('package-lock.json'),
    changelog: read('CHANGELOG.md'),
    changes: await run('git', ['status', '--porcelain']),
    tags: await run('git', ['tag']),
  });
  await buildPackage();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [packed] = JSON.parse(
    await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]).then((text) =>
      text.slice(text.indexOf('[')),
    ),
  );
  const tarball = `${folder}/${packed.filename}`;
  const sum = createHash('sha256').update(readFileSync(tarball)).digest('hex');
  writeFileSync(
    `${folder}/SHA256SUMS`,
    `${[`${sum}  ${packed.filename}`, ...checksumsOf(`${root}dist`)].join('\n')}\n`,
  );
  const materials = `vitrine-${packed.version}.cdx.json`;
  writeFileSync(`${folder}/${materials}`, await sbom());
  for (const { path, size } of packed.files) console.log(`${sizeOf(size)}  ${path}`);
  const total = sizeOf(packed.unpackedSize).trim();
  console.log(`${sizeOf(packed.size)}  ${packed.filename} (${packed.files.length} files, ${total} unpacked)`);
  console.log(`  sha256 ${sum}\n  ${packed.integrity}`);
  console.log('  checksums of all files: build/release/SHA256SUMS; SRI hashes: dist/integrity.json');
  console.log(`  bill of materials (CycloneDX): build/release/${materials}`);
  if (complaints.length) throw Error(`This cannot be released.\n${complaints.join('\n')}`);
  if (isDry) return console.log('This can be released: npm run release');
  await run('npm', ['publish', tarball]);
  await run('git', ['tag', `v${packed.version}`]);
  console.log(`Published. Now: git push origin v${packed.version}`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main().catch(fail);
