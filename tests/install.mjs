// Installs packages that only tests and benchmarks need, by a lock file of their own, into build/. The project's own
// `npm ci` stays small.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { run, step } from '../tools/steps.mjs';

/**
 * Installs the packages of the folder `source` into the folder `home`, once for each state of the lock file.
 * @param {string} title printed with the time that it takes
 * @param {string} source has package.json and package-lock.json; ends with a slash
 * @param {string} home ends with a slash
 */
export const installLocked = async (title, source, home) => {
  const stamp = `${home}node_modules/.installed`;
  const wanted = createHash('sha256')
    .update(readFileSync(`${source}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(home, { recursive: true });
  cpSync(source, home, { recursive: true });
  await step(title, () => run('npm', ['ci', '--prefix', home, '--ignore-scripts']));
  writeFileSync(stamp, wanted);
};
