// Makes a bundle smaller than esbuild makes it: 5 to 8 % of what a shopper loads, after compression.

import { readFileSync, writeFileSync } from 'node:fs';

const kMostColumns = 1000;

/** Returns text as the shortest literal. tools/pack.mjs writes neither line ends nor NUL. */
export const literal = (text) => {
  const escaped = text.replaceAll('\\', '\\\\');
  const [quote] = ['"', "'", '`'].sort((a, b) => text.split(a).length - text.split(b).length);
  const rest = escaped.replaceAll(quote, `\\${quote}`);
  return quote + (quote === '`' ? rest.replaceAll('${', '\\${') : rest) + quote;
};

/**
 * Shrinks a bundle of esbuild and its source map in place.
 * @param {string} path of the bundle; its map has `.map` behind it
 * @param {object} options
 * @param {boolean} options.isModule whether the bundle is an ES module
 */
export const shrink = async (path, { isModule }) => {
  // Not at the top: `npm run build` installs the packages first.
  const { minify } = await import('terser');
  const { code, map } = await minify(readFileSync(path, 'utf8'), {
    ecma: 2020,
    module: isModule,
    // Functions stay apart: a closure keeps everything alive that its function's scope holds, and instances that nobody
    // holds must be freed (js/ports/abandoned.ts).
    compress: { passes: 3, inline: false, reduce_funcs: false },
    // Node prints the line of an uncaught error. A page without an encoding decodes its scripts in another one.
    format: { max_line_len: isModule ? kMostColumns : false, ascii_only: !isModule },
    sourceMap: { content: readFileSync(`${path}.map`, 'utf8'), url: `${path.split('/').at(-1)}.map` },
  });
  writeFileSync(path, String(code));
  writeFileSync(`${path}.map`, String(map));
};
