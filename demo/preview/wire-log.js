/** What went over the wire for this widget: what was asked and answered, and the events that a shop's page would send. */
import { h } from '/scripts/dom.js';

const size = (text) => `${new TextEncoder().encode(text).length.toLocaleString('en')} bytes`;

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A query string, one parameter a line. */
const readable = (url) => url.replace(/[?&]/g, (mark) => `\n  ${mark} `);

export function wireLog() {
  const entries = h('ol', { class: 'wire' });
  const none = h('p', { class: 'hint' }, 'Nothing was asked yet.');
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
    /** The text of the last reply, '' before there was one. */
    lastReply: () => last,
    clear() {
      entries.replaceChildren();
      none.hidden = false;
    },
    hear({ what, ...said }) {
      if (what === 'request')
        add(
          'asked',
          `${said.method} ${said.url.split('?')[0]}`,
          size(said.url + said.body),
          `${readable(said.url)}\n\n${pretty(said.body)}`.trim(),
        );
      if (what === 'reply') {
        last = said.text;
        add('answered', `HTTP ${said.status}`, `${size(said.text)} · ${Math.round(said.ms)} ms`, pretty(said.text));
      }
      if (what === 'events')
        add(
          'event',
          `${said.method} ${said.url.split('?')[0]}`,
          'not sent from here',
          `${readable(said.url)}\n\n${pretty(said.body)}`.trim(),
        );
      if (what === 'cart')
        add(
          'cart',
          `${said.quantity} × ${said.title}`,
          said.itemId,
          'The page was told with the event vitrine:add-to-cart.',
        );
    },
  };
}
