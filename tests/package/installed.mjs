// Installs what the tests of the npm package need: the package, as npm installs it, and tests/package/tools.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { root, run } from '../../tools/steps.mjs';
import { installLocked } from '../../tools/install.mjs';

const home = `${root}build/package/tools/`;

/** Installs the bundlers and checkers. */
export const installTools = () => installLocked('tools of the package tests', `${root}tests/package/tools/`, home);

/** The folder of the programs of the tools. */
export const programs = `${home}node_modules/.bin/`;

/** The folder of the tools, with a slash at its end. */
export const toolsFolder = home;

/** Loads a tool, as an ES module. */
export const tool = (name) => import(pathToFileURL(createRequire(home).resolve(name)).href);

/** Packs the package, and returns the path of the tarball. `name` keeps the files of several tests apart. */
export const pack = async (name) => {
  const folder = `${root}build/package/${name}-tarball`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder]);
  return `${folder}/${readdirSync(folder)[0]}`;
};

/**
 * Makes an app in an empty folder, and installs the packed package there as a user does.
 * @param {string} name of the folder in build/package
 * @param {Record<string, string>} files texts by their paths in the folder
 * @param {object} [manifest] more members of package.json
 * @returns {Promise<string>} the folder, with a slash at its end
 */
export const makeApp = async (name, files, manifest = {}) => {
  const folder = `${root}build/package/${name}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}package.json`, JSON.stringify({ name, private: true, type: 'module', ...manifest }));
  await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', await pack(name)]);
  for (const [path, text] of Object.entries(files)) writeFileSync(`${folder}${path}`, text);
  return folder;
};
