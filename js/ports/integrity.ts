// Subresource Integrity of the files that the script loads: the page names their hashes in `data-integrity`.

let list: string | undefined;

/** The nonce of the page's tag, for tags that the script makes. */
export let nonce = '';

/**
 * Takes the page's list, `<file>=<hash> …` (undefined if the page has none), and the nonce of its tag. A file may have
 * its folder in front.
 */
export const useIntegrity = (given: string | undefined, own = ''): void => {
  list = given;
  nonce = own;
};

/**
 * Returns the hash of the file at `url`; undefined if the page has no list. Throws a text for a file that is not in the
 * list, because it could hold anything.
 */
export const integrityOf = (url: string): string | undefined => {
  if (list === undefined) return;
  const [name] = /[^/?#]*(?=$|[?#])/.exec(url)!;
  const found = list.split(/\s+/).find((entry) => `/${entry}`.includes(`/${name}=`));
  if (!found) throw `${name} is not in data-integrity: add ${name}=<its hash in integrity.json>`;
  return found.slice(found.indexOf('=') + 1);
};
