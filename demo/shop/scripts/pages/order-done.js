import '../frame.js';
import { orders } from '../account.js';
import { deliveries } from '../cart.js';
import { favourites, productsById } from '../catalog.js';
import { find, h } from '../dom.js';
import { forShopper, recommend } from '../recommend.js';
import { orderLines, summary } from '../summary.js';

const number = new URLSearchParams(location.search).get('order') ?? '';
const order = orders().find((o) => o.id === number);
const products = await productsById();

if (order) {
  const delivery = deliveries[order.delivery];
  find('#thanks').textContent = `Thank you, ${order.name.split(' ')[0]}.`;
  find('#number').replaceChildren(
    'Your order ',
    h('strong', {}, order.id),
    ` is on our bench. ${delivery?.name ?? 'Delivery'}: ${delivery?.when ?? 'soon'}.`,
  );
  find('#order').replaceChildren(
    orderLines(order.items.filter((i) => products.has(i.id)).map((i) => ({ ...i, product: products.get(i.id) }))),
    ...summary(order).filter(Boolean),
  );
} else {
  find('#thanks').textContent = 'We do not know this order';
  find('#number').textContent = 'Orders are kept in the browser in which they were made.';
  find('#order').hidden = true;
}

find('#more').replaceChildren(
  recommend(
    {
      kind: forShopper(),
      'config-id': 'order_done_picks',
      'top-k': 4,
      surface: 'order_done',
      source: 'order-done-picks',
      heading: 'For next time',
    },
    { title: 'For next time', products: favourites([...products.values()], 4) },
  ),
);
