// Makes cards out of those that are there already (wasm/render/stamp.h says how they are told): cloning is faster than parsing.

import { nodesOf } from './html.js';
import { nodeAt } from './patch.js';

interface Place {
  path: string;
  /** Of an attribute; '' for a text. */
  name: string;
  value: string;
}

const read = (node: Node | undefined, name: string) =>
  name ? (node as Element | undefined)?.getAttribute?.(name) : node?.nodeType === Node.TEXT_NODE && (node as Text).data;

/**
 * Puts the cards that `stamps` tell of behind the `first` one, which is in no page: there each would fetch its picture before it has its own.
 * False if that is not the card which they were made for; some may have been added then.
 */
export const stampCards = (first: Element | null, stamps: string[]): boolean => {
  if (!first) return false;
  const cards = [first];
  const models: { card: Element; places: Place[] }[] = [];
  let at = 0;
  while (at < stamps.length) {
    const verb = stamps[at++];
    if (verb === '@') {
      const card = cards[+stamps[at++]!]!;
      const places: Place[] = [];
      for (let left = +stamps[at++]!; left--; at += 3) {
        const [path, name, value] = [stamps[at]!, stamps[at + 1]!, stamps[at + 2]!];
        if (read(nodeAt(card, path), name) !== value) return false;
        places.push({ path, name, value });
      }
      models.push({ card, places });
      continue;
    }
    let made;
    if (verb === '+') made = nodesOf(stamps[at++]!).firstElementChild!;
    else {
      const { card, places } = models[+stamps[at++]!]!;
      made = card.cloneNode(true) as Element;
      for (const { path, name, value } of places) {
        const own = stamps[at++]!;
        if (own === value) continue;
        const node = nodeAt(made, path)!;
        if (name) (node as Element).setAttribute(name, own);
        else (node as Text).data = own;
      }
    }
    cards[cards.length - 1]!.after(made);
    cards.push(made);
  }
  return true;
};
