// The way to members of foreign nodes. A form's fields hide members of the form by their names (`closest`, `dataset`),
// and images, forms and frames hide members of the document. Prototypes have no such members, so they are read there.

import { guarded } from './guard.js';

/** Returns `node[name]`; of a node even if an element of the page has this name. */
export const member = <T extends object, K extends keyof T>(node: T, name: K): T[K] => {
  const prototype = Object.getPrototypeOf(node);
  return 'nodeType' in prototype ? Reflect.get(prototype, name, node) : node[name];
};

/** `node.closest(selector)`; nothing for a node that has no `closest`, such as a document. */
export const closest = (node: Element, selector: string): HTMLElement | null | undefined =>
  member(node, 'closest')?.call(node, selector) as HTMLElement | null | undefined;

/** Like `closest`, but only for what is inside `root`. */
export const closestWithin = (root: Node, node: Element, selector: string): HTMLElement | undefined => {
  const found = closest(node, selector);
  return found && found !== root && root.contains(found) ? found : undefined;
};

/** `node.matches(selector)`; nothing for a node that is no element. */
export const matches = (node: Element, selector: string): boolean | undefined =>
  member(node, 'matches')?.call(node, selector);

/** `node.getAttribute(name)`; nothing for a node that is no element. */
export const attribute = (node: Element, name: string): string | null | undefined =>
  member(node, 'getAttribute')?.call(node, name);

/** `node.querySelector(selector)`. */
export const find = (node: ParentNode, selector: string): HTMLElement | null =>
  member(node, 'querySelector').call(node, selector) as HTMLElement | null;

/** `node.querySelectorAll(selector)`, as a list. */
export const findAll = (node: ParentNode, selector: string): HTMLElement[] => [
  ...(member(node, 'querySelectorAll').call(node, selector) as NodeListOf<HTMLElement>),
];

/** `document.createElement(name)`. */
export const make = <K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] =>
  member(document, 'createElement').call(document, name) as HTMLElementTagNameMap[K];

/** `node.getRootNode()`. */
export const rootOf = (node: Node): Node => member(node, 'getRootNode').call(node);

/** Calls `stop` when `signal` fires. */
export const whenEnded = (signal: AbortSignal, stop: () => unknown): void =>
  guarded(() => signal.addEventListener('abort', stop))();

/** Begins to observe the changes below a node. */
type Observe = (root: Node, options: MutationObserverInit) => void;

/**
 * Opens a MutationObserver, until `signal` fires. Where the page has none, or one that throws, nothing is observed.
 * `onChanges` is called guarded.
 */
export const openChanges = (onChanges: (records: MutationRecord[]) => unknown, signal?: AbortSignal): Observe => {
  let changes: MutationObserver | undefined;
  guarded(() => {
    if (typeof MutationObserver === 'function') changes = new MutationObserver(guarded(onChanges));
  })();
  if (signal) whenEnded(signal, () => changes?.disconnect());
  return guarded((root, options) => changes?.observe(root, options));
};

/** Functions that add a listener of the window or the document. */
const attachments = new Set<() => void>();
let replacement: Observe | undefined;

/**
 * Adds a guarded listener that is called until `signal` fires. Listeners of the window and the document return after
 * the page has called document.open(), which removes them all.
 */
export const listen = (
  target: EventTarget,
  type: string,
  listener: (event: never) => unknown,
  options: AddEventListenerOptions & { signal: AbortSignal },
): void => {
  const safe = guarded(listener as (event: Event) => unknown);
  const attach = guarded(() => member(target, 'addEventListener').call(target, type, safe, options));
  attach();
  if (target !== globalThis && target !== document) return;
  attachments.add(attach);
  whenEnded(options.signal, () => attachments.delete(attach));
  if (replacement) return;
  replacement = openChanges(() => attachments.forEach((again) => again()));
  // Observers survive document.open(). Only a replaced <html> is reported, not the nodes in it.
  replacement(document, { childList: true });
};

/** The part of the Navigation API that is used here (https://html.spec.whatwg.org/#navigation-api). */
interface Navigation extends EventTarget {
  currentEntry: { key: string } | null;
}

/**
 * Returns the browser's Navigation API; undefined where there is none. There, an element or frame of this name is no
 * substitute.
 */
export const navigationApi = (): Navigation | undefined => {
  const { navigation } = window as { navigation?: Navigation };
  return Object.prototype.toString.call(navigation) === '[object Navigation]' ? navigation : undefined;
};
