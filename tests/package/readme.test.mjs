// Type-checks and runs the code in the READMEs.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../../tools/steps.mjs';
import { serveRefine } from '../boundary/refine_wire.mjs';

const runFile = promisify(execFile);

/** Returns the fenced blocks of one language, each with its line number. */
const blocksOf = (path, language) =>
  [...readFileSync(`${root}${path}`, 'utf8').matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    (match) => ({
      name: `${path}, line ${match.input.slice(0, match.index).split('\n').length}`,
      text: match[1],
    }),
  );

const readmes = ['README.md', 'js/README.md', 'widget/README.md'].filter((path) => existsSync(`${root}${path}`));
const modules = readmes.flatMap((path) => blocksOf(path, 'js')).filter(({ text }) => text.includes("from 'vitrine'"));

test('README.md has a module that imports the package', () => {
  assert.ok(modules.some(({ name }) => name.startsWith('README.md')));
});

test('the modules in the READMEs pass the type check', async () => {
  const folder = `${root}build/readme`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = modules.map(({ text }, i) => {
    const file = `${folder}/snippet${i}.mts`;
    writeFileSync(file, text);
    return file;
  });
  const flags = [
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--ignoreConfig',
    '--skipLibCheck',
    '--types',
    '',
  ];
  const { stdout } = await runFile(`${root}node_modules/.bin/tsc`, [...flags, ...files], { cwd: root }).catch(
    (error) => error,
  );
  assert.equal(stdout.trim(), '', modules.map(({ name }, i) => `snippet${i}: ${name}`).join('\n'));
});

for (const { name, text } of modules)
  test(`${name} runs unchanged`, async () => {
    const service = await serveRefine();
    // Requests to the service's address go to a server on this machine.
    const detour = [
      '{',
      '  const real = fetch;',
      '  globalThis.fetch = (url, options) =>',
      `    real(String(url).replace('https://api.joinrefine.io', '${service.url}'), options);`,
      '}\n',
    ].join('\n');
    try {
      const { stderr } = await runFile(process.execPath, ['--input-type=module', '--eval', detour + text], {
        cwd: root,
        timeout: 20_000,
      });
      assert.equal(stderr, '');
      if (text.includes('trackPurchase')) assert.ok(service.events.some(({ type }) => type === 'purchase'));
    } finally {
      await service.close();
    }
  });

test('the package contains the files that the script-tag snippet loads', () => {
  const pages = readmes.flatMap((path) => blocksOf(path, 'html')).filter(({ text }) => text.includes('vitrine.js'));
  assert.ok(pages.length > 0);
  for (const { name, text } of pages)
    for (const [, file] of text.matchAll(/(?:src|href)="[^"]*\/(vitrine[\w.-]*)"/g))
      assert.ok(existsSync(`${root}dist/${file}`), `${name}: ${file}`);
});
