// Turns a widget's attributes into a slot request for the core.

import { member } from '../js/ports/dom.js';
import { moneyFormat, numberFormat } from './money.js';
import { ATTRIBUTES, camelOf } from './names.js';
import { attributeOf } from './properties.js';

/**
 * Selects the shop's own templates among the element's children: `<template>`, or `<script type="text/x-mustache">` for
 * text that an HTML parser would rearrange (a tag between table rows).
 */
export const TEMPLATES = 'template:not([shadowrootmode]),script[type="text/x-mustache"]';

// innerHTML of a <template> escapes the signs in Mustache tags: {{&gt;price}}.
const plain: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const textOf = (template: Element) =>
  template.localName === 'script'
    ? template.textContent!
    : template.innerHTML.replace(/\{\{.*?\}\}/gs, (tag) => tag.replace(/&(lt|gt|amp);/g, (sign) => plain[sign]!));

const partialsOf = (widget: Element) => {
  const templates = [...widget.children].filter((child) => child.matches(TEMPLATES));
  if (!templates.length) return undefined;
  return Object.fromEntries(templates.map((template) => [template.getAttribute('name') || 'card', textOf(template)]));
};

const DEFAULT_COUNT = 12;

// As in HTML, the presence of the attribute means true. Templates often write the value as a word, so "false" and the
// like mean false.
const isWanted = (text?: string) => (text === undefined ? undefined : !/^(off|false|no|0)$/i.test(text.trim()));

/** Returns the words of a list that is separated by spaces or commas. */
export const wordsOf = (text?: string): string[] | undefined => text?.split(/[\s,]+/).filter(Boolean);

/** Returns the slot request (wasm/slots/slot.h) of an element. `isShadow`: it is rendered into a shadow root. */
export const slotRequest = (widget: Element, isShadow: boolean): object => {
  const given: Record<string, string | undefined> = {};
  for (const name of ATTRIBUTES) given[camelOf(name)] = attributeOf(widget, name) ?? undefined;
  const locale = given.locale || member(document, 'documentElement').lang;
  const number = (text?: string) => text && Number(text);
  // The core uses those members of a query that its kind has.
  const query = { ...given, topK: Number(given.topK || DEFAULT_COUNT) };
  return {
    ...given,
    kind: given.kind || (given.anchorId ? 'similarItems' : 'forVisitor'),
    query: {
      ...query,
      fallback: wordsOf(given.fallback)?.map((kind) => ({ ...query, kind, fallback: undefined })),
      minResults: number(given.minResults),
      timeBudget: number(given.timeBudget),
      exclude: wordsOf(given.exclude),
    },
    title: given.heading,
    partials: partialsOf(widget),
    quantity: isWanted(given.quantity),
    eager: number(given.eager),
    parts: isShadow,
    money: moneyFormat(given.currency, locale),
    numbers: numberFormat(locale),
  };
};
