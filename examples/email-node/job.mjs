// Writes one e-mail for each shopper of a list, with products for exactly this shopper, and records that they are in
// it.
// Usage: node job.mjs [folder for the e-mails]

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderWidget, Vitrine } from 'vitrine';

const demo = process.env.DEMO_URL ?? 'http://127.0.0.1:8787';
const folder = process.argv[2] ?? join(import.meta.dirname, 'out');

/** The shop's own list: the last order of each shopper. `visitorId` is what the shopper's page had (getVisitorId). */
const shoppers = [
  { userId: 'u-1001', visitorId: 'v_mail0000000001', bought: 'SKU-0017' },
  { userId: 'u-1002', visitorId: 'v_mail0000000002', bought: 'SKU-0030' },
];

// One for the whole job. `vitrine.as` gives each shopper ids and a queue of their own.
const vitrine = new Vitrine({
  provider: {
    name: 'refine',
    apiKey: 'pk_demo',
    organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
    catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
    apiUrl: `${demo}/refine`,
  },
  events: { url: `${demo}/refine/events`, acknowledge: true },
});

/** Mail programs run no script, know no custom elements, and need whole addresses. */
const mailOf = (markup) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><base href="${demo}/"><title>For you</title></head>
<body><h1>It goes well with your last order</h1>${markup}</body></html>
`;

mkdirSync(folder, { recursive: true });
let failures = 0;
for (const { userId, visitorId, bought } of shoppers) {
  const shopper = vitrine.as({ userId, visitorId });
  try {
    const slate = await shopper.recs.similarItems({ anchorId: bought, topK: 4 });
    // No button and no stepper: an e-mail has no cart.
    const markup = renderWidget(slate, { template: 'list', addToCart: '', eager: 4, currency: 'EUR', locale: 'en' });
    shopper.events.trackRecommendations(slate.serveId, slate.results, 'email', 'similarItems');
    writeFileSync(join(folder, `${userId}.html`), mailOf(markup));
    console.log(`${userId}: ${slate.results.length} products`);
  } catch (error) {
    failures++;
    console.error(`${userId}: ${error.message}`);
  }
  // Sends the events before the job ends.
  await shopper.close(5000);
}
await vitrine.close();
if (failures) process.exitCode = 1;
