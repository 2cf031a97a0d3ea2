/** How a locale writes a currency, in the form that the core takes. */
export interface MoneyFormat {
  /** ISO 4217 code. */
  currency: string;
  prefix: string;
  suffix: string;
  decimal: string | undefined;
  group: string | undefined;
  /** Number of digits after the decimal sign. */
  digits: number | undefined;
}

/**
 * Returns the format of a currency in a locale. Returns undefined without a currency, or if Intl does not know the
 * currency or the locale; prices are then written like "12.90 EUR".
 */
export const moneyFormat = (currency?: string, locale?: string): MoneyFormat | undefined => {
  if (!currency) return undefined;
  try {
    // The core writes Latin digits, so the signs must be those that go with Latin digits.
    const format = new Intl.NumberFormat(locale || undefined, { style: 'currency', currency, numberingSystem: 'latn' });
    const parts = format.formatToParts(1234567.8);
    const sign = (type: string) => parts.find((part) => part.type === type)?.value;
    const around = (edge: Intl.NumberFormatPart[]) => edge.map((part) => part.value).join('');
    const isDigits = ({ type }: Intl.NumberFormatPart) => /integer|fraction/.test(type);
    const first = parts.findIndex(isDigits);
    const last = parts.length - 1 - [...parts].reverse().findIndex(isDigits);
    return {
      currency,
      prefix: around(parts.slice(0, first)),
      suffix: around(parts.slice(last + 1)),
      decimal: sign('decimal'),
      group: sign('group'),
      digits: format.resolvedOptions().maximumFractionDigits,
    };
  } catch {
    return undefined;
  }
};
