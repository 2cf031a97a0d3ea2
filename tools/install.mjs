// Installs packages that only tests, benchmarks and the documentation site need, by a lock file of their own, into
// build/. The project's own `npm ci` stays small.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root, run, step } from './steps.mjs';

/** Returns whether a file is no result of an installation or a build in its own folder. */
export const isSource = (path) => !/\/(node_modules|dist|out|\.next)(\/|$)/.test(path.slice(root.length));

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits until no other process holds the file `lock`, and takes it. */
const take = async (lock) => {
  for (;;) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      // A process that was killed leaves its lock.
      const owner = existsSync(lock) && Number(readFileSync(lock, 'utf8'));
      if (owner && !isAlive(owner)) rmSync(lock, { force: true });
      await sleep(100);
    }
  }
};

/**
 * Does some work while no other process does work under the same lock.
 * @template T
 * @param {string} lock a path in a folder that exists
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const alone = async (lock, work) => {
  await take(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

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
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (isInstalled()) return;
  mkdirSync(home, { recursive: true });
  // Test files run side by side, each in a process of its own.
  await alone(`${home}install.lock`, async () => {
    if (isInstalled()) return;
    cpSync(source, home, { recursive: true, filter: isSource });
    await step(title, () => run('npm', ['ci', '--prefix', home, '--ignore-scripts']));
    writeFileSync(stamp, wanted);
  });
};
