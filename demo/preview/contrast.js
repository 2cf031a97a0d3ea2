/** Contrast of colours as WCAG 2 defines it, for the pairs of the theme that stand on each other. */

/**
 * Pairs: what it is, colour, ground, least ratio. 4.5 is for text, 3 for the shape of a control.
 * @type {[string, string, string, number][]}
 */
export const pairs = [
  ['Text on the card', '--vitrine-text', '--vitrine-card', 4.5],
  ['Heading on the background', '--vitrine-text', '--vitrine-page', 4.5],
  ['Quiet text on the card', '--vitrine-muted', '--vitrine-card', 4.5],
  ['Cart button on the card', '--vitrine-accent', '--vitrine-card', 4.5],
  ['Pressed button', '--vitrine-on-accent', '--vitrine-accent', 4.5],
  ['Sale price on the card', '--vitrine-sale', '--vitrine-card', 4.5],
  ['Sale badge', '--vitrine-on-sale', '--vitrine-sale', 4.5],
  ['Rating on the card', '--vitrine-star', '--vitrine-card', 4.5],
  ['Focus ring on the background', '--vitrine-accent', '--vitrine-page', 3],
];

/**
 * @param {string} hex
 * @returns {number[]}
 */
const partsOf = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);

/** Returns the relative luminance of `#rrggbb`, from 0 to 1. */
function luminance(hex) {
  const [red, green, blue] = partsOf(hex).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Returns the contrast of two colours `#rrggbb`, from 1 to 21. */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Returns hue (0 to 360), saturation and lightness (0 to 1) of `#rrggbb`. */
function hslOf(hex) {
  const [red, green, blue] = partsOf(hex);
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  const lightness = most - spread / 2;
  if (!spread) return [0, 0, lightness];
  const sector =
    most === red ? (green - blue) / spread : most === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
  return [(sector * 60 + 360) % 360, spread / (1 - Math.abs(2 * lightness - 1)), lightness];
}

function hexOf(hue, saturation, lightness) {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset) => {
    const at = (offset + hue / 30) % 12;
    const value = lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}

/** Steps of lightness that are tried. */
const steps = 200;

/**
 * Returns a colour of the same hue that makes a weak pair readable: the one with the nearest lightness that suits all
 * pairs of this colour, or else this pair alone.
 * @param {{color: string, ground: string, needed: number}} pair
 * @param values see `weakPairs`
 */
export function readable({ color, ground, needed }, values) {
  const [hue, saturation, lightness] = hslOf(values[color]);
  const candidates = Array.from({ length: steps + 1 }, (_, i) => i / steps)
    .sort((a, b) => Math.abs(a - lightness) - Math.abs(b - lightness))
    .map((each) => hexOf(hue, saturation, each))
    .filter((hex) => contrast(hex, values[ground]) >= needed);
  const isOfColor = (pair) => pair.color === color || pair.ground === color;
  const suitsAll = (hex) => !weakPairs({ ...values, [color]: hex }).some(isOfColor);
  return candidates.find(suitsAll) ?? candidates[0];
}

/** Returns a ratio as text, rounded down, so that 4.496 does not read as 4.5. */
export const ratioText = (ratio) => (Math.floor(ratio * 100) / 100).toFixed(2);

/**
 * Returns the pairs whose contrast is too low: [{what, color, ground, ratio, needed}].
 * @param values colours `#rrggbb` by property; a pair with an unknown colour is not judged
 */
export function weakPairs(values) {
  const isColor = (value) => /^#[0-9a-f]{6}$/i.test(value ?? '');
  return pairs.flatMap(([what, color, ground, needed]) => {
    if (!isColor(values[color]) || !isColor(values[ground])) return [];
    const ratio = contrast(values[color], values[ground]);
    return ratio < needed ? [{ what, color, ground, ratio, needed }] : [];
  });
}
