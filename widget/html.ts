// The only place where HTML text becomes nodes. The text comes from the core, which has escaped all values in it.

import { make } from '../js/ports/dom.js';

let policy: { createHTML(html: string): string } | undefined;

// Throws if the page requires Trusted Types but does not allow the policy "vitrine".
const write = (place: Element, html: string) => {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): typeof policy } })
    .trustedTypes;
  try {
    policy ||= types?.createPolicy('vitrine', { createHTML: (text: string) => text });
  } catch {
    // The policy is not allowed. If Trusted Types are required, the assignment below throws and the widget shows its
    // fallback.
  }
  place.innerHTML = policy ? policy.createHTML(html) : html;
};

/**
 * Replaces the content of `place` by the core's HTML. `place` must be in the page: nodes of another document would have
 * to be adopted, and nodes of this document outside the page would fetch their lazy pictures at once.
 */
export const fillWith = (place: Element, html: string): void => write(place, html);

/** Parses the core's HTML into nodes that are not in the page. */
export const nodesOf = (html: string): DocumentFragment => {
  const template = make('template');
  write(template, html);
  return template.content;
};
