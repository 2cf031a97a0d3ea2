// What a widget's attributes ask of the core.

import { moneyFormat } from './money.js';

/** Attributes that make up the request; widget/README.md says what each is for. */
export const ATTRIBUTES = [
  'kind',
  'config-id',
  'anchor-id',
  'category-id',
  'query',
  'top-k',
  'fallback',
  'min-results',
  'time-budget',
  'exclude',
  'surface',
  'source',
  'experiment',
  'heading',
  'template',
  'add-to-cart',
  'quantity',
  'eager',
  'currency',
  'locale',
];

/**
 * The shop's own templates among the element's children: `<template>`, or `<script type="text/x-mustache">` for what an HTML parser would
 * move about (a tag between table rows).
 */
export const templatesOf = (widget: Element): Element[] =>
  [...widget.children].filter((child) =>
    child.matches('template:not([shadowrootmode]),script[type="text/x-mustache"]'),
  );

// Reading a <template> back escapes what stands in a tag, as {{&gt;price}}.
const plain: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const textOf = (template: Element) =>
  template.localName === 'script'
    ? template.textContent!
    : template.innerHTML.replace(/\{\{.*?\}\}/gs, (tag) => tag.replace(/&(lt|gt|amp);/g, (sign) => plain[sign]!));

const partialsOf = (widget: Element) => {
  const templates = templatesOf(widget);
  if (!templates.length) return undefined;
  return Object.fromEntries(templates.map((template) => [template.getAttribute('name') || 'card', textOf(template)]));
};

const DEFAULT_COUNT = 12;

// As HTML would have it: to be there is to be wanted. Said in words, as many a template writes it, it may also be "false".
const isWanted = (text?: string) => (text === undefined ? undefined : !/^(off|false|no|0)$/i.test(text.trim()));

const words = (text?: string) => text?.split(/[\s,]+/).filter(Boolean);

/** The slot request (wasm/slots/slot.h) of an element. */
export const slotRequest = (widget: Element): object => {
  const given: Record<string, string | undefined> = {};
  for (const name of ATTRIBUTES)
    given[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = widget.getAttribute(name) ?? undefined;
  const {
    kind,
    anchorId,
    topK,
    fallback,
    minResults,
    timeBudget,
    exclude,
    heading,
    quantity,
    eager,
    currency,
    locale,
  } = given;
  // The core takes from a query what its kind knows.
  const query = { ...given, topK: Number(topK || DEFAULT_COUNT) };
  return {
    ...given,
    kind: kind || (anchorId ? 'similarItems' : 'forVisitor'),
    query: {
      ...query,
      fallback: words(fallback)?.map((other) => ({ ...query, kind: other, fallback: undefined })),
      minResults: minResults && Number(minResults),
      timeBudget: timeBudget && Number(timeBudget),
      exclude: words(exclude),
    },
    title: heading,
    partials: partialsOf(widget),
    quantity: isWanted(quantity),
    eager: eager && Number(eager),
    parts: !!widget.shadowRoot,
    money: moneyFormat(currency, locale || document.documentElement.lang),
  };
};
