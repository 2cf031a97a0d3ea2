/** Furniture: wood, steel and cloth, seen from the front at sitting height. */
import { darken, lighten } from './colour.mjs';
import { FLOOR, zoom } from './easel.mjs';
import { grain, ring, turned } from './turned.mjs';

const OAK = '#b98d58';

/** A stuffed shape: soft light, woven cloth, a seam. */
function cushion(e, d, tint, { cloth = 'cross', seam = true } = {}) {
  e.path(d, e.ball(tint, 0.24));
  e.path(d, e.weave(darken(tint, 0.5), { size: 4, kind: cloth, opacity: 0.13 }));
  if (seam) e.stroke(d, darken(tint, 0.36), 1.4, { opacity: 0.5 });
}

/** Outline of something stuffed: a box whose corners are round and whose sides swell a little. */
const pillow = (x, y, w, h, r) => [
  `M${x + r} ${y}Q${x + w / 2} ${y - r * 0.35} ${x + w - r} ${y}Q${x + w} ${y} ${x + w} ${y + r}`,
  `Q${x + w + r * 0.2} ${y + h / 2} ${x + w} ${y + h - r}Q${x + w} ${y + h} ${x + w - r} ${y + h}`,
  `Q${x + w / 2} ${y + h + r * 0.2} ${x + r} ${y + h}Q${x} ${y + h} ${x} ${y + h - r}`,
  `Q${x - r * 0.2} ${y + h / 2} ${x} ${y + r}Q${x} ${y} ${x + r} ${y}Z`,
].join('');

/** A wooden slab with its grain. */
function plank(e, x, y, w, h, wood, { r = 2, axis = 'x', lines = 6 } = {}) {
  e.box(x, y, w, h, r, axis === 'x' ? e.linear([[0, lighten(wood, 0.16)], [1, darken(wood, 0.14)]], [0.15,
    1]) : e.across(wood, 'soft'));
  e.within(`M${x} ${y}h${w}v${h}h${-w}z`, () => grain(e, x, y, w, h, wood, axis, lines));
}

function leg(e, x, y, to, foot, wood, width = 10) {
  e.path(`M${x - width / 2} ${y}H${x + width / 2}L${foot + width * 0.3} ${to}H${foot - width * 0.3}Z`, e.across(wood,
    'soft'));
}

function lounge(e, tint) {
  e.shadow(200, FLOOR + 2, 148);
  [[96, 88], [304, 312]].forEach(([x, f]) => leg(e, x, 282, FLOOR, f, OAK, 13));
  cushion(e, pillow(86, 104, 228, 150, 46), darken(tint, 0.06));
  cushion(e, pillow(112, 128, 176, 116, 34), lighten(tint, 0.05));
  e.path('M104 236H296V290H104Z', darken(tint, 0.38));
  cushion(e, pillow(102, 214, 196, 46, 18), lighten(tint, 0.1));
  e.path('M84 262H316V288Q316 294 308 294H92Q84 294 84 288Z', e.face(tint, 0.22));
  [[58, 1], [290, -1]].forEach(([x]) => cushion(e, pillow(x, 184, 52, 108, 24), tint));
  cushion(e, pillow(150, 160, 84, 64, 18), '#e2c48a', { cloth: 'rib' });
}

function wing(e, tint) {
  e.shadow(200, FLOOR + 2, 124);
  [[128, 120], [272, 280]].forEach(([x, f]) => leg(e, x, 290, FLOOR + 2, f, '#7d5439', 12));
  const back = 'M116 250V92Q116 52 156 46Q200 40 244 46Q284 52 284 92V250Z';
  cushion(e, back, darken(tint, 0.04));
  const inner = 'M142 240V98Q142 70 200 68Q258 70 258 98V240Z';
  cushion(e, inner, lighten(tint, 0.06));
  [[170, 110], [230, 110], [200, 146], [170, 182], [230, 182]].forEach(([x, y]) => {
    e.oval(x, y + 1, 6, 5, darken(tint, 0.4), { opacity: 0.45 });
    e.oval(x, y, 4, 4, e.ball(tint));
  });
  const side = 'M120 84Q96 96 100 150L104 196H140V110Q138 86 120 84Z';
  [false, true].forEach(flip => e.at(flip ? 400 : 0, 0, () => {
    cushion(e, side, tint);
    cushion(e, pillow(84, 192, 56, 106, 24), tint);
  }, { flip }));
  cushion(e, pillow(134, 222, 132, 46, 18), lighten(tint, 0.12));
  e.path('M136 266H264V298H136Z', e.face(darken(tint, 0.05), 0.2));
}

function spindleChair(e, tint) {
  e.shadow(200, FLOOR + 8, 96, { strength: 0.26 });
  const w = 9;
  e.tube([[152, 232], [140, 306]], darken(tint, 0.25), w - 2);
  e.tube([[248, 232], [260, 306]], darken(tint, 0.25), w - 2);
  for (let i = 0; i < 7; i++) e.tube([[152 + i * 16, 226], [140 + i * 20, 86]], tint, 6);
  e.tube([[138, 224], [120, 82]], tint, w + 1);
  e.tube([[262, 224], [280, 82]], tint, w + 1);
  e.path('M110 88Q108 62 122 60Q200 44 278 60Q292 62 290 88Q200 70 110 88Z', e.linear([[0, lighten(tint, 0.3)], [1,
    darken(tint, 0.1)]], [0.2, 1]));
  e.path('M120 228Q124 214 146 214H254Q276 214 280 228L292 244Q290 254 272 254H128Q110 254 108 244Z',
    e.face(lighten(tint, 0.06), 0.2));
  e.path('M140 222Q200 240 260 222Q252 244 200 244Q148 244 140 222Z', darken(tint, 0.4), { opacity: 0.25 });
  e.tube([[134, 252], [112, FLOOR + 8]], tint, w + 1);
  e.tube([[266, 252], [288, FLOOR + 8]], tint, w + 1);
  e.tube([[124, 290], [276, 290]], tint, 6);
}

function curveChair(e, tint) {
  e.shadow(200, FLOOR + 6, 100, { strength: 0.26 });
  const steel = '#3a3b40';
  [[150, 240, 138, 304], [250, 240, 262, 304]].forEach(([a, b, c, d]) => e.tube([[a, b], [c, d]], darken(steel, 0.2),
    6));
  const shell = 'M118 74Q200 54 282 74Q296 78 294 96L280 176Q276 196 200 196Q124 196 120 176L106 96Q104 78 118 74Z';
  e.path(shell, darken(tint, 0.45), { transform: 'translate(0 5)' });
  e.path(shell, e.linear([[0, darken(tint, 0.1)], [0.3, lighten(tint, 0.28)], [0.7, tint], [1, darken(tint, 0.24)]]));
  e.within(shell, () => grain(e, 100, 56, 200, 144, tint, 'x', 16));
  e.box(188, 184, 24, 60, 8, e.across(darken(tint, 0.1)));
  const seat = 'M120 232Q200 216 280 232Q306 238 302 256Q296 270 200 270Q104 270 98 256Q94 238 120 232Z';
  e.path(seat, darken(tint, 0.45), { transform: 'translate(0 6)' });
  e.path(seat, e.face(lighten(tint, 0.1), 0.18));
  e.within(seat, () => grain(e, 94, 220, 212, 52, tint, 'x', 9));
  e.tube([[124, 264], [108, FLOOR + 8]], steel, 8);
  e.tube([[276, 264], [292, FLOOR + 8]], steel, 8);
}

function stool(e, tint, { top = 196, spread = 62, steel = null, seat = 84, rest = 0 } = {}) {
  e.shadow(200, FLOOR + 8, spread + 26, { strength: 0.26 });
  const frame = steel ?? darken(tint, 0.06);
  e.tube([[200, top + 14], [204, FLOOR - 8]], darken(frame, 0.25), steel ? 6 : 12);
  [[-1, 158], [1, 242]].forEach(([s, x]) => e.tube([[x, top + 18], [200 + s * spread, FLOOR + 8]], frame,
    steel ? 8 : 14));
  if (rest) e.tube([[200 - spread * 0.8, rest], [200 + spread * 0.8, rest]], frame, steel ? 6 : 9);
  turned(e, 200, [[top, seat], [top + 16, seat - 2], [top + 20, seat - 8]], tint, { finish: 'wood', tilt: 0.17 });
  e.oval(200, top, seat, seat * 0.17, e.face(lighten(tint, 0.22), 0.12));
  e.oval(200, top + 2, seat * 0.7, seat * 0.1, darken(tint, 0.3), { opacity: 0.2 });
}

const barStool = (e, tint) => stool(e, tint, { top: 104, spread: 58, steel: '#3a3b40', seat: 66, rest: 254 });

function sofa(e, tint, { left = 44, seats = 2, cloth = 'cross', accent = '#e2c48a' } = {}) {
  const right = 400 - left;
  e.shadow(200, FLOOR + 2, 200 - left + 8);
  [left + 26, right - 26].forEach(x => leg(e, x, 294, FLOOR + 2, x, '#7d5439', 13));
  const arm = 40;
  const w = (right - left - arm * 1.5) / seats;
  cushion(e, pillow(left + 14, 156, right - left - 28, 110, 30), darken(tint, 0.1), { cloth });
  for (let i = 0; i < seats;
  i++) cushion(e, pillow(left + arm * 0.75 + w * i, 168, w, 84, 24), lighten(tint, 0.03), { cloth });
  e.path(
    `M${left + 14} 262H${right - 14}V292Q${right - 14} 300 ${right - 24} 300H${left + 24}Q${left + 14} 300 ${left + 14} 292Z`,
    e.face(darken(tint, 0.08), 0.2),
  );
  for (let i = 0; i < seats;
  i++) cushion(e, pillow(left + arm * 0.75 + w * i, 232, w, 42, 16), lighten(tint, 0.12), { cloth });
  [left, right - arm].forEach(x => cushion(e, pillow(x, 196, arm, 104, 19), tint, { cloth }));
  e.at(left + arm + 26, 208, () => cushion(e, pillow(-26, -30, 56, 52, 14), accent, { cloth: 'rib' }), { turn: -10 });
}

function longSofa(e, tint) {
  sofa(e, tint, { left: 20, seats: 3, cloth: 'dot', accent: lighten(tint, 0.55) });
  [[52, 1], [348, 1]].forEach(([x]) => { e.oval(x, 222, 17, 17, e.ball(darken(tint, 0.14))); e.oval(x, 222, 4, 4,
    darken(tint, 0.4)); });
}

function tray(e, tint) {
  e.shadow(200, FLOOR + 2, 96);
  turned(e, 200, [[312, 70], [FLOOR, 72]], tint, { tilt: 0.17 });
  e.oval(200, 312, 70, 12, lighten(tint, 0.22));
  e.tube([[200, 312], [200, 176]], tint, 12);
  turned(e, 200, [[158, 112], [176, 108]], tint, { finish: 'glaze', tilt: 0.17 });
  e.oval(200, 158, 112, 19, lighten(tint, 0.3));
  e.oval(200, 162, 106, 16, e.face(darken(tint, 0.06), 0.14));
  e.box(140, 147, 62, 9, 2, e.face('#4f7f80')); e.box(146, 139, 56, 8, 2, e.face('#efe6d8'));
  turned(e, 248, [[126, 17], [158, 14]], '#f4efe6', { finish: 'glaze' });
  e.oval(248, 126, 17, 3, '#6b4129');
}

function drum(e, tint) {
  e.shadow(200, FLOOR + 6, 122);
  turned(e, 200, [[176, 104], [180, 106], [316, 106], [FLOOR + 2, 102]], tint, { finish: 'wood', tilt: 0.17 });
  for (let i = 0; i < 21; i++) {
    const a = Math.PI * (i + 0.5) / 21;
    const [x, dip] = [200 - Math.cos(a) * 106, Math.sin(a) * 17];
    e.stroke([[x, 180 + dip], [x, 318 + dip]], darken(tint, 0.45), 2.2, { opacity: 0.42 });
    e.stroke([[x + 2, 180 + dip], [x + 2, 318 + dip]], lighten(tint, 0.5), 1, { opacity: 0.4 });
  }
  turned(e, 200, [[164, 114], [178, 114]], tint, { finish: 'wood', tilt: 0.17 });
  e.oval(200, 164, 114, 19.4, e.face(lighten(tint, 0.24), 0.14));
  turned(e, 226, [[104, 9], [112, 13], [140, 26], [162, 18]], '#e9e3d6', { finish: 'speckle' });
  [[-14, -60, -18], [2, -72, 4], [16, -54, 24]].forEach(([dx, dy, t]) => {
    e.stroke(`M226 104Q${226 + dx / 2} ${104 + dy / 2} ${226 + dx} ${104 + dy}`, '#6d7d4c', 2);
    e.oval(226 + dx, 104 + dy, 7, 14, e.ball('#c99f5a'), { transform: `rotate(${t} ${226 + dx} ${104 + dy})` });
  });
}

const spines = ['#b9694a', '#476a72', '#d39b2c', '#2f5d47', '#6d3b57', '#efe2cb', '#27364f', '#9db094', '#c77f86'];

function books(e, x, y, count, height) {
  for (let i = 0; i < count; i++) {
    const [w, h] = [e.random(8, 14), height * e.random(0.72, 1)];
    e.box(x, y - h, w, h, 1.2, e.face(spines[Math.floor(e.random() * spines.length)], 0.14));
    x += w + 0.8;
  }
  return x;
}

function bookshelf(e, tint) {
  e.shadow(200, FLOOR + 4, 116, { strength: 0.26 });
  [[120, 132], [280, 268]].forEach(([f, t]) => e.tube([[f - 6, FLOOR + 4], [t - 4, 34]], tint, 9));
  const shelves = [[92, 62], [146, 66], [202, 70], [258, 76], [306, 82]];
  shelves.forEach(([y, half], i) => {
    const [left, right] = [200 - half, 200 + half];
    if (i === 0) {
      turned(e, 170, [[64, 13], [92, 10]], '#c4673f', {});
      e.stroke('M170 64C160 40 150 46 142 34M170 64C172 44 178 40 176 26M170 64C182 48 192 52 200 40', '#5f8748', 5);
      books(e, 204, y, 4, 40);
    }
    if (i === 1) { books(e, left + 10, y, 6, 44); turned(e, right - 26, [[y - 30, 10], [y - 12, 15], [y, 11]],
      '#9cc3d6', { finish: 'glaze' }); }
    if (i === 2) {
      e.box(left + 14, y - 9, 58, 9, 1, e.face('#d39b2c'));
      e.box(left + 18, y - 17, 50, 8, 1, e.face('#476a72'));
      books(e, 214, y, 4, 44);
    }
    if (i === 3) { books(e, left + 10, y, 9, 46); }
    if (i === 4) {
      e.box(left + 14, y - 32, 60, 32, 4, e.face('#cdb08a'));
      e.box(left + 14, y - 32, 60, 32, 4, e.weave('#5d4033', { size: 5, opacity: 0.35 }));
      e.box(214, y - 36, 54, 36, 3, e.face('#efe2cb'));
      e.oval(241, y - 20, 5, 5, darken('#efe2cb', 0.3));
    }
    plank(e, left, y, half * 2, 9, tint, { lines: 3 });
    e.box(left + 4, y + 9, half * 2 - 8, 6, 0, e.linear([[0, '#1d1b33', 0.2], [1, '#1d1b33', 0]], [0, 1]));
  });
  [[92, 118], [308, 282]].forEach(([f, t]) => e.tube([[f, FLOOR + 10], [t + (f < 200 ? 14 : -14), 34]], tint, 10));
}

function sideboard(e, tint) {
  e.shadow(200, FLOOR + 2, 174);
  [52, 348].forEach(x => leg(e, x, 288, FLOOR + 2, x, darken(tint, 0.3), 12));
  plank(e, 26, 188, 348, 104, tint, { r: 4, lines: 4 });
  e.box(26, 186, 348, 9, 3, e.linear([[0, lighten(tint, 0.4)], [1, tint]], [0, 1]));
  [[36, 112], [252, 112]].forEach(([x, w]) => {
    e.box(x, 202, w, 82, 2, darken(tint, 0.5));
    for (let i = 0; i < 14; i++) e.box(x + 1 + i * (w / 14), 202, w / 14 - 2.4, 82, 1, e.across(tint, 'soft'));
  });
  [202, 245].forEach(y => {
    plank(e, 153, y, 94, 39, lighten(tint, 0.06), { lines: 5 });
    e.stroke(`M153 ${y + 40}h94`, darken(tint, 0.5), 1.6);
    e.oval(200, y + 19, 5, 5, e.ball('#c9a24c'));
  });
  turned(e, 92, [[134, 10], [142, 12], [168, 24], [186, 17]], '#c4673f', { finish: 'glaze' });
  e.stroke('M92 134C80 104 86 90 70 70M92 134C94 100 104 90 104 64M92 134C104 110 120 104 126 88', '#8c9a63', 3);
  [[70, 70], [104, 64], [126, 88], [82, 96], [102, 92]].forEach(([x, y]) => e.oval(x, y, 7, 10, e.ball('#e9dfc8')));
  books(e, 262, 186, 5, 44); e.box(322, 160, 26, 26, 3, e.face('#efe6d8'));
}

function bench(e, tint) {
  e.shadow(200, FLOOR + 4, 168, { strength: 0.28 });
  [[76, 86], [324, 314]].forEach(([f, x]) => e.tube([[x, 244], [f, 310]], darken(tint, 0.2), 9));
  e.tube([[84, 284], [316, 284]], darken(tint, 0.12), 8);
  [[54, 68], [346, 332]].forEach(([f, x]) => e.tube([[x, 244], [f, FLOOR + 8]], tint, 12));
  plank(e, 36, 230, 328, 18, tint, { r: 6, lines: 5 });
  cushion(e, pillow(42, 208, 316, 26, 11), '#8f9f86', { cloth: 'rib' });
  [120, 200, 280].forEach(x => e.oval(x, 219, 3.4, 3, darken('#8f9f86', 0.4)));
  e.at(94, 178, () => cushion(e, pillow(-32, -34, 66, 64, 16), '#c4673f'), { turn: -7 });
}

function pouffe(e, tint) {
  e.shadow(200, FLOOR - 2, 132);
  const d = 'M70 250Q70 178 200 176Q330 178 330 250Q330 322 200 326Q70 322 70 250Z';
  e.path(d, e.ball(tint, 0.36));
  e.within(d, () => {
    for (let i = -6; i <= 6; i++) {
      const x = 200 + Math.sin(i / 7 * Math.PI / 2) * 138;
      const bulge = (x - 200) * 0.36;
      for (let k = 0; k < 13; k++) {
        const t = k / 12;
        const px = 200 + (x - 200) * (0.35 + 0.65 * Math.sin(Math.PI * (0.12 + t * 0.76))) - bulge * 0;
        const y = 180 + t * 140;
        e.stroke(`M${px - 9} ${y - 4}Q${px} ${y + 5} ${px + 9} ${y - 4}`, darken(tint, 0.4), 2, { opacity: 0.35 });
        e.stroke(`M${px - 8} ${y - 7}Q${px} ${y + 1} ${px + 8} ${y - 7}`, lighten(tint, 0.5), 1.5, { opacity: 0.3 });
      }
    }
  });
  e.oval(200, 184, 20, 6, darken(tint, 0.2));
  ring(e, 200, 184, 20, darken(tint, 0.5), 1.5, { tilt: 0.3, opacity: 0.5 });
}

function coatStand(e, tint) {
  e.shadow(200, FLOOR + 6, 74);
  turned(e, 200, [[312, 56], [FLOOR + 4, 60]], tint, { tilt: 0.18 });
  e.oval(200, 312, 56, 10, lighten(tint, 0.22));
  e.tube([[200, 312], [200, 40]], tint, 12);
  [[-44, 40, 92], [44, 62, 116], [-38, 96, 148], [38, 128, 178], [-24, 30, 66]].forEach(([dx, up, from]) => {
    e.tube([[200, from], [200 + dx, up]], tint, 8);
    e.oval(200 + dx, up, 6, 6, e.ball(lighten(tint, 0.1)));
  });
  e.path('M154 46Q150 58 146 66L132 190Q130 206 150 206H184Q192 206 190 190L178 80Q170 60 156 46Z', e.face('#c98a3a',
    0.24));
  e.stroke('M158 60Q164 130 160 204', darken('#c98a3a', 0.4), 1.6, { opacity: 0.6 });
  e.path('M238 130Q232 168 236 214L252 250L266 212Q258 168 246 130Z', e.face('#4f6f86', 0.2));
  e.oval(247, 56, 34, 9, '#7d5439'); e.path('M226 54Q228 30 247 30Q266 30 268 54Z', e.face('#8a5f40', 0.2));
}

function desk(e, tint) {
  e.shadow(200, FLOOR + 4, 168, { strength: 0.26 });
  [[72, 84], [328, 316]].forEach(([f, x]) => e.tube([[x, 200], [f + (f < 200 ? 12 : -12), 308]], darken(tint, 0.22),
    9));
  plank(e, 54, 186, 292, 36, darken(tint, 0.04), { lines: 4 });
  plank(e, 132, 192, 136, 26, lighten(tint, 0.06), { lines: 4 });
  e.oval(200, 205, 5, 5, e.ball('#c9a24c'));
  plank(e, 36, 172, 328, 15, lighten(tint, 0.08), { r: 4, lines: 4 });
  [[48, 66], [352, 334]].forEach(([f, x]) => e.tube([[x, 220], [f, FLOOR + 8]], tint, 13));
  e.path('M158 168L166 112Q167 108 172 108H246Q250 108 250 112L258 168Z', e.face('#c3c8cd', 0.1));
  e.box(146, 166, 124, 6, 3, e.face('#a7adb4'));
  turned(e, 304, [[132, 17], [172, 14]], '#f4efe6', { finish: 'glaze' });
  e.tube([[92, 170], [84, 108], [116, 78]], '#2f5d47', 5); turned(e, 90, [[164, 18], [171, 20]], '#2f5d47');
  e.at(118, 80, () => e.path('M-12 0Q0 -16 12 0L22 24H-22Z', e.across('#2f5d47')), { turn: -24 });
}

export default {
  'SKU-0033': lounge,
  'SKU-0034': zoom(wing, 1.04),
  'SKU-0035': spindleChair,
  'SKU-0036': curveChair,
  'SKU-0037': zoom(stool, 1.2),
  'SKU-0038': barStool,
  'SKU-0039': sofa,
  'SKU-0040': longSofa,
  'SKU-0041': tray,
  'SKU-0042': drum,
  'SKU-0043': bookshelf,
  'SKU-0044': sideboard,
  'SKU-0045': bench,
  'SKU-0046': pouffe,
  'SKU-0047': coatStand,
  'SKU-0048': desk,
};
