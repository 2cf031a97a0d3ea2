// Reads the tables of docs/errors.md and docs/storage.md for the debug overlay, so that no second copy of these texts
// exists.

import { readFileSync } from 'node:fs';
import { root } from './steps.mjs';

/** Returns the text of a cell without Markdown: links become their words, code loses its quotes. */
const plain = (cell) =>
  cell
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll('`', '')
    .trim();

/** Returns the cells of each row whose first cell begins with code. A `|` in code is written as `\|`. */
const rowsOf = (page) =>
  readFileSync(`${root}docs/${page}`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );

/** Returns [code, cause, cure] of each code in docs/errors.md. In the second table one cell has cause and cure. */
export const readCodes = () =>
  rowsOf('errors.md').flatMap(([codes, cause, cure]) => {
    const [why, what] = cure === undefined ? cause.split(/: (?=[^:]*$)/) : [cause, cure];
    return [...codes.matchAll(/`([^`]+)`/g)].map(([, code]) => [code, plain(why), plain(what ?? '')]);
  });

/** Returns [beginning of the key, what is in it, its life] of each storage key in docs/storage.md. */
export const readKeys = () =>
  rowsOf('storage.md')
    .filter(([key]) => key.startsWith('`vitrine:'))
    .map(([key, what, , life]) => [key.replaceAll('`', '').replace(/<.*/, ''), plain(what), plain(life)]);

/** Resolves `vitrine:documentation` (js/core/modules.d.ts). */
export const documentation = {
  name: 'documentation',
  setup(build) {
    const codes = Object.fromEntries(readCodes().map(([code, ...texts]) => [code, texts]));
    build.onResolve({ filter: /^vitrine:documentation$/ }, ({ path }) => ({ path, namespace: 'documentation' }));
    build.onLoad({ filter: /./, namespace: 'documentation' }, () => ({
      contents: `export const codes = ${JSON.stringify(codes)};\nexport const keys = ${JSON.stringify(readKeys())};`,
    }));
  },
};
