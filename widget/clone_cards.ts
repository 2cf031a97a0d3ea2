// Builds cards by cloning a model card and setting its parts, which is faster than parsing. wasm/cards/card_clones.h
// describes the list of instructions.

import { nodesOf } from './html.js';

/** One part of a card: a text or an attribute whose value differs between cards. */
interface Part {
  /** Steps from the part before: f (first child), n (next sibling), p (parent). */
  moves: string;
  /** Name of the attribute, or '' for a text. */
  name: string;
}

/**
 * Parsed models by their markup. Parsing costs as much as cloning twenty cards, and the widgets of a page often share
 * their cards. The models are not in the document.
 */
const models = new Map<string, DocumentFragment>();
const MOST_MODELS = 16;

const modelOf = (html: string): DocumentFragment => {
  let model = models.get(html);
  if (!model) {
    if (models.size === MOST_MODELS) models.clear();
    models.set(html, (model = nodesOf(html)));
  }
  return model;
};

const go = (node: Node | null, moves: string): Node | null => {
  for (let i = 0; node && i < moves.length; i++)
    node = moves[i] === 'f' ? node.firstChild : moves[i] === 'n' ? node.nextSibling : node.parentNode;
  return node;
};

const read = (node: Node | null, name: string) =>
  name ? (node as Element | null)?.getAttribute?.(name) : node?.nodeType === Node.TEXT_NODE && (node as Text).data;

/**
 * Returns the nodes of `html` (which contains one card) with all cards that `clones` describes, and the cards. The
 * nodes are not in the document, where each clone would fetch the model's picture. Returns undefined if the markup
 * does not match the instructions.
 */
export const cloneCards = (
  html: string,
  clones: string[],
): { content: DocumentFragment; cards: HTMLElement[] } | undefined => {
  const content = modelOf(html).cloneNode(true) as DocumentFragment;
  const first = content.querySelector('[data-vitrine-item]');
  const cards: HTMLElement[] = [];
  const shapes: { model: Node; parts: Part[] }[] = [];
  let at = 0;
  while (at < clones.length) {
    const verb = clones[at++];
    if (verb === '=') {
      const { model, parts } = shapes[+clones[at++]!]!;
      const card = model.cloneNode(true) as HTMLElement;
      let node: Node | null = card;
      for (const { moves, name } of parts) {
        node = go(node, moves);
        if (name) (node as Element).setAttribute(name, clones[at++]!);
        else (node as Text).data = clones[at++]!;
      }
      cards.push(card);
      continue;
    }
    const markup = clones[at++]!;
    if (verb === '+') {
      cards.push(nodesOf(markup).firstElementChild as HTMLElement);
      continue;
    }
    const model = markup ? modelOf(markup).firstElementChild : first;
    if (!model) return undefined;
    const parts: Part[] = [];
    let node: Node | null = model;
    for (let left = +clones[at++]!; left--; ) {
      const [moves, name, text] = [clones[at++]!, clones[at++]!, clones[at++]!];
      node = go(node, moves);
      if (read(node, name) !== text) return undefined;
      parts.push({ moves, name });
    }
    shapes.push({ model, parts });
  }
  first?.replaceWith(...cards);
  return { content, cards };
};
