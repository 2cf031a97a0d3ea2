import { defineWidget, Vitrine } from '/dist/index.js';

shopper.vitrine = new Vitrine(settings);
defineWidget(shopper.vitrine);
