// The one place where HTML text becomes nodes. The text comes from the core, which has escaped everything it was given.

let policy: { createHTML(html: string): string } | undefined;

/** Nodes of the core's HTML. Throws where the page's Trusted Types rules do not allow the policy "vitrine". */
export const nodesOf = (html: string): DocumentFragment => {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): typeof policy } }).trustedTypes;
  try {
    policy ||= types?.createPolicy('vitrine', { createHTML: (text: string) => text });
  } catch {
    // Not allowed here. Where Trusted Types are also required, the assignment below throws and the widget shows its fallback.
  }
  const template = document.createElement('template');
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
};
