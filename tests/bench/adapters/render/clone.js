// Written by hand: clones a <template> for each product, and starts anew with each reply.
import { price, productsOf } from './card.js';

const template = document.createElement('template');
template.innerHTML =
  '<li class="card"><a><img loading="lazy" width="240" height="240"><h3></h3><p class="price"></p></a></li>';
const card = (product) => {
  const item = template.content.firstChild.cloneNode(true);
  const link = item.firstChild;
  const [image, title, cost] = link.children;
  link.href = product.url;
  image.src = product.imageUrl;
  image.alt = product.name;
  title.textContent = product.name;
  cost.textContent = price(product);
  return item;
};

window.RENDERER = {
  create: (place) => ({
    render(text) {
      const list = document.createElement('ol');
      list.className = 'grid';
      for (const product of productsOf(text)) list.append(card(product));
      place.replaceChildren(list);
    },
  }),
};
