import { html, render } from 'lit-html';
import { price, productsOf } from './card.js';

const card = (p) =>
  html`<li class="card"><a href=${p.url}><img src=${p.imageUrl} alt=${p.name} loading="lazy" width="240" height="240"
    ><h3>${p.name}</h3><p class="price">${price(p)}</p></a></li>`;

window.RENDERER = {
  create: (place) => ({
    render(text) {
      render(html`<ol class="grid">${productsOf(text).map(card)}</ol>`, place);
    },
  }),
};
