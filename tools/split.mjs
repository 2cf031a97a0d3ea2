// Splits a core into the file that every page loads first, and the file with everything about products, which a page
// loads when the first call needs it (docs/decisions/0012-products-in-a-file-of-their-own.md). Both share one memory
// and one table. Binaryen's wasm-split separates the functions; this file decides which go where, and moves the texts.
//
// The second file gets the public methods of `Products` (wasm/runtime/products.h) and all functions that only they
// reach. Runtime calls these methods only once a Products exists, and a Products is made only by a call that needs the
// second file.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calls } from './seam.mjs';
import { root, run } from './steps.mjs';
import { dataOf, rewrite } from './wasm_file.mjs';

const kFeatures = ['--enable-bulk-memory', '--enable-reference-types', '--enable-nontrapping-float-to-int'];
/** Runs a tool of Binaryen. */
const binaryen = (tool, ...args) => run(`${root}tools/toolchain.sh`, ['--needs', 'wasm', tool, ...kFeatures, ...args]);

/** Matches the functions that the first file calls once the second one is there. */
const kBorder = /^_ZNK?7vitrine8Products(D2Ev|\d)/;
const kLeastBorder = 10;

/**
 * Matches functions whose address is taken, and that are called only with a Products: methods of a service about
 * products, of data for templates, and what frees or copies values that only a Products makes. All other functions of
 * this kind are in the first file, because their callers are not known.
 */
const kLater = RegExp(
  [
    '[a-z](4read|5build|5kinds)E',
    '7vitrine8(Card|Json)Data',
    'N7vitrine(4Slot|7Outcome|10ReplyCache|12PageProducts7Display|7Strings|5Calls|13TemplateCache|12CardTemplate)',
    '_(4Slot|7Outcome|10ReplyCache|12PageProducts7Display|7Strings|5Calls|13TemplateCache|12CardTemplate)',
    '6SharedI(NK?S_|K?NS_)(5Slate|7Product)E',
    '14renderTemplate|16validateTemplate|12renderWidget',
  ].join('|'),
);

/** Returns the start of the names of the functions of the seam that call this method of Runtime. */
const boundNames = ({ name }) =>
  ['N', 'NK'].map((kind) => `5BoundIXadL_Z${kind}7vitrine7Runtime${name.length}${name}E`);
const laterBound = calls.filter(({ isFirst }) => !isFirst).flatMap(boundNames);
const isLater = (name) => kLater.test(name) || laterBound.some((bound) => name.includes(bound));

/** Reads a module as WebAssembly text. */
const readText = async (file, at) => {
  await binaryen('wasm-dis', file, '-o', `${at}.wat`);
  return readFileSync(`${at}.wat`, 'utf8');
};

/** Returns the functions of a module by their names, each with the text of its code and the names that it calls. */
const functionsOf = (text) => {
  const functions = new Map();
  for (const part of text.split(/^ (?=\(func \$)/m).slice(1)) {
    const code = part.split(/^ \)$/m)[0];
    const name = /^\(func \$(\S+)/.exec(code)[1].replace(/\)$/, '');
    functions.set(name, {
      code,
      callees: new Set([...code.matchAll(/\((?:return_)?call \$([^\s)]+)/g)].map((m) => m[1])),
    });
  }
  return functions;
};

/**
 * Returns the names of the functions that must be in the first file. Throws if the core has no Products any more, or if
 * nothing of it would be in the second file.
 */
const firstOf = (text, functions) => {
  const exported = [...text.matchAll(/^ \(export "[^"]+" \(func \$([^\s)]+)\)\)$/gm)].map((match) => match[1]);
  const elements = [...text.matchAll(/^ \(elem (.*)\)$/gm)].flatMap(([, list]) => list.match(/(?<=\$)[^\s)]+/g) ?? []);
  const waiting = [...exported, ...elements.filter((name) => !isLater(name))];
  const first = new Set();
  while (waiting.length) {
    const name = waiting.pop();
    if (first.has(name) || !functions.has(name) || kBorder.test(name)) continue;
    first.add(name);
    waiting.push(...functions.get(name).callees);
  }
  const border = [...functions.keys()].filter((name) => kBorder.test(name));
  const inlined = border.length < kLeastBorder || border.some((name) => first.has(name));
  if (inlined) throw Error('tools/split.mjs does not find the methods of Products: were they inlined or renamed?');
  return first;
};

const kLiteral = /^\.rodata\.\.L\.str/;

/** Returns the segments with their names. Only the text of a module has the names. */
const namedData = (text, file) => {
  const names = [...text.matchAll(/^ \(data \$(\S+) \(i32\.const/gm)].map((match) => match[1]);
  return dataOf(file).map((segment, i) => ({ ...segment, isLiteral: kLiteral.test(names[i]) }));
};

/** Returns the numbers in the code of functions, among them all addresses of data. */
const numbersIn = (functions) => {
  const numbers = new Set();
  for (const { code } of functions)
    for (const [number] of code.matchAll(/(?<=i32\.const |offset=)\d+/g)) numbers.add(+number);
  return numbers;
};

/**
 * Returns the segments that only the second file uses: those whose addresses are neither in the code of the first file
 * nor in tables that it uses. A table may be addressed from outside of it (`table[c - 'a']`), so it moves only if the
 * code of the second file has an address in it. Texts of the core that only tracks stay in any case.
 */
const secondOf = (data, functions, first, tracking) => {
  const used = numbersIn([...first].map((name) => functions.get(name)));
  const usedLater = numbersIn([...functions].filter(([name]) => !first.has(name)).map(([, entry]) => entry));
  const has = (numbers, { at, bytes }) => bytes.some((_, i) => numbers.has(at + i));
  const tracked = Buffer.concat(tracking.map(({ bytes }) => bytes));
  let movable = data.filter((segment) =>
    segment.isLiteral ? !tracked.includes(segment.bytes) : has(usedLater, segment),
  );
  const staying = data.filter((segment) => !movable.includes(segment));
  for (;;) {
    for (const { isLiteral, at, bytes } of staying.splice(0))
      if (!isLiteral) for (let i = -at & 3; i + 4 <= bytes.length; i += 4) used.add(bytes.readUInt32LE(i));
    staying.push(...movable.filter((segment) => has(used, segment)));
    if (!staying.length) return movable;
    movable = movable.filter((segment) => !staying.includes(segment));
  }
};

// Segments are aligned to 16 bytes at most.
const kMostGap = 15;

/**
 * Returns the segments of `data` that `isWanted` picks (default: all). Neighbours are joined, because each segment
 * costs five bytes; but never over a segment of the other file, which would be overwritten.
 */
const joined = (data, isWanted = (_segment) => true) => {
  const list = [];
  let last;
  for (const segment of data) {
    const { at, bytes } = segment;
    const gap = last ? at - last.at - last.bytes.length : Infinity;
    if (!isWanted(segment)) last = undefined;
    else if (gap <= kMostGap) last.bytes = Buffer.concat([last.bytes, Buffer.alloc(gap), bytes]);
    else list.push((last = { at, bytes }));
  }
  return list;
};

/** Returns a function that gives what the first file lends to the second one short names. */
const shortener = () => {
  const names = new Map();
  return (name) => {
    if (!name.startsWith('%')) return name;
    if (!names.has(name)) names.set(name, `%${names.size.toString(36)}`);
    return names.get(name);
  };
};

/** Writes `build/wasm/<name>.wasm` to `file`, without names and with joined texts. */
export const whole = async (name, file) => {
  mkdirSync(dirname(file), { recursive: true });
  await binaryen('wasm-opt', `${root}build/wasm/${name}.wasm`, '--strip-debug', '-Oz', '-o', file);
  const made = readFileSync(file);
  writeFileSync(file, rewrite(made, String, joined(dataOf(made))));
};

/**
 * Writes the core in `file` to `target` as JavaScript. wasm2js lacks the conversions of numbers that do not trap; its
 * own do not trap either.
 */
export const toScript = async (file, target) => {
  const text = await readText(file, target);
  writeFileSync(`${target}.wat`, text.replaceAll('.trunc_sat_', '.trunc_'));
  await binaryen('wasm2js', '-Oz', '--emscripten', `${target}.wat`, '-o', target);
};

/**
 * Splits `build/wasm/<name>.wasm` into `build/wasm/split/<name>.wasm` and `<name>-products.wasm`.
 * @param {string} name such as vitrine-refine
 * @param {string} trackingName the core that only tracks with the same services: its texts stay in the first file
 */
export const split = async (name, trackingName) => {
  const folder = `${root}build/wasm/split`;
  mkdirSync(folder, { recursive: true });
  const at = `${folder}/${name}`;
  const [file, tracking] = [`${root}build/wasm/${name}.wasm`, `${root}build/wasm/${trackingName}.wasm`];
  const text = await readText(file, at);
  const functions = functionsOf(text);
  const first = firstOf(text, functions);
  const data = namedData(text, readFileSync(file));
  const second = new Set(secondOf(data, functions, first, dataOf(readFileSync(tracking))));
  writeFileSync(`${at}.keep`, [...first].join('\n'));
  await binaryen(
    'wasm-split',
    '--split',
    `--keep-funcs=@${at}.keep`,
    '--no-placeholders',
    '--export-prefix=%',
    '--import-namespace=first',
    file,
    '-o1',
    `${at}.1.wasm`,
    '-o2',
    `${at}.2.wasm`,
  );
  const rename = shortener();
  const finish = async (part, target, segments) => {
    const made = `${at}.${part}.small.wasm`;
    await binaryen('wasm-opt', `${at}.${part}.wasm`, '-Oz', '-o', made);
    writeFileSync(target, rewrite(readFileSync(made), rename, segments));
  };
  await finish(
    1,
    `${at}.wasm`,
    joined(data, (segment) => !second.has(segment)),
  );
  await finish(
    2,
    `${at}-products.wasm`,
    joined(data, (segment) => second.has(segment)),
  );
};
