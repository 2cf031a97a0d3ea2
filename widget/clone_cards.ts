// Makes cards out of models (wasm/cards/card_clones.h says how they are told): cloning is faster than parsing.

import { nodesOf } from './html.js';

interface Place {
  moves: string;
  /** Of an attribute; '' for a text. */
  name: string;
}

/** By their markup: parsing costs as much as cloning twenty cards, and the widgets of a page are alike. They are in no page. */
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
 * What `html`, with one card in it, becomes by `stamps`, and its cards. In no page: there each would fetch its picture before it has its own.
 * Undefined if the markup is not what they were made for.
 */
export const cloneCards = (
  html: string,
  stamps: string[],
): { content: DocumentFragment; cards: HTMLElement[] } | undefined => {
  const content = modelOf(html).cloneNode(true) as DocumentFragment;
  const first = content.querySelector('[data-vitrine-item]');
  const cards: HTMLElement[] = [];
  const kinds: { model: Node; places: Place[] }[] = [];
  let at = 0;
  while (at < stamps.length) {
    const verb = stamps[at++];
    if (verb === '=') {
      const { model, places } = kinds[+stamps[at++]!]!;
      const card = model.cloneNode(true) as HTMLElement;
      let node: Node | null = card;
      for (const { moves, name } of places) {
        node = go(node, moves);
        if (name) (node as Element).setAttribute(name, stamps[at++]!);
        else (node as Text).data = stamps[at++]!;
      }
      cards.push(card);
      continue;
    }
    const markup = stamps[at++]!;
    if (verb === '+') {
      cards.push(nodesOf(markup).firstElementChild as HTMLElement);
      continue;
    }
    const model = markup ? modelOf(markup).firstElementChild : first;
    if (!model) return undefined;
    const places: Place[] = [];
    let node: Node | null = model;
    for (let left = +stamps[at++]!; left--; ) {
      const [moves, name, text] = [stamps[at++]!, stamps[at++]!, stamps[at++]!];
      node = go(node, moves);
      if (read(node, name) !== text) return undefined;
      places.push({ moves, name });
    }
    kinds.push({ model, places });
  }
  first?.replaceWith(...cards);
  return { content, cards };
};
