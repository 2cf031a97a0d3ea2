/** Audio: cloth grilles, spun metal, dials and a record. */
import { darken, lighten, luminance } from './colour.mjs';
import { FLOOR, on, rounded, zoom } from './easel.mjs';
import { grain, outline, ring, turned } from './turned.mjs';

const STEEL = '#c3c8cd';
const INK = '#2b2c30';

function cloth(e, d, tint, size = 4) {
  e.path(d, e.across(tint, 'soft'));
  e.path(d, e.weave(luminance(tint) > 0.4 ? darken(tint, 0.6) : lighten(tint, 0.5), { size, kind: 'dot',
    opacity: 0.28 }));
}

function woodBox(e, x, y, w, h, r, wood) {
  const d = rounded(x, y, w, h, r);
  e.path(d, e.face(wood, 0.16));
  e.within(d, () => grain(e, x, y, w, h, wood, 'x', Math.round(h / 12)));
}

function knob(e, x, y, r, colour) {
  e.oval(x + r * 0.15, y + r * 0.22, r * 1.08, r * 1.08, '#1d1b33', { opacity: 0.25 });
  e.oval(x, y, r, r, e.linear([[0, lighten(colour, 0.4)], [1, darken(colour, 0.3)]], [1, 1]));
  e.oval(x, y, r * 0.78, r * 0.78, e.linear([[0, darken(colour, 0.06)], [1, lighten(colour, 0.2)]], [1, 1]));
  e.stroke([[x, y - r * 0.3], [x, y - r * 0.68]], luminance(colour) > 0.5 ? INK : '#f4efe6', r * 0.13);
}

/** Headphones from the front: band, two yokes, two cups turned a little forwards. */
function headphones(e, tint, { cup = 62, pad = '#3a3430', band = 20, studio = false } = {}) {
  e.shadow(200, FLOOR + 4, 128, { strength: 0.24, ry: 14 });
  const arch = 'M92 232C84 96 134 52 200 52C266 52 316 96 308 232';
  e.stroke(arch, darken(tint, 0.34), band + 4);
  e.stroke(arch, tint, band);
  e.stroke('M96 214C92 102 138 62 200 61C262 61 306 102 304 214', lighten(tint, 0.5), 3, { opacity: 0.4 });
  e.stroke('M132 96C150 72 174 66 200 66C226 66 250 72 268 96', pad, band + 2);
  e.stroke('M132 93C150 70 174 64 200 64', lighten(pad, 0.4), 2.4, { opacity: 0.5 });
  [-1, 1].forEach(s => {
    const x = 200 + s * 108;
    e.stroke([[x, 166], [x + s * 6, 214]], STEEL, 9);
    e.stroke([[x - 1, 168], [x + s * 6 - 1, 212]], '#f4f6f7', 2.4);
    e.at(x, 250, () => {
      e.box(-48, -cup, 44, cup * 2, 21, e.across(pad));
      e.stroke(`M-30 ${-cup + 12}Q-40 0 -30 ${cup - 12}`, darken(pad, 0.5), 2, { opacity: 0.6 });
      e.box(-22, -cup - 3, 56, cup * 2 + 6, 26, e.linear([[0, darken(tint, 0.12)], [0.35, lighten(tint, 0.22)], [1,
        darken(tint, 0.28)]]));
      e.oval(12, 0, 17, cup * 0.66, e.linear([[0, lighten(tint, 0.25)], [1, darken(tint, 0.16)]], [1, 1]));
      e.oval(12, 0, 11, cup * 0.5, e.face(studio ? '#4a4c52' : tint, 0.12));
      if (studio) e.oval(12, 0, 4, cup * 0.18, '#c9a24c');
      else e.oval(30, cup * 0.55, 2, 5, '#fdf7ea', { opacity: 0.8 });
    }, { flip: s < 0 });
  });
  if (studio) e.stroke('M286 312C296 330 250 336 216 328S150 326 120 334S60 330 40 338', INK, 4);
}

const onEar = (e, tint) => headphones(e, tint, { cup: 46, band: 11, pad: '#4a3f38' });
const studio = (e, tint) => headphones(e, tint, { studio: true, band: 17, cup: 66, pad: '#1c1d20' });

function bud(e, tint) {
  e.path('M-6 -4Q-10 38 0 62Q12 68 18 60Q24 34 22 -2Z', e.across(tint));
  e.oval(0, -10, 31, 29, e.ball(tint, 0.34));
  e.oval(-24, -12, 14, 17, e.ball('#e9e4da', 0.2), { transform: 'rotate(-14 -24 -12)' });
  e.oval(-29, -13, 6, 9, '#77736c', { transform: 'rotate(-14 -29 -13)' });
  e.oval(8, -18, 8, 5, '#ffffff', { opacity: 0.45, transform: 'rotate(-24 8 -18)' });
  e.oval(12, 50, 3, 5, '#1d1b33', { opacity: 0.3 });
}

function earbuds(e, tint) {
  const shell = lighten(tint, 0.08);
  e.shadow(204, FLOOR + 2, 122);
  const lid = 'M92 214C88 132 128 98 204 98C280 98 320 132 316 214Z';
  e.path(lid, e.linear([[0, lighten(shell, 0.25)], [1, darken(shell, 0.2)]], [0.6, 1]));
  e.path('M104 212C102 142 136 110 204 110C272 110 306 142 304 212Z', darken(shell, 0.45));
  e.path('M88 214H320C324 290 284 324 204 324C124 324 84 290 88 214Z', e.ball(shell, 0.36));
  e.path('M100 216H308Q304 240 204 242Q104 240 100 216Z', darken(shell, 0.5));
  e.at(154, 196, () => bud(e, tint), { turn: 12, scale: 0.86 });
  e.at(256, 196, () => bud(e, tint), { turn: -12, scale: 0.86, flip: true });
  e.path('M88 222Q204 256 320 222C324 290 284 324 204 324C124 324 84 290 88 222Z', e.ball(shell, 0.36));
  e.oval(204, 278, 3.4, 3.4, '#8fe0a0');
  e.path('M112 246Q120 292 168 310Q128 300 112 270Z', '#fff', { opacity: 0.28 });
}

function miniBuds(e, tint) {
  e.shadow(150, FLOOR + 2, 86);
  e.shadow(292, FLOOR + 2, 46);
  e.box(78, 214, 148, 110, 50, e.ball(tint, 0.34));
  e.stroke('M80 256Q152 266 224 256', darken(tint, 0.4), 2, { opacity: 0.6 });
  e.oval(152, 290, 3, 3, '#fdf7ea'); e.path('M96 244Q104 226 132 222Q112 230 104 252Z', '#fff', { opacity: 0.5 });
  e.at(262, 262, () => bud(e, tint), { turn: 18 });
  e.at(322, 268, () => bud(e, tint), { turn: -14, flip: true, scale: 0.96 });
}

function driver(e, x, y, r, coneColour = '#3a3b40') {
  e.oval(x, y, r, r, e.linear([[0, '#6b6e74'], [1, '#26272b']], [1, 1]));
  e.oval(x, y, r * 0.88, r * 0.88, '#1c1d20');
  e.oval(x, y, r * 0.78, r * 0.78, e.radial([[0, darken(coneColour, 0.4)], [0.5, coneColour], [1, lighten(coneColour,
    0.2)]]));
  e.oval(x, y, r * 0.28, r * 0.28, e.ball(lighten(coneColour, 0.14)));
}

function speakers(e, tint) {
  e.shadow(200, FLOOR + 2, 158);
  [104, 296].forEach(x => {
    e.path(`M${x + 66} 104l12 -8v218l-12 8z`, darken(tint, 0.45));
    e.path(`M${x - 66} 104l12 -8h132l-12 8z`, lighten(tint, 0.25));
    woodBox(e, x - 66, 104, 132, 218, 4, tint);
    driver(e, x, 156, 27, '#c9b58c');
    driver(e, x, 246, 52, '#d9cba8');
    e.oval(x, 308, 4, 4, '#c9a24c');
  });
}

function powered(e, tint) {
  e.shadow(200, FLOOR + 2, 100);
  woodBox(e, 106, 66, 188, 256, 16, '#b98d58');
  cloth(e, 'M126 78H274Q282 78 282 88V246H118V88Q118 78 126 78Z', tint, 5);
  e.oval(200, 188, 52, 52, '#1d1b33', { opacity: 0.1 });
  e.oval(200, 112, 20, 20, '#1d1b33', { opacity: 0.1 });
  knob(e, 200, 284, 22, '#c9a24c');
  [142, 160].forEach(x => e.oval(x, 286, 3, 3, '#4a3826'));
  e.oval(258, 286, 3.4, 3.4, '#8fe0a0');
}

function canteen(e, tint, { r = 68, top = 108 } = {}) {
  e.shadow(200, FLOOR + 4, r + 26);
  e.stroke(`M${200 - r * 0.5} ${top + 4}C${200 - r} ${top - 66} ${200 + r} ${top - 66} ${200 + r * 0.5} ${top + 4}`,
    '#9a6238', 9);
  e.stroke(
    `M${200 - r * 0.5} ${top + 2}C${200 - r} ${top - 66} ${200 + r} ${top - 66} ${200 + r * 0.5} ${top + 2}`,
      '#e9c79a', 1.4,
    { 'stroke-dasharray': '5 4', opacity: 0.7 },
  );
  const profile = [[top, r - 8], [top + 10, r], [FLOOR - 12, r], [FLOOR, r - 7]];
  turned(e, 200, profile, tint, { finish: 'matte' });
  e.within(outline(200, profile), () => {
    e.path(`M0 ${top + 26}H400V${FLOOR - 26}H0Z`, e.across(tint));
    e.path(`M0 ${top + 26}H400V${FLOOR - 26}H0Z`, e.weave(darken(tint, 0.65), { size: 5, kind: 'dot', opacity: 0.6 }));
    e.box(200 - r, 60, r * 2, 300, 0, e.linear([[0, '#1d1b33', 0.1], [0.3, '#fff', 0.2], [0.6, '#fff', 0], [1,
      '#1d1b33', 0.3]]));
  });
  ring(e, 200, top + 26, r, darken(tint, 0.35), 2);
  ring(e, 200, FLOOR - 26, r, darken(tint, 0.35), 2);
  e.oval(200, top, r - 8, (r - 8) * 0.16, e.face(lighten(tint, 0.16), 0.14));
  e.stroke([[192, top], [208, top]], '#fdf7ea', 2.4); e.stroke([[200, top - 3], [200, top + 3]], '#fdf7ea', 2.4);
  e.box(174, FLOOR - 76, 52, 20, 3, '#fdf7ea'); e.stroke([[184, FLOOR - 66], [216, FLOOR - 66]], darken(tint, 0.3), 3);
}

const canteenXl = (e, tint) => canteen(e, tint, { r: 100, top: 84 });

function cairn(e, tint) {
  e.shadow(200, FLOOR - 2, 112);
  const d = 'M86 236C84 160 136 130 206 130C280 130 318 168 316 236C314 300 268 322 200 322C130 322 88 300 86 236Z';
  cloth(e, d, tint, 5);
  e.path(d, e.radial([[0, '#fff', 0.35], [0.45, '#fff', 0], [1, '#1d1b33', 0.38]], [0.36, 0.28, 0.8]));
  e.oval(204, 148, 62, 12, e.linear([[0, lighten(tint, 0.5)], [1, lighten(tint, 0.1)]]));
  e.stroke('M172 148A34 6 0 0 0 238 148', '#f2c35a', 3);
  e.path('M150 318Q200 328 252 318L246 326H156Z', darken(tint, 0.5));
}

function record(e, x, y, r, label, tilt = 1) {
  e.oval(x, y, r, r * tilt, '#1b1b1f');
  for (let i = 1; i < 8; i++) {
    e.oval(x, y, r * (0.4 + i * 0.075), r * (0.4 + i * 0.075) * tilt, 'none', { stroke: '#4a4a52', 'stroke-width': 0.8,
      opacity: 0.7 });
  }
  e.path(
    `M${x} ${y}L${x - r * 0.86} ${y - r * 0.5 * tilt}A${r} ${r * tilt} 0 0 1 ${x - r * 0.5} ${y - r * 0.86 * tilt}Z`,
      '#fff', { opacity: 0.14 },
  );
  e.path(
    `M${x} ${y}L${x + r * 0.86} ${y + r * 0.5 * tilt}A${r} ${r * tilt} 0 0 1 ${x + r * 0.5} ${y + r * 0.86 * tilt}Z`,
      '#fff', { opacity: 0.1 },
  );
  e.oval(x, y, r * 0.34, r * 0.34 * tilt, label);
  e.oval(x, y, r * 0.05, r * 0.05 * tilt + 1, '#f4efe6');
}

function turntable(e, tint) {
  e.shadow(200, FLOOR - 6, 178);
  e.path('M44 276L84 162H326L362 276Z', e.linear([[0, lighten(tint, 0.26)], [1, tint]], [0, 1]));
  e.within('M44 276L84 162H326L362 276Z', () => grain(e, 40, 160, 330, 118, tint, 'x', 14));
  e.path('M44 276H362V304Q362 310 354 310H52Q44 310 44 304Z', e.face(darken(tint, 0.14), 0.16));
  e.within('M44 276H362V310H44Z', () => grain(e, 44, 276, 320, 34, tint, 'x', 5));
  [78, 328].forEach(x => e.box(x - 17, 308, 34, 13, 5, e.face('#3a3b40', 0.2)));
  e.oval(178, 224, 114, 48, '#1d1b33', { opacity: 0.25 });
  e.oval(178, 220, 112, 46, e.linear([[0, '#e8ebed'], [1, '#969da4']]));
  record(e, 178, 215, 106, '#c4673f', 0.41);
  e.oval(318, 196, 19, 9, e.face('#44474d', 0.2)); e.oval(318, 190, 12, 6, e.face(STEEL, 0.2));
  e.stroke('M318 188L322 232Q322 250 296 252L262 246', darken(STEEL, 0.3), 6);
  e.stroke('M318 187L321 231Q321 248 296 250L264 244', '#eef1f3', 3);
  e.path('M252 240l16 -2l2 12l-18 2z', INK);
  knob(e, 332, 262, 8, '#c9a24c');
}

function suitcasePlayer(e, tint) {
  const inside = '#f1e6d3';
  e.shadow(200, FLOOR, 150);
  e.path('M70 196L84 62Q86 52 96 52H304Q314 52 316 62L330 196Z', e.face(tint, 0.14));
  e.path('M86 190L98 70H302L314 190Z', e.face(inside, 0.08));
  cloth(e, 'M124 100H276L284 168H116Z', '#8a7a68', 5);
  e.path('M56 282L74 196H326L344 282Z', e.face(inside, 0.1));
  e.oval(176, 236, 88, 34, '#1d1b33', { opacity: 0.2 });
  record(e, 176, 233, 84, '#d39b2c', 0.4);
  e.stroke('M300 210L302 238L268 252', darken(STEEL, 0.2), 5); e.stroke('M300 209L301 237L268 250', '#f4f6f7', 2);
  e.oval(300, 208, 10, 6, e.face('#44474d', 0.2));
  [286, 308].forEach((x, i) => knob(e, x + i * 4, 266, 7, '#c9a24c'));
  e.path('M54 282H346V310Q346 320 336 320H64Q54 320 54 310Z', e.face(tint, 0.2));
  e.stroke('M60 290H340', lighten(tint, 0.5), 1.4, { 'stroke-dasharray': '5 4', opacity: 0.6 });
  [96, 304].forEach(x => e.box(x - 12, 276, 24, 22, 3, e.across('#c9a24c', 'metal')));
  e.stroke('M170 304C170 318 230 318 230 304', '#9a6238', 8);
}

function radio(e, tint) {
  e.shadow(200, FLOOR + 2, 150);
  e.stroke('M292 118L344 28', STEEL, 4); e.oval(344, 28, 5, 5, e.ball(STEEL));
  e.stroke('M118 124C118 84 282 84 282 124', '#9a6238', 10);
  e.box(56, 116, 288, 200, 38, e.linear([[0, lighten(tint, 0.3)], [0.5, tint], [1, darken(tint, 0.24)]], [0.3, 1]));
  e.box(70, 130, 260, 172, 28, e.face(lighten(tint, 0.12), 0.06));
  cloth(e, 'M96 146H198Q206 146 206 154V278Q206 286 198 286H96Q84 286 84 272V160Q84 146 96 146Z', '#c9b28c', 5);
  e.box(222, 148, 92, 34, 6, '#2f2a26');
  e.stroke('M232 166H304', '#f2c35a', 1.6);
  [240, 256, 272, 288, 300].forEach((x, i) => e.stroke([[x, 161 - (i % 2) * 3], [x, 171]], '#f4e7c4', 1.6));
  e.stroke([[266, 152], [266, 178]], '#e0553c', 2);
  knob(e, 268, 236, 36, '#f4efe6');
  [92, 308].forEach(x => e.box(x - 14, 312, 28, 10, 4, '#6b4a2f'));
  e.path('M74 160Q78 128 110 124H200Q120 130 92 180Z', '#fff', { opacity: 0.28 });
}

function clockRadio(e, tint) {
  e.shadow(200, FLOOR + 2, 146);
  e.oval(200, 200, 180, 110, e.radial([[0, '#ffe2a6', 0.7], [1, '#ffe2a6', 0]]));
  e.box(60, 168, 280, 150, 56, e.linear([[0, lighten(tint, 0.28)], [0.5, tint], [1, darken(tint, 0.3)]], [0.2, 1]));
  e.box(136, 158, 128, 18, 9, e.face('#e59a24', 0.2));
  cloth(e, 'M90 202Q90 190 106 190H150V296H118Q90 296 90 270Z', lighten(tint, 0.1), 5);
  e.box(160, 190, 152, 106, 26, '#17181b');
  const on = '#ffb347';
  const digit = (x, segments) => {
    // The seven segments of a digit, by their usual letters.
    const s = {
      a: [[0, 0], [22, 0]], b: [[22, 0], [22, 24]], c: [[22, 24], [22, 48]], d: [[0, 48], [22, 48]],
      e: [[0, 24], [0, 48]], f: [[0, 0], [0, 24]], g: [[0, 24], [22, 24]],
    };
    [...segments].forEach(k => e.stroke(s[k].map(([px, py]) => [x + px, 219 + py]), on, 5));
  };
  digit(176, 'abcdef'); digit(210, 'acdefg'); digit(250, 'acdfg'); digit(282, 'abcdef');
  [234, 252].forEach(y => e.oval(241, y, 2.6, 2.6, on));
  [104, 296].forEach(x => e.box(x - 14, 314, 28, 8, 4, '#1c1d20'));
}

function microphone(e, tint) {
  e.shadow(200, FLOOR + 4, 84);
  turned(e, 200, [[306, 70], [FLOOR + 2, 76]], '#2f3136', { finish: 'matte' });
  e.oval(200, 306, 70, 11, '#4a4d54');
  e.tube([[200, 306], [200, 262]], '#8d9399', 14);
  e.stroke('M128 168V206C128 262 272 262 272 206V168', darken(tint, 0.35), 11);
  e.stroke('M127 168V206C127 260 271 260 271 206V168', lighten(tint, 0.3), 4);
  [128, 272].forEach(x => e.oval(x, 168, 10, 10, e.ball('#4a4d54')));
  const head = 'M148 116Q148 52 200 52Q252 52 252 116V150H148Z';
  e.path(head, e.across(tint, 'metal'));
  e.path(head, e.weave('#1d1b33', { size: 5, opacity: 0.55 }));
  e.box(145, 108, 110, 8, 3, e.across(lighten(tint, 0.1), 'metal'));
  e.path('M148 150H252V202Q252 232 200 232Q148 232 148 202Z', e.across('#3a3d43'));
  e.box(145, 146, 110, 12, 3, e.across(tint, 'metal'));
  e.oval(200, 192, 11, 11, e.ball('#c9a24c'));
  e.oval(200, 216, 3, 3, '#8fe0a0');
}

function soundbar(e, tint) {
  const wood = '#a9794d';
  e.shadow(200, FLOOR - 4, 178, { strength: 0.28 });
  e.box(62, 84, 276, 160, 6, e.linear([[0, '#33363c'], [1, '#17181b']], [1, 1]));
  e.box(68, 90, 264, 148, 3, e.linear([[0, '#54788c'], [0.6, '#d9b48a'], [1, '#c98a6a']], [0.3, 1]));
  e.path('M68 206L140 152L196 196L246 160L332 214V238H68Z', '#3d5560', { opacity: 0.75 });
  e.oval(264, 132, 15, 15, '#fdf0d0', { opacity: 0.9 });
  e.box(160, 242, 80, 10, 2, '#26272b');
  e.box(0, 300, 400, 14, 0, e.linear([[0, lighten(wood, 0.3)], [1, darken(wood, 0.1)]], [0, 1]));
  e.box(0, 314, 400, 110, 0, e.linear([[0, darken(wood, 0.35)], [1, darken(wood, 0.2)]], [0, 1]));
  e.oval(200, 302, 186, 5, '#1d1b33', { opacity: 0.3 });
  const bar = 'M34 254H366Q384 254 384 272V284Q384 300 366 300H34Q16 300 16 284V272Q16 254 34 254Z';
  cloth(e, bar, tint, 4);
  e.path(bar, e.linear([[0, '#fff', 0.3], [0.4, '#fff', 0], [1, '#1d1b33', 0.4]], [0, 1]));
  [192, 200, 208].forEach(x => e.oval(x, 288, 2, 2, '#fdf7ea'));
}

export default {
  'SKU-0081': headphones,
  'SKU-0082': onEar,
  'SKU-0083': studio,
  'SKU-0084': on('plinth', earbuds),
  'SKU-0085': zoom(miniBuds, 1.06),
  'SKU-0086': speakers,
  'SKU-0087': powered,
  'SKU-0088': zoom(canteen, 1.06),
  'SKU-0089': canteenXl,
  'SKU-0090': on('plinth', cairn),
  'SKU-0091': turntable,
  'SKU-0092': suitcasePlayer,
  'SKU-0093': radio,
  'SKU-0094': clockRadio,
  'SKU-0095': microphone,
  'SKU-0096': on('sweep', soundbar),
};
