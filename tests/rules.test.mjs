// Refuses forms of code that break on pages whose built-ins were replaced, extended, frozen or shadowed, and names what
// to write instead. Reads js/ and widget/ with the TypeScript compiler. Each rule is tested on a snippet that it must
// refuse and on one that it must accept, so no rule can stop working unnoticed.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { API } from 'typescript/unstable/sync';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { rules } from './rules.mjs';
import { root } from '../tools/steps.mjs';

const files = ['js', 'widget'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
    // Runs in the tests of a shop, never in a page.
    .filter((path) => !path.startsWith('js/testing/')),
);
const sources = Object.fromEntries(files.map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));

// Snippets are parsed as files of the project, so that a rule treats them as it treats the code of their folder.
const snippets = rules.flatMap(({ name, refused, accepted }) =>
  [...refused, ...accepted].map((snippet, i) => {
    const [path, text] = Array.isArray(snippet) ? snippet : ['js/core/snippet.ts', snippet];
    const file = `/rules/${name.replace(/\W/g, '_')}_${i}.ts`;
    return { name, mustRefuse: i < refused.length, path, text, file };
  }),
);

const parse = (texts) => {
  const config = { compilerOptions: { noLib: true, types: [], target: 'ES2020' }, files: Object.keys(texts) };
  const api = new API({
    cwd: '/rules',
    fs: createVirtualFileSystem({ '/rules/tsconfig.json': JSON.stringify(config), ...texts }),
  });
  after(() => api.close());
  const snapshot = api.updateSnapshot({ openProjects: ['/rules/tsconfig.json'] });
  return (file) => snapshot.getProjects()[0].program.getSourceFile(file);
};

const treeOf = parse(
  Object.fromEntries([
    ...files.map((path) => [`/rules/${path}`, sources[path]]),
    ...snippets.map(({ file, text }) => [file, text]),
  ]),
);

/**
 * Returns the places of a file at which a rule refuses a node, as "path:line: text".
 * @param {import('./rules.mjs').Rule} rule
 */
const placesOf = ({ finds, files: reads }, path, tree) => {
  if (reads && !reads(path)) return [];
  const found = [];
  const visit = (node) => {
    if (finds(node, path)) {
      const line = tree.text.slice(0, node.getStart(tree)).split('\n').length;
      found.push(`${path}:${line}: ${node.getText(tree).split('\n')[0].slice(0, 100)}`);
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return found;
};

for (const rule of rules) {
  test(`no file of js/ or widget/ has ${rule.name}`, () => {
    const pending = rule.pending ?? [];
    const places = files
      .filter((path) => !pending.includes(path))
      .flatMap((path) => placesOf(rule, path, treeOf(`/rules/${path}`)));
    assert.deepEqual(places, [], `${rule.name}: ${rule.instead}`);
    // A pending file that has been mended leaves the list.
    const mended = pending.filter((path) => !placesOf(rule, path, treeOf(`/rules/${path}`)).length);
    assert.deepEqual(mended, [], 'remove these files from the list of pending ones');
  });

  test(`the rule about ${rule.name} refuses what it must, and nothing else`, () => {
    assert.ok(rule.refused.length && rule.accepted.length, 'a rule needs snippets of both kinds');
    for (const { mustRefuse, path, text, file } of snippets.filter(({ name }) => name === rule.name))
      assert.equal(placesOf(rule, path, treeOf(file)).length > 0, mustRefuse, text);
  });
}
