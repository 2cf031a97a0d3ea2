/** One short message at the lower edge, read out by screen readers. */
import { find, h, icon } from './dom.js';

let timer;

export function say(text, link = null) {
  const region = find('#toast');
  clearTimeout(timer);
  region.replaceChildren(
    h('p', { class: 'toast' }, icon('check'), h('span', {}, text), link && h('a', { href: link.href }, link.label)),
  );
  timer = setTimeout(() => region.replaceChildren(), 4500);
}
