// Runs further scripts of Vitrine. Each leaves what it brings in a global of its own.

import build from 'vitrine:build';
import { make, member } from './dom.js';
import { brought } from './find_script.js';
import { integrityOf, nonce } from './integrity.js';
import { textOf } from './report.js';

/** A fragment for further attempts. A browser may remember for a document that the import of an address has failed. */
let attempt = '';

/**
 * Runs the script. An import inherits the nonce of this script, and Trusted Types allow it. A page at file:// and a
 * file of another origin without CORS refuse imports, but not script tags; and only a tag can carry a hash.
 */
const runOnce = async (url: string): Promise<void> => {
  const integrity = integrityOf(url);
  const byTag = (error: unknown) =>
    new Promise((resolve, reject) => {
      const script = make('script');
      script.onload = resolve;
      script.onerror = () => reject(error);
      if (integrity) {
        script.integrity = integrity;
        script.nonce = nonce;
        script.crossOrigin = 'anonymous';
      }
      script.src = url;
      member(document, 'head').append(script);
    });
  if (integrity) await byTag('it cannot be loaded, or does not fit data-integrity');
  else
    await import(url + attempt).catch((error) => {
      attempt += '#';
      if (location.host && url.includes(`//${location.host}/`)) throw error;
      return byTag(error);
    });
};

/**
 * Runs the script at `url`, then `take`, which returns false if it finds nothing of this build. Then a cache may hold
 * the file of another version under this address, and the script is run once more from another one. Resolves to false
 * if that does not help.
 */
export const runScript = async (url: string, take: () => boolean): Promise<boolean> => {
  await runOnce(url);
  if (take()) return true;
  await runOnce(`${url}${url.includes('?') ? '&' : '?'}r=1`);
  return take();
};

/**
 * Runs a script that is a part of this one (tools/shared.mjs), and lends it what it borrows. Resolves to what the part
 * brings. Rejects with a text that says what to do, also if the file is of another build.
 * @param name the part's global, such as `vitrine-widgets`
 * @param lent the lists of the names that the part borrows
 */
export const runPart = async <T>(name: string, url: string, lent: unknown[]): Promise<T> => {
  let brings: T | undefined;
  const take = () => {
    const part = brought(name) as (((shared: unknown[]) => void) & { build?: string }) | undefined;
    if (!String(part?.build).includes(build)) return false;
    part!([(given: T) => (brings = given), ...lent]);
    return true;
  };
  try {
    if (!(await runScript(url, take))) throw 'not the file of this version';
    return brings!;
  } catch (error) {
    throw `${url}: ${textOf(error)}. Put the files of one version beside the script.`;
  }
};
