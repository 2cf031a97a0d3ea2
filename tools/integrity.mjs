// Hashes of the files of dist/, for Subresource Integrity (docs/loading.md) and for whoever checks a download.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';

const digest = (kind, path, encoding) => createHash(kind).update(readFileSync(path)).digest(encoding);

/** Returns the files of a folder that a page may load, by their paths in it, sorted. */
const filesOf = (dist) =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(m?js|wasm|css|json)$/.test(name) && !/^types\/|^integrity\.json$/.test(name))
    .filter((name) => statSync(`${dist}/${name}`).isFile())
    .sort();

/**
 * Returns the hashes of the files in the form of the attribute `integrity`.
 * @param {string} dist the folder
 * @returns {Record<string, string>} `sha384-…` by path
 */
export const integrityOf = (dist) =>
  Object.fromEntries(filesOf(dist).map((name) => [name, `sha384-${digest('sha384', `${dist}/${name}`, 'base64')}`]));

/**
 * Returns the value of `data-integrity`: `<file>=<hash>` for each file, without folders.
 * @param {Record<string, string>} hashes by path
 * @param {string[]} names paths of the files that the page loads
 */
export const integrityList = (hashes, names) =>
  names.map((name) => `${name.split('/').at(-1)}=${hashes[name]}`).join(' ');

/** Returns the lines of a file of checksums, as `sha256sum --check` reads them. */
export const checksumsOf = (dist) =>
  filesOf(dist).map((name) => `${digest('sha256', `${dist}/${name}`, 'hex')}  ${name}`);
