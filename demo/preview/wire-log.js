/** Lists the widget's requests and replies, and the events that a shop's page would send. */
import { h } from '../scripts/dom.js';

const size = (text) => `${new TextEncoder().encode(text).length.toLocaleString('en')} bytes`;

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Returns a URL with one query parameter per line. */
const readable = (url) => url.replace(/[?&]/g, (mark) => `\n  ${mark} `);

export function wireLog() {
  const entries = h('ol', { class: 'wire' });
  const none = h('p', { class: 'hint' }, 'No request yet.');
  let last = '';

  const entry = (kind, title, note, text) =>
    h(
      'li',
      {},
      h(
        'details',
        {},
        h(
          'summary',
          {},
          h('span', { class: 'wire-kind', 'data-kind': kind }, kind),
          h('code', {}, title),
          h('span', { class: 'quiet' }, note),
        ),
        h('pre', { tabindex: 0 }, text),
      ),
    );

  const add = (...parts) => {
    none.hidden = true;
    entries.append(entry(...parts));
  };

  return {
    element: h('div', { class: 'pane' }, none, entries),
    /** Returns the text of the last reply; '' before the first one. */
    lastReply: () => last,
    clear() {
      entries.replaceChildren();
      none.hidden = false;
    },
    receive({ what, ...message }) {
      if (what === 'request')
        add(
          'request',
          `${message.method} ${message.url.split('?')[0]}`,
          size(message.url + message.body),
          `${readable(message.url)}\n\n${pretty(message.body)}`.trim(),
        );
      if (what === 'reply') {
        last = message.text;
        add(
          'reply',
          `HTTP ${message.status}`,
          `${size(message.text)} · ${Math.round(message.ms)} ms`,
          pretty(message.text),
        );
      }
      if (what === 'failed') add('failure', message.text, `${Math.round(message.ms)} ms`, message.text);
      if (what === 'events')
        add(
          'event',
          `${message.method} ${message.url.split('?')[0]}`,
          'not sent from here',
          `${readable(message.url)}\n\n${pretty(message.body)}`.trim(),
        );
      if (what === 'cart')
        add(
          'cart',
          `${message.quantity} × ${message.title}`,
          message.itemId,
          'The page received the event vitrine:add-to-cart.',
        );
    },
  };
}
