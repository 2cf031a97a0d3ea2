// Reports misspelt attributes of a widget. Attributes that are far from all of the widget's belong to the page or its
// framework.

import type { Host } from '../js/core/host.js';
import { allAttributes, plainOf } from './names.js';
import { wordsOf } from './request.js';
import { warnOnce } from './warn.js';

/** Words of the attributes that ignore others. The core checks `kind`, `fallback` and `template`. */
const WORDS: Record<string, string[]> = {
  __proto__: null as never,
  load: ['eager', 'lazy'],
  theme: ['dark', 'light', 'auto'],
  exclude: ['shown', 'inCart', 'viewing'],
};

const plain = (name: string) => name.replace(/[-_]/g, '').toLowerCase();

/** Returns whether the texts are equal, or one character is added, left out, replaced or swapped with the next. */
const isNear = (a: string, b: string) => {
  let i = 0;
  while (a[i] && a[i] === b[i]) i++;
  const after = a.slice(i + 1);
  const rest = b.slice(i);
  return (
    after === rest ||
    after === rest.slice(1) ||
    a.slice(i) === rest.slice(1) ||
    a[i + 1]! + a[i] + a.slice(i + 2) === rest
  );
};

/**
 * Writes a warning for each attribute whose name is one of the widget's but for case, dashes, underscores and one
 * typing error, and for each word that an attribute ignores.
 * @param title the widget's name in messages
 */
export const checkAttributes = (widget: Element, title: string, log: Host['log']): void => {
  const names = allAttributes();
  for (const { name, value } of widget.attributes) {
    const words = WORDS[name];
    for (const given of words ? wordsOf(value)! : [name]) {
      // Frameworks write :kind, [kind], @load, _ngcontent-x, v-load, x-load, ng-query.
      if (!words && /^(_|..?-)|[^\w-]/.test(name)) continue;
      const right = (words || names).find((known) => isNear(plain(given), plain(known)));
      if (given === right || !(words || right) || (!words && given === plainOf(right!))) continue;
      const wrong = words ? `${name}="${given}"` : name;
      warnOnce(log, `${title}${wrong} is not known. Write ${right || words!.join(' or ')}.`, 'bad-attribute');
    }
  }
};
