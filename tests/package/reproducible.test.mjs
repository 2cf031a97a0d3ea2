// Two builds of the same sources are identical, in whatever folder they are made: so anybody can check a release.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { checksumsOf } from '../../tools/integrity.mjs';
import { root } from '../../tools/steps.mjs';

const run = promisify(execFile);

test('a build in another folder has the same files, byte for byte', async () => {
  const copy = `${root}build/another folder/`;
  rmSync(copy, { recursive: true, force: true });
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of stdout.trim().split('\n')) cpSync(`${root}${file}`, `${copy}${file}`);
  await run(process.execPath, ['tools/build.mjs'], { cwd: copy, maxBuffer: 2 ** 26 });
  assert.deepEqual(checksumsOf(`${copy}dist`), checksumsOf(`${root}dist`));
});
