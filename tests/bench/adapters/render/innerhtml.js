// Written by hand: escapes and joins text and sets innerHTML, and starts anew with each reply.
import { price, productsOf } from './card.js';

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => entities[sign]);
const card = (p) =>
  `<li class="card"><a href="${escaped(p.url)}"><img src="${escaped(p.imageUrl)}" alt="${escaped(p.name)}"` +
  ` loading="lazy" width="240" height="240"><h3>${escaped(p.name)}</h3>` +
  `<p class="price">${escaped(price(p))}</p></a></li>`;

window.RENDERER = {
  create: (place) => ({
    render(text) {
      place.innerHTML = `<ol class="grid">${productsOf(text).map(card).join('')}</ol>`;
    },
  }),
};
