/** How a locale writes a currency, as the core's cards take it. */
export interface MoneyFormat {
  /** ISO 4217. */
  currency: string;
  prefix: string;
  suffix: string;
  decimal: string | undefined;
  group: string | undefined;
  /** Digits after the decimal sign. */
  digits: number | undefined;
}

/** Undefined without a currency, or with one or a locale that Intl does not know: prices are then written as "12.90 EUR". */
export const moneyFormat = (currency?: string, locale?: string): MoneyFormat | undefined => {
  if (!currency) return undefined;
  try {
    // The core writes Latin digits, so the signs around them must be those of Latin digits too.
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
