// node tests/package/bundle_sizes.mjs: tables how much each bundler makes of small apps, for docs/npm.md. Counts the
// script of the page alone, because the core's files are the same for all of them.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { bundlers } from './bundlers.mjs';
import { installTools, makeApp } from './installed.mjs';

/** Apps by the import that they show. */
const apps = {
  '`vitrine`, with `defineWidget`': `
import { defineWidget, loadVitrine } from 'vitrine';
loadVitrine({}).then(console.log);
defineWidget();`,
  '`vitrine`, events and data calls alone': `
import { loadVitrine } from 'vitrine';
loadVitrine({}).then(console.log);`,
  '`vitrine/tracking`': `
import { loadVitrine } from 'vitrine/tracking';
loadVitrine({}).then(console.log);`,
  'an error class of `vitrine`': `
import { ValidationError } from 'vitrine';
console.log(ValidationError);`,
};

await installTools();
const folder = await makeApp('sizes', {}, { '@parcel/resolver-default': { packageExports: true } });
console.log(`| kB, brotli | ${Object.keys(bundlers).join(' | ')} |`);
console.log(`|---|${'---:|'.repeat(Object.keys(bundlers).length)}`);
for (const [name, main] of Object.entries(apps)) {
  const cells = [];
  for (const build of Object.values(bundlers)) {
    const out = `${folder}out`;
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    writeFileSync(`${folder}main.js`, main);
    await build(folder, out);
    cells.push((brotliCompressSync(readFileSync(`${out}/main.js`)).length / 1000).toFixed(1));
  }
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}
