// The packages that build the site. They have a lock file of their own, and stand in build/site-tools/.

import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { installLocked } from '../install.mjs';
import { root } from '../steps.mjs';

export const home = `${root}build/site-tools/`;

/**
 * Installs the packages, and returns a function that imports one of them by its name.
 * @returns {Promise<(name: string) => Promise<any>>}
 */
export const openPackages = async () => {
  await installLocked('packages of the documentation site', `${root}tools/site/`, home);
  // A module resolves names from its own folder.
  writeFileSync(`${home}load.mjs`, 'export const load = (name) => import(name);\n');
  const { load } = await import(pathToFileURL(`${home}load.mjs`).href);
  return load;
};
