const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Formats euros. */
export const money = (amount) => format.format(amount);

/** Rounds a sum of prices to cents, to remove binary rounding errors. */
export const cents = (amount) => Math.round(amount * 100) / 100;
