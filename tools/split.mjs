// Splits a core into the file that every page loads first, and the file with everything about products, which a page
// loads when the first call needs it (docs/decisions/0012-products-in-a-file-of-their-own.md). Both share one memory
// and one table. Binaryen's wasm-split separates the functions; this file decides which go where, and moves the texts.
//
// The second file gets the public methods of `Products` (wasm/runtime/products.h) and all functions that only they
// reach. Runtime calls these methods only once a Products exists, and a Products is made only by a call that needs the
// second file.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { calls } from './seam.mjs';
import { root, run } from './steps.mjs';
import { dataOf, rewrite } from './wasm_file.mjs';

const kFeatures = ['--enable-bulk-memory', '--enable-reference-types'];
/** What the linker does to names and texts so that they can be told apart, and Binaryen, so that no method is inlined. */
export const kLinkFlags =
  '--profiling-funcs -Wl,--no-demangle -Wl,--no-merge-data-segments -sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=0';

const binaryen = (tool, ...args) => run(`${root}tools/toolchain.sh`, ['--needs', 'wasm', tool, ...kFeatures, ...args]);

/** Matches the functions that a page must not call before the second file is there. */
const kBorder = /^_ZNK?7vitrine8Products\d|^_ZN7vitrine8ProductsD2Ev$/;

/** Matches the function of the seam that calls a method of Runtime; the group is the method's name. */
const kBound = /5BoundIXadL_ZNK?7vitrine7Runtime\d+([A-Za-z]+)E/;
const firstCalls = new Set(calls.filter(({ isFirst }) => isFirst).map(({ name }) => name));

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

/** Returns the names of the functions that must be in the first file. */
const firstOf = (text, functions, trackingNames) => {
  const exported = [...text.matchAll(/^ \(export "[^"]+" \(func \$([^\s)]+)\)\)$/gm)].map((m) => m[1]);
  const isRoot = (name) => trackingNames.has(name) || firstCalls.has(kBound.exec(name)?.[1]);
  const waiting = [...exported, ...[...functions.keys()].filter(isRoot)];
  const first = new Set();
  while (waiting.length) {
    const name = waiting.pop();
    if (first.has(name) || !functions.has(name) || kBorder.test(name)) continue;
    first.add(name);
    waiting.push(...functions.get(name).callees);
  }
  return first;
};

const kLiteral = /^\.rodata\.\.L\.str/;

/** Returns the segments with their names. Only the text of a module has the names. */
const namedData = (text, file) => {
  const names = [...text.matchAll(/^ \(data \$(\S+) \(i32\.const/gm)].map((match) => match[1]);
  return dataOf(file).map((segment, i) => ({ ...segment, isLiteral: kLiteral.test(names[i]) }));
};

/**
 * Returns the segments that only the second file uses. Only string literals move: their address in the code is their
 * beginning or a place in them, where other tables may be addressed from outside of them.
 */
const secondOf = (data, functions, first, trackingData) => {
  const used = new Set();
  for (const name of first)
    for (const [number] of functions.get(name).code.matchAll(/(?<=i32\.const |offset=)\d+/g)) used.add(+number);
  // Tables stay in the first file, so what they point at stays there too.
  for (const { isLiteral, bytes } of data)
    if (!isLiteral) for (let i = 0; i + 4 <= bytes.length; i++) used.add(bytes.readUInt32LE(i));
  const tracked = new Set(trackingData.map(({ bytes }) => bytes.toString('latin1')));
  return data.filter(({ isLiteral, at, bytes }) => {
    if (!isLiteral || tracked.has(bytes.toString('latin1'))) return false;
    return !bytes.some((_, i) => used.has(at + i));
  });
};

/** Joins segments that touch, because each costs five bytes. */
const joined = (data) => {
  const list = [];
  for (const { at, bytes } of data) {
    const last = list.at(-1);
    const gap = last ? at - last.at - last.bytes.length : Infinity;
    if (gap < 8) last.bytes = Buffer.concat([last.bytes, Buffer.alloc(gap), bytes]);
    else list.push({ at, bytes });
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

/**
 * Splits `build/wasm/<name>.wasm` into `build/wasm/split/<name>.wasm` and `<name>-products.wasm`.
 * @param {string} name such as vitrine-refine
 * @param {string} trackingName the core that only tracks with the same services. All its functions are in the first file
 */
export const split = async (name, trackingName) => {
  const folder = `${root}build/wasm/split`;
  mkdirSync(folder, { recursive: true });
  const at = `${folder}/${name}`;
  const [whole, tracking] = [`${root}build/wasm/${name}.wasm`, `${root}build/wasm/${trackingName}.wasm`];
  const [text, trackingText] = [await readText(whole, at), await readText(tracking, `${at}.tracking`)];
  const functions = functionsOf(text);
  const first = firstOf(text, functions, new Set(functionsOf(trackingText).keys()));
  const data = namedData(text, readFileSync(whole));
  const second = new Set(secondOf(data, functions, first, dataOf(readFileSync(tracking))));
  writeFileSync(`${at}.keep`, [...first].join('\n'));
  await binaryen(
    'wasm-split',
    '--split',
    `--keep-funcs=@${at}.keep`,
    '--no-placeholders',
    '--export-prefix=%',
    '--import-namespace=first',
    whole,
    '-o1',
    `${at}.1.wasm`,
    '-o2',
    `${at}.2.wasm`,
  );
  const rename = shortener();
  const finish = async (part, file, segments) => {
    const made = `${at}.${part}.stack.wasm`;
    await binaryen('wasm-opt', `${at}.${part}.wasm`, '--generate-stack-ir', '--optimize-stack-ir', '-o', made);
    writeFileSync(file, rewrite(readFileSync(made), rename, joined(segments)));
  };
  await finish(
    1,
    `${at}.wasm`,
    data.filter((segment) => !second.has(segment)),
  );
  await finish(
    2,
    `${at}-products.wasm`,
    data.filter((segment) => second.has(segment)),
  );
};
