/**
 * The drawing surface of the catalogue: shapes, gradients and soft shadows collected into one SVG document.
 * Units are 400 to the picture's side; products stand on y = FLOOR, lit from the upper left. Everything is written as
 * presentation attributes (no <style>, no style=""), so a picture obeys the strictest content security policy.
 */
import { darken, lighten } from './colour.mjs';

export const FLOOR = 322;

/** The view starts a little below the top of the sheet, so that a product on FLOOR is in the middle of the picture. */
export const HEADROOM = 16;

const n = v => String(Math.round(v * 10) / 10);
const attributes = more => Object.entries(more).map(([k,
  v]) => ` ${k}="${typeof v === 'number' ? +v.toFixed(3) : v}"`).join('');

export class Easel {
  #defs = [];
  #body = [];
  #ids = 0;
  #known = new Map();
  #seed;

  /** True while a shape in the shade of another one is drawn. */
  inShade = false;

  /** @param seed any text; the same seed gives the same picture, byte for byte */
  constructor(seed) {
    this.#seed = [...seed].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 16777619) >>> 0, 2166136261);
  }

  /** Returns the next pseudo-random number in [low, high). */
  random(low = 0, high = 1) {
    this.#seed = (Math.imul(this.#seed, 1664525) + 1013904223) >>> 0;
    return low + (this.#seed / 4294967296) * (high - low);
  }

  // ---- paint

  #define(build) {
    const probe = build('');
    if (!this.#known.has(probe)) {
      const id = 'd' + (this.#ids++).toString(36);
      this.#defs.push(build(id));
      this.#known.set(probe, `url(#${id})`);
    }
    return this.#known.get(probe);
  }

  #stops(stops) {
    return stops.map(([at, colour, opacity]) =>
      `<stop offset="${at}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`).join('');
  }

  /** Linear gradient over the shape's box. stops: [offset, colour, opacity?]; `to` is [x2, y2], from [0, 0]. */
  linear(stops, to = [1, 0]) {
    return this.#define(id =>
      `<linearGradient id="${id}" x2="${to[0]}" y2="${to[1]}">${this.#stops(stops)}</linearGradient>`);
  }

  radial(stops, [cx, cy, r] = [0.5, 0.5, 0.5]) {
    return this.#define(id =>
      `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${this.#stops(stops)}</radialGradient>`);
  }

  /** Top-lit flat face. */
  face(colour, depth = 0.16) {
    return this.linear([[0, lighten(colour, depth * 0.8)], [1, darken(colour, depth)]], [0.35, 1]);
  }

  /** Left-lit round body. finish: 'matte' | 'metal' | 'soft' */
  across(colour, finish = 'matte') {
    const s = {
      matte: [[0, darken(colour, 0.06)], [0.28, lighten(colour, 0.16)], [0.6, colour], [1, darken(colour, 0.34)]],
      soft: [[0, colour], [0.3, lighten(colour, 0.1)], [0.65, colour], [1, darken(colour, 0.2)]],
      metal: [[0, darken(colour, 0.3)], [0.14, lighten(colour, 0.18)], [0.27, lighten(colour, 0.62)], [0.4, colour],
        [0.68, darken(colour, 0.32)], [0.86, lighten(colour, 0.12)], [1, darken(colour, 0.36)]],
    }[finish];
    return this.linear(s);
  }

  /** Round in both directions: cushions, globes, leaves of fruit. */
  ball(colour, depth = 0.3) {
    return this.radial([[0, lighten(colour, 0.3)], [0.45, colour], [1, darken(colour, depth)]], [0.36, 0.3, 0.78]);
  }

  /** Repeated marks as a fill: woven cloth, knit, canvas. */
  weave(colour, { size = 5, opacity = 0.16, kind = 'cross' } = {}) {
    const mark = {
      cross: `<path d="M0 0L${size} ${size}M${size} 0L0 ${size}"/>`,
      rib: `<path d="M${size / 2} 0V${size}"/>`,
      row: `<path d="M0 ${size / 2}H${size}"/>`,
      knit: `<path d="M0 ${size * 0.2}L${size / 2} ${size * 0.8}L${size} ${size * 0.2}"/>`,
      dot: `<circle cx="${size / 2}" cy="${size / 2}" r="${size * 0.22}" fill="${colour}" stroke="none"/>`,
    }[kind];
    const pen = `stroke="${colour}" stroke-opacity="${opacity}" fill-opacity="${opacity}" fill="none" stroke-width="1"`;
    return this.#define(id =>
      `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><g ${pen}>${mark}</g></pattern>`);
  }

  // ---- shapes; every call adds one element and returns nothing

  path(d, fill = 'none', more = {}) {
    this.#body.push(`<path d="${d}" fill="${fill}"${attributes(more)}/>`);
  }

  oval(cx, cy, rx, ry, fill, more = {}) {
    this.#body.push(
      `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}"${attributes(more)}/>`);
  }

  box(x, y, w, h, r, fill, more = {}) {
    this.#body.push(
      `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${n(r)}" fill="${fill}"${attributes(more)}/>`);
  }

  /** Stroke with round ends. points: path text, or [[x, y], …] joined by straight lines. */
  stroke(points, colour, width, more = {}) {
    const d = typeof points === 'string' ? points : polyline(points);
    this.path(d, 'none', { stroke: colour, 'stroke-width': width, 'stroke-linecap': 'round',
      'stroke-linejoin': 'round', ...more });
  }

  /** A tube: a stroke with a darker edge and a lit line, for legs, handles and arms. */
  tube(points, colour, width, { shine = 0.35 } = {}) {
    this.stroke(points, darken(colour, 0.32), width);
    this.stroke(points, colour, width * 0.72, { transform: `translate(${n(-width * 0.06)} ${n(-width * 0.05)})` });
    this.stroke(points, lighten(colour, 0.55), width * 0.2, { opacity: shine,
      transform: `translate(${n(-width * 0.2)} ${n(-width * 0.12)})` });
  }

  group(more, draw) {
    this.#body.push(`<g${attributes(more)}>`);
    draw();
    this.#body.push('</g>');
  }

  at(x, y, draw, { scale = 1, turn = 0, flip = false } = {}) {
    this.group({ transform: `translate(${n(x)} ${n(y)})${turn ? ` rotate(${n(turn)})` : ''} scale(${flip ? -scale : scale} ${scale})` }, draw);
  }

  /** Draws only inside the outline d. */
  within(d, draw) {
    const clip = this.#define(id => `<clipPath id="${id}"><path d="${d}"/></clipPath>`);
    this.group({ 'clip-path': clip }, draw);
  }

  /**
   * Contact shadow: a wide soft pool and a small dark core, both plain gradients (a blur filter costs the page far
   * more).
   */
  shadow(cx, y, rx, { ry = rx * 0.15, strength = 0.34 } = {}) {
    const soft = this.radial([[0, '#1d1b33', strength], [0.55, '#1d1b33', strength * 0.45], [1, '#1d1b33', 0]]);
    this.oval(cx + rx * 0.14, y + ry * 0.25, rx * 1.32, ry * 1.6, soft);
    this.oval(cx + rx * 0.02, y, rx * 1.02, ry * 0.8, soft);
  }

  /** Returns the finished document. */
  toSvg(width = 400, height = 400, title = '') {
    const label = title ? `<title>${title.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</title>` : '';
    const size = `viewBox="0 ${HEADROOM} ${width} ${height}" width="${width * 2}" height="${height * 2}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${label}<defs>${this.#defs.join('')}</defs>${this.#body.join('')}</svg>\n`;
  }
}

/** Returns the same drawing nearer to the camera, on the same floor. */
export const zoom = (draw, scale) => Object.assign(
  (e, tint) => e.at(200 * (1 - scale), FLOOR * (1 - scale), () => draw(e, tint), { scale }), { setting: draw.setting },
);

/** Returns the same drawing with a given setting (see backdrop.mjs) instead of a random one. */
export const on = (setting, draw) => Object.assign((e, tint) => draw(e, tint), { setting });

/** Outline of a box with round corners. */
export const rounded = (x, y, w, h, r) => [
  `M${x + r} ${y}H${x + w - r}Q${x + w} ${y} ${x + w} ${y + r}V${y + h - r}Q${x + w} ${y + h} ${x + w - r} ${y + h}`,
  `H${x + r}Q${x} ${y + h} ${x} ${y + h - r}V${y + r}Q${x} ${y} ${x + r} ${y}Z`,
].join('');

export const polyline = points => points.map(([x, y], i) => `${i ? 'L' : 'M'}${n(x)} ${n(y)}`).join('');

/**
 * One cubic from b to c on a smooth curve that comes from a and goes on to e. Handles point along the neighbours and
 * are a third of the step long, so that a short step beside a long one does not overshoot.
 */
function bend(a, b, c, e) {
  const step = Math.hypot(c[0] - b[0], c[1] - b[1]) / 3;
  const handle = (from, to) => {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
    return [(to[0] - from[0]) / length * step, (to[1] - from[1]) / length * step];
  };
  const out = handle(a, c);
  const back = handle(b, e);
  return `C${n(b[0] + out[0])} ${n(b[1] + out[1])} ${n(c[0] - back[0])} ${n(c[1] - back[1])} ${n(c[0])} ${n(c[1])}`;
}

/** Smooth curve through the points; a point given twice in a row is a corner. `start` is 'M' or 'L'. */
export function through(points, start = 'M') {
  const at = i => points[Math.max(0, Math.min(points.length - 1, i))];
  let d = `${start}${n(points[0][0])} ${n(points[0][1])}`;
  for (let i = 0; i + 1 < points.length; i++) {
    if (at(i)[0] === at(i + 1)[0] && at(i)[1] === at(i + 1)[1]) continue;
    d += bend(at(i - 1), at(i), at(i + 1), at(i + 2));
  }
  return d;
}

/** Closed smooth outline through the points. */
export function blob(points) {
  const at = i => points[(i + points.length) % points.length];
  return `M${n(points[0][0])} ${n(points[0][1])}${points.map((_, i) => bend(at(i - 1), at(i), at(i + 1), at(i + 2))).join('')}Z`;
}
