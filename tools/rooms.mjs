// The table of `npm run size -- --rooms`: how many bytes each source file contributes to the files that a page loads.
//
// For wasm, the core is built once more with line numbers (preset wasm-lines), so that inlined code counts for the file
// that holds its text. Brotli has no size for a part of a file: a part of wasm is compressed by itself and scaled, so
// that all parts add up to the file; a part of JavaScript has its share of the raw bytes.

import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { buildPreset, root, step } from './steps.mjs';

/** A part above this size (bytes of brotli) has a line that says why it exists. */
const kExplained = 1500;
/** Parts below this size are one line together. */
const kShown = 150;

const kDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Returns the numbers of one segment of a source map (base 64, variable length). @param {string} segment */
const decode = (segment) => {
  const numbers = [];
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = kDigits.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
};

/**
 * Returns the source file of each stretch of code: [offset in the wasm file, path].
 * @param {{ mappings: string, sources: string[] }} map of one generated line, as Emscripten writes it
 * @returns {[number, string][]}
 */
export const readMap = ({ mappings, sources }) => {
  let [offset, source] = [0, 0];
  return mappings.split(',').map((segment) => {
    const [byBytes, byFiles] = decode(segment);
    offset += byBytes;
    source += byFiles ?? 0;
    return [offset, byFiles === undefined ? '' : sources[source]];
  });
};

/** Returns where the sections of code (10) and data (11) begin and end. @param {Uint8Array} wasm */
export const readSections = (wasm) => {
  /** @type {Record<number, [number, number]>} */
  const sections = {};
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      size += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    sections[id] = [at, at + size];
    at += size;
  }
  return { code: sections[10], data: sections[11] };
};

/** Returns the name of a part: a source file of the project, or what else it belongs to. @param {string} path */
export const roomOf = (path) => {
  if (/\/c\+\+\/v1\//.test(path)) return 'standard library';
  if (/emscripten\/(bind|val|wire)\.h$/.test(path)) return 'wasm/seam/bindings.cpp';
  if (/emmalloc|libc|compiler-rt|system\/lib/.test(path) && !path.includes('wasm/base'))
    return 'C library and allocator';
  return /(wasm\/\w+\/.*)$/.exec(path)?.[1] ?? 'beginnings and ends of functions';
};

/** Returns the first sentence of the comment at the head of a source file; for C++, the one of the header first. */
const purposeOf = (room) => {
  const path = [room.replace(/\.cpp$/, '.h'), room].map((name) => root + name).find(existsSync);
  if (!path) return '';
  const lines = readFileSync(path, 'utf8').split('\n');
  const head = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('//')),
  );
  return /^.*?\.(?= |$)/.exec(head.map((line) => line.slice(3)).join(' '))?.[0] ?? '';
};

/** Scales the third column of [name, raw, size], so that it adds up to `total`. */
const scaled = (parts, total) => {
  const sum = parts.reduce((all, [, , size]) => all + size, 0);
  return parts.map(([room, raw, size]) => [room, raw, (size * total) / sum]);
};

const wasmParts = (name, total) => {
  const path = `${root}build/wasm-lines/${name}.wasm`;
  const wasm = readFileSync(path);
  const { code, data } = readSections(wasm);
  const stretches = readMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  const pieces = { 'texts and tables': [wasm.subarray(...data)] };
  for (const [i, [from, source]] of stretches.entries()) {
    const room = roomOf(source);
    pieces[room] ??= [];
    pieces[room].push(wasm.subarray(from, stretches[i + 1]?.[0] ?? code[1]));
  }
  const parts = Object.entries(pieces).map(([room, bytes]) => {
    const all = Buffer.concat(bytes);
    return [room, all.length, brotliCompressSync(all).length];
  });
  return scaled(parts, total);
};

const scriptParts = (name, total) => {
  const { inputs } = JSON.parse(readFileSync(`${root}build/bundles.json`, 'utf8'))[`dist/${name}.js`];
  const parts = Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput, bytesInOutput]);
  return scaled(parts, total);
};

const print = (title, parts) => {
  const row = (...cells) =>
    console.log(cells.map((cell, i) => (i ? String(cell).padStart(8) : cell.padEnd(44))).join(''));
  console.log();
  row(title, 'raw', 'brotli');
  const isShown = ([, , size]) => size >= kShown;
  for (const [room, raw, size] of parts.filter(isShown).sort((a, b) => b[2] - a[2])) {
    row(room, raw, Math.round(size));
    if (size > kExplained && purposeOf(room)) console.log(`    ${purposeOf(room)}`);
  }
  const small = parts.filter((part) => !isShown(part));
  const sum = (column) => small.reduce((all, part) => all + part[column], 0);
  row(`${small.length} others`, sum(1), Math.round(sum(2)));
};

/** Prints the table. @param {Record<string, { brotli: number }>} sizes by the names of the files of dist/ */
export const printRooms = async (sizes) => {
  await step('core with line numbers', () => buildPreset('wasm-lines', 'wasm'));
  for (const name of ['vitrine', 'vitrine-tracking']) {
    print(`${name}.wasm`, wasmParts(name, sizes[`${name}.wasm`].brotli));
    print(`${name}.js`, scriptParts(name, sizes[`${name}.js`].brotli));
  }
};
