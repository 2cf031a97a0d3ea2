// npm run size [-- --write]: measures the files of dist/ and compares them with the committed sizes.json.
// `--rooms` tables which source files the bytes come from (`tools/rooms.mjs`).
//
// Ends with 1 when something that a page loads has grown by more than 1 % or is over its budget. `--write` accepts
// the growth: it writes the new sizes to sizes.json. It leaves the budget alone, because only a decision changes the
// budget.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { printRooms } from './rooms.mjs';
import { root } from './steps.mjs';

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size bytes */
/**
 * @typedef {{ budget: Record<string, number>, [name: string]: any }} Committed sizes.json: a budget in bytes of
 * brotli, and sizes
 */

const files = [
  'vitrine.js',
  'vitrine.wasm',
  'vitrine-widgets.js',
  'vitrine-autotrack.js',
  'vitrine-formats.js',
  'vitrine-plugins.js',
  'vitrine-debug.js',
  'vitrine-datalayer.js',
  'vitrine-consent.js',
  'data-layer.js',
  'consent.js',
  'vitrine-products.wasm',
  'vitrine-templates.wasm',
  'vitrine.css',
  'module.js',
  'formats.js',
  'debug.js',
  'core-1.js',
  'core-2.js',
  'vitrine-core.js',
  'vitrine-tracking.js',
  'vitrine-tracking.wasm',
  'module-tracking.js',
  'tracking-core-1.js',
  'tracking-core-2.js',
  'vitrine-tracking-core.js',
];

const kStorefront = ['vitrine.js', 'vitrine.wasm', 'vitrine-widgets.js', 'vitrine-products.wasm'];
/**
 * The parts of each way to load the package, with script tags and from npm. The style sheet is the shop's choice.
 * `first event`: what a storefront has loaded when it records its first event. `storefront`: one with built-in layouts
 * only. `inline`: with the core in a module.
 */
const sums = {
  'first event': kStorefront.slice(0, 2),
  storefront: kStorefront,
  'storefront + own templates': [...kStorefront, 'vitrine-templates.wasm'],
  'storefront + css': [...kStorefront, 'vitrine.css'],
  'tracking only': ['vitrine-tracking.js', 'vitrine-tracking.wasm'],
  npm: ['module.js', 'vitrine.wasm', 'vitrine-products.wasm'],
  'npm tracking': ['module-tracking.js', 'vitrine-tracking.wasm'],
  'npm inline': ['module.js', 'core-1.js', 'core-2.js'],
  'npm tracking inline': ['module-tracking.js', 'tracking-core-1.js', 'tracking-core-2.js'],
};

/** The same ways with the core that has one service: the one with which each is largest. */
const kWithOneService = [
  ...['first event', 'storefront', 'storefront + own templates', 'tracking only', 'npm', 'npm tracking'],
];
const oneOf = (name) => `${name}, one service`;

/** Everything that a page loads. */
const loaded = [...Object.keys(sums), ...kWithOneService.map(oneOf)];

/** Growth up to this share passes unnoticed, so that a commit need not touch sizes.json for a few bytes. */
const kTolerance = 0.01;

/**
 * Compares sizes with the committed ones, by their bytes of brotli.
 * @param {Record<string, Size>} sizes
 * @param {Committed} committed
 * @returns {string[]} one sentence for each rule that is broken
 */
export const complaintsAbout = (sizes, committed) => {
  const complaints = [];
  for (const name of loaded) {
    const before = committed[name]?.brotli;
    const now = sizes[name].brotli;
    if (before === undefined) complaints.push(`${name} is not in sizes.json. Run: npm run size -- --write`);
    else if (now > before * (1 + kTolerance))
      complaints.push(`${name} has grown from ${before} to ${now} bytes. If that is intended: npm run size -- --write`);
    const budget = committed.budget?.[name];
    if (now > budget) complaints.push(`${name} has ${now} bytes, and its budget in sizes.json is ${budget}.`);
  }
  return complaints;
};

/** @param {Uint8Array} bytes @returns {Size} */
const weigh = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length,
});

const measure = () => {
  const found = readdirSync(`${root}dist`).filter((name) => name.endsWith('.wasm') && !files.includes(name));
  const sizes = Object.fromEntries(
    [...files, ...found].map((name) => [name, weigh(readFileSync(`${root}dist/${name}`))]),
  );
  const add = (name, parts) => {
    const sum = (unit) => parts.reduce((total, part) => total + sizes[part][unit], 0);
    sizes[name] = { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
  };
  for (const [name, parts] of Object.entries(sums)) add(name, parts);
  // A build of one service has no files of services.
  const services = found.flatMap((name) => /^vitrine-(?!tracking)(\w+)\.wasm$/.exec(name)?.[1] ?? []);
  for (const name of kWithOneService) {
    const withOne = (service) =>
      sums[name].map((file) =>
        file.replace(/^(vitrine(-tracking)?)(-products|-templates)?\.wasm/, `$1-${service}$3.wasm`),
      );
    const sizeOf = (parts) => parts.reduce((total, part) => total + sizes[part].brotli, 0);
    const [largest = sums[name]] = services.map(withOne).sort((a, b) => sizeOf(b) - sizeOf(a));
    add(oneOf(name), largest);
  }
  return sizes;
};

const print = (sizes, committed) => {
  const change = (name) => {
    const before = committed[name]?.brotli;
    if (before === undefined) return 'new';
    const by = sizes[name].brotli - before;
    return by === 0 ? '=' : `${by > 0 ? '+' : ''}${by}`;
  };
  const row = (name, ...cells) =>
    console.log(name.padEnd(36) + cells.map((cell) => String(cell).padStart(11)).join(''));
  row('bytes', 'raw', 'gzip -9', 'brotli 11', 'change', 'budget');
  for (const [name, { raw, gzip, brotli }] of Object.entries(sizes))
    row(name, raw, gzip, brotli, change(name), committed.budget?.[name] ?? '');
};

const write = (sizes, { budget }) => {
  const line = ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value).replace(/([:,])(?! )/g, '$1 ')}`;
  const lines = [['budget', budget], ...Object.entries(sizes)].map(line);
  writeFileSync(`${root}sizes.json`, `{\n${lines.join(',\n')}\n}\n`);
  console.log('written to sizes.json');
};

const main = async () => {
  if (!existsSync(`${root}dist/vitrine.wasm`)) {
    console.error('dist/ is not built. Run: npm run build');
    process.exit(1);
  }
  const sizes = measure();
  if (process.argv.includes('--rooms')) return printRooms(sizes);
  const committed = JSON.parse(readFileSync(`${root}sizes.json`, 'utf8'));
  print(sizes, committed);
  const isAccepted = process.argv.includes('--write');
  if (isAccepted) write(sizes, committed);
  const complaints = complaintsAbout(sizes, isAccepted ? { ...sizes, budget: committed.budget } : committed);
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length) process.exitCode = 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
