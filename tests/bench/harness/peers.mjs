// The packages of tests/bench/peers. The first bench command installs them into build/, and a later one does so again
// if the lock file has changed.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { root } from '../../../tools/steps.mjs';
import { installLocked } from '../../../tools/install.mjs';

const home = `${root}build/bench/peers/`;

/** The folder where a bundler finds the peers. */
export const modules = `${home}node_modules`;

export const installPeers = () => installLocked('peers', `${root}tests/bench/peers/`, home);

/** Loads a peer into this process. */
export const requirePeer = createRequire(home);

/** Returns the installed version of a peer. */
export const peerVersion = (name) => JSON.parse(readFileSync(`${modules}/${name}/package.json`, 'utf8')).version;
