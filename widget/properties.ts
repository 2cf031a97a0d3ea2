// The widget's attributes as properties.

import { hasOwn } from '../js/ports/json.js';
import { allAttributes, camelOf, plainOf, textFor } from './names.js';

/** Returns the value of an attribute in either spelling; null if it is absent. */
export const attributeOf = (widget: Element, name: string): string | null =>
  widget.getAttribute(name) ?? widget.getAttribute(plainOf(name));

/** Sets the properties that the page gave to the element before it was a widget. */
const takeOwn = (widget: HTMLElement) => {
  for (const name of allAttributes().map(camelOf)) {
    if (!hasOwn(widget, name)) continue;
    const own = widget as unknown as Record<string, unknown>;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
};

/** Returns a class whose elements have a property for each attribute. */
export const withProperties = (Base: typeof HTMLElement): typeof HTMLElement => {
  class WithProperties extends Base {
    constructor() {
      super();
      takeOwn(this);
    }
  }
  for (const name of allAttributes())
    Object.defineProperty(WithProperties.prototype, camelOf(name), {
      // The page may have added members to Object.prototype.
      __proto__: null,
      configurable: true,
      enumerable: true,
      get(this: Element) {
        return attributeOf(this, name);
      },
      set(this: Element, value) {
        const text = textFor(name, value);
        if (text === null) for (const each of [name, plainOf(name)]) this.removeAttribute(each);
        else this.setAttribute(name, text);
      },
    } as PropertyDescriptor & ThisType<Element>);
  return WithProperties;
};
