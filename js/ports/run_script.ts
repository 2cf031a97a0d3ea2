// Runs further scripts of Vitrine. Each leaves what it brings in a global of its own.

import { make, member } from './dom.js';

/**
 * Runs the script. An import inherits the nonce of this script, and Trusted Types allow it. A page at file:// and a
 * file of another origin without CORS refuse imports, but not script tags.
 */
const runOnce = async (url: string): Promise<void> => {
  await import(url).catch((error) => {
    if (location.host && url.includes(`//${location.host}/`)) throw error;
    return new Promise((resolve, reject) => {
      const script = make('script');
      script.onload = resolve;
      script.onerror = () => reject(error);
      script.src = url;
      member(document, 'head').append(script);
    });
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
