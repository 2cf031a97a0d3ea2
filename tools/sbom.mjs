// The bill of materials of a release (CycloneDX): the package, its dependencies, and the libraries that are compiled
// into its files.

import { readFileSync } from 'node:fs';
import { root, run } from './steps.mjs';

/**
 * Returns the libraries that the compiler links into each `.wasm` file, and its glue in the scripts.
 * @param {string} version of Emscripten
 */
const linkedBy = (version) => ({
  type: 'library',
  'bom-ref': `emscripten-system-libraries@${version}`,
  name: 'emscripten-system-libraries',
  version,
  description: 'Parts of musl, libc++, libc++abi and compiler-rt, and the glue of Emscripten',
  licenses: [{ expression: 'MIT AND (NCSA OR Apache-2.0 WITH LLVM-exception)' }],
  purl: `pkg:github/emscripten-core/emscripten@${version}`,
});

/**
 * Returns npm's bill of materials with the linked libraries added.
 * @param {any} listed what `npm sbom` prints
 * @param {{ name: string, version: string }} manifest
 * @param {string} emscripten its version
 */
export const withLinked = (listed, { name, version }, emscripten) => {
  const own = { ...listed.metadata.component, name };
  const linked = linkedBy(emscripten);
  const ref = `${name}@${version}`;
  return {
    ...listed,
    metadata: { ...listed.metadata, component: own },
    components: [...listed.components, linked],
    dependencies: [
      ...listed.dependencies.map((each) =>
        each.ref === ref ? { ...each, dependsOn: [...each.dependsOn, linked['bom-ref']] } : each,
      ),
      { ref: linked['bom-ref'], dependsOn: [] },
    ],
  };
};

/** Returns the text of the bill of materials of this checkout. */
export const sbom = async () => {
  const omitted = ['dev', 'peer', 'optional'].flatMap((kind) => ['--omit', kind]);
  const listed = await run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', ...omitted]);
  const compiler = await run('tools/toolchain.sh', ['--needs', 'wasm', 'em++', '--version']);
  const [, emscripten] = /(\d+\.\d+\.\d+)/.exec(compiler);
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const materials = withLinked(JSON.parse(listed.slice(listed.indexOf('{'))), manifest, emscripten);
  return `${JSON.stringify(materials, null, 2)}\n`;
};
