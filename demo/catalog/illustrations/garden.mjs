/** Garden: cans, tools, pots and a terrarium. */
import { darken, lighten, mix } from './colour.mjs';
import { FLOOR, blob, on, zoom } from './easel.mjs';
import { GREEN, leaf } from './plants.mjs';
import { mouth, outline, ring, turned } from './turned.mjs';

function longCan(e, tint) {
  e.shadow(176, FLOOR + 4, 96);
  e.stroke('M236 286C300 270 296 168 352 96', darken(tint, 0.3), 13);
  e.stroke('M236 285C297 269 293 168 350 97', lighten(tint, 0.12), 7);
  e.path('M344 104l2 -16l18 6l-6 14z', '#c9a24c');
  e.stroke('M120 196C40 150 40 300 106 290', darken(tint, 0.3), 12);
  e.stroke('M119 195C42 152 42 298 106 288', lighten(tint, 0.14), 6);
  turned(e, 170, [[184, 56], [196, 66], [306, 84], [FLOOR + 2, 80]], tint);
  mouth(e, 170, 184, 56, tint, { lip: 3 });
  ring(e, 170, 300, 83, '#c9a24c', 4);
}

function roseCan(e, tint) {
  e.shadow(186, FLOOR + 2, 120);
  const zinc = '#a9b1b5';
  e.path('M250 300L334 150L350 158L284 318Z', e.across(tint));
  e.at(346, 146, () => {
    e.path('M-10 18L-30 -14Q0 -34 30 -14L10 18Z', e.across('#c9a24c', 'metal'));
    e.oval(0, -16, 31, 12, e.face('#e2c478', 0.12));
    [-18, -9, 0, 9, 18].forEach(x => [-19, -14].forEach(y => e.oval(x, y, 1.8, 1.2, '#6b4f1c')));
  }, { turn: 28 });
  e.stroke('M112 176C112 84 236 84 236 176', darken(tint, 0.3), 13);
  e.stroke('M112 174C112 86 236 86 236 174', lighten(tint, 0.2), 6);
  e.stroke('M92 196C20 190 28 300 88 296', darken(tint, 0.3), 12);
  e.stroke('M92 195C24 192 32 296 88 293', lighten(tint, 0.2), 5);
  turned(e, 174, [[176, 84], [182, 86], [316, 94], [FLOOR, 92]], tint, { finish: 'glaze' });
  mouth(e, 174, 176, 84, tint, { lip: 4 });
  e.path('M90 174A84 13 0 0 1 258 174L258 178A84 13 0 0 0 90 178Z', e.across(tint));
  [204, 300].forEach(y => ring(e, 174, y, 88 + (y - 204) * 0.05, zinc, 3, { opacity: 0.8 }));
}

function mister(e, tint) {
  e.shadow(196, FLOOR + 4, 84);
  turned(e, 190, [[176, 20], [184, 34], [206, 68], [302, 76], [FLOOR, 68]], tint, { finish: 'metal' });
  turned(e, 190, [[146, 18], [178, 20]], darken(tint, 0.06), { finish: 'metal' });
  e.path('M168 150V120Q168 108 182 108H246L262 118V130H214V150Z', e.across(tint, 'metal'));
  e.box(258, 114, 16, 20, 4, e.across(darken(tint, 0.1), 'metal'));
  e.stroke('M172 116L124 104L120 118', darken(tint, 0.2), 7);
  e.oval(190, 98, 15, 13, e.ball(tint));
  for (let i = 0; i < 34; i++) {
    const t = e.random();
    e.oval(284 + t * 96, 124 + e.random(-1, 1) * (8 + t * 40), 1 + t * 1.3, 1 + t * 1.3, '#ffffff',
      { opacity: 0.85 - t * 0.5 });
  }
  ring(e, 190, 230, 72, darken(tint, 0.3), 1.6, { opacity: 0.5 });
}

function handTools(e, tint) {
  e.stroke('M118 90L174 304M290 92L236 304', '#1d1b33', 18, { opacity: 0.1, transform: 'translate(12 12)' });
  const handle = () => {
    turned(e, 0, [[0, 10], [10, 12], [50, 14], [96, 17], [110, 12], [112, 9]], tint, { finish: 'wood' });
    e.stroke('M-3 108C-26 140 26 140 3 108', '#9a6238', 4);
    e.box(-11, -12, 22, 16, 3, e.across('#8d9399', 'metal'));
  };
  const steel = '#7d858c';
  e.at(148, 208, () => {
    e.box(-5, -56, 10, 48, 4, e.across(steel, 'metal'));
    e.path('M-32 -76Q-34 -132 0 -164Q34 -132 32 -76Q28 -50 0 -48Q-28 -50 -32 -76Z', e.across(steel, 'metal'));
    e.path('M0 -154Q-14 -110 0 -58Q14 -110 0 -154Z', '#1d1b33', { opacity: 0.18 });
    handle();
  }, { turn: -14 });
  e.at(262, 204, () => {
    e.box(-5, -54, 10, 46, 4, e.across(steel, 'metal'));
    e.stroke('M-24 -140L-26 -86Q-24 -58 0 -56Q24 -58 26 -86L24 -140M0 -56V-146', darken(steel, 0.3), 10);
    e.stroke('M-25 -138L-27 -86Q-25 -60 0 -58Q22 -60 24 -86L23 -138M-1 -58V-144', lighten(steel, 0.3), 4);
    handle();
  }, { turn: 14 });
}

function secateurs(e, tint) {
  e.stroke('M262 78L196 190L96 262M196 190L188 350', '#1d1b33', 26, { opacity: 0.1, transform: 'translate(12 14)' });
  const steel = '#a3abb2';
  e.group({ transform: 'rotate(32 200 200)' }, () => {
    e.path('M190 170C150 130 160 60 196 28C214 70 216 130 208 172Z', e.linear([[0, '#eef1f3'], [0.6, steel], [1,
      '#6f787f']]));
    e.path('M206 172C236 160 262 110 236 52C228 96 214 130 192 160Z', e.linear([[0, '#8a939a'], [1, '#5d666d']]));
    const grip = 'M-14 0C-26 50 -34 110 -14 190C-10 206 10 206 14 190C18 120 10 60 14 0Z';
    e.at(184, 176, () => { e.path(grip, e.across(tint)); e.stroke('M-8 40C-14 90 -14 130 -4 180', '#fff', 3,
      { opacity: 0.3 }); }, { turn: 16 });
    e.at(218, 176, () => { e.path(grip, e.across(darken(tint, 0.12))); }, { turn: -16, flip: true });
    e.stroke('M192 220L206 228L192 236L206 244L194 252L204 260', '#d5d9dc', 3.4);
    e.oval(201, 176, 19, 19, e.ball('#8d9399')); e.oval(201, 176, 9, 9, e.ball('#d9dde0'));
    e.stroke([[195, 176], [207, 176]], '#5d666d', 2);
  });
  leaf(e, 318, 300, 44, 13, 64, GREEN, { split: 2 });
  leaf(e, 302, 306, 36, 11, -20, '#6fa06a', { split: 2 });
}

function planter(e, tint) {
  const wood = '#8a5a3a';
  e.shadow(200, FLOOR + 6, 96, { strength: 0.26 });
  [[134, 122], [266, 278]].forEach(([x, f]) => e.tube([[x, 190], [f, FLOOR + 8]], wood, 12));
  const profile = [[112, 86], [120, 88], [220, 82], [256, 60], [260, 54]];
  turned(e, 200, profile, tint, { finish: 'matte' });
  e.within(outline(200, profile), () => { for (let i = 0; i < 23; i++) {
    const a = Math.PI * (i + 0.5) / 23;
    const x = 200 - Math.cos(a) * 86;
    e.stroke(`M${x} 110C${x} 200 ${200 + (x - 200) * 0.9} 230 ${200 + (x - 200) * 0.62} 270`, darken(tint, 0.4), 2.4,
      { opacity: 0.35 });
    e.stroke(`M${x + 3} 110C${x + 3} 200 ${203 + (x - 200) * 0.9} 230 ${203 + (x - 200) * 0.62} 270`, lighten(tint,
      0.6), 1.2, { opacity: 0.4 });
  } });
  mouth(e, 200, 112, 86, tint, { lip: 6 });
  e.tube([[128, 266], [272, 266]], wood, 10);
  [[156, 150], [244, 250]].forEach(([a, b]) => e.tube([[a, 262], [b, FLOOR + 2]], darken(wood, 0.2), 10));
}

function longToms(e, tint) {
  e.shadow(206, FLOOR + 2, 140);
  const tones = [tint, lighten(tint, 0.1), darken(tint, 0.07)];
  e.at(298, 292, () => {
    turned(e, 0, [[-96, 52], [-78, 52]], tones[1]);
    turned(e, 0, [[-80, 48], [22, 32]], tones[1]);
    mouth(e, 0, -96, 52, tones[1], { lip: 5 });
  }, { turn: 74, scale: 0.86 });
  for (let i = 0; i < 4; i++) {
    const y = 252 - i * 46;
    if (i === 0) turned(e, 150, [[y + 18, 56], [FLOOR, 40]], tones[0]);
    turned(e, 150, [[y, 62], [y + 20, 62]], tones[i % 3]);
    if (i < 3) turned(e, 150, [[y - 28, 56], [y + 2, 52]], tones[(i + 1) % 3]);
  }
  mouth(e, 150, 114, 62, tint, { lip: 5 });
  e.path(blob([[110, 300], [120, 292], [132, 304], [124, 314]]), '#8fa36a', { opacity: 0.3 });
}

function cloche(e, tint) {
  e.shadow(200, FLOOR + 4, 124);
  turned(e, 200, [[300, 118], [FLOOR, 116]], '#7d5439', { finish: 'wood' });
  e.oval(200, 300, 118, 19, e.face('#a9764b', 0.12));
  const dome = 'M98 298V166C98 60 302 60 302 166V298A102 16 0 0 1 98 298Z';
  e.within(dome, () => {
    e.path(blob([[84, 316], [96, 278], [138, 264], [180, 274], [214, 260], [262, 268], [308, 286], [316, 316]]),
      e.ball(tint));
    for (let i = 0; i < 60; i++) {
      e.oval(e.random(104, 298), e.random(268, 308), e.random(3, 8), e.random(3, 6), mix(tint, '#a9c46a', e.random(0,
        0.7)), { opacity: 0.8 });
    }
    for (let i = -4; i <= 4; i++) {
      const [x, y] = [190 + i * 19, 152 + Math.abs(i) * 13];
      e.stroke(`M186 280Q${186 + i * 8} 200 ${x} ${y}`, '#5d8f4c', 2.4);
      for (let k = 1; k < 9; k++) {
        const u = k / 9;
        const px = 186 + (x - 186) * u ** 1.3;
        const py = 280 + (y - 280) * u;
        [-1, 1].forEach(s => e.oval(
          px + s * 7 * (1.1 - u), py, 7 * (1.15 - u), 2.6, ['#6fa85a', '#82b868'][k % 2],
            { transform: `rotate(${s * -24} ${px} ${py})` },
        ));
      }
    }
    e.oval(252, 274, 22, 15, e.ball('#b3aca0')); e.oval(134, 282, 12, 8, e.ball('#c9c1b4'));
  });
  e.path(dome, e.linear([
    [0, '#ffffff', 0.4], [0.16, '#ffffff', 0.08], [0.8, '#cfe0dc', 0.08], [1, '#7f9a94', 0.4],
  ]), { stroke: '#ffffff', 'stroke-width': 2.4, 'stroke-opacity': 0.8 });
  e.path('M120 256V170Q122 120 158 100Q134 130 134 172V262Z', '#ffffff', { opacity: 0.42 });
  e.oval(200, 74, 12, 14, e.ball('#eef4f2', 0.2)); e.box(194, 84, 12, 8, 3, '#ffffff', { opacity: 0.7 });
}

export default {
  'SKU-0105': longCan,
  'SKU-0106': roseCan,
  'SKU-0107': mister,
  'SKU-0108': on('flat', zoom(handTools, 1.04)),
  'SKU-0109': on('flat', secateurs),
  'SKU-0110': planter,
  'SKU-0111': longToms,
  'SKU-0112': cloche,
};
