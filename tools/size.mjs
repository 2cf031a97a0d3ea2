// npm run size [-- --write]: what the files of dist/ weigh, beside the committed sizes.json. Ends with 1 when something that a
// storefront loads has grown by more than 1 % or is over the budget.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './steps.mjs';

const budget = 40_000; // bytes, brotli, of everything a storefront loads
const files = [
  'vitrine.js',
  'vitrine.wasm',
  'vitrine.css',
  'index.js',
  'vitrine-core.js',
  'vitrine-tracking.js',
  'vitrine-tracking.wasm',
  'tracking.js',
  'vitrine-tracking-core.js',
];
/** The loader with the glue, and the core; the stylesheet is the shop's choice. */
const loads = {
  storefront: ['vitrine.js', 'vitrine.wasm'],
  'storefront + css': ['vitrine.js', 'vitrine.wasm', 'vitrine.css'],
  'tracking only': ['vitrine-tracking.js', 'vitrine-tracking.wasm'],
};

const weigh = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length,
});

if (!existsSync(`${root}dist/vitrine.wasm`)) {
  console.error('dist/ is not built; run: npm run build');
  process.exit(1);
}
const sizes = Object.fromEntries(files.map((name) => [name, weigh(readFileSync(`${root}dist/${name}`))]));
for (const [name, parts] of Object.entries(loads)) {
  const sum = (measure) => parts.reduce((total, part) => total + sizes[part][measure], 0);
  sizes[name] = { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
}

const committed = existsSync(`${root}sizes.json`) ? JSON.parse(readFileSync(`${root}sizes.json`, 'utf8')) : {};
const change = (name) => {
  const was = committed[name]?.brotli;
  if (was === undefined) return 'new';
  return was === sizes[name].brotli ? '=' : `${sizes[name].brotli > was ? '+' : ''}${sizes[name].brotli - was}`;
};
const row = (...cells) =>
  console.log(cells.map((cell, i) => (i ? String(cell).padStart(11) : cell.padEnd(26))).join(''));
row('bytes', 'raw', 'gzip -9', 'brotli 11', 'change');
for (const [name, { raw, gzip, brotli }] of Object.entries(sizes)) row(name, raw, gzip, brotli, change(name));

if (process.argv.includes('--write')) {
  const lines = Object.entries(sizes).map(
    ([name, size]) => `  ${JSON.stringify(name)}: ${JSON.stringify(size).replace(/([:,])/g, '$1 ')}`,
  );
  writeFileSync(`${root}sizes.json`, `{\n${lines.join(',\n')}\n}\n`);
  console.log('written to sizes.json');
} else {
  const grown = Object.keys(loads).filter(
    (name) => committed[name] && sizes[name].brotli > committed[name].brotli * 1.01,
  );
  for (const name of grown) console.error(`${name} has grown; if that is meant: npm run size -- --write`);
  if (grown.length) process.exitCode = 1;
}
if (sizes.storefront.brotli > budget) {
  console.error(`storefront is over its budget of ${budget} bytes`);
  process.exitCode = 1;
}
