/** Turns settings into the widget's attributes and Vitrine's configuration. */
import { kinds, languages } from './vocabulary.js';

const surface = {
  similarItems: 'product_page',
  boughtTogether: 'cart_page',
  category: 'category_page',
  searchText: 'search_results',
};

/** Returns the attributes of `<vitrine-widget>` in the usual order. */
export function attributesOf(settings) {
  const kind = kinds[settings.kind] ?? kinds.forVisitor;
  return {
    kind: settings.kind,
    ...(kind.attribute ? { [kind.attribute]: settings[kind.needs] } : {}),
    ...(['forVisitor', 'forUser'].includes(settings.kind) ? { 'config-id': settings.kind } : {}),
    'top-k': settings.count,
    surface: surface[settings.kind] ?? 'home_page',
    source: 'preview',
    ...(settings.heading ? { heading: settings.heading } : {}),
    template: settings.template,
    ...(settings.cart === 'on' ? {} : { 'add-to-cart': '' }),
    ...(settings.stepper === 'on' ? {} : { quantity: 'off' }),
    currency: 'EUR',
    load: 'eager',
    ...(settings.lang in languages && settings.lang !== 'en' ? { locale: settings.lang } : {}),
  };
}

/** Returns the argument of `vitrine('init', …)`. The preview stores nothing in the browser. */
export const configOf = (settings) => ({
  provider: window.osierServices.accounts[settings.service],
  events: { persistence: 'memory', flushInterval: 500 },
});
