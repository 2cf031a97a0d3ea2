import Link from 'next/link';
import { connection } from 'next/server';
import { renderWidget, Vitrine } from 'vitrine';
import { config } from './config.js';
import { Similar } from './shop.jsx';

// Lives as long as the server. The browser records the events, so this one records none.
let vitrine;

export default async function Page({ searchParams }) {
  await connection();
  vitrine ??= new Vitrine({ ...config(), events: { enabled: false } });
  const { product = 'SKU-0017' } = await searchParams;
  // Each page has a slate of its own, because events of different shoppers must not name the same serve.
  const { recs } = vitrine.as({});
  // Without products the page is whole, and the widget tries again in the browser.
  const slate = await recs.similarItems({ anchorId: product, topK: 4 }).catch(console.error);
  const options = { title: 'Similar products', currency: 'EUR', locale: 'en' };
  return (
    <main>
      <Link id="next" href="/?product=SKU-0018">
        Another product
      </Link>
      <Similar productId={product} serve={slate?.serveId} html={slate && renderWidget(slate, options)} />
    </main>
  );
}
