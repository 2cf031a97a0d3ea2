// Builds the overlay's nodes. A view is a plain description of what is to be seen; `patch` changes the nodes that are
// there to fit it, so that focus, selection and scroll positions stay. No text ever becomes HTML.

import { member } from '../ports/dom.js';

export interface VNode {
  tag: string;
  props: Props;
  children: VNode[];
  /** The text of a text node, whose tag is ''. */
  text: string;
}

type Listener = (event: Event) => void;

/**
 * Attributes; `key` keeps a node among its siblings; names with `on` are listeners; `value` and `checked` are
 * properties. Undefined and false leave an attribute out.
 */
export type Props = Record<string, string | number | boolean | undefined | Listener>;
export type Child = VNode | string | number | undefined | false | Child[];

const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = ['svg', 'path', 'circle', 'line', 'rect', 'polyline', 'g', 'title'];

/** Describes an element. */
export const h = (tag: string, props: Props = {}, ...children: Child[]): VNode => {
  const list: VNode[] = [];
  const add = (child: Child) => {
    if (Array.isArray(child)) child.forEach(add);
    else if (typeof child === 'object') list.push(child);
    else if (child !== undefined && child !== false && child !== '')
      list.push({ tag: '', props: {}, children: [], text: `${child}` });
  };
  children.forEach(add);
  return { tag, props, children: list, text: '' };
};

/** The description that a node was made from. */
const known = new WeakMap<Node, VNode>();

const create = (node: VNode): Node => {
  if (!node.tag) return member(document, 'createTextNode').call(document, node.text);
  return SVG_TAGS.includes(node.tag)
    ? member(document, 'createElementNS').call(document, SVG, node.tag)
    : member(document, 'createElement').call(document, node.tag);
};

const set = (element: Element, name: string, value: Props[string]) => {
  if (name === 'key') return;
  if (name.startsWith('on') || name === 'value' || name === 'checked' || name === 'open') {
    const target = element as unknown as Record<string, unknown>;
    if (target[name] !== (value ?? null)) target[name] = value ?? null;
  } else if (value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== `${value === true ? '' : value}`)
    element.setAttribute(name, `${value === true ? '' : value}`);
};

const isSame = (before: VNode | undefined, after: VNode) =>
  !!before && before.tag === after.tag && before.props['key'] === after.props['key'];

const update = (node: Node, after: VNode) => {
  const before = known.get(node);
  known.set(node, after);
  if (!after.tag) {
    if (before?.text !== after.text) node.nodeValue = after.text;
    return;
  }
  const element = node as Element;
  for (const name of Object.keys(before?.props ?? {})) if (!(name in after.props)) set(element, name, undefined);
  patch(element, after.children);
  // Behind the children: a select takes the value of an option that it has.
  for (const [name, value] of Object.entries(after.props)) set(element, name, value);
};

/** Makes the children of `parent` those that are described. */
export const patch = (parent: Node, children: readonly VNode[]): void => {
  const keyed = new Map<unknown, Node>();
  for (const node of [...parent.childNodes]) {
    const key = known.get(node)?.props['key'];
    if (key !== undefined) keyed.set(key, node);
  }
  let next = parent.firstChild;
  for (const child of children) {
    const key = child.props['key'];
    let node: Node | null | undefined = key === undefined ? next : keyed.get(key);
    if (!node || !isSame(known.get(node), child)) node = create(child);
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
    update(node, child);
  }
  while (next) {
    const after: ChildNode | null = next.nextSibling;
    parent.removeChild(next);
    next = after;
  }
};
