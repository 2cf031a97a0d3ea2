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
  const slate = await vitrine.recs.similarItems({ anchorId: product, topK: 4 }).catch(() => undefined);
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
