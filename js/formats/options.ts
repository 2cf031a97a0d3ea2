// Checks events.format and events.formatOptions. The core leaves them to the code of the forms.

import type { report } from '../ports/report.js';
import { ValidationError } from '../types/errors.js';
import type { FormatOptions } from '../types/formats.js';

const NAMES = ['writeKey', 'auth', 'appId', 'namespace', 'vendor', 'source', 'dataSchema'];
const CODE = 'bad-option';
/** Share of the pairs of letters that a misspelt name has in common with the right one. */
const NEAR = 0.6;

/** Returns the name that shares most pairs of letters with `given`; undefined if none has enough. */
export const nearestOf = (given: unknown, names: string[]): string | undefined => {
  const wanted = String(given).toLowerCase();
  let near: string | undefined;
  let most = (wanted.length - 1) * NEAR;
  for (const name of names) {
    let pairs = 0;
    for (let i = 1; i < wanted.length; i++) if (name.toLowerCase().includes(wanted.slice(i - 1, i + 1))) pairs++;
    if (pairs > most) [near, most] = [name, pairs];
  }
  return near;
};

const guessOf = (near?: string) => (near ? ` Did you mean "${near}"?` : '');

/** Throws ValidationError: "<field>" <fault>, so events wait. */
export const refuse = (field: string, fault: string, near?: string): never => {
  throw new ValidationError(`"${field}" ${fault}, so events wait.${guessOf(near)}`, { code: CODE, field });
};

/** Returns the options that are texts. Logs each other option, and throws ValidationError if they are no object. */
export const checkOptions = (given: unknown, log: typeof report): FormatOptions => {
  if (given != null && (typeof given !== 'object' || Array.isArray(given)))
    refuse('events.formatOptions', 'must be an object');
  const options: Record<string, string> = {};
  for (const [name, value] of Object.entries((given as object) || {})) {
    const field = `events.formatOptions.${name}`;
    if (NAMES.indexOf(name) < 0)
      log('warn', `"${field}" is unknown and ignored.${guessOf(nearestOf(name, NAMES))}`, CODE);
    else if (value != null && typeof value !== 'string') refuse(field, 'must be a text');
    else if (value) options[name] = value;
  }
  return options;
};
