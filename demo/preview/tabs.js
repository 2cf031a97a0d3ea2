/** A list of tabs, which arrow keys move along. */
import { h } from '../scripts/dom.js';

/**
 * Returns the list: { element, open(name) }.
 * @param label the list's name for assistive technology
 * @param titles name -> title of each tab
 * @param bodies name -> element of each tab; one element may belong to several
 * @param prefix begins the ids
 * @param choose called with the name of the tab that the user opens
 */
export function tabList(label, titles, bodies, prefix, choose) {
  const buttons = Object.entries(titles).map(([name, title]) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${prefix}-${name}`,
        'data-tab': name,
        'aria-controls': bodies[name].id || `${prefix}-${name}`,
        onclick: () => choose(name),
      },
      title,
    ),
  );
  for (const [name, body] of Object.entries(bodies)) {
    body.id ||= `${prefix}-${name}`;
    body.setAttribute('role', 'tabpanel');
    body.setAttribute('aria-labelledby', `tab-${prefix}-${name}`);
  }
  for (const button of buttons) button.setAttribute('aria-controls', bodies[button.dataset.tab].id);

  function moveAlong(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    next.click();
    next.focus();
  }

  return {
    element: h('div', { class: 'tabs', role: 'tablist', 'aria-label': label, onkeydown: moveAlong }, buttons),
    open(name) {
      for (const button of buttons) {
        const isOpen = button.dataset.tab === name;
        button.setAttribute('aria-selected', String(isOpen));
        button.tabIndex = isOpen ? 0 : -1;
      }
      for (const body of new Set(Object.values(bodies))) {
        body.hidden = body !== bodies[name];
        if (!body.hidden) body.setAttribute('aria-labelledby', `tab-${prefix}-${name}`);
      }
    },
  };
}
