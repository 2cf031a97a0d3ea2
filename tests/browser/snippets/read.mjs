// The snippets of all pages: blocks of code in languages that can run.

import { readFileSync } from 'node:fs';
import { root } from '../../../tools/steps.mjs';
import { hiddenPages, sections } from '../../../tools/site/pages.mjs';

const kLanguages = 'js|html|jsx|vue|sh';

/**
 * A block of code. `key`: page, language and its number among the blocks of this language on the page. `why`: the
 * comment before a block that cannot run.
 * @typedef {{ key: string, page: string, line: number, language: string, text: string, why?: string }} Snippet
 */

/** @returns {Snippet[]} */
const snippetsOf = (page) => {
  const source = readFileSync(`${root}${page}`, 'utf8');
  const counts = {};
  const pattern = new RegExp(
    `(?:^ *<!-- not run: (.*?) -->\\n\\s*)?^( *)\`\`\`(${kLanguages})\\n(.*?)^ *\`\`\``,
    'gms',
  );
  return [...source.matchAll(pattern)].map(({ index, 0: block, 1: why, 2: indent, 3: language, 4: text }) => {
    counts[language] = (counts[language] ?? 0) + 1;
    const line = source.slice(0, index + block.indexOf('```')).split('\n').length;
    const unindented = text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    return { key: `${page} ${language} ${counts[language]}`, page, line, language, text: unindented, why };
  });
};

/** Returns the snippets of all pages of the site, in their order. */
export const readSnippets = () =>
  [...sections().flatMap(({ pages }) => pages), ...hiddenPages()].flatMap(({ source }) => snippetsOf(source));
