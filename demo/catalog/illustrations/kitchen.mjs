/** Kitchen: things of clay, iron, glass and wood. */
import { darken, lighten, mix } from './colour.mjs';
import { FLOOR, blob, on, zoom } from './easel.mjs';
import { grain, mouth, outline, ring, turned } from './turned.mjs';

const OAK = '#c79d68';
const STEEL = '#b5bcc2';

function mug(e, tint, { height = 148, r = 72, finish = 'glaze', foot = 0.14, taper = 0.9 } = {}) {
  const [cx, top] = [182, FLOOR - height];
  e.shadow(cx + 6, FLOOR + 4, r + 26);
  const handle = `M${cx + r - 6} ${top + height * 0.2}C${cx + r + 58} ${top + height * 0.12} ${cx + r + 56} ${top + height * 0.82} ${cx + r * taper - 6} ${top + height * 0.72}`;
  e.tube(handle, darken(tint, 0.08), 19, { shine: 0.25 });
  turned(e, cx, [[top, r], [top + height * 0.5, r * 0.97], [FLOOR - 16, r * taper], [FLOOR, r * taper * 0.86]], tint,
    { finish, foot });
  mouth(e, cx, top, r, tint, { fill: '#4a2d1e', level: 0.55 });
}

function latte(e, tint) {
  const [cx, top] = [200, 150];
  e.shadow(cx, FLOOR + 6, 108);
  turned(e, cx, [[FLOOR - 6, 104], [FLOOR, 92], [FLOOR + 5, 60]], tint, { tilt: 0.2, finish: 'speckle' });
  mouth(e, cx, FLOOR - 6, 104, tint, { tilt: 0.2, lip: 5 });
  e.oval(cx, FLOOR - 4, 50, 8, darken(tint, 0.32), { opacity: 0.5 });
  turned(e, cx, [[top, 62], [top + 60, 60], [FLOOR - 30, 50], [FLOOR - 8, 40]], tint, { finish: 'speckle', foot: 0.1 });
  mouth(e, cx, top, 62, tint, { fill: '#d8b48c', level: 0.4 });
  e.path(`M${cx - 4} ${top + 9}q-22 -8 -10 -12q8 -1 14 5q6 -6 14 -5q12 4 -10 12z`, '#fdf4e4', { opacity: 0.9 });
}

function bowlProfile(y, r, h) {
  return [[y, r], [y + h * 0.35, r * 0.93], [y + h * 0.72, r * 0.66], [y + h * 0.9, r * 0.42], [y + h * 0.9, r * 0.42],
    [y + h, r * 0.44]];
}

function nestingBowls(e, tint) {
  e.shadow(200, FLOOR + 2, 110);
  const tones = [lighten(tint, 0.45), tint, darken(tint, 0.3)];
  const sizes = [[212, 138, 110], [186, 106, 84], [164, 76, 58]];
  const stack = i => {
    const [y, r, h] = sizes[i];
    turned(e, 200, bowlProfile(y, r, h), tones[2 - i], { finish: 'glaze', tilt: 0.2, foot: i ? 0 : 0.18 });
    mouth(e, 200, y, r, tones[2 - i], { tilt: 0.2, lip: 4 });
    // Each smaller bowl disappears behind the front lip of the one that holds it.
    if (i < 2) e.within(`M0 0H400V${y}H${196 + r}A${r - 4} ${(r - 4) * 0.2} 0 0 1 ${204 - r} ${y}H0Z`,
      () => stack(i + 1));
  };
  stack(0);
}

function brothBowl(e, tint) {
  const [y, r] = [212, 126];
  e.shadow(200, FLOOR + 2, 96);
  turned(e, 200, bowlProfile(y, r, 110), tint, { finish: 'glaze', tilt: 0.24, foot: 0.16 });
  mouth(e, 200, y, r, tint, { tilt: 0.24, lip: 6, fill: '#d9a24f', level: 0.45 });
  const noodles = ['M120 222c20 -14 40 10 60 -2s36 8 50 0', 'M132 232c24 -10 38 8 62 -2s40 8 52 -2',
    'M150 214c18 -8 30 6 46 -2'];
  noodles.forEach(d => e.stroke(d, '#f5dfa6', 5));
  e.oval(262, 222, 26, 13, '#fdf6e6');
  e.oval(264, 222, 12, 7, '#eda32f');
  [[158, 209], [196, 206], [214, 236], [236, 210]].forEach(([x, yy]) => e.oval(x, yy, 6, 3, '#6d9a4a'));
  e.stroke([[92, 176], [300, 196]], '#7d4a2c', 6);
  e.stroke([[96, 162], [306, 188]], '#96603c', 6);
}

function gooseneck(e, tint) {
  e.shadow(196, FLOOR + 4, 112);
  const wood = '#8a5a3a';
  e.stroke('M128 292C70 292 92 196 52 186', darken(tint, 0.3), 15);
  e.stroke('M128 292C72 290 92 196 52 186', lighten(tint, 0.08), 9);
  e.stroke('M124 286C78 284 98 198 56 184', lighten(tint, 0.5), 2, { opacity: 0.5 });
  e.tube('M250 196C300 178 326 190 326 206', tint, 13);
  e.tube('M326 204C332 240 322 276 312 300', wood, 19);
  turned(e, 200, [[196, 54], [202, 58], [240, 66], [306, 88], [306, 88], [FLOOR, 86]], tint, { finish: 'matte',
    tilt: 0.14 });
  turned(e, 200, [[182, 26], [188, 46], [196, 55]], darken(tint, 0.1), { tilt: 0.14 });
  e.oval(200, 182, 26, 5, lighten(tint, 0.15));
  turned(e, 200, [[158, 15], [166, 17], [178, 8], [182, 9]], wood, { finish: 'wood' });
  e.oval(200, 158, 15, 3.4, lighten(wood, 0.25));
  ring(e, 200, 306, 88, lighten(tint, 0.4), 1.6, { tilt: 0.14, opacity: 0.6 });
}

function stovetop(e, tint) {
  e.shadow(200, FLOOR + 2, 122);
  e.tube('M124 206C110 108 290 108 276 206', '#3a3b40', 13);
  e.tube('M160 140C180 126 220 126 240 140', '#8a5a3a', 20);
  e.path('M284 250C326 244 318 206 348 194L356 212C342 222 344 276 296 292Z', e.across(darken(tint, 0.06)));
  e.oval(352, 203, 6, 11, darken(tint, 0.5), { transform: 'rotate(24 352 203)' });
  turned(e, 200, [[196, 50], [204, 66], [244, 106], [288, 112], [312, 102], [FLOOR, 92]], tint, { finish: 'glaze',
    tilt: 0.14 });
  turned(e, 200, [[186, 20], [190, 40], [198, 52]], lighten(tint, 0.12), { tilt: 0.14, finish: 'glaze' });
  turned(e, 200, [[166, 9], [172, 11], [184, 6], [188, 8]], '#3a3b40');
  ring(e, 200, 310, 103, '#3a3b40', 3, { tilt: 0.14, opacity: 0.55 });
}

function teapot(e, tint) {
  e.shadow(196, FLOOR + 2, 112);
  e.tube('M278 216C344 200 344 290 270 292', darken(tint, 0.1), 18);
  e.path('M128 280C86 276 82 226 50 212L64 196C96 210 108 236 136 232Z', e.across(darken(tint, 0.05)));
  e.oval(56, 203, 5, 11, darken(tint, 0.55), { transform: 'rotate(-42 56 203)' });
  turned(e, 198, [[190, 48], [206, 74], [244, 94], [284, 90], [312, 62], [312, 62], [FLOOR, 60]], tint,
    { finish: 'glaze', foot: 0.07 });
  turned(e, 198, [[176, 12], [182, 34], [192, 50]], lighten(tint, 0.08), { finish: 'glaze' });
  turned(e, 198, [[158, 9], [165, 13], [172, 9], [178, 7]], OAK, { finish: 'wood' });
  ring(e, 198, 191, 50, darken(tint, 0.4), 1.6, { opacity: 0.6 });
}

function skillet(e, tint) {
  e.shadow(176, FLOOR - 4, 140);
  e.path('M272 262L368 222C380 217 388 226 380 234L290 286Z', e.across(lighten(tint, 0.06)));
  e.oval(370, 229, 6, 3.6, '#e8e2d8', { transform: 'rotate(-24 370 229)' });
  turned(e, 168, [[262, 134], [284, 128], [306, 112]], tint, { tilt: 0.34 });
  mouth(e, 168, 262, 134, lighten(tint, 0.08), { tilt: 0.34, lip: 5 });
  e.oval(168, 274, 110, 32, e.linear([[0, darken(tint, 0.2)], [1, lighten(tint, 0.14)]], [1, 0.6]));
  e.path(blob([[120, 272], [142, 258], [172, 262], [196, 254], [214, 268], [204, 284], [170, 288], [140, 288]]),
    '#fffaf0');
  e.oval(172, 270, 21, 12, e.ball('#f0a52c', 0.18));
  e.oval(166, 266, 6, 2.6, '#fff', { opacity: 0.75 });
  [[226, 282], [108, 284], [238, 268]].forEach(([x, y]) => e.oval(x, y, 2.4, 1.4, '#5f7d3c'));
}

function casserole(e, tint) {
  e.shadow(200, FLOOR + 2, 128);
  [[-1, 74], [1, 326]].forEach(([, x]) => e.box(x - 22, 232, 44, 20, 10, e.across(darken(tint, 0.12))));
  turned(e, 200, [[222, 122], [240, 122], [300, 116], [FLOOR, 98]], tint, { finish: 'glaze', tilt: 0.13 });
  e.box(78, 218, 244, 8, 4, darken(tint, 0.35), { opacity: 0.4 });
  turned(e, 200, [[180, 20], [190, 72], [206, 112], [218, 126], [224, 126]], tint, { finish: 'glaze', tilt: 0.12 });
  turned(e, 200, [[154, 20], [162, 20], [172, 10], [182, 12]], '#c9a24c', { finish: 'metal' });
  e.oval(200, 154, 20, 4, '#ecd79a');
}

function board(e, tint) {
  e.shadow(206, FLOOR, 104, { ry: 10 });
  const d = 'M118 106Q118 92 132 92H280Q294 92 294 106V306Q294 322 280 322H132Q118 322 118 306Z';
  e.path(d, darken(tint, 0.45), { transform: 'translate(7 4)' });
  e.path(d, tint);
  e.within(d, () => {
    for (let row = 0; row < 6; row++) {
      for (let column = 0; column < 5; column++) {
        const [x, y] = [112 + column * 44 - (row % 2) * 22, 88 + row * 40];
        e.box(x, y, 44, 40, 0, mix(tint, e.random() > 0.5 ? lighten(tint, 0.34) : darken(tint, 0.22), e.random(0.15,
          1)));
        const centre = [x + 22 + e.random(-10, 10), y + 20 + e.random(-10, 10)];
        [7, 14, 21].forEach(r => e.oval(...centre, r, r * 0.8, 'none', { stroke: darken(tint, 0.35),
          'stroke-width': 0.9, opacity: 0.3 }));
      }
    }
    e.box(90, 80, 230, 260, 0, e.linear([[0, '#fff', 0.22], [0.5, '#fff', 0], [1, '#1d1b33', 0.22]], [1, 1]));
  });
  e.oval(206, 114, 12, 12, '#efe6d8');
  e.oval(206, 116, 12, 11, darken(tint, 0.5), { opacity: 0.3 });
  [[82, 304, 24, '#c9473a'], [320, 302, 22, '#d05238']].forEach(([x, y, r, c]) => {
    e.shadow(x, y + r - 3, r);
    e.oval(x, y, r, r * 0.9, e.ball(c));
    e.path(`M${x - 9} ${y - r * 0.8}l9 6l9 -7l-4 9l8 4l-12 0l-9 6l1 -9l-9 -4z`, '#5d7f3f');
  });
}

function knife(e, tint) {
  e.shadow(200, 300, 160, { ry: 16, strength: 0.26 });
  e.path('M40 296L70 236H360L330 296Z', e.linear([[0, '#dcc39c'], [1, '#c4a577']], [1, 0.3]));
  e.path('M40 296H330L360 236L362 248L332 310H40Z', '#a88555');
  e.within('M40 296L70 236H360L330 296Z', () => grain(e, 40, 236, 320, 60, '#dcc39c', 'x', 12));
  e.group({ transform: 'rotate(-9 200 260)' }, () => {
    e.path('M70 268L232 262V282L110 296C86 296 70 284 66 272Z', darken('#b08c5c', 0.3), { opacity: 0.35,
      transform: 'translate(6 8)' });
    e.path(
      'M62 252C92 240 150 238 234 238V280C170 282 104 282 62 252Z',
      e.linear([[0, '#eef2f4'], [0.5, '#c3cad0'], [0.58, '#e9edf0'], [1, '#a3abb3']], [0.1, 1]),
    );
    e.stroke('M68 255C110 274 170 274 234 270', '#8f98a1', 1, { opacity: 0.6 });
    e.box(232, 236, 14, 26, 2, e.across(STEEL, 'metal'));
    const handle = 'M244 238H330Q346 238 346 250T330 262H244Z';
    e.path(handle, e.linear([[0, lighten(tint, 0.3)], [1, darken(tint, 0.3)]], [0, 1]));
    e.within(handle, () => grain(e, 244, 238, 104, 24, tint, 'x', 5));
    [266, 296, 326].forEach(x => e.oval(x, 250, 3, 3, '#d9c48a'));
  });
  [[112, 226], [136, 216], [94, 214]].forEach(([x, y], i) => e.oval(
    x, y, 13, 7, ['#7fa257', '#648a43', '#8db063'][i], { transform: `rotate(${i * 40 - 30} ${x} ${y})` },
  ));
}

function pourOver(e, tint) {
  e.shadow(200, FLOOR + 2, 90, { strength: 0.24 });
  const profile = [[104, 74], [150, 54], [196, 22], [196, 22], [230, 50], [284, 82], [312, 78], [FLOOR, 66]];
  const d = outline(200, profile);
  e.path(d, e.linear([
    [0, '#ffffff', 0.7], [0.2, '#ffffff', 0.25], [0.7, '#a9c3c9', 0.25], [1, '#6f8f98', 0.5],
  ]), { stroke: '#ffffff', 'stroke-width': 1.5, 'stroke-opacity': 0.7 });
  e.within(d, () => {
    e.path('M90 262A90 12 0 0 1 310 262V340H90Z', e.linear([[0, '#6d3f22', 0.95], [1, '#3a2013']], [0, 1]));
    e.oval(200, 262, 74, 10, '#8b5630');
    e.path('M134 112L198 196L202 196L266 112Z', '#f3ead9', { opacity: 0.9 });
    e.path('M134 112L198 196L176 112Z', '#e0d3bd', { opacity: 0.8 });
    e.path('M146 128Q200 142 254 128L202 196H198Z', '#5b3822');
  });
  e.oval(200, 104, 74, 12, '#ffffff', { opacity: 0.35, stroke: '#ffffff', 'stroke-width': 2.5 });
  e.stroke('M146 280C142 262 156 240 170 226', '#ffffff', 5, { opacity: 0.55 });
  e.path('M170 180H230L226 214H174Z', e.across(OAK));
  e.box(172, 191, 56, 9, 4, e.across(tint));
  e.oval(218, 202, 7, 8, e.ball(tint));
}

function frenchPress(e, tint) {
  e.shadow(190, FLOOR + 4, 92);
  e.tube('M250 176C322 170 322 296 252 292', '#33343a', 17);
  const glass = outline(186, [[160, 62], [316, 62]]);
  e.path(glass, e.linear([[0, '#ffffff', 0.75], [0.25, '#ffffff', 0.2], [1, '#7f9aa2', 0.55]]));
  e.within(glass, () => {
    e.box(110, 214, 160, 130, 0, e.linear([[0, '#7c4a2a'], [0.5, '#4b2a18'], [1, '#2c180e']]));
    e.oval(186, 214, 61, 10, '#93613a');
  });
  e.box(183, 92, 6, 70, 2, e.across(STEEL, 'metal'));
  [[164, 10], [302, 22]].forEach(([y, h]) => turned(e, 186, [[y, 65], [y + h, 65]], tint, { finish: 'metal' }));
  [126, 240].forEach(x => e.box(x, 172, 7, 136, 2, e.across(tint, 'metal')));
  turned(e, 186, [[132, 18], [138, 44], [150, 62], [162, 67]], tint, { finish: 'metal' });
  e.oval(186, 88, 14, 14, e.ball('#33343a'));
  e.stroke([[148, 190], [148, 290]], '#fff', 5, { opacity: 0.35 });
}

function canister(e, tint) {
  e.shadow(200, FLOOR + 4, 96);
  turned(e, 200, [[172, 80], [180, 84], [306, 84], [FLOOR, 78]], tint, { finish: 'glaze', foot: 0.12 });
  e.oval(200, 172, 80, 13, darken(tint, 0.3));
  turned(e, 200, [[146, 82], [168, 82]], OAK, { finish: 'wood' });
  e.oval(200, 146, 82, 13, e.linear([[0, lighten(OAK, 0.3)], [1, OAK]]));
  turned(e, 200, [[122, 17], [130, 19], [140, 11], [146, 13]], OAK, { finish: 'wood' });
  e.oval(200, 122, 17, 3.2, lighten(OAK, 0.35));
  e.box(164, 226, 72, 34, 5, '#fdf7ea', { opacity: 0.92 });
  e.stroke('M176 244q5 -10 10 0t10 0t10 0t10 0t8 -2', '#4a3a30', 2);
}

function mortar(e, tint) {
  e.shadow(196, FLOOR + 4, 108);
  e.at(232, 206, () => turned(
    e, 0, [[-128, 11], [-118, 14], [-20, 12], [20, 22], [34, 20]], lighten(tint, 0.06), { finish: 'speckle' },
  ), { turn: 32 });
  turned(e, 190, [[204, 104], [222, 104], [262, 92], [294, 62], [304, 54], [304, 54], [FLOOR, 66]], tint,
    { finish: 'speckle' });
  mouth(e, 190, 204, 104, tint, { lip: 13 });
  e.within('M99 204A91 14 0 0 0 281 204V100H99Z', () => e.at(232, 206, () => turned(
    e, 0, [[-128, 11], [-118, 14], [-20, 12], [20, 22], [34, 20]], lighten(tint, 0.06), { finish: 'speckle' },
  ), { turn: 32 }));
  [[84, 316, 9], [66, 322, 6], [318, 318, 7]].forEach(([x, y, r]) => e.oval(x, y, r, r * 0.8, e.ball('#3d3530')));
}

function plates(e, tint) {
  e.shadow(200, FLOOR + 4, 130);
  e.oval(228, 190, 110, 112, darken(tint, 0.24), { transform: 'translate(5 5)' });
  e.oval(228, 190, 110, 112, e.linear([[0, lighten(tint, 0.35)], [1, darken(tint, 0.1)]], [0.8, 1]));
  e.oval(228, 190, 78, 80, e.linear([[0, darken(tint, 0.14)], [1, lighten(tint, 0.25)]], [0.8, 1]));
  e.oval(228, 190, 73, 75, e.face(tint, 0.06));
  turned(e, 172, [[310, 84], [320, 58], [320, 58], [324, 60]], darken(tint, 0.2), { tilt: 0.15 });
  [0, 1, 2].forEach(i => {
    const [y, tone] = [304 - i * 13, i === 1 ? lighten(tint, 0.4) : tint];
    turned(e, 172, [[y, 119], [y + 4, 118], [y + 8, 108]], tone, { finish: 'matte', tilt: 0.15 });
    mouth(e, 172, y, 119, tone, { tilt: 0.15, lip: 7 });
  });
  mouth(e, 172, 278, 119, tint, { tilt: 0.15, lip: 7 });
  e.oval(172, 281, 82, 10, e.face(tint, 0.08));
}

export default {
  'SKU-0001': on('plinth', zoom(mug, 1.2)),
  'SKU-0002': zoom(latte, 1.16),
  'SKU-0003': zoom(nestingBowls, 1.12),
  'SKU-0004': zoom(brothBowl, 1.14),
  'SKU-0005': zoom(gooseneck, 1.12),
  'SKU-0006': stovetop,
  'SKU-0007': zoom(teapot, 1.14),
  'SKU-0008': skillet,
  'SKU-0009': zoom(casserole, 1.08),
  'SKU-0010': board,
  'SKU-0011': on('sweep', knife),
  'SKU-0012': zoom(pourOver, 1.08),
  'SKU-0013': zoom(frenchPress, 1.06),
  'SKU-0014': on('plinth', zoom(canister, 1.08)),
  'SKU-0015': zoom(mortar, 1.14),
  'SKU-0016': zoom(plates, 1.06),
};
