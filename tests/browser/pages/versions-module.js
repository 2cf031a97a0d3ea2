import { defineWidget, Vitrine } from '/dist/index.js';

// Makes the functions of shopper.js work with the module's Vitrine too.
window.imported = { __proto__: shopper, vitrine: new Vitrine(settings) };
defineWidget(imported.vitrine);
