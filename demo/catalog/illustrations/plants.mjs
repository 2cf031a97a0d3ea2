/** Plants in their pots. */
import { darken, lighten } from './colour.mjs';
import { FLOOR, on, zoom } from './easel.mjs';
import { grain, mouth, outline, ring, turned } from './turned.mjs';

const SOIL = '#4a3526';
export const GREEN = '#4f8350';

function pot(e, cx, top, r, tint, { height = FLOOR - top, finish = 'matte', rim = 14, taper = 0.74 } = {}) {
  const foot = top + height;
  turned(e, cx, [[top + rim, r * 0.94], [foot - 4, r * taper], [foot, r * taper * 0.96]], tint, { finish });
  if (rim) turned(e, cx, [[top, r], [top + rim, r]], lighten(tint, 0.05), { finish });
  mouth(e, cx, top, r, tint, { lip: 4, fill: SOIL, level: 0.3 });
}

/** A leaf from its stalk at the origin, growing up: length, half width, and a lit and a shaded half. */
export function leaf(e, x, y, length, half, turn, colour = GREEN, { split = 0, tip = 0.55 } = {}) {
  e.at(x, y, () => {
    const left = `M0 0C${-half * 0.8} ${-length * 0.05} ${-half * 1.5} ${-length * tip} 0 ${-length}`;
    const right = `C${half * 1.5} ${-length * tip} ${half * 0.8} ${-length * 0.05} 0 0Z`;
    e.path(left + right, e.linear([[0, lighten(colour, 0.22)], [0.5, colour], [0.51, darken(colour, 0.16)], [1,
      darken(colour, 0.06)]]));
    e.stroke(`M0 0Q${half * 0.05} ${-length * 0.5} 0 ${-length * 0.95}`, lighten(colour, 0.45), 1.4, { opacity: 0.7 });
    for (let i = 1; i <= split; i++) {
      const t = i / (split + 1);
      const reach = half * 0.74 * Math.sin(Math.PI * (0.2 + t * 0.65));
      [-1, 1].forEach(s => e.stroke(
        `M${s * half * 0.12} ${-length * t}Q${s * reach * 0.5} ${-length * (t + 0.03)} ${s * reach} ${-length * (t + 0.14)}`, lighten(colour, 0.4),
        1, { opacity: 0.5 },
      ));
    }
  }, { turn });
}

function monsteraLeaf(e, x, y, size, turn, colour) {
  e.at(x, y, () => {
    const d = 'M0 0C-24 4 -62 -14 -66 -52C-58 -50 -44 -46 -36 -44C-48 -54 -66 -66 -64 -92C-54 -84 -42 -74 -32 -70C-42 -84 -54 -100 -42 -124C-36 -110 -26 -98 -18 -94C-22 -112 -18 -132 0 -146C18 -132 22 -112 18 -94C26 -98 36 -110 42 -124C54 -100 42 -84 32 -70C42 -74 54 -84 64 -92C66 -66 48 -54 36 -44C44 -46 58 -50 66 -52C62 -14 24 4 0 0Z';
    e.path(d, e.linear([[0, lighten(colour, 0.22)], [0.5, colour], [0.51, darken(colour, 0.14)], [1, darken(colour,
      0.04)]]));
    e.stroke('M0 0V-140', lighten(colour, 0.45), 2, { opacity: 0.7 });
    [[-30, 34], [-58, 38], [-88, 26]].forEach(([yy, r]) => [-1, 1].forEach(s => e.stroke(
      `M0 ${yy}Q${s * r * 0.6} ${yy - 6} ${s * r} ${yy - 14}`, lighten(colour, 0.4), 1.2, { opacity: 0.5 },
    )));
    [[-14, -44], [13, -62], [-11, -80]].forEach(([px, py]) => e.oval(
      px, py, 4, 7, darken(colour, 0.45), { opacity: 0.55, transform: `rotate(${px > 0 ? 40 : -40} ${px} ${py})` },
    ));
  }, { turn, scale: size });
}

function monstera(e, tint) {
  e.shadow(200, FLOOR + 2, 88);
  const stems = [[128, 148, -42, 0.82], [276, 152, 44, 0.84], [196, 118, -4, 0.78], [150, 206, -68, 0.6], [258, 208,
    70, 0.58]];
  stems.forEach(([x, y]) => e.stroke(`M200 238Q${(200 + x) / 2} ${y + 30} ${x} ${y}`, darken(GREEN, 0.15), 5));
  turned(e, 200, [[238, 64], [316, 50], [FLOOR, 48]], tint);
  stems.forEach(([x, y, turn, size], i) => monsteraLeaf(e, x, y, size, turn, [GREEN, '#5c9257', '#447a4a', '#5c9257',
    GREEN][i]));
  pot(e, 200, 232, 70, tint);
  e.path('M186 236Q192 210 198 232M204 236Q210 216 216 234', 'none', { stroke: darken(GREEN, 0.15),
    'stroke-width': 5 });
  ring(e, 200, 300, 55, lighten(tint, 0.3), 1.6, { opacity: 0.4 });
}

function snake(e, tint) {
  e.shadow(200, FLOOR + 2, 88);
  turned(e, 200, [[226, 72], [FLOOR, 60]], tint);
  mouth(e, 200, 226, 76, tint, { fill: SOIL, level: 0.3 });
  const blade = (x, h, bend, w) => {
    const outlineOf = (wide, waist, tip) => [
      `M${x - wide} 234C${x - wide * 1.3} ${234 - h * 0.5} ${x + bend - waist} ${234 - h * 0.7} ${x + bend} ${234 - tip}`,
      `C${x + bend + waist} ${234 - h * 0.7} ${x + wide * 1.3} ${234 - h * 0.5} ${x + wide} 234Z`,
    ].join('');
    const d = outlineOf(w, w * 0.9, h);
    e.path(d, e.across('#e0d68a'));
    const inner = outlineOf(w * 0.66, w * 0.55, h * 0.95);
    e.path(inner, e.across('#47754b'));
    e.within(inner, () => {
      for (let y = 228; y > 234 - h; y -= 13) {
        e.stroke(`M${x - 40 + bend * 0.5} ${y}q10 -7 20 0t20 0t20 0t20 0t20 0`, '#9dbd8c', 3.4, { opacity: 0.5 });
      }
    });
  };
  blade(170, 130, -44, 14); blade(236, 150, 42, 14); blade(184, 184, -14, 16); blade(220, 196, 14, 16);
  blade(202, 142, -2, 15);
  e.within('M100 226H300V330H100Z', () => turned(e, 200, [[232, 74], [FLOOR - 4, 60], [FLOOR, 58]], tint,
    { finish: 'glaze', foot: 0.12 }));
}

function rubber(e, tint) {
  e.shadow(200, FLOOR + 2, 82);
  e.stroke('M200 240C196 180 206 120 198 60', '#7a5b43', 6);
  const tone = '#3d5240';
  [
    [200, 214, 78, 24, -74], [202, 200, 84, 26, 66], [198, 172, 84, 26, -58], [202, 156, 86, 27, 54], [200, 128, 80,
      25, -46],
    [201, 112, 76, 24, 44], [198, 86, 66, 20, -24], [199, 74, 60, 18, 22],
  ].forEach(([x, y, l, h, t], i) => leaf(e, x, y, l, h, t, i % 3 === 1 ? '#6b3f47' : i % 2 ? '#4b654c' : tone,
    { split: 3, tip: 0.6 }));
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
    leaf(e, 200 + Math.cos(a) * r * 1.02, 112 + Math.sin(a) * r * 0.82, e.random(22, 34), 5, e.random(-170, 170),
      tones[i % 4]);
  }
  [[160, 128], [232, 96], [206, 150], [248, 138], [178, 84]].forEach(([x, y]) => e.oval(x, y, 5, 6.4,
    e.ball('#4c4658')));
  const profile = [[250, 62], [270, 66], [FLOOR, 54]];
  turned(e, 200, profile, tint);
  e.path(outline(200, profile), e.weave(darken(tint, 0.55), { size: 8, kind: 'knit', opacity: 0.6 }));
  mouth(e, 200, 250, 62, tint, { fill: SOIL, level: 0.3, lip: 5 });
  e.stroke('M200 256V236', '#8a6f55', 9);
  [-1, 1].forEach(s => e.stroke(`M${200 + s * 62} 258q${s * 22} 0 ${s * 4} 24`, darken(tint, 0.25), 6));
}

function heart(e, x, y, size, turn, colour) {
  e.at(x, y, () => {
    e.path(
      'M0 0C-10 -8 -26 -4 -24 14C-22 30 -6 40 0 52C6 40 22 30 24 14C26 -4 10 -8 0 0Z',
      e.linear([[0, lighten(colour, 0.25)], [0.5, colour], [0.51, darken(colour, 0.12)], [1, darken(colour, 0.05)]]),
    );
    e.stroke('M0 2V44', lighten(colour, 0.4), 1.2, { opacity: 0.6 });
  }, { turn, scale: size });
}

function pothos(e, tint) {
  [[140, 180], [260, 180], [200, 190]].forEach(([x, y]) => e.stroke([[200, 0], [200, 18], [x, y]], '#d8c7a6', 3));
  e.oval(200, 22, 8, 8, e.ball('#c79d68'));
  const vine = (points, tones) => {
    e.stroke(
      `M${points[0][0]} ${points[0][1]}` + points.slice(1).map(([x, y],
        i) => `Q${points[i][0] + (i % 2 ? 14 : -14)} ${(points[i][1] + y) / 2} ${x} ${y}`).join(''),
      '#6b8f4a', 3,
    );
    points.slice(1).forEach(([x, y], i) => heart(e, x, y, 0.66, i % 2 ? -34 : 32, tones[i % 3]));
  };
  const tones = ['#5c9257', '#7aa862', '#477d4b'];
  vine([[148, 160], [118, 196], [106, 236], [116, 276], [100, 318]], tones);
  turned(e, 200, [[162, 74], [200, 74], [238, 52], [248, 34]], tint, { finish: 'glaze' });
  mouth(e, 200, 162, 74, tint, { fill: SOIL, level: 0.3 });
  vine([[258, 162], [286, 198], [296, 240], [284, 284], [298, 330]], [tones[1], tones[0], tones[2]]);
  vine([[214, 166], [226, 208], [214, 250], [224, 296]], tones);
  [
    [160, 150, -130], [184, 140, 170], [212, 138, 200], [238, 150, 140], [200, 150, 180], [172, 158, -100], [228, 160,
      100],
  ].forEach(([x, y, t], i) => heart(e, x, y, 0.78, t, tones[i % 3]));
}

function spines(e, x, y, w, h, colour) {
  for (let yy = y; yy < y + h; yy += 13) {
    for (let xx = x; xx <= x + w;
    xx += 13) e.stroke(`M${xx - 3} ${yy - 3}l6 6m0 -6l-6 6`, lighten(colour, 0.75), 1.1, { opacity: 0.75 });
  }
}

function column(e, x, top, bottom, r, colour) {
  const d = `M${x - r} ${bottom}V${top + r}A${r} ${r} 0 0 1 ${x + r} ${top + r}V${bottom}Z`;
  e.path(d, e.across(colour));
  e.within(d, () => {
    for (let k = -2; k <= 2; k++) {
      e.stroke(`M${x + k * r * 0.42} ${bottom}V${top + r * 0.3}`, darken(colour, 0.3), 2, { opacity: 0.5 });
    }
    spines(e, x - r * 0.84, top + 12, r * 1.7, bottom - top - 14, colour);
  });
}

function cactusTrio(e, tint) {
  [[92, 46], [204, 50], [314, 46]].forEach(([x, r]) => e.shadow(x, FLOOR + 2, r + 8));
  column(e, 92, 126, 270, 26, '#4f8350');
  pot(e, 92, 262, 46, tint, { rim: 12 });
  const paddle = (x, y, rx, ry, turn) => e.group({ transform: `rotate(${turn} ${x} ${y})` }, () => {
    e.oval(x, y, rx, ry, e.ball('#6fa06a', 0.26));
    spines(e, x - rx * 0.6, y - ry * 0.66, rx * 1.2, ry * 1.3, '#6fa06a');
  });
  paddle(204, 218, 33, 46, 0);
  paddle(178, 158, 23, 34, -24);
  paddle(236, 160, 22, 32, 28);
  e.oval(168, 124, 7, 8, e.ball('#e07a6a'));
  e.oval(252, 128, 7, 8, e.ball('#e07a6a'));
  pot(e, 204, 254, 50, '#e3ac9c', { rim: 12 });
  e.oval(314, 240, 40, 38, e.ball('#5f9560', 0.36));
  for (let k = -3; k <= 3; k++) {
    e.stroke(`M${314 + k * 5} 203Q${314 + k * 17} 240 ${314 + k * 6} 276`, darken('#5f9560', 0.35), 1.8,
      { opacity: 0.45 });
  }
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
  stems(108, (x, t, k) => {
    e.stroke(`M${x} 240Q${x + t * 0.4} 200 ${x + t * 1.3} ${152 + k * 8}`, '#5f9450', 3);
    const green = ['#6aa557', '#7fb868', '#579048'][k % 3];
    for (const [dx, dy, turn] of [[0, -20, 0], [-8, 4, -60], [8, 4, 60], [-7, 26, -70], [7, 28, 70]]) {
      leaf(e, x + t * 1.2 + dx * 0.4, 166 + k * 8 + dy, 30, 13, turn + t, green, { tip: 0.5 });
    }
  });
  stems(204, (x, t, k) => {
    e.stroke(`M${x} 240Q${x + t * 0.4} 190 ${x + t} ${112 + k * 12}`, '#6b7f5c', 3);
    for (let y = 120 + k * 12; y < 232; y += 8) {
      [-1, 1].forEach(s => e.stroke(
        [[x + t * ((240 - y) / 128), y], [x + t * ((240 - y) / 128) + s * 10, y - 9]], ['#7f9a7a', '#5d7d60'][k % 2],
          2.8,
      ));
    }
  });
  stems(298, (x, t, k) => {
    e.stroke(`M${x} 240Q${x + t * 0.6} 200 ${x + t * 1.5} ${164 + k * 8}`, '#7c6a4e', 2);
    for (let i = 0; i < 9; i++) {
      const u = i / 9;
      [-1, 1].forEach(s => e.oval(
        x + t * 1.5 * u + s * 6, 236 - u * (72 - k * 8), 4.6, 3, ['#8fae7a', '#76986a'][i % 2],
        { transform: `rotate(${s * 30} ${x} 200)`, opacity: 1 },
      ));
    }
  });
  e.path('M56 238H344L336 314Q336 322 328 322H72Q64 322 64 314Z', e.face(tint, 0.18));
  e.within('M56 238H344L336 322H64Z', () => grain(e, 56, 238, 290, 84, tint, 'x', 10));
  e.path('M52 232H348V246H52Z', e.face(lighten(tint, 0.16), 0.1));
  [[108, 'M92 284q8 -10 16 0t16 0'], [204, 'M188 284q8 -10 16 0t16 0'], [298, 'M282 284q8 -10 16 0t16 0']].forEach(([x,
    d]) => {
    e.box(x - 28, 268, 56, 28, 3, '#fdf7ea');
    e.stroke(d, '#4a3a30', 2);
  });
}

export default {
  'SKU-0097': zoom(monstera, 0.93),
  'SKU-0098': on('plinth', snake),
  'SKU-0099': zoom(rubber, 0.95),
  'SKU-0100': olive,
  'SKU-0101': on('disc', pothos),
  'SKU-0102': cactusTrio,
  'SKU-0103': tallCactus,
  'SKU-0104': herbs,
};
