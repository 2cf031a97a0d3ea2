// The packages of tests/bench/peers. The first bench command installs them into build/, and a later one does so again
// if the lock file has changed.

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { root, run, step } from '../../../tools/steps.mjs';

const source = `${root}tests/bench/peers/`;
const home = `${root}build/bench/peers/`;

/** The folder where a bundler finds the peers. */
export const modules = `${home}node_modules`;

export const installPeers = async () => {
  const stamp = `${modules}/.bench-lock`;
  const wanted = createHash('sha256')
    .update(readFileSync(`${source}package-lock.json`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(home, { recursive: true });
  cpSync(source, home, { recursive: true });
  await step('peers', () => run('npm', ['ci', '--prefix', home, '--ignore-scripts']));
  writeFileSync(stamp, wanted);
};

/** Loads a peer into this process. */
export const requirePeer = createRequire(home);

/** Returns the installed version of a peer. */
export const peerVersion = (name) => JSON.parse(readFileSync(`${modules}/${name}/package.json`, 'utf8')).version;
