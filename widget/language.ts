// Tells the widgets when the page's language changes, on which the format of their prices depends.

import { member, openChanges } from '../js/ports/dom.js';

/** The widgets in the page. */
export const connected = new Set<{ _change(): void }>();

/** Calls `_change` of all connected widgets when the `lang` of `<html>` changes. */
export const followLanguage = (): void =>
  openChanges(() => connected.forEach((widget) => widget._change()))(member(document, 'documentElement'), {
    attributeFilter: ['lang'],
  });
