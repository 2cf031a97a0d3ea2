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
