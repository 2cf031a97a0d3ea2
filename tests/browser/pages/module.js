import { defineWidget, usePlainCore, Vitrine } from '/dist/index.js';

if (location.search === '?plain') usePlainCore((await import('/dist/vitrine-core.mjs')).default);
shopper.vitrine = new Vitrine(settings);
defineWidget(shopper.vitrine);
