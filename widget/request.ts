// What a widget's attributes ask of the core.

import { moneyFormat } from './money.js';

/** Attributes that make up the request; widget/README.md says what each is for. */
export const ATTRIBUTES = ['kind', 'config-id', 'anchor-id', 'query', 'top-k', 'surface', 'source', 'experiment', 'heading', 'add-to-cart', 'currency', 'locale'];

/** The shop's own template among the element's children, if there is one. */
export const templateOf = (widget: Element): Element | undefined =>
  [...widget.children].find((child) => child.matches('template:not([shadowrootmode]),script[type="text/x-mustache"]'));

const DEFAULT_COUNT = 12;

/** The slot request (wasm/core/slot.h) of an element. */
export const slotRequest = (widget: Element): object => {
  const given: Record<string, string | undefined> = {};
  for (const name of ATTRIBUTES) given[name.replace(/-(.)/, (_, letter) => letter.toUpperCase())] = widget.getAttribute(name) ?? undefined;
  const { kind, anchorId, topK, heading, currency, locale } = given;
  return {
    ...given,
    kind: kind || (anchorId ? 'similarItems' : 'forVisitor'),
    // The core takes from a query what its kind knows.
    query: { ...given, topK: Number(topK || DEFAULT_COUNT) },
    title: heading,
    money: moneyFormat(currency, locale || document.documentElement.lang),
  };
};
