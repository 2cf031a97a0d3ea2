// The search: an index that the build has made, fetched when the field gets the focus.

import MiniSearch from 'minisearch';
import { findIn, kFields } from './find.js';

const kMost = 20;
const options = { fields: kFields, storeFields: ['address', 'title', 'heading', 'start'] };

const make = (tag, className, text) =>
  Object.assign(document.createElement(tag), className && { className }, text !== undefined && { textContent: text });

/** Makes the form of the page's head search. */
export const openSearch = (form) => {
  const root = document.documentElement.dataset.root;
  const field = form.querySelector('input');
  const list = form.querySelector('#site_found');
  const count = form.querySelector('#site_count');
  let index;

  const fetchIndex = () => {
    index ??= fetch(`${root}assets/search.idx`)
      .then(({ ok, status, body }) => {
        if (!ok) throw new Error(`${status}`);
        return new Response(body.pipeThrough(new DecompressionStream('gzip'))).text();
      })
      .then((text) => MiniSearch.loadJSON(text, options));
    index.catch(() => {
      index = undefined;
    });
    return index;
  };

  const item = ({ address, title, heading, start }) => {
    const link = make('a');
    link.href = root + address;
    link.append(make('b', '', heading), ' ');
    if (title !== heading) link.append(make('span', 'found-page', title), ' ');
    link.append(make('span', 'found-text', start));
    const line = make('li');
    line.append(link);
    return line;
  };

  const hide = () => {
    list.hidden = true;
    list.replaceChildren();
    count.textContent = '';
  };

  const show = async () => {
    const words = field.value.trim();
    if (!words) return hide();
    let found;
    try {
      found = findIn(await fetchIndex(), words);
    } catch {
      count.textContent = 'The search could not be loaded.';
      list.replaceChildren(make('li', 'found-none', 'The search could not be loaded.'));
      list.hidden = false;
      return;
    }
    if (words !== field.value.trim()) return;
    const shown = found.slice(0, kMost);
    list.replaceChildren(...(shown.length ? shown.map(item) : [make('li', 'found-none', 'Nothing was found.')]));
    count.textContent = found.length === 1 ? '1 result' : `${found.length} results`;
    list.hidden = false;
  };

  /** Moves the focus by `step` through the field and the results. */
  const move = (step) => {
    const stops = [field, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement);
    stops[Math.min(stops.length - 1, Math.max(0, at + step))]?.focus();
  };

  form.hidden = false;
  field.addEventListener('focus', () => void fetchIndex().catch(() => {}));
  field.addEventListener('input', () => void show());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const first = list.querySelector('a');
    if (first) location.assign(first.href);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      hide();
      field.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      move(event.key === 'ArrowDown' ? 1 : -1);
    }
  });
  // A result in this page moves the page, which the list must not cover.
  list.addEventListener('click', hide);
  document.addEventListener('pointerdown', (event) => {
    if (!form.contains(event.target)) hide();
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
  });
};
