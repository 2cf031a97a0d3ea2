/** The tab with the editor of a custom template, which marks what Vitrine refuses while one types. */
import { h } from '../scripts/dom.js';
import { parts, starter, templates } from './vocabulary.js';

const pauseMs = 300;

const load = (path) => import(new URL(path, import.meta.url).href).catch(() => null);

/** `settings`: { get(), set(name, value), setAll(values) }. */
export function templateEditor(settings) {
  let editor = null;
  /** `validateTemplate` of the package; undefined while it loads, null if it cannot be loaded. */
  let validate;
  const host = h('div', { class: 'editor' });
  const verdict = h('button', { type: 'button', class: 'verdict', onclick: () => fault && editor?.goTo(fault) });
  const part = h(
    'select',
    { 'aria-label': 'Which part', onchange: () => settings.set('part', part.value) },
    Object.entries(parts).map(([name, title]) => h('option', { value: name }, title)),
  );
  const begin = h('button', { type: 'button', class: 'button', onclick: start }, 'Begin with an example');
  const clear = h('button', { type: 'button', class: 'button', onclick: () => replace('') }, 'Remove');
  const element = h('div', { class: 'pane' }, h('div', { class: 'pane-row' }, verdict, part, begin, clear), host);
  const faultOf = (text) => (validate && text ? validate(text) : null);
  let fault = null;
  let waiting;

  load('vendor/codemirror.js').then((bundle) => {
    if (!bundle) return (host.textContent = 'The editor is missing: npm start builds it.');
    editor = bundle.createEditor(host, { label: 'The template', onChange: edited, faultOf });
    editor.setText(settings.get().own);
  });
  load('../dist/index.js').then((whole) => {
    validate = whole?.validateTemplate ?? null;
    judge(text());
    editor?.judge();
  });

  const text = () => editor?.text() ?? settings.get().own;

  function edited(written) {
    judge(written);
    clearTimeout(waiting);
    waiting = setTimeout(() => settings.set('own', written), pauseMs);
  }

  function replace(written) {
    clearTimeout(waiting);
    editor?.setText(written);
    judge(written);
    settings.setAll({ own: written, ...(written ? { part: 'card' } : {}) });
  }

  function start() {
    replace(starter);
    editor?.focus();
  }

  function judge(written) {
    fault = faultOf(written);
    verdict.dataset.verdict = fault ? 'refused' : written && validate ? 'fine' : 'none';
    verdict.disabled = !fault;
    clear.disabled = !written;
    if (fault) verdict.textContent = `Line ${fault.line}, column ${fault.column}: ${fault.message}`;
    else if (!written)
      verdict.textContent =
        `${templates[settings.get().template]} with its built-in parts. ` + 'Write your own template here.';
    else if (validate) verdict.textContent = 'Safe: every value is escaped for its position.';
    else verdict.textContent = validate === null ? 'Not checked: the package did not load.' : 'It is being checked.';
  }

  return {
    element,
    show({ own, part: chosen }) {
      part.value = chosen in parts ? chosen : 'card';
      // The text that the user types now is newer than the setting.
      if (editor && !editor.hasFocus() && editor.text() !== own) editor.setText(own);
      judge(editor?.hasFocus() ? editor.text() : own);
    },
  };
}
