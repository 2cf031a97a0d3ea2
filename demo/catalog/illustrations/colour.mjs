/** Colour arithmetic for the illustrations. Colours are '#rrggbb' text; amounts run from 0 (unchanged) to 1. */

const channels = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
const text = rgb => '#' + rgb.map(v => Math.round(v).toString(16).padStart(2, '0')).join('');

export function mix(a, b, amount) {
  const from = channels(a);
  const to = channels(b);
  return text(from.map((v, i) => v + (to[i] - v) * amount));
}

/** Light is warm and shade is cool, which keeps pale and dark products from turning grey. */
export const lighten = (colour, amount) => mix(colour, '#fff8ec', amount);
export const darken = (colour, amount) => mix(colour, '#1d1b33', amount);

/** Perceived lightness, 0 to 1. */
export function luminance(colour) {
  const [r, g, b] = channels(colour);
  return (0.3 * r + 0.59 * g + 0.11 * b) / 255;
}

/** How far apart two colours look, about 0 to 1. Hue counts for more than brightness. */
export function distance(a, b) {
  const [x, y] = [channels(a), channels(b)];
  const [dr, dg, db] = x.map((v, i) => (v - y[i]) / 255);
  return Math.sqrt(0.3 * dr * dr + 0.45 * dg * dg + 0.25 * db * db);
}
