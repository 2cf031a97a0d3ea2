// Finds the script's own tag and address, also where the browser does not name them.

import { member } from './dom.js';

/** The attributes of the tag. A script without a running tag takes the first tag that has one of them. */
// biome-ignore format: one line each would be longer than the rest of the file
const ATTRIBUTES = [
  'wasm', 'core', 'products', 'templates', 'widgets', 'autotrack', 'plugins', 'formats', 'debug', 'integrity',
];

/**
 * Returns the tag and the address of the running script. The tag is the running one, else one that names a file. The
 * address is the first of these whose file begins with the name of `core`: the running tag, the place in the stack
 * (modules and imports have no running tag), any file that the page has fetched (a loader may run its text, inline it
 * or make it a blob). Otherwise it is the running tag, the place in the stack, or the page.
 */
export const findScript = (core: string): [tag: HTMLScriptElement | null | undefined, address: string] => {
  // Read by the prototype: an element with name="currentScript" hides the property of the document.
  const prototype = globalThis.Document?.prototype || document;
  const getter = Object.getOwnPropertyDescriptor(prototype, 'currentScript')?.get;
  const running = (getter ? getter.call(document) : document.currentScript) as HTMLScriptElement | null;
  const named = RegExp(`/${core}(?!-)[^/]*\\.js`);
  // For a stack trace the browser parses the whole script once more.
  if (named.test(running?.src || '')) return [running, running!.src];
  const [place = ''] = /[\w-]+:\/\/[^\s()]+?(?=:\d+:\d)/.exec(`${Error().stack}`) || [];
  const names = performance.getEntriesByType('resource').map(({ name }) => name);
  // WebKit leaves the query out of the stack.
  const own = running?.src || names.find((name) => name.split('?')[0] === place) || place;
  const given = () =>
    prototype.querySelector?.call(
      document,
      ATTRIBUTES.map((name) => `script[data-${name}]`).join(),
    ) as HTMLScriptElement | null;
  return [
    running || given(),
    [own, place, ...names].find((name) => named.test(name)) || own || member(document, 'baseURI'),
  ];
};

/** Returns what a script of Vitrine has left in the global of this name; it may be an element of this name. */
export const brought = (name: string): unknown => (globalThis as Record<string, unknown>)[name];

/** Leaves a core for the script, which takes it from there. */
export const bringCore = (core: unknown): void => void Object.assign(globalThis, { vitrineCore: core });
