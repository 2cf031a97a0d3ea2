import { defineWidget, Vitrine } from '/dist/index.js';

// What shopper.js does for the script's Vitrine, for the module's.
window.imported = { __proto__: shopper, vitrine: new Vitrine(settings) };
defineWidget(imported.vitrine);
