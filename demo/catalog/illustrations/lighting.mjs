/** Lighting: every lamp is on. */
import { darken, lighten, mix } from './colour.mjs';
import { FLOOR, on, zoom } from './easel.mjs';
import { outline, ring, turned } from './turned.mjs';

const WARM = '#ffedc4';
const OPAL = '#fff6e2';

function glow(e, x, y, r, strength = 0.75) {
  e.oval(x, y, r, r, e.radial([[0, WARM, strength], [0.4, WARM, strength * 0.4], [1, WARM, 0]]));
}

function cone(e, x, y, top, bottom, length, strength = 0.5) {
  e.path(`M${x - top} ${y}L${x - bottom} ${y + length}A${bottom} ${bottom * 0.16} 0 0 0 ${x + bottom} ${y + length}L${x + top} ${y}Z`,
    e.linear([[0, WARM, strength], [1, WARM, 0]], [0, 1]));
}

/** A lit shade: the cloth is brightest in its middle. */
function shade(e, cx, profile, colour, { tilt = 0.13, pleats = 0 } = {}) {
  const d = outline(cx, profile, tilt);
  const wide = Math.max(...profile.map(p => p[1]));
  e.path(d, e.linear([[0, darken(colour, 0.12)], [0.45, mix(colour, WARM, 0.62)], [1, darken(colour, 0.2)]]));
  e.within(d, () => {
    glow(e, cx, (profile[0][0] + profile.at(-1)[0]) / 2 + 10, wide * 0.95, 0.75);
    for (let i = 1; i < pleats; i++) {
      const t = i / pleats * 2 - 1;
      const [a, b] = [profile[0], profile.at(-1)];
      e.stroke([[cx + t * a[1], a[0] - 8], [cx + t * b[1], b[0] + 12]], darken(colour, 0.35), 1.2, { opacity: 0.26 });
    }
  });
}

function toadstool(e, tint) {
  glow(e, 200, 240, 190, 0.6);
  e.shadow(200, FLOOR + 2, 84);
  turned(e, 200, [[200, 30], [250, 34], [296, 48], [FLOOR, 74]], tint, { finish: 'glaze' });
  e.within(outline(200, [[200, 30], [250, 34], [296, 48], [FLOOR, 74]]), () => glow(e, 200, 206, 76, 0.95));
  e.oval(200, 190, 122, 20, e.radial([[0, '#fffaf0'], [0.6, WARM], [1, darken(tint, 0.1)]]));
  turned(e, 200, [[94, 14], [102, 56], [136, 104], [176, 124], [190, 122]], tint, { finish: 'glaze', tilt: 0.02 });
  e.path('M78 189A122 20 0 0 0 322 189A122 8 0 0 1 78 189Z', e.linear([[0, lighten(tint, 0.1)], [0.5, WARM], [1,
    lighten(tint, 0.1)]]));
}

function taskLamp(e, tint) {
  glow(e, 112, 232, 150, 0.7);
  cone(e, 116, 190, 40, 108, 132, 0.55);
  e.shadow(262, FLOOR + 2, 66);
  turned(e, 262, [[306, 56], [FLOOR, 62]], tint, { finish: 'matte', tilt: 0.18 });
  e.oval(262, 306, 56, 10, lighten(tint, 0.2));
  const joint = (x, y, r = 9) => { e.oval(x, y, r, r, e.ball('#c9a24c')); e.oval(x, y, r * 0.4, r * 0.4, '#8a6a2c'); };
  e.tube([[262, 302], [318, 194]], tint, 10);
  e.tube([[274, 304], [328, 200]], darken(tint, 0.2), 5);
  e.tube([[318, 194], [172, 112]], tint, 10);
  joint(262, 302);
  joint(320, 194, 11);
  e.at(150, 112, () => {
    const d = 'M-18 -22Q0 -34 18 -22L24 0Q58 30 64 72A64 14 0 0 1 -64 72Q-58 30 -24 0Z';
    e.path(d, e.across(tint));
    e.within(d, () => e.path('M-44 66Q-40 30 -14 -4L-6 -4Q-26 30 -28 68Z', '#fff', { opacity: 0.3 }));
    e.oval(0, 72, 64, 14, e.radial([[0, '#fffdf5'], [0.55, WARM], [1, mix(tint, WARM, 0.4)]]));
    e.oval(0, 70, 20, 9, '#ffffff');
  }, { turn: 24 });
  joint(168, 110, 8);
}

function clampLamp(e, tint) {
  const oak = '#c79d68';
  glow(e, 136, 232, 140, 0.7);
  e.box(196, 262, 230, 18, 3, e.linear([[0, lighten(oak, 0.2)], [1, darken(oak, 0.15)]], [0, 1]));
  e.box(196, 280, 230, 8, 0, e.linear([[0, '#1d1b33', 0.18], [1, '#1d1b33', 0]], [0, 1]));
  e.box(330, 216, 22, 46, 2, e.face('#8f4a3c')); e.box(354, 208, 16, 54, 2, e.face('#d9cbb0'));
  e.box(372, 220, 24, 42, 2, e.face('#476a72'));
  e.path('M250 244H290V312H276V298H252V286H276V262H250Z', e.across(darken(tint, 0.15)));
  e.tube([[264, 290], [264, 316]], '#c9a24c', 8);
  e.oval(264, 318, 15, 5, '#a9842f');
  e.tube([[270, 246], [286, 160]], tint, 11);
  e.tube([[286, 160], [180, 100]], tint, 11);
  e.oval(286, 160, 10, 10, e.ball('#c9a24c'));
  e.at(164, 108, () => {
    e.box(-17, -34, 34, 34, 12, e.across(tint));
    const d = 'M-22 -8H22Q56 14 62 62A62 14 0 0 1 -62 62Q-56 14 -22 -8Z';
    e.path(d, e.across(tint));
    e.oval(0, 62, 62, 14, e.radial([[0, '#fffdf5'], [0.55, WARM], [1, mix(tint, WARM, 0.4)]]));
    e.oval(0, 66, 19, 17, e.radial([[0, '#ffffff'], [1, WARM]]));
  }, { turn: 22 });
}

function cord(e, x, to, colour = '#2b2c30') {
  e.stroke([[x, 0], [x, to]], colour, 3);
}

function domePendant(e, tint) {
  cone(e, 200, 236, 120, 190, 190, 0.6);
  cord(e, 200, 110);
  turned(e, 200, [[96, 9], [116, 11], [124, 18]], '#c9a24c', { finish: 'metal' });
  e.oval(200, 236, 138, 24, e.linear([[0, '#8f6a26'], [0.4, '#f3d98f'], [1, '#a77f33']]));
  e.oval(200, 240, 120, 18, e.radial([[0, '#fffaf0'], [0.5, '#ffe3a0'], [1, '#c99a45']]));
  turned(e, 200, [[122, 16], [128, 52], [160, 108], [206, 134], [236, 138]], tint, { finish: 'matte', tilt: 0 });
  e.path('M62 236A138 24 0 0 0 338 236A138 13 0 0 1 62 236Z', e.linear([[0, '#b38a3a'], [0.4, '#ffe7ac'], [1,
    '#b38a3a']]));
  glow(e, 200, 250, 110, 0.7);
}

function halfMoon(e, tint) {
  glow(e, 200, 120, 170, 0.75);
  cord(e, 200, 196);
  [[-1], [1]].forEach(([s]) => e.stroke([[200, 120], [200 + s * 118, 192]], '#6a5a4c', 1.6));
  e.oval(200, 192, 150, 22, e.radial([[0, '#fffdf5'], [0.6, WARM], [1, mix(tint, WARM, 0.3)]]));
  turned(e, 200, [[192, 150], [206, 146], [244, 104], [268, 40], [270, 16]], tint, { finish: 'speckle', tilt: 0.02 });
  e.path('M50 192A150 22 0 0 0 350 192A150 16 0 0 1 50 192Z', lighten(tint, 0.4));
  cone(e, 200, 292, 70, 160, 130, 0.16);
}

function globe(e, x, y, r, tint, from = 0) {
  e.stroke([[x, from], [x, y - r]], '#3a3228', 2.6);
  glow(e, x, y, r * 2.3, 0.7);
  turned(e, x, [[y - r - 18, 8], [y - r - 2, 10], [y - r + 8, r * 0.36]], tint, { finish: 'metal' });
  e.oval(x, y, r, r, e.radial([[0, '#ffffff'], [0.6, OPAL], [1, '#f2d9a6']], [0.45, 0.45, 0.62]));
  e.oval(x - r * 0.34, y - r * 0.42, r * 0.2, r * 0.12, '#ffffff', { opacity: 0.9,
    transform: `rotate(-36 ${x - r * 0.34} ${y - r * 0.42})` });
}

function opalGlobe(e, tint) {
  globe(e, 200, 210, 92, tint);
}

function cluster(e, tint) {
  globe(e, 108, 150, 50, tint);
  globe(e, 292, 206, 56, tint);
  globe(e, 194, 276, 62, tint);
}

function tripod(e, tint) {
  glow(e, 200, 130, 190, 0.7);
  [[150, 1], [256, 1], [206, 0.8]].forEach(([x]) => e.shadow(x, FLOOR + 14, 22, { strength: 0.24 }));
  e.tube([[202, 176], [208, FLOOR + 8]], darken(tint, 0.24), 8);
  e.tube([[196, 176], [140, FLOOR + 18]], tint, 10);
  e.tube([[204, 176], [264, FLOOR + 18]], tint, 10);
  e.oval(200, 182, 14, 8, e.ball('#c9a24c'));
  e.stroke([[170, 262], [234, 262]], '#c9a24c', 2.4);
  shade(e, 200, [[58, 70], [174, 100]], '#efe2cb');
  e.oval(200, 58, 70, 9, e.radial([[0, '#fffaf0'], [1, '#e6cf9d']]));
}

function arcLamp(e, tint) {
  cone(e, 128, 178, 62, 110, 150, 0.5);
  e.shadow(304, FLOOR + 8, 56);
  turned(e, 304, [[308, 48], [FLOOR + 6, 48]], '#e7e4de', { finish: 'matte', tilt: 0.2 });
  e.oval(304, 308, 48, 9.6, '#f6f4f0');
  e.stroke('M276 308q16 -5 24 1t26 -4', '#a9a59c', 1.2);
  e.tube('M310 306C336 150 300 44 200 50C150 54 130 84 128 118', tint, 8);
  const d = 'M112 116H144Q188 132 194 178H62Q68 132 112 116Z';
  e.path(d, e.across(tint));
  e.oval(128, 178, 66, 11, e.radial([[0, '#fffdf5'], [0.6, WARM], [1, mix(tint, WARM, 0.5)]]));
  glow(e, 128, 190, 90, 0.6);
}

function paperLantern(e) {
  const [cy, rx, ry] = [206, 124, 116];
  glow(e, 200, cy, 198, 0.6);
  cord(e, 200, cy - ry + 4);
  const d = `M76 ${cy}A${rx} ${ry} 0 1 1 324 ${cy}A${rx} ${ry} 0 1 1 76 ${cy}Z`;
  e.path(d, e.radial([[0, '#fffdf6'], [0.55, '#fff1d2'], [1, '#e8cf9f']]));
  e.within(d, () => {
    for (let i = -7; i <= 7; i++) {
      const y = cy + Math.sin(i / 7.5 * Math.PI / 2) * ry;
      const r = rx * Math.sqrt(Math.max(0, 1 - ((y - cy) / ry) ** 2));
      e.stroke(`M${200 - r} ${y - 2}Q200 ${y + 14} ${200 + r} ${y - 2}`, '#b5945c', 1.3, { opacity: 0.42 });
    }
  });
  e.oval(200, cy - ry + 2, 30, 5, '#8a6a42');
}

function campLantern(e, tint) {
  glow(e, 200, 218, 190, 0.75);
  e.shadow(200, FLOOR + 4, 78);
  e.stroke('M140 150C140 52 260 52 260 150', '#3a3b40', 6);
  e.box(180, 70, 40, 13, 6, '#b9834f');
  turned(e, 200, [[128, 22], [136, 36], [150, 40], [158, 62]], tint, { finish: 'matte' });
  const glass = outline(200, [[160, 54], [200, 62], [246, 60], [274, 52]]);
  e.path(glass, e.radial([[0, '#ffffff'], [0.35, '#fff3d0'], [1, '#f1cf8c', 0.75]]));
  e.within(glass, () => { e.box(190, 196, 20, 80, 9, '#ffffff'); glow(e, 200, 226, 50, 1); });
  [146, 254].forEach(x => e.box(x - 3, 156, 6, 126, 3, '#3a3b40'));
  ring(e, 200, 214, 62, '#3a3b40', 3);
  turned(e, 200, [[272, 60], [282, 68], [FLOOR, 72]], tint, { finish: 'matte' });
  e.oval(200, 308, 9, 9, e.ball('#c9a24c'));
}

function candle(e, tint) {
  glow(e, 200, 150, 150, 0.8);
  e.shadow(200, FLOOR + 4, 84);
  const glass = outline(200, [[186, 74], [300, 74], [FLOOR, 70]]);
  e.path(glass, e.across(mix(tint, '#ffffff', 0.25), 'soft'));
  e.within(glass, () => {
    e.path('M120 220A74 12 0 0 0 280 220V340H120Z', e.across(mix(tint, '#fffaf0', 0.55), 'soft'));
    e.oval(200, 220, 74, 12, e.radial([[0, '#fffbe8'], [0.6, '#fbe9bf'], [1, mix(tint, '#fffaf0', 0.5)]]));
    e.path('M142 180h10v150h-12z', '#fff', { opacity: 0.4 });
  });
  e.oval(200, 186, 74, 12, 'none', { stroke: '#ffffff', 'stroke-width': 3, opacity: 0.75 });
  e.stroke([[200, 218], [201, 200]], '#3a2a20', 3);
  e.path(
    'M200 156C216 176 216 202 200 204C184 202 186 178 200 156Z', e.radial([[0, '#ffffff'], [0.5, '#ffe08a'], [1,
      '#f39a2e']], [0.5, 0.75, 0.7]),
  );
  e.box(158, 248, 84, 50, 3, '#fdf8ec');
  e.stroke([[172, 264], [228, 264]], darken(tint, 0.5), 2.6);
  e.stroke([[180, 276], [220, 276]], darken(tint, 0.3), 1.6);
  e.stroke([[186, 286], [214, 286]], darken(tint, 0.3), 1.2);
}

function candlesticks(e, tint) {
  const stick = (x, h, tone, wax) => {
    const y = FLOOR - h;
    glow(e, x, y - 92, 90, 0.65);
    e.shadow(x, FLOOR + 2, 46);
    turned(e, x, [[y - 76, 9.5], [y, 10.5]], wax, { tilt: 0.22 });
    e.path(`M${x} ${y - 112}c10 14 9 30 0 32c-9 -2 -10 -18 0 -32z`, e.radial([[0, '#fff'], [0.5, '#ffe08a'], [1,
      '#f39a2e']], [0.5, 0.75, 0.7]));
    turned(e, x, [
      [y - 4, 16], [y + 8, 20], [y + 18, 8], [y + 26, 17], [y + 36, 8], [y + h * 0.55, 13], [FLOOR - 30, 9],
        [FLOOR - 16, 22], [FLOOR - 8, 42],
      [FLOOR, 44],
    ], tone, { finish: 'glaze' });
  };
  stick(148, 116, tint, '#f3e7cf');
  stick(250, 70, lighten(tint, 0.3), '#e6b9a6');
}

function bedside(e, tint) {
  glow(e, 200, 150, 190, 0.7);
  e.shadow(200, FLOOR + 4, 74);
  turned(e, 200, [[204, 12], [222, 18], [262, 58], [296, 56], [FLOOR, 44]], mix(tint, '#fff8ec', 0.55),
    { finish: 'glaze', foot: 0.08 });
  shade(e, 200, [[84, 62], [206, 116]], tint, { pleats: 22 });
  e.oval(200, 84, 62, 8, e.radial([[0, '#fffaf0'], [1, mix(tint, WARM, 0.5)]]));
  e.path('M84 206A116 15 0 0 0 316 206', 'none', { stroke: darken(tint, 0.2), 'stroke-width': 3 });
  e.box(92, 306, 60, 12, 2, e.face('#476a72')); e.box(86, 318, 72, 10, 2, e.face('#d3a04a'));
}

function porthole(e, tint) {
  glow(e, 200, 206, 196, 0.85);
  e.oval(206, 214, 106, 106, '#1d1b33', { opacity: 0.18 });
  e.oval(200, 206, 106, 106, e.linear([[0, lighten(tint, 0.55)], [0.4, tint], [0.7, darken(tint, 0.35)], [1,
    lighten(tint, 0.2)]], [1, 1]));
  e.oval(200, 206, 90, 90, darken(tint, 0.4));
  e.oval(200, 206, 87, 87, e.radial([[0, '#ffffff'], [0.5, '#fff2cd'], [1, '#ecc981']]));
  e.within('M113 206A87 87 0 1 1 287 206A87 87 0 1 1 113 206Z', () => {
    for (let x = 116; x < 288; x += 11) e.box(x, 110, 4, 190, 2, '#d9b269', { opacity: 0.3 });
  });
  [[-1, -1], [1, -1], [-1, 1], [1, 1]].forEach(([sx, sy]) => e.oval(200 + sx * 69, 206 + sy * 69, 4, 4, darken(tint,
    0.45)));
}

export default {
  'SKU-0017': zoom(toadstool, 1.08),
  'SKU-0018': zoom(toadstool, 0.82),
  'SKU-0019': taskLamp,
  'SKU-0020': on('sweep', clampLamp),
  'SKU-0021': on('sweep', domePendant),
  'SKU-0022': on('sweep', halfMoon),
  'SKU-0023': on('sweep', opalGlobe),
  'SKU-0024': cluster,
  'SKU-0025': tripod,
  'SKU-0026': arcLamp,
  'SKU-0027': paperLantern,
  'SKU-0028': zoom(campLantern, 1.06),
  'SKU-0029': on('plinth', candle),
  'SKU-0030': zoom(candlesticks, 1.16),
  'SKU-0031': bedside,
  'SKU-0032': on('sweep', porthole),
};
