/**
 * Bodies of revolution: shapes of a potter's wheel or a lathe. Mugs, bowls, lamps, pots, candlesticks and bottles are a
 * profile and a finish. A profile is [[y, radius], …] from top to bottom around the axis cx; a point given twice is a
 * sharp edge.
 */
import { darken, lighten, luminance } from './colour.mjs';
import { through } from './easel.mjs';

const f = v => Math.round(v * 10) / 10;

/** Outline of the body, seen slightly from above: tilt is the height of a circle divided by its width. */
export function outline(cx, profile, tilt = 0.16) {
  const left = profile.map(([y, r]) => [cx - r, y]);
  const right = profile.map(([y, r]) => [cx + r, y]).reverse();
  const top = profile[0][1];
  const foot = profile.at(-1)[1];
  const arc = (r, x, y) => `A${f(r)} ${f(r * tilt)} 0 0 0 ${f(x)} ${f(y)}`;
  return `${through(left)}${arc(foot, cx + foot, profile.at(-1)[0])}${through(right, 'L')}${arc(top, cx - top, profile[0][0])}Z`;
}

/**
 * Draws the body. finish: 'matte' | 'glaze' (a window reflected in it) | 'metal' | 'wood' | 'speckle' | 'clay' (bare
 * foot) | 'knit'; glazes take a contrasting bare foot with `foot` (share of the height, 0 to 1).
 */
export function turned(e, cx, profile, colour, { finish = 'matte', tilt = 0.16, foot = 0,
  footColour = '#c9a27c' } = {}) {
  const d = outline(cx, profile, tilt);
  const top = profile[0][0];
  const bottom = profile.at(-1)[0];
  const wide = Math.max(...profile.map(p => p[1]));
  e.path(d, e.across(colour, finish === 'metal' ? 'metal' : 'matte'));
  e.within(d, () => {
    if (foot) {
      const y = bottom - (bottom - top) * foot;
      e.path(
        `M${f(cx - wide)} ${f(y)}A${f(wide)} ${f(wide * tilt)} 0 0 0 ${f(cx + wide)} ${f(y)}V${f(bottom + wide)}H${f(cx - wide)}Z`,
        e.across(footColour),
      );
      e.stroke(`M${f(cx - wide)} ${f(y)}A${f(wide)} ${f(wide * tilt)} 0 0 0 ${f(cx + wide)} ${f(y)}`, darken(colour,
        0.2), 1.6, { opacity: 0.5 });
    }
    if (finish === 'wood') grain(e, cx - wide, top, wide * 2, bottom - top, colour, 'y');
    if (finish === 'speckle') speckle(e, cx - wide, top - wide * tilt, wide * 2, bottom - top + wide * tilt * 2,
      colour);
    e.box(cx - wide, top - wide, wide * 2, bottom - top + wide * 2, 0, e.linear([[0.5, '#1d1b33', 0], [1, '#1d1b33',
      0.2]], [0, 1]));
    if (finish === 'glaze' || finish === 'speckle') gleam(e, cx, profile, 0.4);
    if (finish === 'matte' || finish === 'clay') gleam(e, cx, profile, 0.12);
  });
}

/** The long soft highlight of a glazed surface; it follows the profile. */
function gleam(e, cx, profile, opacity) {
  const inner = profile.slice(0, -1);
  const a = inner.map(([y, r]) => [cx - r * 0.72, y + 6]);
  const b = inner.map(([y, r]) => [cx - r * 0.54, y + 8]).reverse();
  e.path(through(a) + through(b, 'L') + 'Z', '#ffffff', { opacity });
}

/** The mouth of a hollow body: rim, inner wall, and content. */
export function mouth(e, cx, y, r, colour, { tilt = 0.16, lip = 3, fill = null, level = 0.5 } = {}) {
  e.oval(cx, y, r, r * tilt, e.linear([[0, lighten(colour, 0.35)], [1, darken(colour, 0.08)]]));
  const inner = r - lip;
  e.oval(cx, y + 0.4, inner, inner * tilt * 0.94, e.linear([[0, darken(colour, 0.42)], [1, darken(colour, 0.12)]]));
  if (fill) {
    const half = x => `A${f(inner)} ${f(inner * tilt)} 0 1 0 ${f(x)} ${f(y)}`;
    const hole = `M${f(cx - inner)} ${f(y)}${half(cx + inner)}${half(cx - inner)}Z`;
    e.within(hole, () => e.oval(
      cx, y + inner * tilt * level, inner * 0.97, inner * tilt * 0.9, e.linear([[0, lighten(fill, 0.1)], [1,
        darken(fill, 0.15)]]),
    ));
  }
}

/** A painted or turned ring around the body at height y. */
export function ring(e, cx, y, r, colour, width = 2, { tilt = 0.16, opacity = 1 } = {}) {
  e.path(`M${f(cx - r)} ${f(y)}A${f(r)} ${f(r * tilt)} 0 0 0 ${f(cx + r)} ${f(y)}`, 'none', { stroke: colour,
    'stroke-width': width, opacity });
}

/** Wood grain over a box; clip it with the caller's outline. axis 'x' runs along the width, 'y' along the height. */
export function grain(e, x, y, w, h, colour, axis = 'x', lines = 9) {
  const dark = darken(colour, 0.3);
  for (let i = 0; i < lines; i++) {
    const t = (i + e.random(0.1, 0.9)) / lines;
    const bend = e.random(-5, 5);
    const d = axis === 'x'
      ? `M${f(x)} ${f(y + h * t)}C${f(x + w * 0.3)} ${f(y + h * t + bend)} ${f(x + w * 0.7)} ${f(y + h * t - bend)} ${f(x + w)} ${f(y + h * t + bend * 0.5)}`
      : `M${f(x + w * t)} ${f(y)}C${f(x + w * t + bend)} ${f(y + h * 0.3)} ${f(x + w * t - bend)} ${f(y + h * 0.7)} ${f(x + w * t + bend * 0.5)} ${f(y + h)}`;
    e.stroke(d, dark, e.random(0.6, 1.5), { opacity: e.random(0.16, 0.38) });
  }
}

/** Iron flecks in a pale glaze (dark ones), or pale flecks on a dark one. */
export function speckle(e, x, y, w, h, colour, count = Math.round(w * h / 190)) {
  const ink = luminance(colour) > 0.45 ? darken(colour, 0.6) : lighten(colour, 0.6);
  let d = '';
  for (let i = 0; i < count; i++) {
    const [px, py, r] = [x + e.random() * w, y + e.random() * h, e.random(0.4, 1.3)];
    d += `M${f(px)} ${f(py)}h${f(r)}v${f(r)}h${f(-r)}z`;
  }
  e.path(d, ink, { opacity: 0.5 });
}
