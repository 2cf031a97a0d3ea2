/** Plants and what keeps them: leaves first, then pots, cans and tools. */
import { darken, lighten, mix } from './colour.mjs';
import { FLOOR, blob, on, zoom } from './easel.mjs';
import { grain, mouth, outline, ring, turned } from './turned.mjs';

const SOIL = '#4a3526';
const GREEN = '#4f8350';

function pot(e, cx, top, r, tint, { height = FLOOR - top, finish = 'matte', rim = 14, taper = 0.74 } = {}) {
  const foot = top + height;
  turned(e, cx, [[top + rim, r * 0.94], [foot - 4, r * taper], [foot, r * taper * 0.96]], tint, { finish });
  if (rim) turned(e, cx, [[top, r], [top + rim, r]], lighten(tint, 0.05), { finish });
  mouth(e, cx, top, r, tint, { lip: 4, fill: SOIL, level: 0.3 });
}

/** A leaf from its stalk at the origin, growing up: length, half width, and a lit and a shaded half. */
function leaf(e, x, y, length, half, turn, colour = GREEN, { split = 0, tip = 0.55 } = {}) {
  e.at(x, y, () => {
    const left = `M0 0C${-half * 0.8} ${-length * 0.05} ${-half * 1.5} ${-length * tip} 0 ${-length}`;
    const right = `C${half * 1.5} ${-length * tip} ${half * 0.8} ${-length * 0.05} 0 0Z`;
    e.path(left + right, e.linear([[0, lighten(colour, 0.22)], [0.5, colour], [0.51, darken(colour, 0.16)], [1, darken(colour, 0.06)]]));
    e.stroke(`M0 0Q${half * 0.05} ${-length * 0.5} 0 ${-length * 0.95}`, lighten(colour, 0.45), 1.4, { opacity: 0.7 });
    for (let i = 1; i <= split; i++) {
      const t = i / (split + 1);
      const reach = half * 0.74 * Math.sin(Math.PI * (0.2 + t * 0.65));
      [-1, 1].forEach(s => e.stroke(`M${s * half * 0.12} ${-length * t}Q${s * reach * 0.5} ${-length * (t + 0.03)} ${s * reach} ${-length * (t + 0.14)}`, lighten(colour, 0.4), 1, { opacity: 0.5 }));
    }
  }, { turn });
}

function monsteraLeaf(e, x, y, size, turn, colour) {
  e.at(x, y, () => {
    const d = 'M0 0C-24 4 -62 -14 -66 -52C-58 -50 -44 -46 -36 -44C-48 -54 -66 -66 -64 -92C-54 -84 -42 -74 -32 -70C-42 -84 -54 -100 -42 -124C-36 -110 -26 -98 -18 -94C-22 -112 -18 -132 0 -146C18 -132 22 -112 18 -94C26 -98 36 -110 42 -124C54 -100 42 -84 32 -70C42 -74 54 -84 64 -92C66 -66 48 -54 36 -44C44 -46 58 -50 66 -52C62 -14 24 4 0 0Z';
    e.path(d, e.linear([[0, lighten(colour, 0.22)], [0.5, colour], [0.51, darken(colour, 0.14)], [1, darken(colour, 0.04)]]));
    e.stroke('M0 0V-140', lighten(colour, 0.45), 2, { opacity: 0.7 });
    [[-30, 34], [-58, 38], [-88, 26]].forEach(([yy, r]) => [-1, 1].forEach(s => e.stroke(`M0 ${yy}Q${s * r * 0.6} ${yy - 6} ${s * r} ${yy - 14}`, lighten(colour, 0.4), 1.2, { opacity: 0.5 })));
    [[-14, -44], [13, -62], [-11, -80]].forEach(([px, py]) => e.oval(px, py, 4, 7, darken(colour, 0.45), { opacity: 0.55, transform: `rotate(${px > 0 ? 40 : -40} ${px} ${py})` }));
  }, { turn, scale: size });
}

function monstera(e, tint) {
  e.shadow(200, FLOOR + 2, 88);
  const stems = [[128, 148, -42, 0.82], [276, 152, 44, 0.84], [196, 118, -4, 0.78], [150, 206, -68, 0.6], [258, 208, 70, 0.58]];
  stems.forEach(([x, y]) => e.stroke(`M200 238Q${(200 + x) / 2} ${y + 30} ${x} ${y}`, darken(GREEN, 0.15), 5));
  turned(e, 200, [[238, 64], [316, 50], [FLOOR, 48]], tint);
  stems.forEach(([x, y, turn, size], i) => monsteraLeaf(e, x, y, size, turn, [GREEN, '#5c9257', '#447a4a', '#5c9257', GREEN][i]));
  pot(e, 200, 232, 70, tint);
  e.path('M186 236Q192 210 198 232M204 236Q210 216 216 234', 'none', { stroke: darken(GREEN, 0.15), 'stroke-width': 5 });
  ring(e, 200, 300, 55, lighten(tint, 0.3), 1.6, { opacity: 0.4 });
}

function snake(e, tint) {
  e.shadow(200, FLOOR + 2, 88);
  turned(e, 200, [[226, 72], [FLOOR, 60]], tint);
  mouth(e, 200, 226, 76, tint, { fill: SOIL, level: 0.3 });
  const blade = (x, h, bend, w) => {
    const d = `M${x - w} 234C${x - w * 1.3} ${234 - h * 0.5} ${x + bend - w * 0.9} ${234 - h * 0.7} ${x + bend} ${234 - h}C${x + bend + w * 0.9} ${234 - h * 0.7} ${x + w * 1.3} ${234 - h * 0.5} ${x + w} 234Z`;
    e.path(d, e.across('#e0d68a'));
    const inner = `M${x - w * 0.66} 234C${x - w * 0.9} ${234 - h * 0.5} ${x + bend - w * 0.55} ${234 - h * 0.7} ${x + bend} ${234 - h * 0.95}C${x + bend + w * 0.55} ${234 - h * 0.7} ${x + w * 0.9} ${234 - h * 0.5} ${x + w * 0.66} 234Z`;
    e.path(inner, e.across('#47754b'));
    e.within(inner, () => { for (let y = 228; y > 234 - h; y -= 13) e.stroke(`M${x - 40 + bend * 0.5} ${y}q10 -7 20 0t20 0t20 0t20 0t20 0`, '#9dbd8c', 3.4, { opacity: 0.5 }); });
  };
  blade(170, 130, -44, 14); blade(236, 150, 42, 14); blade(184, 184, -14, 16); blade(220, 196, 14, 16); blade(202, 142, -2, 15);
  e.within('M100 226H300V330H100Z', () => turned(e, 200, [[232, 74], [FLOOR - 4, 60], [FLOOR, 58]], tint, { finish: 'glaze', foot: 0.12 }));
}

function rubber(e, tint) {
  e.shadow(200, FLOOR + 2, 82);
  e.stroke('M200 240C196 180 206 120 198 60', '#7a5b43', 6);
  const tone = '#3d5240';
  [[200, 214, 78, 24, -74], [202, 200, 84, 26, 66], [198, 172, 84, 26, -58], [202, 156, 86, 27, 54], [200, 128, 80, 25, -46], [201, 112, 76, 24, 44], [198, 86, 66, 20, -24], [199, 74, 60, 18, 22]].forEach(([x, y, l, h, t], i) => leaf(e, x, y, l, h, t, i % 3 === 1 ? '#6b3f47' : i % 2 ? '#4b654c' : tone, { split: 3, tip: 0.6 }));
  e.path('M198 66Q192 44 200 30Q206 46 200 66Z', '#b5524e');
  pot(e, 200, 240, 64, tint, { finish: 'glaze' });
  e.stroke('M200 246V226', '#7a5b43', 6);
}

function olive(e, tint) {
  e.shadow(200, FLOOR + 2, 84);
  e.stroke('M200 250C196 210 208 180 198 140', '#8a6f55', 9);
  e.stroke('M200 180Q176 150 166 124M201 168Q226 140 236 116', '#8a6f55', 5);
  const tones = ['#8fa07a', '#748a66', '#a9b794', '#62795a'];
  for (let i = 0; i < 130; i++) {
    const a = e.random(0, Math.PI * 2);
    const r = Math.sqrt(e.random()) * 88;
    leaf(e, 200 + Math.cos(a) * r * 1.02, 112 + Math.sin(a) * r * 0.82, e.random(22, 34), 5, e.random(-170, 170), tones[i % 4]);
  }
  [[160, 128], [232, 96], [206, 150], [248, 138], [178, 84]].forEach(([x, y]) => e.oval(x, y, 5, 6.4, e.ball('#4c4658')));
  const profile = [[250, 62], [270, 66], [FLOOR, 54]];
  turned(e, 200, profile, tint);
  e.path(outline(200, profile), e.weave(darken(tint, 0.55), { size: 8, kind: 'knit', opacity: 0.6 }));
  mouth(e, 200, 250, 62, tint, { fill: SOIL, level: 0.3, lip: 5 });
  e.stroke('M200 256V236', '#8a6f55', 9);
  [-1, 1].forEach(s => e.stroke(`M${200 + s * 62} 258q${s * 22} 0 ${s * 4} 24`, darken(tint, 0.25), 6));
}

function heart(e, x, y, size, turn, colour) {
  e.at(x, y, () => {
    e.path('M0 0C-10 -8 -26 -4 -24 14C-22 30 -6 40 0 52C6 40 22 30 24 14C26 -4 10 -8 0 0Z', e.linear([[0, lighten(colour, 0.25)], [0.5, colour], [0.51, darken(colour, 0.12)], [1, darken(colour, 0.05)]]));
    e.stroke('M0 2V44', lighten(colour, 0.4), 1.2, { opacity: 0.6 });
  }, { turn, scale: size });
}

function pothos(e, tint) {
  [[140, 180], [260, 180], [200, 190]].forEach(([x, y]) => e.stroke([[200, 0], [200, 18], [x, y]], '#d8c7a6', 3));
  e.oval(200, 22, 8, 8, e.ball('#c79d68'));
  const vine = (points, tones) => {
    e.stroke(`M${points[0][0]} ${points[0][1]}` + points.slice(1).map(([x, y], i) => `Q${points[i][0] + (i % 2 ? 14 : -14)} ${(points[i][1] + y) / 2} ${x} ${y}`).join(''), '#6b8f4a', 3);
    points.slice(1).forEach(([x, y], i) => heart(e, x, y, 0.66, i % 2 ? -34 : 32, tones[i % 3]));
  };
  const tones = ['#5c9257', '#7aa862', '#477d4b'];
  vine([[148, 160], [118, 196], [106, 236], [116, 276], [100, 318]], tones);
  turned(e, 200, [[162, 74], [200, 74], [238, 52], [248, 34]], tint, { finish: 'glaze' });
  mouth(e, 200, 162, 74, tint, { fill: SOIL, level: 0.3 });
  vine([[258, 162], [286, 198], [296, 240], [284, 284], [298, 330]], [tones[1], tones[0], tones[2]]);
  vine([[214, 166], [226, 208], [214, 250], [224, 296]], tones);
  [[160, 150, -130], [184, 140, 170], [212, 138, 200], [238, 150, 140], [200, 150, 180], [172, 158, -100], [228, 160, 100]].forEach(([x, y, t], i) => heart(e, x, y, 0.78, t, tones[i % 3]));
}

function spines(e, x, y, w, h, colour) {
  for (let yy = y; yy < y + h; yy += 13) for (let xx = x; xx <= x + w; xx += 13) e.stroke(`M${xx - 3} ${yy - 3}l6 6m0 -6l-6 6`, lighten(colour, 0.75), 1.1, { opacity: 0.75 });
}

function column(e, x, top, bottom, r, colour) {
  const d = `M${x - r} ${bottom}V${top + r}A${r} ${r} 0 0 1 ${x + r} ${top + r}V${bottom}Z`;
  e.path(d, e.across(colour));
  e.within(d, () => { for (let k = -2; k <= 2; k++) { e.stroke(`M${x + k * r * 0.42} ${bottom}V${top + r * 0.3}`, darken(colour, 0.3), 2, { opacity: 0.5 }); } spines(e, x - r * 0.84, top + 12, r * 1.7, bottom - top - 14, colour); });
}

function cactusTrio(e, tint) {
  [[92, 46], [204, 50], [314, 46]].forEach(([x, r]) => e.shadow(x, FLOOR + 2, r + 8));
  column(e, 92, 126, 270, 26, '#4f8350');
  pot(e, 92, 262, 46, tint, { rim: 12 });
  const paddle = (x, y, rx, ry, turn) => e.group({ transform: `rotate(${turn} ${x} ${y})` }, () => { e.oval(x, y, rx, ry, e.ball('#6fa06a', 0.26)); spines(e, x - rx * 0.6, y - ry * 0.66, rx * 1.2, ry * 1.3, '#6fa06a'); });
  paddle(204, 218, 33, 46, 0); paddle(178, 158, 23, 34, -24); paddle(236, 160, 22, 32, 28); e.oval(168, 124, 7, 8, e.ball('#e07a6a')); e.oval(252, 128, 7, 8, e.ball('#e07a6a'));
  pot(e, 204, 254, 50, '#e3ac9c', { rim: 12 });
  e.oval(314, 240, 40, 38, e.ball('#5f9560', 0.36));
  for (let k = -3; k <= 3; k++) e.stroke(`M${314 + k * 5} 203Q${314 + k * 17} 240 ${314 + k * 6} 276`, darken('#5f9560', 0.35), 1.8, { opacity: 0.45 });
  spines(e, 284, 214, 60, 52, '#5f9560');
  e.oval(314, 204, 12, 7, e.ball('#e9799a'));
  pot(e, 314, 264, 46, '#9cc3d6', { rim: 12 });
}

function tallCactus(e, tint) {
  e.shadow(200, FLOOR + 2, 80);
  const green = '#548a5a';
  [[-1, 168, 96], [1, 140, 72]].forEach(([s, y, top]) => {
    e.stroke(`M200 ${y}H${200 + s * 58}V${top}`, darken(green, 0.24), 35);
    e.stroke(`M200 ${y}H${200 + s * 58}V${top}`, green, 29);
    e.stroke(`M${200 + s * 58 - 6} ${y - 8}V${top}`, lighten(green, 0.3), 5, { opacity: 0.5 });
    spines(e, 200 + s * 58 - 8, top - 6, 18, y - top, green);
  });
  column(e, 200, 36, 256, 33, green);
  e.oval(200, 38, 10, 7, e.ball('#f2c35a'));
  pot(e, 200, 244, 66, tint, { finish: 'glaze', rim: 0 });
  e.oval(178, 247, 5, 3, '#cfc3b0'); e.oval(226, 249, 6, 3, '#cfc3b0'); e.oval(212, 252, 4, 2.4, '#e8dfd0');
}

function herbs(e, tint) {
  e.shadow(200, FLOOR + 2, 158);
  const stems = (x, draw) => { for (let i = -3; i <= 3; i++) draw(x + i * 7, i * 9, Math.abs(i)); };
  stems(108, (x, t, k) => { e.stroke(`M${x} 240Q${x + t * 0.4} 200 ${x + t * 1.3} ${152 + k * 8}`, '#5f9450', 3); [[0, -20, 0], [-8, 4, -60], [8, 4, 60], [-7, 26, -70], [7, 28, 70]].forEach(([dx, dy, tt]) => leaf(e, x + t * 1.2 + dx * 0.4, 166 + k * 8 + dy, 30, 13, tt + t, ['#6aa557', '#7fb868', '#579048'][k % 3], { tip: 0.5 })); });
  stems(204, (x, t, k) => { e.stroke(`M${x} 240Q${x + t * 0.4} 190 ${x + t} ${112 + k * 12}`, '#6b7f5c', 3); for (let y = 120 + k * 12; y < 232; y += 8) [-1, 1].forEach(s => e.stroke([[x + t * ((240 - y) / 128), y], [x + t * ((240 - y) / 128) + s * 10, y - 9]], ['#7f9a7a', '#5d7d60'][k % 2], 2.8)); });
  stems(298, (x, t, k) => { e.stroke(`M${x} 240Q${x + t * 0.6} 200 ${x + t * 1.5} ${164 + k * 8}`, '#7c6a4e', 2); for (let i = 0; i < 9; i++) { const u = i / 9; [-1, 1].forEach(s => e.oval(x + t * 1.5 * u + s * 6, 236 - u * (72 - k * 8), 4.6, 3, ['#8fae7a', '#76986a'][i % 2], { transform: `rotate(${s * 30} ${x} 200)`, opacity: 1 })); } });
  e.path('M56 238H344L336 314Q336 322 328 322H72Q64 322 64 314Z', e.face(tint, 0.18));
  e.within('M56 238H344L336 322H64Z', () => grain(e, 56, 238, 290, 84, tint, 'x', 10));
  e.path('M52 232H348V246H52Z', e.face(lighten(tint, 0.16), 0.1));
  [[108, 'M92 284q8 -10 16 0t16 0'], [204, 'M188 284q8 -10 16 0t16 0'], [298, 'M282 284q8 -10 16 0t16 0']].forEach(([x, d]) => { e.box(x - 28, 268, 56, 28, 3, '#fdf7ea'); e.stroke(d, '#4a3a30', 2); });
}

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
  e.at(346, 146, () => { e.path('M-10 18L-30 -14Q0 -34 30 -14L10 18Z', e.across('#c9a24c', 'metal')); e.oval(0, -16, 31, 12, e.face('#e2c478', 0.12)); [-18, -9, 0, 9, 18].forEach(x => [-19, -14].forEach(y => e.oval(x, y, 1.8, 1.2, '#6b4f1c'))); }, { turn: 28 });
  e.stroke('M112 176C112 84 236 84 236 176', darken(tint, 0.3), 13); e.stroke('M112 174C112 86 236 86 236 174', lighten(tint, 0.2), 6);
  e.stroke('M92 196C20 190 28 300 88 296', darken(tint, 0.3), 12); e.stroke('M92 195C24 192 32 296 88 293', lighten(tint, 0.2), 5);
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
  for (let i = 0; i < 34; i++) { const t = e.random(); e.oval(284 + t * 96, 124 + e.random(-1, 1) * (8 + t * 40), 1 + t * 1.3, 1 + t * 1.3, '#ffffff', { opacity: 0.85 - t * 0.5 }); }
  ring(e, 190, 230, 72, darken(tint, 0.3), 1.6, { opacity: 0.5 });
}

function handTools(e, tint) {
  e.stroke('M122 108L166 300M232 110L276 306', '#1d1b33', 22, { opacity: 0.1, transform: 'translate(12 12)' });
  const handle = () => { turned(e, 0, [[0, 10], [10, 12], [50, 14], [96, 17], [110, 12], [112, 9]], tint, { finish: 'wood' }); e.stroke('M-3 108C-26 140 26 140 3 108', '#9a6238', 4); e.box(-11, -12, 22, 16, 3, e.across('#8d9399', 'metal')); };
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
    e.path('M190 170C150 130 160 60 196 28C214 70 216 130 208 172Z', e.linear([[0, '#eef1f3'], [0.6, steel], [1, '#6f787f']]));
    e.path('M206 172C236 160 262 110 236 52C228 96 214 130 192 160Z', e.linear([[0, '#8a939a'], [1, '#5d666d']]));
    const grip = 'M-14 0C-26 50 -34 110 -14 190C-10 206 10 206 14 190C18 120 10 60 14 0Z';
    e.at(184, 176, () => { e.path(grip, e.across(tint)); e.stroke('M-8 40C-14 90 -14 130 -4 180', '#fff', 3, { opacity: 0.3 }); }, { turn: 16 });
    e.at(218, 176, () => { e.path(grip, e.across(darken(tint, 0.12))); }, { turn: -16, flip: true });
    e.stroke('M192 220L206 228L192 236L206 244L194 252L204 260', '#d5d9dc', 3.4);
    e.oval(201, 176, 19, 19, e.ball('#8d9399')); e.oval(201, 176, 9, 9, e.ball('#d9dde0')); e.stroke([[195, 176], [207, 176]], '#5d666d', 2);
  });
  leaf(e, 318, 300, 44, 13, 64, GREEN, { split: 2 }); leaf(e, 302, 306, 36, 11, -20, '#6fa06a', { split: 2 });
}

function planter(e, tint) {
  const wood = '#8a5a3a';
  e.shadow(200, FLOOR + 6, 96, { strength: 0.26 });
  [[134, 122], [266, 278]].forEach(([x, f]) => e.tube([[x, 190], [f, FLOOR + 8]], wood, 12));
  const profile = [[112, 86], [120, 88], [220, 82], [256, 60], [260, 54]];
  turned(e, 200, profile, tint, { finish: 'matte' });
  e.within(outline(200, profile), () => { for (let i = 0; i < 23; i++) { const a = Math.PI * (i + 0.5) / 23; const x = 200 - Math.cos(a) * 86; e.stroke(`M${x} 110C${x} 200 ${200 + (x - 200) * 0.9} 230 ${200 + (x - 200) * 0.62} 270`, darken(tint, 0.4), 2.4, { opacity: 0.35 }); e.stroke(`M${x + 3} 110C${x + 3} 200 ${203 + (x - 200) * 0.9} 230 ${203 + (x - 200) * 0.62} 270`, lighten(tint, 0.6), 1.2, { opacity: 0.4 }); } });
  mouth(e, 200, 112, 86, tint, { lip: 6 });
  e.tube([[128, 266], [272, 266]], wood, 10);
  [[156, 150], [244, 250]].forEach(([a, b]) => e.tube([[a, 262], [b, FLOOR + 2]], darken(wood, 0.2), 10));
}

function longToms(e, tint) {
  e.shadow(206, FLOOR + 2, 140);
  const tones = [tint, lighten(tint, 0.1), darken(tint, 0.07)];
  e.at(298, 292, () => { turned(e, 0, [[-96, 52], [-78, 52]], tones[1]); turned(e, 0, [[-80, 48], [22, 32]], tones[1]); mouth(e, 0, -96, 52, tones[1], { lip: 5 }); }, { turn: 74, scale: 0.86 });
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
    e.path(blob([[84, 316], [96, 278], [138, 264], [180, 274], [214, 260], [262, 268], [308, 286], [316, 316]]), e.ball(tint));
    for (let i = 0; i < 60; i++) e.oval(e.random(104, 298), e.random(268, 308), e.random(3, 8), e.random(3, 6), mix(tint, '#a9c46a', e.random(0, 0.7)), { opacity: 0.8 });
    for (let i = -4; i <= 4; i++) { const [x, y] = [190 + i * 19, 152 + Math.abs(i) * 13]; e.stroke(`M186 280Q${186 + i * 8} 200 ${x} ${y}`, '#5d8f4c', 2.4); for (let k = 1; k < 9; k++) { const u = k / 9; const px = 186 + (x - 186) * u ** 1.3; const py = 280 + (y - 280) * u; [-1, 1].forEach(s => e.oval(px + s * 7 * (1.1 - u), py, 7 * (1.15 - u), 2.6, ['#6fa85a', '#82b868'][k % 2], { transform: `rotate(${s * -24} ${px} ${py})` })); } }
    e.oval(252, 274, 22, 15, e.ball('#b3aca0')); e.oval(134, 282, 12, 8, e.ball('#c9c1b4'));
  });
  e.path(dome, e.linear([[0, '#ffffff', 0.4], [0.16, '#ffffff', 0.08], [0.8, '#cfe0dc', 0.08], [1, '#7f9a94', 0.4]]), { stroke: '#ffffff', 'stroke-width': 2.4, 'stroke-opacity': 0.8 });
  e.path('M120 256V170Q122 120 158 100Q134 130 134 172V262Z', '#ffffff', { opacity: 0.42 });
  e.oval(200, 74, 12, 14, e.ball('#eef4f2', 0.2)); e.box(194, 84, 12, 8, 3, '#ffffff', { opacity: 0.7 });
}

export default {
  'SKU-0097': monstera,
  'SKU-0098': on('plinth', snake),
  'SKU-0099': rubber,
  'SKU-0100': olive,
  'SKU-0101': on('disc', pothos),
  'SKU-0102': cactusTrio,
  'SKU-0103': tallCactus,
  'SKU-0104': herbs,
  'SKU-0105': longCan,
  'SKU-0106': roseCan,
  'SKU-0107': mister,
  'SKU-0108': on('flat', zoom(handTools, 1.04)),
  'SKU-0109': on('flat', secateurs),
  'SKU-0110': planter,
  'SKU-0111': longToms,
  'SKU-0112': cloche,
};
