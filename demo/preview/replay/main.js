/** The replay page: opens a recorded session, replays it in the core, and shows what follows. */

import { calls, effects, openCore, version } from './core.js';
import { find, h } from './dom.js';
import { openEvents } from './event_view.js';
import { inputView } from './input_view.js';
import { openList } from './list.js';
import { listenForSessions } from './open.js';
import { openPlayer } from './player.js';
import { marks, nameOf, replay } from './replayed.js';
import { readSession, SessionError } from './session.js';
import { stateView } from './state_view.js';
import { groups } from './words.js';

/** @type {import('./replayed.js').Replayed | undefined} */
let session;
let chosen = 0;
/** The name of the session's text, which the address holds beside the position. */
let sessionName = '';
/** The address of a session on this site, if it was opened by one. */
let sessionAddress = '';
let core;

const groupNames = [...Object.keys(groups), 'Reads'];
const list = openList((index) => {
  player.stop();
  choose(index);
});
const player = openPlayer({ at: () => chosen, session: () => session, list, choose });
const events = openEvents((index) => {
  player.stop();
  choose(index);
});

const refuse = (message) => {
  find('#message').textContent = message;
  find('#message').hidden = !message;
};

const readAddress = () => new URLSearchParams(location.hash.slice(1));
let writing;
const writeAddress = () => {
  clearTimeout(writing);
  // Browsers refuse more than a hundred changes of the address in half a minute.
  writing = setTimeout(() => {
    const parts = [`at=${chosen}`, `session=${sessionName}`];
    if (sessionAddress) parts.push(`open=${encodeURIComponent(sessionAddress)}`);
    history.replaceState(null, '', `#${parts.join('&')}`);
  }, 200);
};

let asking;
/** Asks for the session's id when the user rests, because a core plays all inputs again for it. */
const showSessionId = () => {
  clearTimeout(asking);
  asking = setTimeout(() => {
    find('#session-id').textContent = session.sessionAt(chosen) || 'none';
  }, 100);
};

/** Shows step `index`. */
function choose(index) {
  chosen = Math.max(0, Math.min(index, session.steps.length - 1));
  list.mark(chosen);
  player.show();
  find('#input').replaceChildren(...inputView(session, chosen, { calls, effects, choose }));
  find('#state').replaceChildren(...stateView(session, chosen));
  showSessionId();
  writeAddress();
}

const filter = () => {
  const wanted = new Set(groupNames.filter((name) => find(`#group-${name}`).checked));
  list.show(session, session.select(wanted, find('#search').value));
  list.mark(chosen);
};

const showNotices = (name) => {
  find('#file-name').textContent = name;
  find('#notices').replaceChildren(...session.notices.map((text) => h('p', {}, text)));
};

/** Opens the text of a session, at the step that the address names if it names this session. */
const open = async (text, name) => {
  refuse('');
  player.stop();
  try {
    const read = readSession(text, calls);
    core ??= await openCore();
    session = replay(read, { core, calls, version });
  } catch (error) {
    if (!(error instanceof SessionError)) console.error(error);
    refuse(error instanceof SessionError ? error.message : `The session cannot be replayed: ${error}`);
    return;
  }
  sessionName = nameOf(text);
  const address = readAddress();
  find('#start').hidden = true;
  find('#room').hidden = false;
  find('#another').hidden = false;
  showNotices(name);
  events.show(session);
  chosen = 0;
  filter();
  choose(address.get('session') === sessionName ? Number(address.get('at')) || 0 : 0);
};

const openAddress = listenForSessions((text, name, address = '') => {
  sessionAddress = address;
  open(text, name);
}, refuse);

find('#groups').append(
  ...groupNames.map((name) =>
    h(
      'label',
      { class: 'chip' },
      h('input', { type: 'checkbox', id: `group-${name}`, checked: true, onchange: filter }),
      h('span', {}, name),
    ),
  ),
);
find('#jump').append(...Object.entries(marks).map(([kind, text]) => h('option', { value: kind }, text)));
find('#search').addEventListener('input', filter);
find('#another').addEventListener('click', () => {
  player.stop();
  find('#room').hidden = true;
  find('#another').hidden = true;
  find('#start').hidden = false;
  find('#file-name').textContent = '';
  find('#file').focus();
});

const tabs = ['tab-input', 'tab-events'].map((id) => find(`#${id}`));
const showTab = (tab) => {
  for (const each of tabs) {
    each.setAttribute('aria-selected', String(each === tab));
    each.tabIndex = each === tab ? 0 : -1;
    find(`#${each.getAttribute('aria-controls')}`).hidden = each !== tab;
  }
};
for (const [i, tab] of tabs.entries()) {
  tab.addEventListener('click', () => showTab(tab));
  tab.addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    showTab(tabs[1 - i]);
    tabs[1 - i].focus();
  });
}

addEventListener('hashchange', () => {
  const address = readAddress();
  if (session && address.get('session') === sessionName) choose(Number(address.get('at')) || 0);
});

const wanted = readAddress().get('open');
if (wanted) openAddress(wanted);
