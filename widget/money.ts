/** How a locale writes numbers, in the form that the core takes (wasm/model/money.h). */
export interface NumberFormat {
  /** ISO 4217 code, in capitals. */
  currency?: string | undefined;
  prefix?: string;
  suffix?: string;
  decimal?: string | undefined;
  group?: string | undefined;
  /** Number of digits after the decimal sign. */
  digits?: number | undefined;
  /** The ten digits, from nine down to zero. */
  numerals?: string;
  /**
   * Three numbers: digits of the last group of a whole number, of its other groups, and of the shortest number that is
   * grouped.
   */
  grouping?: number;
}

// By locale and currency: a page of widgets measures once.
const known: Record<string, NumberFormat> = {};

// Measures how Intl writes numbers. `currency`: in capitals.
const measure = (locale: string | undefined, currency?: string) =>
  (known[locale + ' ' + currency] ||= measureNew(locale, currency));

const measureNew = (locale: string | undefined, currency?: string): NumberFormat => {
  const format = new Intl.NumberFormat(
    locale?.replace(/_/g, '-') || undefined,
    currency ? { style: 'currency', currency } : { minimumFractionDigits: 1 },
  );
  // Has each digit once, so the digits of the locale can be read from it.
  const parts = format.formatToParts(9876543210);
  const text = (some: Intl.NumberFormatPart[]) => some.map((part) => part.value).join('');
  const sign = (type: string) => parts.find((part) => part.type === type)?.value;
  const wholes = parts.filter((part) => part.type === 'integer');
  // Digits may take two UTF-16 units.
  const sizes = wholes.map((part) => [...part.value].length).reverse();
  const isDigits = ({ type }: Intl.NumberFormatPart) => /integer|fraction/.test(type);
  const first = parts.findIndex(isDigits);
  const last = parts.length - 1 - [...parts].reverse().findIndex(isDigits);
  return {
    currency,
    prefix: text(parts.slice(0, first)),
    suffix: text(parts.slice(last + 1)),
    decimal: sign('decimal'),
    group: sign('group') || '',
    digits: format.resolvedOptions().maximumFractionDigits,
    numerals: text(wholes),
    grouping:
      sizes[0]! * 100 +
      sizes[sizes.length > 2 ? 1 : 0]! * 10 +
      (format.formatToParts(1234).some((part) => part.type === 'group') ? 4 : 5),
  };
};

/**
 * Returns the format of a currency in a locale. Returns undefined without a currency. If Intl does not know the locale,
 * the format has the currency alone; prices are then written like "12.90 EUR".
 */
export const moneyFormat = (currency?: string, locale?: string): NumberFormat | undefined => {
  const code = currency?.trim().toUpperCase();
  if (!code || !/^[A-Z]{3}$/.test(code)) return undefined;
  try {
    return measure(locale, code);
  } catch {
    return { currency: code };
  }
};

/** Returns the format of plain numbers in a locale; undefined if Intl does not know the locale. */
export const numberFormat = (locale?: string): NumberFormat | undefined => {
  try {
    return measure(locale);
  } catch {
    return undefined;
  }
};
