// The one place where HTML text becomes nodes. The text comes from the core, which has escaped everything it was given.

let policy: { createHTML(html: string): string } | undefined;

/**
 * Nodes of the core's HTML, as they would be within an element like `place` (a row outside a table is no row). Throws where the page's
 * Trusted Types rules do not allow the policy "vitrine".
 */
export const nodesOf = (html: string, place?: Element): DocumentFragment => {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): typeof policy } }).trustedTypes;
  try {
    policy ||= types?.createPolicy('vitrine', { createHTML: (text: string) => text });
  } catch {
    // Not allowed here. Where Trusted Types are also required, the assignment below throws and the widget shows its fallback.
  }
  // Not a <template>, whose nodes belong to another document: each would have to be adopted. A custom element would come alive.
  const name = place?.localName;
  const holder = document.createElement(!name || name.includes('-') ? 'div' : name);
  holder.innerHTML = policy ? policy.createHTML(html) : html;
  const nodes = document.createDocumentFragment();
  nodes.append(...holder.childNodes);
  return nodes;
};
