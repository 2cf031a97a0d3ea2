// JSON text of values from the page.

const { hasOwnProperty: own, toString: typeOf } = Object.prototype;

/** Returns whether an object has a member of its own, also where the page has replaced Object.hasOwn. */
export const hasOwn = (object: object, name: string): boolean => own.call(object, name);

/**
 * Writes a value as JSON.stringify does, but ignores the toJSON methods that pages add to the prototypes of objects,
 * arrays and texts (Prototype.js before 1.7, MooTools, themes).
 * @param value any value; functions and undefined give undefined, or null inside a list
 * @param inside the objects around the value
 * @throws TypeError for a cycle or a BigInt, as JSON.stringify does
 */
export const stringify = (value: unknown, inside: unknown[] = []): string | undefined => {
  if (typeof value === 'function') return undefined;
  if (!value || typeof value !== 'object') return JSON.stringify(value);
  const isList = Array.isArray(value);
  const { toJSON } = value as { toJSON?: unknown };
  if (!isList && typeof toJSON === 'function' && toJSON !== (Object.prototype as { toJSON?: unknown }).toJSON)
    return stringify(toJSON.call(value, ''), inside);
  if (/(Number|String|Boolean)]$/.test(typeOf.call(value))) return JSON.stringify(value.valueOf());
  if (inside.indexOf(value) >= 0) throw TypeError('a cycle');
  inside = [...inside, value];
  let text = '';
  const add = (part: string) => {
    text += (text && ',') + part;
  };
  if (isList) for (const element of value) add(stringify(element, inside) ?? 'null');
  else
    for (const name in value) {
      if (!hasOwn(value, name)) continue;
      const member = stringify((value as Record<string, unknown>)[name], inside);
      if (member !== undefined) add(`${JSON.stringify(name)}:${member}`);
    }
  return isList ? `[${text}]` : `{${text}}`;
};
