/**
 * Draws the catalogue into demo/catalog/img/: one SVG per product of products.json, and the scenes of the home and
 * category pages. Deterministic (same input, same bytes), no dependencies, well under a second. Fails if a product has
 * no drawing or a drawing has no product.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { backdrop, dusk, toneFor } from './illustrations/backdrop.mjs';
import { Easel } from './illustrations/easel.mjs';
import { drawings } from './illustrations/index.mjs';
import { scenes } from './illustrations/scenes.mjs';

const out = new URL('img/', import.meta.url);
const products = new Map(
  JSON.parse(readFileSync(new URL('products.json', import.meta.url), 'utf8')).map((p) => [p.id, p]),
);

const strays = [
  ...Object.keys(drawings).filter((id) => !products.has(id)),
  ...[...products.keys()].filter((id) => !drawings[id]),
];
if (strays.length) throw new Error(`products and drawings do not match: ${strays.join(', ')}`);

function portrait(product) {
  const easel = new Easel(product.id);
  const draw = drawings[product.id];
  const walls = product.category === 'Lighting' ? dusk : undefined;
  backdrop(easel, toneFor(easel, [product.swatch], walls), draw.setting);
  draw(easel, product.swatch);
  return easel.toSvg(400, 400, product.name);
}

mkdirSync(out, { recursive: true });
for (const product of products.values())
  writeFileSync(new URL(`${product.id.toLowerCase()}.svg`, out), portrait(product));
for (const [file, svg] of scenes(products)) writeFileSync(new URL(file, out), svg);
