// The names of a widget's attributes and properties, and how a value becomes an attribute.

/** Attributes that make up the request. widget/README.md describes each. */
export const ATTRIBUTES = [
  'kind',
  'config-id',
  'anchor-id',
  'category-id',
  'query',
  'top-k',
  'fallback',
  'min-results',
  'time-budget',
  'exclude',
  'surface',
  'source',
  'experiment',
  'heading',
  'template',
  'add-to-cart',
  'quantity',
  'eager',
  'currency',
  'locale',
];

/** The other attributes that a page may write. */
const OTHERS = ['load', 'margin', 'serve', 'shadow', 'state', 'stylesheet', 'theme'];

/** Returns all attributes that a page may write. Each is a property too, with its name in camel case. */
export const allAttributes = (): string[] => [...ATTRIBUTES, ...OTHERS];

/** Returns the name of an attribute's property: `anchorId` for `anchor-id`. */
export const camelOf = (name: string): string => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/**
 * Returns the other spelling of an attribute, `anchorid`. HTML reads `anchorId` as this, and so do frameworks that
 * write properties as attributes.
 */
export const plainOf = (name: string): string => name.replace(/-/g, '');

/**
 * Returns the text of an attribute for the value of its property; null if the attribute must be absent. `false` turns
 * the stepper (`quantity`) and the button (`add-to-cart`) off, and means absence otherwise.
 */
export const textFor = (name: string, value: unknown): string | null => {
  if (value == null) return null;
  if (typeof value !== 'boolean') return String(value);
  if (name === 'quantity') return value ? '' : 'off';
  return value === (name === 'add-to-cart') ? null : '';
};
