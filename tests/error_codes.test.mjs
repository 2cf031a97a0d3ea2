// Checks that JavaScript writes to the console in one place.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../tools/steps.mjs';

const filesIn = (folder, pattern) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
const read = (path) => readFileSync(`${root}${path}`, 'utf8');
/** The source without its comments. */
const codeOf = (path) => read(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
const scripts = ['js', 'widget'].flatMap((folder) => filesIn(folder, /\.ts$/));

test('only js/ports/report.ts writes to the console', () => {
  const writing = scripts.filter((path) => /\bconsole\b/.test(codeOf(path)));
  assert.deepEqual(writing, ['js/ports/report.ts']);
});

test('docs/errors.md has each code of the sources, and no other', () => {
  const code = '([a-z]+(?:[-A-Z][a-zA-Z]*)+)';
  const cpp = filesIn('wasm', /\.(cpp|h)$/).map((path) => codeOf(path));
  const found = new Set();
  const collect = (text, pattern) => [...text.matchAll(pattern)].forEach(([, name]) => found.add(name));
  for (const text of cpp) {
    // Calls that make an error, in which the code is the only text of this shape, and constants.
    collect(text, new RegExp(`(?:validationError|[eE]rrorAt|Error|refuse|fail)\\([^;]*?"${code}"\\s*[,)]`, 'g'));
    collect(text, new RegExp(`code = [^;]*?"${code}"`, 'g'));
    collect(text, new RegExp(`\\? "${code}" : "request-failed"`, 'g'));
    collect(text, new RegExp(`k(?:BadOption|UnknownField) = "${code}"`, 'g'));
    collect(text, /\.log\(LogLevel::\w+,\s*"(\w[\w-]*)"/g);
  }
  for (const path of scripts) {
    collect(codeOf(path), new RegExp(`code: '${code}'`, 'g'));
    collect(codeOf(path), new RegExp(`(?:report|log)\\((?:[^;]|\\n)*?'${code}'`, 'g'));
    collect(codeOf(path), new RegExp(`(?:end\\(|: |= \\[)'${code}'`, 'g'));
  }
  const rows = read('docs/errors.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const listed = new Set(rows.flatMap((row) => [...row.split('|')[1].matchAll(/`([\w-]+)`/g)].map(([, name]) => name)));
  const all = [...cpp, ...scripts.map(codeOf)].join('\n');
  assert.deepEqual(
    [...listed].filter((name) => !new RegExp(`["']${name}["']`).test(all)),
    [],
    'codes of the page that no source has',
  );
  const known = /^(data-vitrine|bad-option|.*[A-Z]).*/;
  assert.deepEqual(
    [...found].filter((name) => !listed.has(name) && !known.test(name)),
    [],
    'codes that the page lacks',
  );
});
