// Checks the text of the source: width of lines, first words of comments, words of the glossary, links.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { root } from '../tools/steps.mjs';

/** Places that break a rule and are still tolerated. A number may only become smaller. */
const known = { wideLines: 0, firstWords: 0, words: 0, links: 0 };

/** Code and texts that other projects have written. */
const foreign = /^(tests\/bench\/peers|tests\/server\/fixture|tests\/boundary\/seeds|tests\/fuzz\/corpus)\//;
/** This file is not checked, because it names the words that it forbids. */
const self = 'tests/tidy.test.mjs';

const firstWord = /^(What|Who|Whose|Whoever|Whatever|Of|It|Its|So many|So much|That|Such|Mostly|As many)\b/;
/** For comments behind code, which need no capital. */
const firstTrailingWord = new RegExp(firstWord, 'i');
/** `room` and `floor` are judged by a reader, because "takes no room" is plain English. */
const bannedWord = /\b(rooms|a room|houses?|stragglers?|custody|shelves|on the shelf)\b/i;

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path && path !== self && !foreign.test(path) && existsSync(`${root}${path}`));
const linesOf = (path) => readFileSync(`${root}${path}`, 'utf8').split('\n');
const pathsWith = (ending) => tracked.filter((path) => ending.test(path));

const code = pathsWith(/\.(ts|mjs|js|css|h|cpp|inc|sh)$/);
const documents = pathsWith(/\.md$/);

/** Returns the comments of a file by lines: place, text, and whether a comment begins there or stands behind code. */
const commentsOf = (path) => {
  const found = [];
  const lines = linesOf(path);
  const isShell = path.endsWith('.sh');
  const sign = isShell ? /^\s*#(?!!) ?(.*)$/ : /^\s*\/\/ ?(.*)$/;
  const behind = isShell ? /\S\s+# (.*)$/ : /\S\s+\/\/ (.*)$/;
  let isInBlock = false; // between /* and */
  let isFresh = false; // the block has no words yet
  let wasLine = false; // the line above is a whole line of comment
  lines.forEach((line, i) => {
    const at = `${path}:${i + 1}`;
    const whole = sign.exec(line);
    const opening = isInBlock ? null : /^\s*\/\*\*? ?(.*)$/.exec(line);
    if (opening || isInBlock) {
      if (opening) isFresh = true;
      const text = (opening ? opening[1] : line.replace(/^\s*\*? ?/, '')).replace(/\*\/.*/, '').trim();
      if (text) {
        found.push({ at, text, isFirst: isFresh });
        isFresh = false;
      }
      isInBlock = !line.includes('*/');
    } else if (whole) found.push({ at, text: whole[1], isFirst: !wasLine });
    else {
      const trailing = behind.exec(line);
      if (trailing) found.push({ at, text: trailing[1], isTrailing: true });
    }
    wasLine = !!whole;
  });
  return found;
};

const proseOf = (path) => linesOf(path).map((text, i) => ({ at: `${path}:${i + 1}`, text }));
const show = ({ at, text }) => `${at}: ${text.trim().slice(0, 100)}`;

/** Fails with the whole list when there are more places than are known. */
const expectAtMost = (count, places, rule) =>
  assert.ok(places.length <= count, `${rule}: ${places.length} places, ${count} are known\n${places.join('\n')}`);

test('no line has more than 120 columns', () => {
  // The path of a drawing is one text of coordinates, which has no place to break.
  const isDrawing = (path) => path.startsWith('demo/catalog/illustrations/');
  const isPath = (text) => text.includes('`') || /'[^']{70,}'/.test(text);
  const wide = code.flatMap((path) =>
    proseOf(path).filter(({ text }) => [...text].length > 120 && !(isDrawing(path) && isPath(text))),
  );
  expectAtMost(known.wideLines, wide.map(show), 'wider than 120 columns');
});

test('each comment begins with its subject or a verb', () => {
  const wrong = code
    .flatMap(commentsOf)
    .filter(
      ({ text, isFirst, isTrailing }) =>
        (isFirst && firstWord.test(text)) || (isTrailing && firstTrailingWord.test(text)),
    );
  expectAtMost(known.firstWords, wrong.map(show), 'a comment begins with What, Who, Of, It, So many or the like');
});

test('comments and documents use the words of the glossary', () => {
  const lines = [...code.flatMap(commentsOf), ...documents.flatMap(proseOf)];
  const wrong = lines.filter(({ text }) => bannedWord.test(text.replace(/`[^`]*`/g, '')));
  expectAtMost(known.words, wrong.map(show), 'rooms, house, straggler, custody, shelf');
});

test('no comment or document says that something is unfinished', () => {
  const unfinished = /\b(TODO|FIXME|WIP)\b/;
  const lines = [...code.flatMap(commentsOf), ...documents.flatMap(proseOf)];
  assert.deepEqual(lines.filter(({ text }) => unfinished.test(text)).map(show), []);
});

test('no file names a path of one machine', () => {
  const machine = /(^|[\s"'`(=])\/(work|home|Users|root)\/[\w.-]+/;
  const lines = [...code, ...documents, ...pathsWith(/\.(json|txt|cmake)$/)].flatMap(proseOf);
  assert.deepEqual(lines.filter(({ text }) => machine.test(text)).map(show), []);
});

test('each link of a document leads to a file, and to a heading that the file has', () => {
  const slug = (heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
  const headings = (path) => linesOf(path).flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);
  const broken = documents.flatMap((path) =>
    proseOf(path).flatMap(({ at, text }) =>
      [...text.replace(/`[^`]*`/g, '').matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]+)?\)/g)]
        .filter(([, target, anchor]) => {
          const file = target ? join(dirname(path), target) : path;
          if (!existsSync(`${root}${file}`)) return true;
          return anchor && file.endsWith('.md') && !headings(file).map(slug).includes(anchor.slice(1));
        })
        .map(([link]) => `${at}: ${link}`),
    ),
  );
  expectAtMost(known.links, broken, 'broken links');
});

test('CHANGELOG.md has versions in descending order, and the usual headings below them', () => {
  const headings = linesOf('CHANGELOG.md').filter((line) => /^#{2,} /.test(line));
  const versions = headings.filter((line) => line.startsWith('## ')).map((line) => line.slice(3));
  for (const version of versions)
    assert.match(version, /^(\[?Unreleased\]?|\[?\d+\.\d+\.\d+\]?( [-–(].*)?)$/, 'a version: 1.2.3');
  const numbers = versions.flatMap((version) => /\d+\.\d+\.\d+/.exec(version)?.[0] ?? []);
  const rank = (version) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => rank(b) - rank(a)),
  );
  const usual = /^### (API|Added|Changed|Deprecated|Removed|Fixed|Security|Types|Wire and storage|Toolchain|Sizes)$/;
  assert.deepEqual(
    headings.filter((line) => !line.startsWith('## ') && !usual.test(line)),
    [],
  );
});
