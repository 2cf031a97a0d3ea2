// JSON text of values from the page.

const { hasOwnProperty: own, toString: typeOf } = Object.prototype;

/** Returns whether an object has a member of its own, also where the page has replaced Object.hasOwn. */
export const hasOwn = (object: object, name: string): boolean => own.call(object, name);

/** Stands for a member that has no JSON text. The core reads it as a value of no type (wasm/base/json.h). */
export const UNWRITABLE = '"\\u0000\\u0000"';
/** Names of members to write: all, and functions are marked too. */
export const EVERY: readonly string[] = [''];
// The core reads 64 levels.
const MOST_LEVELS = 32;

/** Returns a member of any value, also of none; a symbol, which has no JSON text, for a member that cannot be read. */
export const memberOf = (object: unknown, name: string): unknown => {
  try {
    return (object as Record<string, unknown> | null | undefined)?.[name];
  } catch {
    return Symbol();
  }
};

/** Returns a copy of an object with its own members. Any other value has none. */
export const membersOf = (object: unknown): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  try {
    for (const name in object as object) if (hasOwn(object as object, name)) copy[name] = memberOf(object, name);
  } catch {
    // A proxy that refuses to list its members.
  }
  return copy;
};

/**
 * Writes a value as JSON.stringify does, but ignores the toJSON methods that pages add to the prototypes of objects,
 * arrays and texts (Prototype.js before 1.7, MooTools, themes).
 * @param value any value; functions and undefined give undefined, or null inside a list
 * @param names if given, a value that has no JSON text (a cycle, a BigInt, NaN, a symbol, a getter that throws) is
 * written as UNWRITABLE; if not empty, so is a function, and members with other names, at any level, are written as
 * null without being read
 * @param inside the objects around the value
 * @throws TypeError for a cycle or a BigInt, as JSON.stringify does; with `names` never
 */
export const stringify = (
  value: unknown,
  names?: readonly string[],
  inside: unknown[] = [],
  tangled: unknown[] = [],
): string | undefined => {
  const write = (): string | undefined => {
    if (typeof value === 'function') return undefined;
    if (!value || typeof value !== 'object') return JSON.stringify(value);
    const isList = Array.isArray(value);
    const { toJSON } = value as { toJSON?: unknown };
    if (!isList && typeof toJSON === 'function' && toJSON !== (Object.prototype as { toJSON?: unknown }).toJSON)
      return stringify(toJSON.call(value, ''), names, inside, tangled);
    if (/(Number|String|Boolean)]$/.test(typeOf.call(value))) return JSON.stringify(value.valueOf());
    if (inside.indexOf(value) >= 0) {
      // An object of a cycle is written once only: to write it wherever it occurs takes exponential time.
      tangled.push(...inside.slice(inside.indexOf(value)));
      throw TypeError('a cycle');
    }
    if (names && (tangled.indexOf(value) >= 0 || inside.length === MOST_LEVELS)) return UNWRITABLE;
    const around = [...inside, value];
    let text = '';
    const add = (part: string) => {
      text += (text && ',') + part;
    };
    if (isList) for (const element of value) add(stringify(element, names, around, tangled) ?? 'null');
    else
      for (const name in value) {
        if (!hasOwn(value, name)) continue;
        if (names?.length && names !== EVERY && names.indexOf(name) < 0) {
          add(`${JSON.stringify(name)}:null`);
          continue;
        }
        const given = names ? memberOf(value, name) : (value as Record<string, unknown>)[name];
        const member = stringify(given, names, around, tangled);
        if (member !== undefined) add(`${JSON.stringify(name)}:${member}`);
      }
    return isList ? `[${text}]` : `{${text}}`;
  };
  if (!names) return write();
  try {
    const text = write();
    const isLost = (text ?? 'null') === 'null' && value != null && (names.length || typeof value !== 'function');
    return isLost ? UNWRITABLE : text;
  } catch {
    return UNWRITABLE;
  }
};
