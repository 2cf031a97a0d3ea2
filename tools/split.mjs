// Splits a core into the file that every page loads first, the file with everything about products, which a page loads
// when the first call needs it, and the file that compiles a shop's own templates
// (docs/decisions/0012-products-in-a-file-of-their-own.md). They share one memory and one table. Binaryen's wasm-split
// separates the functions; this file decides which go where, and moves the texts.
//
// The second file gets the public methods of `Products` (wasm/runtime/products.h) and all functions that only they
// reach. Runtime calls these methods only once a Products exists, and a Products is made only by a call that needs the
// second file. In the same way the third file gets `TemplateBuilder::compile` and `Markup::isWhole`
// (wasm/templates/builder.h), which are called only for templates that are not built in.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calls } from './seam.mjs';
import { root, run } from './steps.mjs';
import { dataOf, rewrite } from './wasm_file.mjs';

const kFeatures = ['--enable-bulk-memory', '--enable-reference-types', '--enable-nontrapping-float-to-int'];
/** Runs a tool of Binaryen. */
const binaryen = (tool, ...args) => run(`${root}tools/toolchain.sh`, ['--needs', 'wasm', tool, ...kFeatures, ...args]);

/** Files after the first one. Each needs those before it. */
export const kParts = ['products', 'templates'];

/** Matches the functions that the files before this one call once it is there, and how many there are at least. */
const kBorders = {
  products: { pattern: /^_ZNK?7vitrine8Products(D2Ev|\d)/, least: 10 },
  templates: { pattern: /^_ZN7vitrine(15TemplateBuilder7compile|6Markup7isWhole)E/, least: 2 },
};

/**
 * Matches functions whose address is taken, and that are called only once the part is there. products: methods of a
 * service about products, of data for templates, and what frees or copies values that only a Products makes. templates:
 * functions for templates of a page, and what only they use. All other functions of this kind are in the first file,
 * because their callers are not known.
 */
const kLater = {
  products: RegExp(
    [
      '[a-z](4read|5build|5kinds)E',
      '7vitrine8CardData',
      'N7vitrine(4Slot|7Outcome|10ReplyCache|12PageProducts7Display|7Strings|5Calls|12CardTemplate)',
      '_(4Slot|7Outcome|10ReplyCache|12PageProducts7Display|7Strings|5Calls|12CardTemplate)',
      '6SharedI(NK?S_|K?NS_)(5Slate|7Product)E',
    ].join('|'),
  ),
  templates: /7vitrine8JsonData|13TemplateCache|14renderTemplate|16validateTemplate|12renderWidget/,
};

/** Returns the start of the names of the functions of the seam that call this method of Runtime. */
const boundNames = ({ name }) =>
  ['N', 'NK'].map((kind) => `5BoundIXadL_Z${kind}7vitrine7Runtime${name.length}${name}E`);
const laterBound = calls.filter(({ isFirst }) => !isFirst).flatMap(boundNames);
const isLater = {
  products: (name) =>
    isLater.templates(name) || kLater.products.test(name) || laterBound.some((bound) => name.includes(bound)),
  templates: (name) => kLater.templates.test(name),
};

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
 * Returns the names of the functions that must be in the files before `part`. Throws if the core has no such border any
 * more.
 */
const before = (part, text, functions) => {
  const { pattern, least } = kBorders[part];
  const exported = [...text.matchAll(/^ \(export "[^"]+" \(func \$([^\s)]+)\)\)$/gm)].map((match) => match[1]);
  const elements = [...text.matchAll(/^ \(elem (.*)\)$/gm)].flatMap(([, list]) => list.match(/(?<=\$)[^\s)]+/g) ?? []);
  const waiting = [...exported, ...elements.filter((name) => !isLater[part](name))];
  const found = new Set();
  while (waiting.length) {
    const name = waiting.pop();
    if (found.has(name) || !functions.has(name) || pattern.test(name)) continue;
    found.add(name);
    waiting.push(...functions.get(name).callees);
  }
  const border = [...functions.keys()].filter((name) => pattern.test(name));
  if (border.length < least)
    throw Error(`tools/split.mjs does not find the border of ${part}: was it inlined or renamed?`);
  return found;
};

const kLiteral = /^\.rodata\.\.L\.str/;

/** Returns the segments with their names. Only the text of a module has the names. */
const namedData = (text, file) => {
  const names = [...text.matchAll(/^ \(data \$(\S+) \(i32\.const/gm)].map((match) => match[1]);
  return dataOf(file).map((segment, i) => ({ ...segment, isLiteral: kLiteral.test(names[i]) }));
};

/**
 * Returns the numbers in the code of functions, among them all addresses of data. An address and the length of a text
 * may be one number of 64 bits.
 */
const numbersIn = (functions) => {
  const numbers = new Set();
  for (const { code } of functions) {
    for (const [number] of code.matchAll(/(?<=i32\.const |offset=)\d+/g)) numbers.add(+number);
    for (const [number] of code.matchAll(/(?<=i64\.const )\d+/g)) {
      numbers.add(Number(BigInt(number) & 0xffffffffn));
      numbers.add(Number(BigInt(number) >> 32n));
    }
  }
  return numbers;
};

/**
 * Returns the segments that only the files after `first` use: those whose addresses are neither in the code of these
 * functions nor in tables that they use. A table may be addressed from outside of it (`table[c - 'a']`), so it moves
 * only if the code of the other files has an address in it. Texts of the core that only tracks stay in any case.
 */
const after = (data, functions, first, tracking) => {
  const used = numbersIn([...first].map((name) => functions.get(name)));
  const usedLater = numbersIn([...functions].filter(([name]) => !first.has(name)).map(([, entry]) => entry));
  const has = (numbers, { at, bytes }) => bytes.some((_, i) => numbers.has(at + i));
  const tracked = Buffer.concat(tracking.map(({ bytes }) => bytes));
  let movable = data.filter((segment) =>
    segment.isLiteral ? !tracked.includes(segment.bytes) : has(usedLater, segment),
  );
  const staying = data.filter((segment) => !movable.includes(segment));
  for (;;) {
    for (const { isLiteral, at, bytes } of staying.splice(0)) {
      // Binaryen drops zeros at both ends of a segment, also those of an address.
      const words = Buffer.concat([Buffer.alloc(at & 3), bytes, Buffer.alloc(3)]);
      if (!isLiteral) for (let i = 0; i + 4 <= words.length; i += 4) used.add(words.readUInt32LE(i));
    }
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
 * Splits the functions of a module in two by wasm-split: `<to>.wasm` and `<rest>.wasm`. What the second file uses of
 * the first one has exports whose names begin with %.
 */
const cut = async (file, kept, to, rest) => {
  writeFileSync(`${to}.keep`, [...kept].join('\n'));
  await binaryen(
    ...['wasm-split', '--split', `--keep-funcs=@${to}.keep`, '--no-placeholders'],
    ...['--export-prefix=%', '--import-namespace=first', '-g', file, '-o1', `${to}.wasm`, '-o2', `${rest}.wasm`],
  );
};

/** Matches the exports that wasm-split makes, with the name of the function. */
const kLent = /^ \(export "%[^"]*" \(func \$([^\s)]+)\)\)\n/gm;

/**
 * Writes a module from its text, with the names of its functions. Locals get names that differ from the numbers that
 * Binaryen gives to further ones.
 */
const assemble = async (text, to) => {
  writeFileSync(`${to}.wat`, text.replace(/(?<=\((?:local|param|local\.[gst]et|local\.tee) \$)/g, 'x'));
  await binaryen('wasm-as', '-g', `${to}.wat`, '-o', `${to}.wasm`);
};

/**
 * Cuts the core into three modules, `<at>.<1..3>.wasm`. The third one imports functions of the second one too:
 * wasm-split would lend them through the first one, in which each costs a function and a place in the table.
 */
const cutAll = async (text, at, functions, first, second) => {
  // Functions without a name get the one that they have in the text: the files have other numbers for them.
  await assemble(text, at);
  await cut(`${at}.wasm`, second, `${at}.12`, `${at}.3`);
  const lent = [];
  const both = (await readText(`${at}.12.wasm`, `${at}.12`)).replace(kLent, (line, name) => {
    if (first.has(name) || !functions.has(name)) return line;
    lent.push(line);
    return '';
  });
  await assemble(both, `${at}.12`);
  await cut(`${at}.12.wasm`, first, `${at}.1`, `${at}.2`);
  const rest = await readText(`${at}.2.wasm`, `${at}.2`);
  await assemble(
    rest.replace(/^ \(func /m, (start) => lent.join('') + start),
    `${at}.2`,
  );
};

/**
 * Splits `build/wasm/<name>.wasm` into `build/wasm/split/<name>.wasm` and `<name>-<part>.wasm` for each of kParts.
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
  const kept = kParts.map((part) => before(part, text, functions));
  const data = namedData(text, readFileSync(file));
  const tracked = dataOf(readFileSync(tracking));
  const later = kept.map((names) => new Set(after(data, functions, names, tracked)));
  await cutAll(text, at, functions, kept[0], kept[1]);
  const rename = shortener();
  for (const [i, part] of ['', ...kParts.map((part) => `-${part}`)].entries()) {
    const made = `${at}.${i + 1}.small.wasm`;
    await binaryen('wasm-opt', `${at}.${i + 1}.wasm`, '--strip-debug', '-Oz', '-o', made);
    const segments = joined(data, (segment) => later.filter((set) => set.has(segment)).length === i);
    writeFileSync(`${at}${part}.wasm`, rewrite(readFileSync(made), rename, segments));
  }
};
