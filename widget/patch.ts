// Applies a patch of the core to the page. wasm/cards/patch.h describes the steps.
//
// Other scripts may have changed the page since the core rendered it. So each step first checks that the node has the
// expected old value. If it does not, the whole item is rendered again.

import { member } from '../js/ports/dom.js';
import { fillWith, nodesOf } from './html.js';

const ITEM = '[data-vitrine-item]';

/** Returns the items in `root`, in document order. */
export const itemsOf = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(ITEM)];

export const FOCUSABLE = 'a[href],button,input,select,textarea,[tabindex]';

/**
 * Notes the focus. The returned function restores it, to the same control of the same item if its node was replaced.
 */
const keepFocus = (root: Node): (() => void) => {
  const scope = root.getRootNode() as Document | ShadowRoot;
  const focused = (root as ShadowRoot).activeElement ?? scope.activeElement;
  const item = focused?.closest<HTMLElement>(ITEM);
  if (!focused || focused === member(document, 'body') || !root.contains(focused)) return () => {};
  const place = item ? [...item.querySelectorAll(FOCUSABLE)].indexOf(focused) : -1;
  return () => {
    if (((root as ShadowRoot).activeElement ?? scope.activeElement) === focused) return;
    const sameItem = item?.isConnected
      ? item
      : itemsOf(root as Element).find((other) => other.dataset.vitrineItem === item?.dataset.vitrineItem);
    const target = focused.isConnected ? focused : sameItem?.querySelectorAll(FOCUSABLE)[place];
    (target as HTMLElement | undefined)?.focus({ preventScroll: true });
  };
};

const move = (list: Node, item: Node, next: Node | null) => {
  const movable = list as Node & { moveBefore?: (node: Node, next: Node | null) => void };
  // moveBefore keeps the focus and running animations of the moved node.
  if (movable.moveBefore && item.isConnected) movable.moveBefore(item, next);
  else list.insertBefore(item, next);
};

/**
 * Brings the items into the order of an "order" step. `made` are the new items. Returns undefined if the items are no
 * longer in one list.
 */
const reorder = (items: HTMLElement[], order: string, made: HTMLElement[]): HTMLElement[] | undefined => {
  const list = items[0]?.parentNode;
  if (!list || items.some((item) => item.parentNode !== list)) return undefined;
  let next = items[items.length - 1]!.nextSibling;
  const words = order ? order.split(' ') : [];
  const result = words.map((word) => (word === '+' ? made.shift()! : items[+word.replace('>', '')]!));
  if (result.some((item) => !item)) return undefined;
  for (const item of items) if (result.indexOf(item) < 0) item.remove();
  for (let i = words.length; i--; next = result[i]!) if (!/^\d/.test(words[i]!)) move(list, result[i]!, next);
  return result;
};

/** Returns the node at a path of child indexes, such as "0.2". */
const nodeAt = (root: Node | undefined, path: string): Node | undefined => {
  let node = root;
  for (const index of path ? path.split('.') : []) {
    node = node?.firstChild ?? undefined;
    // Avoids `childNodes`, which creates a list object for every node.
    for (let left = +index; left--; ) node = node?.nextSibling ?? undefined;
  }
  return node;
};

/** Applies a "set" or "inner" step to a node. Returns false if the node is not the one that the step expects. */
const step = (node: Node | undefined, [name, old, now]: string[]): boolean => {
  const element = node as Element | undefined;
  if (now === undefined) {
    // The markup of the frame has no items, which must not be lost.
    if (element?.nodeType !== Node.ELEMENT_NODE || itemsOf(element)[0]) return false;
    fillWith(element, name!);
    return true;
  }
  const text = name ? element?.getAttribute?.(name) : element?.nodeValue;
  if (text === undefined || (text === null ? '' : '=' + text) !== old) return false;
  if (!name) element!.nodeValue = now.slice(1);
  else if (now) element!.setAttribute(name, now.slice(1));
  else element!.removeAttribute(name);
  return true;
};

/**
 * Applies a patch.
 * @param root the element that has the core's markup and nothing else
 * @param items the items after the last rendering or patch
 * @param patch the fields of the patch
 * @param whole returns the complete content after the patch, for items that must be rendered again
 * @returns the items after the patch (the same array if nodes and order are unchanged); undefined if everything must be
 * rendered again
 */
export const applyPatch = (
  root: Element,
  items: HTMLElement[],
  patch: string[],
  whole: () => ParentNode,
): HTMLElement[] | undefined => {
  if (!patch.length) return items;
  const restoreFocus = keepFocus(root);
  const broken = new Set<number>();
  let at = 0;
  const take = (count: number) => patch.slice(at, (at += count));
  const isOfFrame = (node: Node) => items.indexOf(node as HTMLElement) < 0;
  const find = (item: string, path: string) => {
    if (item !== '-') return nodeAt(items[+item], path);
    let node: Node | undefined = root;
    for (const index of path ? path.split('.') : []) node = node && [...node.childNodes].filter(isOfFrame)[+index];
    return node;
  };

  while (at < patch.length) {
    const verb = patch[at++]!;
    if (verb === 'order') {
      const order = patch[at++]!;
      const made = take(order.split('+').length - 1).map((html) => nodesOf(html).firstElementChild as HTMLElement);
      const result = reorder(items, order, made);
      if (!result) return undefined;
      items = result;
    } else if (verb === 'item') {
      broken.add(+patch[at++]!);
    } else {
      const [item, path] = take(2) as [string, string];
      if (step(find(item, path), take(verb === 'set' ? 3 : 1))) continue;
      if (item === '-') return undefined;
      broken.add(+item);
    }
  }
  if (broken.size) {
    const fresh = itemsOf(whole());
    items = [...items];
    for (const index of broken) {
      const [old, made] = [items[index], fresh[index]];
      if (!old?.isConnected || !made) return undefined;
      old.replaceWith(made);
      items[index] = made;
    }
  }
  restoreFocus();
  return items;
};
