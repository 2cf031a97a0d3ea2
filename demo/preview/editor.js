/** An editor for a custom template: numbers the lines, and shows the line and column of what Vitrine refuses. */
import { h } from '/scripts/dom.js';
import { parts, starter, templates } from './vocabulary.js';

const pauseMs = 300;

/** `validateTemplate` of the package; null if the package does not load. */
const validator = import('/dist/index.js').then(({ validateTemplate }) => validateTemplate).catch(() => null);

/** `settings`: { get(), set(name, value) }. */
export function templateEditor(settings) {
  const gutter = h('div', { class: 'gutter', 'aria-hidden': 'true' });
  const area = h('textarea', {
    'aria-label': 'The template',
    spellcheck: 'false',
    wrap: 'off',
    autocapitalize: 'off',
    oninput: edited,
    onscroll: follow,
    onkeydown: indent,
  });
  const verdict = h('button', { type: 'button', class: 'verdict', onclick: goToFault });
  const part = h(
    'select',
    { 'aria-label': 'Which part', onchange: () => settings.set('part', part.value) },
    Object.entries(parts).map(([name, title]) => h('option', { value: name }, title)),
  );
  const begin = h(
    'button',
    { type: 'button', class: 'button', onclick: () => start(starter) },
    'Begin with an example',
  );
  const element = h(
    'div',
    { class: 'pane' },
    h('div', { class: 'pane-row' }, verdict, part, begin),
    h('div', { class: 'editor' }, gutter, area),
  );
  let fault = null;
  let waiting;

  function edited() {
    number();
    judge();
    clearTimeout(waiting);
    waiting = setTimeout(publish, pauseMs);
  }

  const publish = () => settings.set('own', area.value);

  function start(text) {
    area.value = text;
    if (settings.get().part !== 'card') settings.set('part', 'card');
    number();
    judge();
    publish();
    area.focus();
  }

  function number() {
    const count = area.value.split('\n').length;
    gutter.replaceChildren(
      ...Array.from({ length: count }, (_, i) => h('span', { 'data-fault': fault?.line === i + 1 }, String(i + 1))),
    );
    follow();
  }

  function follow() {
    gutter.style.translate = `0 ${-area.scrollTop}px`;
  }

  async function judge() {
    const validate = await validator;
    const text = area.value;
    fault = validate && text ? validate(text) : null;
    verdict.dataset.verdict = fault ? 'refused' : text ? 'fine' : 'none';
    verdict.disabled = !fault;
    if (fault) verdict.textContent = `Line ${fault.line}, column ${fault.column}: ${fault.message}`;
    else if (!text)
      verdict.textContent =
        `${templates[settings.get().template]} with its built-in parts. ` + 'Write your own template here.';
    else
      verdict.textContent = validate
        ? 'Safe: every value is escaped for its position.'
        : 'Not checked: the package did not load.';
    number();
  }

  function goToFault() {
    const before = area.value.split('\n').slice(0, fault.line - 1);
    const at = before.join('\n').length + (before.length ? 1 : 0) + fault.column - 1;
    area.focus();
    area.setSelectionRange(at, at + 1);
  }

  /** Tab indents, as in other editors; Escape, then Tab, leaves the field. */
  function indent(event) {
    if (event.key === 'Escape') area.blur();
    if (event.key !== 'Tab' || event.shiftKey) return;
    event.preventDefault();
    area.setRangeText('  ', area.selectionStart, area.selectionEnd, 'end');
    edited();
  }

  return {
    element,
    show({ own, part: chosen }) {
      part.value = chosen in parts ? chosen : 'card';
      if (document.activeElement !== area && area.value !== own) area.value = own;
      judge();
    },
  };
}
