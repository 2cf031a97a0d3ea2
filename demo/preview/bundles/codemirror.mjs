// The editor of templates. tools/studio.mjs makes vendor/codemirror.js of it, which only the studio loads.

import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { html } from '@codemirror/lang-html';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { forceLinting, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours are custom properties of the page around the editor, which are light or dark as the page is. */
const colours = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: 'var(--code-tag)' },
  { tag: tags.attributeName, color: 'var(--code-name)' },
  { tag: [tags.attributeValue, tags.string], color: 'var(--code-text)' },
  { tag: tags.comment, color: 'var(--quiet)' },
]);

const looks = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'inherit', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: '2px solid var(--brand)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { padding: '0.75rem 0', caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--quiet)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'var(--code-line)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--code-selection)',
  },
  '.cm-mustache': { color: 'var(--code-mustache)', fontWeight: '600' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    fontFamily: 'Figtree, system-ui, sans-serif',
  },
});

const mustache = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.decorations = tagsOf.createDeco(view);
    }
    update(change) {
      this.decorations = tagsOf.updateDeco(change, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
const tagsOf = new MatchDecorator({
  regexp: /\{\{\{[^}]*\}\}\}|\{\{[^}]*\}\}/g,
  decoration: Decoration.mark({ class: 'cm-mustache' }),
});

/**
 * Makes an editor in a shadow root of `host`. A shadow root takes style sheets that are made by a script, so that the
 * page's policy needs no inline styles.
 * @param {HTMLElement} host
 * @param {object} options
 * @param {string} options.label name of the field for assistive technology
 * @param {(text: string) => void} options.onChange called with the text after each change by the user
 * @param {(text: string) => {line: number, column: number, message: string} | null} options.faultOf returns what is
 *   wrong with a text
 */
export function createEditor(host, { label, onChange, faultOf }) {
  const root = host.attachShadow({ mode: 'open' });
  let isOurs = false;
  /** Returns the position of a line and a column, both from 1, in the document. */
  const positionOf = (doc, { line, column }) => {
    const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return Math.min(found.from + Math.max(column, 1) - 1, found.to);
  };
  const refusals = linter(
    ({ state: { doc } }) => {
      const fault = faultOf(doc.toString());
      if (!fault) return [];
      const from = positionOf(doc, fault);
      return [{ from, to: Math.min(from + 1, doc.length), severity: 'error', message: fault.message }];
    },
    { delay: 150 },
  );
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        indentUnit.of('  '),
        html({ autoCloseTags: false }),
        syntaxHighlighting(colours),
        mustache,
        refusals,
        lintGutter(),
        // Tab is not taken, so that the keyboard leads out of the editor.
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        looks,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', autocapitalize: 'off' }),
        EditorView.updateListener.of((change) => {
          if (change.docChanged && !isOurs) onChange(change.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    hasFocus: () => view.hasFocus,
    text: () => view.state.doc.toString(),
    setText(text) {
      isOurs = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      isOurs = false;
    },
    /** Marks the refusals again, for a judge that has come later. */
    judge: () => forceLinting(view),
    goTo(fault) {
      view.dispatch({ selection: { anchor: positionOf(view.state.doc, fault) }, scrollIntoView: true });
      view.focus();
    },
  };
}
