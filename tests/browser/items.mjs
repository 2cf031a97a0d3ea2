// Adds lists of products with a shop's markup to test pages.

import { until } from './until.mjs';

/**
 * Products `<name>-0` and so on in a list of this source; `style` by CSS property, for the list and for each product.
 * Goes into the page.
 */
export const addList = (tab, source, count, { into = 'body', list = {}, item = {}, attributes = {}, link = '' } = {}) =>
  tab.run(
    (name, howMany, where, listStyle, itemStyle, more, href) => {
      const ul = document.createElement('ul');
      Object.assign(ul.style, { listStyle: 'none', margin: '0', padding: '0' }, listStyle);
      ul.id = name;
      ul.dataset.vitrineList = name;
      ul.dataset.vitrineSurface = 'test_page';
      for (const [key, value] of Object.entries(more)) ul.setAttribute(key, value);
      for (let i = 0; i < howMany; i++) {
        const li = document.createElement('li');
        Object.assign(li.style, { width: '200px', height: '100px', background: '#ccc' }, itemStyle);
        li.dataset.vitrineItem = `${name}-${i}`;
        if (href) {
          const a = document.createElement('a');
          Object.assign(a, { href, textContent: `Product ${i}` });
          a.style.display = 'block';
          li.append(a);
        }
        ul.append(li);
      }
      document.querySelector(where).append(ul);
    },
    source,
    count,
    into,
    list,
    item,
    attributes,
    link,
  );

/** Resolves to all events of a kind, once the page has sent everything. */
export const settled = async (site, tab) => {
  await tab.run(() => shopper.vitrine.events.flush());
  await until(() => tab.run(() => shopper.isIdle()), 'an empty queue');
  const { events } = await site.events();
  return (kind) => events.filter(({ type }) => type === kind);
};

export const ids = (events) => events.map(({ itemId }) => itemId).toSorted();

/** Waits in the page, by the page's clock. */
export const pause = (tab, ms) => tab.run((wait) => new Promise((resolve) => setTimeout(resolve, wait)), ms);
