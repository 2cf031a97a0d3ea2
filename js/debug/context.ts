// The argument of each view: the state that it shows, and what its controls may do.

import type { Surroundings } from './diagnoses.js';
import { h, type Child, type VNode } from './dom.js';
import type { Facts, Said, Target } from './target.js';
import { clockText } from './words.js';

export interface Ui {
  tab: string;
  isLeft: boolean;
  typeFilter: string;
  stateFilter: string;
  /** Keys of the rows that are open. */
  open: Set<string>;
  drawsRings: boolean;
  keepsRings: boolean;
}

export interface Context {
  target: Target;
  facts: Facts;
  around: Surroundings;
  said: readonly Said[];
  ui: Ui;
  /** Epoch ms. */
  nowMs: number;
  offsetMinutes: number;
  /** Changes the state of the controls, and draws again. */
  change(step: (ui: Ui) => void): void;
  probe(url: string): void;
  download(): void;
}

export const timeOf = (context: Context, atMs: number): string => clockText(atMs, context.offsetMinutes);

/** A table of names and values. */
export const pairs = (...rows: ([name: string, ...value: Child[]] | undefined | false)[]): VNode =>
  h(
    'dl',
    {},
    rows.flatMap((row) => (row ? [h('dt', {}, row[0]), h('dd', {}, row.slice(1) as Child[])] : [])),
  );

export const code = (text: string): VNode => h('code', {}, text);

/** An id or an address, which one click selects as a whole. */
export const id = (text: string): VNode => h('code', { class: 'id' }, text);

export const tag = (kind: string, text: string): VNode => h('span', { class: `tag ${kind}` }, text);

/** A row that opens to show more. */
export const row = (context: Context, key: string, head: Child[], body: () => Child[]): VNode => {
  const isOpen = context.ui.open.has(key);
  const toggle = () => context.change(({ open }) => void (open.delete(key) || open.add(key)));
  return h(
    'li',
    { key, class: 'row' },
    h('button', { type: 'button', class: 'head', 'aria-expanded': `${isOpen}`, onclick: toggle }, head),
    isOpen && h('div', { class: 'body' }, body()),
  );
};

/** A text in its own box, which the keyboard can scroll. */
export const textBox = (label: string, text: string): VNode =>
  h(
    'div',
    { class: 'box' },
    h('div', { class: 'dim' }, label),
    h('pre', { tabindex: 0, role: 'region', 'aria-label': label }, text),
  );

export const note = (...children: Child[]): VNode => h('p', { class: 'note' }, ...children);
