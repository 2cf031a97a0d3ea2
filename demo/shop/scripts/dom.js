/** Builds elements without innerHTML, because the shop runs under Trusted Types. */

/**
 * Returns an element. `properties` are attributes; functions become event listeners (`onclick`); `false`, `null` and
 * `undefined` are left out; `true` is an empty attribute. Children are nodes, text, or nested lists of them; empty
 * children are left out.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

const paths = {
  cart: 'M3 4h2.2l2 11.2a1.5 1.5 0 0 0 1.5 1.3h8.4a1.5 1.5 0 0 0 1.5-1.2L20.5 8H6M9.5 20.5h.01M17 20.5h.01',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-3.8 3.7-5.5 7.5-5.5s6.9 1.7 7.5 5.5',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM20 20l-4.8-4.8',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  chevron: 'M9 5l7 7-7 7',
  truck:
    'M2.5 6.5h11v10h-11zM13.5 10h4.2l3.8 3.6v2.9h-8' +
    'M7 19.2a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM17.5 19.2a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
  return: 'M8.5 5L4 9.5 8.5 14M4.5 9.5H15a5 5 0 0 1 0 10h-4',
  leaf: 'M5 19c0-9 5-14 15-14 0 10-4 15-11 15-2.5 0-4-1-4-1Zm0 0c2-4 5-7 9-9',
  filter: 'M4 7h16M7 12h10M10 17h4',
  pulse: 'M3 12h4l2.5-6.5 4.5 13 2.5-6.5H21',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.400L17 7M10.5 10.5v6M13.5 10.5v6',
};

/** Returns a line icon. It is hidden from assistive technology, so its control needs a label. */
export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(ns, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}

export const find = (selector, within = document) => within.querySelector(selector);
