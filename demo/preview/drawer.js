/** The tabs under the widget: its template, a reply to paste, requests and replies, and the code to copy. */
import { h } from '/scripts/dom.js';
import { codeOf } from './code.js';
import { templateEditor } from './editor.js';
import { wireLog } from './wire-log.js';
import { services } from './vocabulary.js';

const tabs = { template: 'Template', reply: 'Reply', wire: 'Wire', code: 'Code' };

/** `settings`: { get(), set(name, value) }. */
export function drawer(place, settings) {
  const editor = templateEditor(settings);
  const log = wireLog();
  const code = h('pre', { class: 'code', tabindex: 0 });

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
    { type: 'button', class: 'button', onclick: () => settings.set('state', 'pasted') },
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
    code: h(
      'div',
      { class: 'pane' },
      h('p', { class: 'hint' }, 'The code that a page needs to show this widget.'),
      code,
    ),
  };
  const buttons = Object.entries(tabs).map(([name, title]) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': `pane-${name}`,
        onclick: () => settings.set('tab', name),
      },
      title,
    ),
  );
  const bar = h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Behind the widget', onkeydown: moveAlong },
    buttons,
  );
  for (const [name, body] of Object.entries(bodies))
    Object.entries({ role: 'tabpanel', id: `pane-${name}`, 'aria-labelledby': `tab-${name}` }).forEach(([key, value]) =>
      body.setAttribute(key, value),
    );
  place.replaceChildren(bar, ...Object.values(bodies));

  function moveAlong(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    next.click();
    next.focus();
  }

  function judgeReply({ service, reply, state }) {
    useIt.disabled = state === 'pasted';
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
    show(changed) {
      const now = settings.get();
      const open = now.tab in tabs ? now.tab : 'template';
      buttons.forEach((button) => {
        const isOpen = button.id === `tab-${open}`;
        button.setAttribute('aria-selected', String(isOpen));
        button.tabIndex = isOpen ? 0 : -1;
      });
      for (const [name, body] of Object.entries(bodies)) body.hidden = name !== open;
      if (changed !== 'reply' && pasted.value !== now.reply) pasted.value = now.reply;
      fault.textContent = judgeReply(now);
      code.textContent = codeOf(now);
      editor.show(now);
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
