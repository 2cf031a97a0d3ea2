/** The tabs under the widget: its template, a reply to paste, requests and replies, measures, and the code to copy. */
import { h } from '../scripts/dom.js';
import { codePane } from './code-pane.js';
import { templateEditor } from './editor.js';
import { measuresPane } from './measures.js';
import { tabList } from './tabs.js';
import { services } from './vocabulary.js';
import { wireLog } from './wire-log.js';

const tabs = { template: 'Template', reply: 'Reply', wire: 'Wire', measures: 'Measures', code: 'Code' };

/** `settings`: { get(), view(), set(name, value), setAll(values), setView(name, value), isStatic }. */
export function drawer(place, settings) {
  const editor = templateEditor(settings);
  const log = wireLog();
  const code = codePane(settings);
  const measures = measuresPane();

  const pasted = h('textarea', {
    class: 'paste',
    'aria-label': 'A reply of the service',
    spellcheck: 'false',
    placeholder: '{ … }',
    oninput: () => settings.set('reply', pasted.value),
  });
  const fault = h('p', { class: 'hint' });
  const useIt = h(
    'button',
    { type: 'button', class: 'button', onclick: () => settings.set('data', 'pasted') },
    'Show it',
  );
  const takeLast = h(
    'button',
    { type: 'button', class: 'button', onclick: () => take(log.lastReply()) },
    'Use the last reply',
  );

  function take(text) {
    pasted.value = pretty(text);
    settings.set('reply', pasted.value);
  }

  const bodies = {
    template: editor.element,
    reply: h('div', { class: 'pane' }, h('div', { class: 'pane-row' }, fault, takeLast, useIt), pasted),
    wire: log.element,
    measures: measures.element,
    code: code.element,
  };
  const bar = tabList('Behind the widget', tabs, bodies, 'pane', (name) => settings.setView('tab', name));
  place.replaceChildren(bar.element, ...Object.values(bodies));

  function judgeReply({ service, reply, data }) {
    useIt.disabled = data === 'pasted';
    if (!reply.trim()) return `Paste a reply of ${services[service]} to see it in the widget.`;
    try {
      JSON.parse(reply);
      return `${reply.length.toLocaleString('en')} characters of JSON.`;
    } catch (error) {
      return `Not JSON: ${error.message}. The widget receives it nevertheless.`;
    }
  }

  return {
    /** Called before a new widget is shown. */
    begin: () => log.clear(),
    receive: (message) => log.receive(message),
    measure: (frames) => measures.show(frames),
    code: () => code.text(),
    show(changed) {
      const now = settings.get();
      const { tab } = settings.view();
      bar.open(tab in tabs ? tab : 'template');
      if (changed !== 'reply' && pasted.value !== now.reply) pasted.value = now.reply;
      fault.textContent = judgeReply(now);
      editor.show(now);
      return code.show();
    },
  };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
