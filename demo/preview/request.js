/** Turns settings into the widget's attributes and Vitrine's configuration. */
import { fieldsOf } from './accounts.js';
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
    ...(settings.heading ? { heading: settings.heading } : {}),
    template: settings.template,
    ...(settings.cart === 'on' ? {} : { 'add-to-cart': '' }),
    ...(settings.stepper === 'on' ? {} : { quantity: 'off' }),
    currency: settings.currency,
    ...lookOf(settings),
    load: 'eager',
  };
}

/** Returns the attributes of colours, direction and language. */
export function lookOf({ scheme, dir, lang }) {
  const known = lang in languages ? lang : 'en';
  return {
    ...(scheme === 'auto' ? {} : { theme: scheme }),
    ...(dir === 'rtl' ? { dir } : {}),
    ...(known === 'en' ? {} : { lang: known }),
    locale: known,
  };
}

/**
 * Returns `provider` for the frame.
 * @param keys the fields that the user has typed for the service
 */
export function providerOf(settings, keys) {
  if (settings.data !== 'live') return window.osierServices.accounts[settings.service];
  return fieldsOf(settings, keys);
}

/** Milliseconds until a call fails whose service never replies. */
const timeoutMs = 3000;

/** Returns the argument of `vitrine('init', …)` in the frame, which stores nothing in the browser. */
export const configOf = (settings, keys) => ({
  provider: providerOf(settings, keys),
  events: { persistence: 'memory', flushInterval: 500 },
  ...(settings.fault === 'timeout' ? { timeout: timeoutMs } : {}),
});
