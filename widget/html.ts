// The one place where HTML text becomes nodes. The text comes from the core, which has escaped everything it was given.

let policy: { createHTML(html: string): string } | undefined;

// Throws where the page's Trusted Types rules ask for the policy "vitrine" and do not allow it.
const write = (place: Element | ShadowRoot, html: string) => {
  const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): typeof policy } })
    .trustedTypes;
  try {
    policy ||= types?.createPolicy('vitrine', { createHTML: (text: string) => text });
  } catch {
    // Not allowed here. Where Trusted Types are also required, the assignment below throws and the widget shows its fallback.
  }
  place.innerHTML = policy ? policy.createHTML(html) : html;
};

/**
 * Makes the core's HTML all that `place` holds, but for `kept` in front of it. Written where it will stand: nodes made elsewhere would
 * have to be adopted by this document, or, made in it but not in the page, would fetch their lazy pictures at once.
 */
export const fillWith = (place: Element | ShadowRoot, html: string, kept: Node[] = []): void => {
  write(place, html);
  place.prepend(...kept);
};

/** Nodes of the core's HTML. */
export const nodesOf = (html: string): DocumentFragment => {
  const template = document.createElement('template');
  write(template, html);
  return template.content;
};
