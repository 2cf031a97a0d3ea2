/** Stationery: paper, brass, resin and leather, some lying down and some standing. */
import { darken, lighten, luminance } from './colour.mjs';
import { FLOOR, on, rounded } from './easel.mjs';
import { grain, turned } from './turned.mjs';

const PAPER = '#fbf6ea';
const BRASS = '#c9a24c';
const OAK = '#c79d68';

/** A thing lying on the table, seen from above: its shadow falls to the lower right. */
function flat(e, d, lift = 9) {
  e.path(d, '#1d1b33', { opacity: 0.1, transform: `translate(${lift} ${lift * 1.3})` });
  e.path(d, '#1d1b33', { opacity: 0.14, transform: `translate(${lift * 0.5} ${lift * 0.6})` });
}

function cover(e, w, h, tint, { cloth = 'cross', r = 7, pages = 8 } = {}) {
  const d = rounded(-w / 2, -h / 2, w, h, r);
  flat(e, d, 11);
  e.path(rounded(-w / 2 + 4, -h / 2 + 4, w, h, r), darken(tint, 0.4));
  e.box(-w / 2 + 8, -h / 2 + 5, w - 6, h - 4, 4, PAPER);
  for (let i = 0; i < pages / 2;
  i++) e.stroke([[w / 2 - 1 + i * 0.8, -h / 2 + 8], [w / 2 - 1 + i * 0.8, h / 2 - 4]], '#cfc5b0', 0.7);
  e.path(d, e.linear([[0, lighten(tint, 0.16)], [1, darken(tint, 0.12)]], [1, 1]));
  if (cloth) e.path(d, e.weave(luminance(tint) > 0.5 ? darken(tint, 0.5) : lighten(tint, 0.5), { size: 3.2,
    kind: cloth, opacity: 0.16 }));
  e.box(-w / 2, -h / 2, 17, h, r, e.linear([[0, '#1d1b33', 0.1], [0.7, '#1d1b33', 0.26], [0.8, '#fff', 0.16], [1,
    '#fff', 0]]));
}

/** A pen or pencil along the y axis, tip at the bottom, of the given length. */
function pencil(e, length, colour, { w = 9 } = {}) {
  e.box(-w / 2 + 4, -length / 2 + 6, w, length, 3, '#1d1b33', { opacity: 0.14 });
  e.box(-w / 2, -length / 2, w, length * 0.88, 1, e.linear([
    [0, lighten(colour, 0.35)], [0.34, lighten(colour, 0.1)], [0.35, colour], [0.7, colour], [0.71, darken(colour,
      0.25)], [1, darken(colour, 0.3)],
  ]));
  e.path(`M${-w / 2} ${length * 0.38}L0 ${length / 2}L${w / 2} ${length * 0.38}Z`, e.across('#e8c999'));
  e.path(`M${-w * 0.14} ${length * 0.465}L0 ${length / 2}L${w * 0.14} ${length * 0.465}Z`, '#3a3b40');
}

function notebook(e, tint) {
  e.at(196, 200, () => {
    cover(e, 206, 274, tint);
    e.box(66, -138, 9, 278, 3, e.across('#d9a441'));
    e.path('M-24 137h10v32l-5 -6l-5 6z', '#c4673f');
    e.box(-64, -92, 100, 46, 3, PAPER);
    e.stroke([[-50, -74], [20, -74]], darken(tint, 0.1), 2.4);
    e.stroke([[-50, -62], [-4, -62]], darken(tint, 0.1), 1.6, { opacity: 0.5 });
  }, { turn: -7 });
  e.at(338, 214, () => pencil(e, 226, '#2f5d47'), { turn: 9 });
}

function pocketSet(e, tint) {
  [[138, 214, -17, '#476a72'], [204, 204, -1, '#e2c48a'], [266, 214, 14, tint]].forEach(([x, y, turn, tone]) => e.at(x,
    y, () => {
    cover(e, 136, 208, tone, { cloth: null, r: 10, pages: 4 });
    e.box(-34, -62, 78, 30, 3, PAPER); e.stroke([[-22, -48], [30, -48]], darken(tone, 0.4), 2);
    [-56, 56].forEach(s => e.stroke([[-66, s], [-66, s + 12]], '#d5d9dc', 2.4));
  }, { turn }));
}

function planner(e, tint) {
  e.at(200, 204, () => {
    const [w, h] = [312, 214];
    flat(e, rounded(-w / 2, -h / 2, w, h, 8), 10);
    e.path(rounded(-w / 2 - 5, -h / 2 - 5, w + 10, h + 10, 10), e.face(tint, 0.14));
    e.box(-w / 2 + 3, -h / 2 + 2, w - 6, h - 4, 4, e.linear([[0, PAPER], [0.46, '#f1e9d8'], [0.5, '#d9cfba'], [0.54,
      '#f4ecdc'], [1, PAPER]]));
    for (let i = 0; i < 7; i++) {
      const y = -84 + i * 27;
      e.stroke([[-142, y], [-18, y]], '#cfc5b0', 1);
      e.stroke([[-142, y + 10], [-134 + e.random(0, 10), y + 10]], '#c4673f', 2.6);
      if (i !== 3 && i !== 6) e.stroke([[-116, y + 14], [-116 + e.random(30, 88), y + 14]], '#4a5560', 2.2,
        { opacity: 0.75 });
    }
    for (let y = -76; y < 92; y += 13) for (let x = 26; x < 146; x += 13) e.oval(x, y, 0.9, 0.9, '#a89d88');
    e.stroke('M40 -50q12 -12 24 0t24 0t24 0M40 -30h66', '#4a5560', 2.2, { opacity: 0.75 });
    e.box(92, 34, 42, 42, 2, '#f2d36b', { transform: 'rotate(6 110 50)' });
    for (let y = -94; y < 100; y += 17) {
      e.oval(-9, y + 4, 2.6, 2.6, '#8a8272');
      e.oval(9, y + 4, 2.6, 2.6, '#8a8272');
      e.stroke(`M-9 ${y + 4}C-8 ${y - 9} 8 ${y - 9} 9 ${y + 4}`, '#b98f3a', 3.4);
      e.stroke(`M-8 ${y + 2}C-7 ${y - 9} 6 ${y - 9} 7 ${y}`, '#f0da9b', 1.2);
    }
  }, { turn: -4 });
  e.at(326, 300, () => pencil(e, 160, '#c4673f'), { turn: 62 });
}

function sketchbook(e, tint) {
  e.at(190, 202, () => {
    cover(e, 236, 290, tint, { cloth: null });
    e.box(96, -146, 9, 292, 2, darken(tint, 0.4));
    e.stroke('M-76 60C-60 -60 -20 -90 10 -40C30 0 50 -30 62 -62', lighten(tint, 0.3), 2, { opacity: 0.7 });
    e.stroke([[-78, 110], [-20, 110]], lighten(tint, 0.4), 2.4, { opacity: 0.8 });
  }, { turn: -5 });
  e.at(330, 226, () => pencil(e, 230, '#d39b2c', { w: 10 }), { turn: 12 });
  e.path('M296 330q14 -12 22 0t22 -4', 'none', { stroke: '#d9b98a', 'stroke-width': 5, 'stroke-linecap': 'round' });
}

function fountain(e, tint) {
  const d = 'M-160 -11Q-166 0 -160 11H20V-11Z';
  e.at(196, 172, () => {
    flat(e, 'M-150 -14H30V14H-150Z', 8);
    e.path(d, e.linear([[0, lighten(tint, 0.35)], [0.3, tint], [1, darken(tint, 0.4)]], [0, 1]));
    e.path('M-150 -8H14V-4H-150Z', '#fff', { opacity: 0.35 });
    e.box(14, -12, 8, 24, 2, e.linear([[0, lighten(BRASS, 0.4)], [1, darken(BRASS, 0.3)]], [0, 1]));
    e.path('M22 -9L70 -7V7L22 9Z', e.linear([[0, '#5a5d63'], [1, '#1c1d20']], [0, 1]));
    e.path('M70 -7C92 -13 112 -6 132 0C112 6 92 13 70 7Z', e.linear([[0, '#f4e2ae'], [0.5, BRASS], [1, darken(BRASS,
      0.3)]], [0, 1]));
    e.stroke([[88, 0], [130, 0]], '#5d4517', 1.2); e.oval(88, 0, 2.6, 2.6, '#5d4517');
  }, { turn: 24 });
  e.at(170, 272, () => {
    const cap = 'M-66 -14Q-78 0 -66 14H66V-14Z';
    flat(e, cap, 8);
    e.path(cap, e.linear([[0, lighten(tint, 0.35)], [0.3, tint], [1, darken(tint, 0.4)]], [0, 1]));
    e.path('M-60 -9H60V-5H-60Z', '#fff', { opacity: 0.35 });
    e.box(48, -15, 12, 30, 2, e.linear([[0, lighten(BRASS, 0.4)], [1, darken(BRASS, 0.3)]], [0, 1]));
    e.box(-58, -3, 84, 6, 3, e.linear([[0, '#f4e2ae'], [1, darken(BRASS, 0.2)]], [0, 1]));
    e.oval(26, 0, 5, 5, e.ball(BRASS));
  }, { turn: 12 });
  e.stroke('M316 236q10 18 -6 26t-14 22q4 14 30 8', darken(tint, 0.2), 3);
}

function rollerball(e, tint) {
  e.at(200, 200, () => {
    const d = 'M-150 -13Q-160 0 -150 13H104L148 3V-3L104 -13Z';
    flat(e, d, 10);
    e.path(d, e.linear([
      [0, darken(tint, 0.1)], [0.18, lighten(tint, 0.7)], [0.36, tint], [0.75, darken(tint, 0.36)], [1, darken(tint,
        0.1)],
    ], [0, 1]));
    for (let x = 40; x < 98; x += 7) e.stroke([[x, -12], [x, 12]], darken(tint, 0.5), 1.4, { opacity: 0.5 });
    e.stroke([[-30, -13], [-30, 13]], darken(tint, 0.5), 2, { opacity: 0.6 });
    e.path('M-148 -16H-60Q-52 -16 -54 -10L-60 -8H-140Z', e.linear([[0, lighten(tint, 0.5)], [1, darken(tint, 0.2)]],
      [0, 1]));
    e.oval(150, 0, 3, 2, '#5d666d');
  }, { turn: 32 });
  e.stroke('M96 316q20 -22 38 -4t34 -8t36 4t30 -2', '#27364f', 3.4);
}

function inkBottle(e, tint) {
  e.shadow(200, FLOOR + 4, 108);
  const glass = 'M118 198Q118 186 130 186H270Q282 186 282 198V302Q282 322 262 322H138Q118 322 118 302Z';
  e.path(glass, e.linear([[0, '#ffffff', 0.8], [0.3, '#ffffff', 0.35], [1, '#9fb4bf', 0.6]]));
  e.path('M130 214H270V298Q270 312 256 312H144Q130 312 130 298Z', e.linear([[0, lighten(tint, 0.14)], [1, darken(tint,
    0.4)]], [0.4, 1]));
  e.path('M130 206h16v108q-16 0 -16 -14z', '#fff', { opacity: 0.35 });
  e.path(glass, 'none', { stroke: '#ffffff', 'stroke-width': 2, opacity: 0.7 });
  turned(e, 200, [[118, 44], [124, 47], [180, 47], [186, 45]], '#2b2c30', { finish: 'matte' });
  e.oval(200, 118, 44, 7, '#4a4d54');
  for (let i = 0; i < 17; i++) {
    const a = Math.PI * (i + 0.5) / 17;
    e.stroke([[200 - Math.cos(a) * 47, 128 + Math.sin(a) * 7], [200 - Math.cos(a) * 47, 176 + Math.sin(a) * 7]],
      '#55585f', 1.4, { opacity: 0.7 });
  }
  e.box(156, 226, 88, 66, 3, PAPER); e.box(162, 232, 76, 54, 2, 'none', { stroke: tint, 'stroke-width': 1.4 });
  e.path('M200 240c10 14 12 22 0 26c-12 -4 -10 -12 0 -26z', tint);
  e.stroke([[178, 276], [222, 276]], darken(tint, 0.3), 2.4);
}

function pencilTin(e, tint) {
  e.at(200, 206, () => {
    const [w, h] = [262, 208];
    flat(e, rounded(-w / 2, -h / 2, w, h, 14), 11);
    e.path(rounded(-w / 2, -h / 2, w, h, 14), e.linear([[0, '#e6e9eb'], [0.5, '#aab1b7'], [1, '#d5d9dc']], [1, 1]));
    e.path(rounded(-w / 2 + 9, -h / 2 + 9, w - 18, h - 18, 8), '#6b7278');
    for (let i = 0; i < 12;
    i++) e.at(-w / 2 + 22 + i * 19.9, 0, () => pencil(e, 178, i % 4 === 1 ? darken(tint, 0.24) : tint, { w: 15 }));
  }, { turn: -5 });
  e.at(208, 344, () => pencil(e, 200, tint, { w: 13 }), { turn: 82 });
}

function pencilPot(e, tint) {
  e.shadow(200, FLOOR + 4, 88);
  const stand = (x, y, turn, draw) => e.at(x, y, draw, { turn });
  stand(164, 160, -12, () => e.at(0, 0, () => pencil(e, 190, '#d39b2c', { w: 12 }), { turn: 180 }));
  stand(196, 142, 2, () => e.at(0, 0, () => pencil(e, 200, '#476a72', { w: 12 }), { turn: 180 }));
  stand(232, 152, 13, () => {
    e.box(-10, -92, 20, 190, 4, e.linear([[0, '#e8cfa0'], [1, '#c79d68']]));
    for (let y = -84; y < 60; y += 10) e.stroke([[-9, y], [y % 20 ? -3 : 1, y]], '#5d4033', 1.4);
  });
  stand(178, 176, -4, () => { e.box(-4, -90, 8, 160, 3, e.across('#3a3b40')); e.oval(0, -92, 8, 20, e.ball('#a97c48'));
    });
  e.oval(200, 210, 74, 12, darken(tint, 0.5));
  const facets = [-78, -58, -26, 12, 44, 68, 78];
  for (let i = 0; i < 6; i++) {
    const [a, b] = [facets[i], facets[i + 1]];
    const dip = x => 11 * Math.sqrt(Math.max(0, 1 - (x / 80) ** 2));
    const tone = [0.04, -0.14, -0.24, -0.05, 0.16, 0.3][i];
    e.path(
      `M${200 + a} ${210 + dip(a)}L${200 + b} ${210 + dip(b)}L${200 + b * 0.84} ${FLOOR - 8 + dip(b)}L${200 + a * 0.84} ${FLOOR - 8 + dip(a)}Z`,
      tone < 0 ? lighten(tint, -tone) : darken(tint, tone),
    );
  }
  e.path('M135 314A65 10 0 0 0 265 314L264 320A65 10 0 0 1 136 320Z', '#b98d58');
  e.path('M122 210A78 12 0 0 0 278 210L274 212A74 10 0 0 1 126 212Z', lighten(tint, 0.35));
}

function tape(e, tint) {
  e.shadow(204, FLOOR + 2, 140);
  e.path(
    'M62 322Q56 322 58 310C62 212 108 138 184 138C246 138 268 178 282 232Q292 268 344 276Q352 278 352 286V310Q352 322 340 322Z',
    e.linear([[0, lighten(tint, 0.32)], [0.5, tint], [1, darken(tint, 0.3)]], [0.5, 1]),
  );
  e.path('M78 290C84 212 122 156 180 154C120 172 100 230 98 300Z', '#fff', { opacity: 0.4 });
  e.oval(184, 226, 72, 72, darken(tint, 0.35));
  e.oval(184, 226, 66, 66, e.linear([[0, '#fff6dc', 0.95], [1, '#d9c08a', 0.95]], [1, 1]));
  for (let r = 40; r < 66;
  r += 5) e.oval(184, 226, r, r, 'none', { stroke: '#c2a566', 'stroke-width': 0.8, opacity: 0.6 });
  e.oval(184, 226, 36, 36, e.ball(OAK)); e.oval(184, 226, 15, 15, e.ball(BRASS));
  e.path('M246 204L338 262L334 270L240 232Z', '#fff3d0', { opacity: 0.65 });
  e.path('M330 256L352 268V284L336 280Z', '#c3c8cd'); for (let i = 0; i < 5;
  i++) e.path(`M${334 + i * 4} ${258 + i * 2.2}l4 -5l1 8z`, '#8d9399');
}

function scissors(e, tint) {
  e.at(200, 200, () => {
    const blade = s => {
      e.path(
        `M${s * -4} 6C${s * 8} -50 ${s * 26} -120 ${s * 22} -164C${s * 4} -120 ${s * -12} -60 ${s * -16} 0Z`,
        e.linear([[0, '#f4f6f7'], [0.5, '#b5bcc2'], [1, '#7d868d']], [s > 0 ? 1 : 0.2, 0.4]),
      );
      e.stroke(`M${s * -10} 4C${s * -14} 30 ${s * -24} 46 ${s * -32} 60`, tint, 17);
      e.path(
        `M${s * -22} 48C${s * 10} 44 ${s * 12} 120 ${s * -24} 146C${s * -72} 160 ${s * -88} 96 ${s * -58} 64C${s * -48} 54 ${s * -36} 50 ${s * -22} 48ZM${s * -30} 68C${s * -56} 70 ${s * -66} 122 ${s * -40} 128C${s * -12} 128 ${s * -6} 72 ${s * -30} 68Z`,
        e.linear([[0, lighten(tint, 0.35)], [0.5, tint], [1, darken(tint, 0.3)]], [1, 1]), { 'fill-rule': 'evenodd' },
      );
    };
    e.group({ opacity: 0.14, transform: 'translate(9 12)' },
      () => { e.path('M-16 0L-22 -164L4 0L22 -164L16 6L60 90L0 40L-60 90Z', '#1d1b33'); });
    blade(-1); blade(1);
    e.oval(0, -2, 9, 9, e.ball(BRASS)); e.stroke([[-4, -5], [4, 1]], '#6b4f1c', 1.8);
  }, { turn: 28, scale: 1.06 });
}

function trays(e, tint) {
  e.shadow(200, FLOOR + 2, 164);
  const one = (y, paper) => {
    e.path(`M76 ${y - 34}H324L356 ${y}H44Z`, darken(tint, 0.42));
    if (paper) {
      e.path(`M88 ${y - 40}H306L338 ${y - 10}H62Z`, PAPER);
      e.path(`M96 ${y - 46}H312L342 ${y - 18}H70Z`, '#ffffff');
      [0, 1, 2].forEach(i => e.stroke([[112 - i * 8, y - 40 + i * 7], [250 - i * 20, y - 40 + i * 7]], '#b9b1a2', 1.6));
    }
    const front = `M36 ${y - 10}Q36 ${y - 16} 44 ${y - 16}H356Q364 ${y - 16} 364 ${y - 10}V${y + 22}Q364 ${y + 30} 354 ${y + 30}H46Q36 ${y + 30} 36 ${y + 22}Z`;
    e.path(front, e.linear([[0, lighten(tint, 0.26)], [1, darken(tint, 0.14)]], [0, 1]));
    e.within(front, () => grain(e, 36, y - 16, 330, 48, tint, 'x', 7));
    e.box(168, y - 4, 64, 18, 3, e.across(BRASS, 'metal')); e.box(174, y - 1, 52, 12, 2, PAPER);
  };
  one(292, true);
  [64, 336].forEach(x => e.box(x - 4, 218, 8, 62, 2, e.across(BRASS, 'metal')));
  one(202, true);
  e.path('M250 168L318 168L334 182L262 182Z', '#e3ac9c'); e.stroke([[262, 172], [300, 172]], '#a94f2c', 1.6);
}

function deskMat(e, tint) {
  e.at(200, 208, () => {
    const d = rounded(-172, -112, 344, 224, 14);
    flat(e, d, 8);
    e.path(d, e.linear([[0, lighten(tint, 0.2)], [0.5, tint], [1, darken(tint, 0.2)]], [1, 0.8]));
    e.path(d, e.weave(darken(tint, 0.6), { size: 7, kind: 'dot', opacity: 0.08 }));
    e.stroke(rounded(-164, -104, 328, 208, 10), darken(tint, 0.3), 1.2, { opacity: 0.5 });
    e.box(-132, -70, 176, 62, 7, e.face('#e6e3dd', 0.1));
    for (let r = 0; r < 4; r++) {
      for (let c = 0; c < 11;
      c++) e.box(-127 + c * 15.4, -65 + r * 13.8, 13, 11.4, 2.4, c === 0 && r === 0 ? '#c4673f' : '#fbf8f1');
    }
    e.box(74, -64, 40, 62, 19, e.ball('#f4efe6', 0.2)); e.stroke([[94, -62], [94, -38]], '#c3bba9', 1.6);
    e.at(-60, 52, () => {
      e.box(-66, -40, 132, 80, 4, '#1d1b33', { opacity: 0.14, transform: 'translate(4 6)' });
      e.box(-66, -40, 132, 80, 4, PAPER);
      [0, 1, 2, 3].forEach(i => e.stroke([[-50, -20 + i * 14], [-50 + [92, 74, 96, 40][i], -20 + i * 14]], '#8a8272',
        1.8));
    }, { turn: -4 });
    e.at(62, 54, () => pencil(e, 130, '#27364f', { w: 10 }), { turn: 72 });
    e.oval(134, 66, 25, 25, e.ball('#f4efe6', 0.14)); e.oval(134, 66, 20, 20, '#4a2d1e');
  }, { turn: -3 });
}

function stapler(e, tint) {
  e.shadow(200, FLOOR + 2, 158);
  e.box(44, 300, 312, 20, 9, e.linear([[0, lighten(tint, 0.1)], [1, darken(tint, 0.34)]], [0, 1]));
  e.box(300, 292, 44, 9, 3, '#8d9399');
  e.path('M70 300L64 252Q64 240 78 240L330 262Q346 264 346 276V284H120Z', e.linear([[0, '#e6e9eb'], [1, '#8d9399']],
    [0, 1]));
  e.path(
    'M52 246C52 196 96 178 150 186L330 232Q358 240 356 264L350 274Q346 278 336 276L110 258Q84 258 72 300H58Q50 280 52 246Z',
    e.linear([[0, lighten(tint, 0.3)], [0.5, tint], [1, darken(tint, 0.24)]], [0.3, 1]),
  );
  e.path('M72 224C86 196 120 194 150 200L322 243Q220 226 150 218Q96 214 76 240Z', '#fff', { opacity: 0.32 });
  e.oval(86, 270, 12, 12, e.ball('#c3c8cd')); e.stroke([[80, 270], [92, 270]], '#6f787f', 2.4);
  [[300, 334], [356, 338]].forEach(([x, y], i) => e.stroke([[x, y + 8], [x, y], [x + 16, y], [x + 16, y + 8]],
    i ? BRASS : '#8d9399', 2.6));
}

function letters(e, tint) {
  const envelope = (x, y, turn, tone, lined) => e.at(x, y, () => {
    const d = rounded(-112, -74, 224, 148, 4);
    flat(e, d, 8);
    e.path(d, e.face(tone, 0.07));
    e.path('M-112 70L-8 -14Q0 -20 8 -14L112 70V74H-112Z', e.face(lighten(tone, 0.12), 0.06));
    e.stroke('M-110 72L-8 -12Q0 -18 8 -12L110 72', darken(tone, 0.2), 1.2, { opacity: 0.6 });
    e.path('M-112 -70L-8 18Q0 24 8 18L112 -70V-74H-112Z', lined ? e.face(lined, 0.1) : e.face(darken(tone, 0.05),
      0.05));
    e.stroke('M-110 -70L-8 18Q0 24 8 18L110 -70', darken(tone, 0.25), 1.4, { opacity: 0.6 });
  }, { turn });
  envelope(176, 152, -9, PAPER, null);
  envelope(226, 214, 6, tint, null);
  e.oval(223, 236, 17, 17, e.ball('#9f3d33', 0.4));
  e.oval(223, 236, 11, 11, 'none', { stroke: '#7a2a22', 'stroke-width': 1.6 });
  e.stroke('M217 240q6 -12 12 0', '#7a2a22', 1.8);
  e.at(150, 286, () => {
    const d = rounded(-100, -60, 200, 120, 3);
    flat(e, d, 7);
    e.path(d, PAPER);
    [0, 1, 2].forEach(i => e.stroke([[-78, -20 + i * 18], [-78 + [130, 110, 60][i], -20 + i * 18]], '#8a8272', 2));
    e.path('M52 -46q14 -10 24 2q2 14 -22 20q-6 -12 -2 -22z', '#6f8f46');
  }, { turn: -4 });
  e.at(312, 300, () => pencil(e, 150, '#2f5d47', { w: 10 }), { turn: 38 });
}

function calendar(e, tint) {
  e.shadow(200, FLOOR + 4, 126);
  e.path('M96 322L132 96H284L322 322Z', darken(tint, 0.4), { transform: 'translate(14 0)' });
  e.path(
    'M84 322Q80 322 81 314L112 104Q114 94 124 94H276Q286 94 288 104L319 314Q320 322 316 322Z',
    e.linear([[0, lighten(tint, 0.26)], [1, darken(tint, 0.16)]], [0.4, 1]),
  );
  e.path('M128 124H272L278 164H122Z', e.face(PAPER, 0.06));
  e.stroke('M152 144h20M182 144h12M204 144h44', darken(tint, 0.6), 6);
  e.path('M120 178H280L292 296H108Z', e.face(PAPER, 0.06));
  e.stroke('M150 222L170 206V276', '#2b2c30', 13, { 'stroke-linejoin': 'miter' });
  e.stroke('M208 206H254L226 276', '#2b2c30', 13, { 'stroke-linejoin': 'miter' });
  [160, 240].forEach(x => { e.box(x - 3, 82, 6, 34, 3, e.across('#c3c8cd', 'metal')); e.oval(x, 122, 4, 4, '#4a3820');
    });
}

export default {
  'SKU-0113': on('flat', notebook),
  'SKU-0114': on('flat', pocketSet),
  'SKU-0115': on('flat', planner),
  'SKU-0116': on('flat', sketchbook),
  'SKU-0117': on('flat', fountain),
  'SKU-0118': on('flat', rollerball),
  'SKU-0119': on('plinth', inkBottle),
  'SKU-0120': on('flat', pencilTin),
  'SKU-0121': on('plinth', pencilPot),
  'SKU-0122': tape,
  'SKU-0123': on('flat', scissors),
  'SKU-0124': trays,
  'SKU-0125': on('flat', deskMat),
  'SKU-0126': stapler,
  'SKU-0127': on('flat', letters),
  'SKU-0128': calendar,
};
