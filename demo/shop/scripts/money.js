const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Euros as the shop writes them. */
export const money = (amount) => format.format(amount);

/** Sums of prices without the dust of binary fractions. */
export const cents = (amount) => Math.round(amount * 100) / 100;
