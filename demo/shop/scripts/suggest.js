/** Suggestions below the search box: a combobox with a list (WAI-ARIA practices), filled by the service in use. */
import { categories } from './catalog.js';
import { h } from './dom.js';
import { readyWithin } from './vitrine-link.js';

const pauseMs = 120; // between the last key and the request
const most = 6;

/** Resolves to what the shopper may search for: [{ text, categoryId? }]. Refine has names of products alone. */
async function ask(query, signal) {
  const vitrine = await readyWithin(0);
  if (!vitrine) return [];
  if (window.osierServices.chosen().name !== 'refine')
    return (await vitrine.search.suggest({ query, limit: most }, { signal })).terms;
  const { results } = await vitrine.search.text({ query, topK: most }, { signal });
  return results.map(({ title }) => ({ text: title }));
}

/** Connects the search box, which must be in a form, with a list of suggestions behind it. */
export function suggestBelow(input) {
  const list = h('ul', {
    id: 'found',
    class: 'found-list',
    role: 'listbox',
    'aria-label': 'Suggestions',
    hidden: true,
  });
  const status = h('p', { class: 'unseen', role: 'status' });
  let asked = new AbortController();
  /** @type {any} */
  let timer;
  let options = [];
  let at = -1; // the chosen option

  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': 'found',
    'aria-expanded': 'false',
  }))
    input.setAttribute(name, value);

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) choose(-1);
  }

  function choose(index) {
    at = index;
    options.forEach(({ element }, i) => element.setAttribute('aria-selected', String(i === at)));
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', options[at].element.id);
  }

  function go({ text, categoryId }) {
    const category = categories.find(({ name }) => name === categoryId);
    open(false);
    if (category) return location.assign(`/category/${category.slug}`);
    input.value = text;
    input.form.requestSubmit();
  }

  function show(terms) {
    options = terms.map((term, i) => ({
      term,
      element: h(
        'li',
        {
          id: `found-${i}`,
          role: 'option',
          'aria-selected': 'false',
          // A press on an option must not take the focus from the box.
          onmousedown: (event) => event.preventDefault(),
          onclick: () => go(term),
        },
        term.text,
        term.categoryId && h('span', { class: 'quiet' }, ' in categories'),
      ),
    }));
    list.replaceChildren(...options.map(({ element }) => element));
    choose(-1);
    open(options.length > 0);
    status.textContent = options.length ? `${options.length} suggestions` : '';
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    asked.abort();
    const query = input.value.trim();
    if (!query) return show([]);
    const { signal } = (asked = new AbortController());
    timer = setTimeout(async () => {
      const terms = await ask(query, signal).catch(() => []);
      if (!signal.aborted && document.activeElement === input) show(terms);
    }, pauseMs);
  });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      if (list.hidden) open(true);
      // Above the first option and below the last is the box itself.
      const places = options.length + 1;
      choose(((at + 1 + step + places) % places) - 1);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      open(false);
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      go(options[at].term);
    }
  });
  input.addEventListener('blur', () => {
    asked.abort();
    clearTimeout(timer);
    open(false);
  });
  input.form.append(list, status);
}
