// Where the core of an npm module comes from: files beside the module, or two modules, dist/core-1.js and -2.js,
// in which it is packed.

import files from 'vitrine:files';
import { compile, fetchCore, hasCore, mayRunWasm, openCore, PARTS, plain, useCore } from './core.js';
import { hasOwn } from '../ports/json.js';
import { report } from '../ports/report.js';
import type { Provider } from '../types/providers.js';
import type { PlainCore } from '../types/types.js';

// Bundlers that know nothing of files leave them where they are.
const BUNDLER = "Have the bundler copy them (docs/npm.md), or import 'vitrine/inline'.";

let fallback: PlainCore | undefined;

// A WebAssembly module with a memory `m` and a function `u`: (length) => length. JavaScript would take half of a
// start with warm caches, because a loop that runs once is interpreted. In C, with the text in `m`:
//   do {
//     m[out] = (byte = m[in]) + shift;
//     isSign = (byte & ~1) == 0x1e;
//     out += !isSign;
//     shift = isSign * ((byte << 6) - 1824);  // 0x1e: 96, 0x1f: 160
//   } while (++in < length);
//   return out;
// biome-ignore format: one section of the module in each line, then one statement
const UNPACKER = [
  0, 97, 115, 109, 1, 0, 0, 0, // magic number and version
  1, 6, 1, 96, 1, 127, 1, 127, // type of `u`
  3, 2, 1, 0, // functions
  5, 3, 1, 0, 0, // memories
  7, 9, 2, 1, 109, 2, 0, 1, 117, 0, 0, // exports
  10, 68, 1, 66, 1, 5, 127, // code; five locals: in, out, byte, shift, isSign
  3, 64,
  32, 2, 32, 1, 45, 0, 0, 34, 3, 32, 4, 106, 58, 0, 0,
  32, 3, 65, 126, 113, 65, 30, 70, 34, 5,
  69, 32, 2, 106, 33, 2,
  32, 5, 32, 3, 65, 6, 116, 65, 224, 113, 106, 108, 33, 4,
  32, 1, 65, 1, 106, 34, 1, 32, 0, 73, 13, 0, 11,
  32, 2, 11,
];

/** Returns the bytes that tools/pack.mjs has packed. Throws where WebAssembly does not run. */
export const unpack = (text: string): Uint8Array => {
  if (!text) return new Uint8Array();
  const { m, u } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(UNPACKER))).exports as {
    m: WebAssembly.Memory;
    u: (length: number) => number;
  };
  m.grow((text.length >> 16) + 1);
  const bytes = new Uint8Array(m.buffer);
  new TextEncoder().encodeInto(text, bytes);
  return bytes.subarray(0, u(text.length));
};

/**
 * Takes the core from text that tools/pack.mjs has packed; '' if there is only the plain one. Nothing is compiled
 * before the first `new Vitrine`.
 */
export const usePackedCore = (packed: string): void =>
  useCore(() => (fallback && (!packed || !mayRunWasm()) ? plain(fallback) : compile(unpack(packed))));

/**
 * Sets a core in plain JavaScript, for pages whose Content Security Policy refuses WebAssembly. Other pages do not use
 * it. Call it before `loadVitrine`, `loadCore` or the first `new Vitrine`. `core` comes from `vitrine/vitrine-core.js`,
 * or, for `vitrine/tracking`, from `vitrine/vitrine-tracking-core.js`.
 */
export const usePlainCore = (core: PlainCore): void => {
  fallback = core;
};

let loading: Promise<void> | undefined;

const load = async (service: string | undefined) => {
  if (hasCore()) return;
  if (fallback && !mayRunWasm()) return useCore(() => plain(fallback!));
  const sets = (service && hasOwn(files, service) ? [files[service]!, files.all!] : [files.all!]).map((urls) =>
    urls().map(({ href }) => href),
  );
  const fetching = fetchCore(
    sets.map(([url]) => url!),
    (url, part) => sets.find(([first]) => first === url)![PARTS.indexOf(part) + 1] || '',
    'the core in a module',
    async () => {
      const halves = await Promise.all([import('vitrine:packed/1'), import('vitrine:packed/2')]);
      usePackedCore(halves.map((half) => half.default).join(''));
      openCore();
      return true;
    },
  );
  try {
    const problems = await fetching;
    if (problems) report('warn', `${problems} ${BUNDLER} Until then Vitrine loads a larger file.`, 'core-not-loaded');
  } catch (error) {
    useCore(() => {
      throw error;
    });
  }
};

/**
 * Loads the core from the files beside this module, for the first `new Vitrine`. Resolves at once where the core is
 * there already: in Node, and after an import of `vitrine/inline`. Never rejects: where no core can be loaded, the
 * first `new Vitrine` reports it.
 * @param service the one service whose calls the page makes, or `none` for a page that only records events. Default:
 * all services, in a file that is larger by 4 to 8 kB. Counts in the first call only
 */
export const loadCore = (service?: Provider['name']): Promise<void> => (loading ||= load(service));
