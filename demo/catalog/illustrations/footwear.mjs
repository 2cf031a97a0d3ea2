/** Footwear, in pairs, seen from the side with the toe to the right. */
import { darken, lighten, luminance } from './colour.mjs';
import { FLOOR } from './easel.mjs';
import { grain } from './turned.mjs';

const RUBBER = '#2f3136';

function upper(e, d, tint, { cloth = null } = {}) {
  e.path(d, e.linear([[0, darken(tint, 0.16)], [0.35, lighten(tint, 0.18)], [0.7, tint], [1, darken(tint, 0.2)]], [1,
    0.5]));
  if (cloth) e.path(d, e.weave(darken(tint, 0.55), { size: 4, kind: cloth, opacity: 0.22 }));
  e.stroke(d, darken(tint, 0.45), 1.4, { opacity: 0.5 });
}

function stitch(e, d, tint) {
  e.stroke(d, luminance(tint) > 0.6 ? darken(tint, 0.3) : lighten(tint, 0.5), 1.4, { 'stroke-dasharray': '4 3',
    opacity: 0.75 });
}

/** Laces across the instep: from the eyelets' upper to lower end. */
function laces(e, [x1, y1], [x2, y2], count, lit, length = 24) {
  // The far shoe's laces are in its shade; otherwise the two rows would look like one.
  const colour = e.inShade ? darken(lit, 0.42) : lit;
  for (let i = 0; i < count; i++) {
    const t = i / (count - 1);
    const [x, y] = [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t];
    e.stroke([[x - length * 0.62, y + length * 0.44], [x + length * 0.2, y - length * 0.1]], darken(colour, 0.35), 6.4);
    e.stroke([[x - length * 0.62, y + length * 0.42], [x + length * 0.2, y - length * 0.12]], colour, 4.6);
  }
}

/** Both shoes of a pair: the far one first, a little smaller and in shade. */
function pair(shoe, { dx = 30, dy = -22 } = {}) {
  return (e, tint) => {
    e.shadow(212, FLOOR - 8, 158, { strength: 0.26, ry: 20 });
    e.shadow(202, FLOOR + 2, 156, { strength: 0.3, ry: 18 });
    e.inShade = true;
    e.at(dx, dy, () => shoe(e, darken(tint, 0.2)), { scale: 0.97 });
    e.inShade = false;
    e.at(-8, 2, () => shoe(e, tint));
  };
}

const runnerTop = 'M72 288C60 254 62 214 74 178C80 166 96 168 102 182C114 206 148 208 166 190L190 158C198 152 210 158 212 168C228 200 254 226 292 240C332 252 352 268 350 292Z';

function lugs(e, colour, sharp = true) {
  e.path(
    'M58 284C120 276 180 292 240 288C290 284 330 276 356 282Q364 296 346 308L330 312H84Q60 310 58 284Z',
    e.linear([[0, lighten('#f1ede4', 0.2)], [1, '#d8d2c4']], [0, 1]),
  );
  let d = 'M64 304';
  const [from, to, step] = [66, 340, sharp ? 17 : 24];
  for (let x = from; x < to; x += step) d += `L${x} ${FLOOR}H${x + step * 0.55}L${x + step * 0.72} ${FLOOR - 8}`;
  e.path(`${d}L352 300Q300 300 220 304Q140 308 64 302Z`, colour);
}

function trail(e, tint, { race = false } = {}) {
  e.path('M170 190L194 150C204 140 220 148 220 160L226 190Z', darken(tint, 0.4));
  upper(e, runnerTop, tint, { cloth: race ? 'dot' : 'knit' });
  e.path('M72 288C60 254 62 214 74 178C80 166 96 168 102 182Q108 240 136 288Z', e.across(darken(tint, 0.4)));
  e.path('M262 284C286 254 316 252 350 280V292H256Z', e.across(RUBBER));
  e.path('M172 204L196 172C226 214 254 236 284 246L262 274C222 262 190 236 172 204Z', e.face(darken(tint, 0.28), 0.16));
  laces(e, [196, 180], [264, 236], 6, race ? '#2b2c30' : '#f4efe6', 26);
  if (race) e.path('M126 282L176 232L190 242L152 284ZM164 284L200 250L214 258L190 286Z', '#fdf7ea', { opacity: 0.9 });
  else e.stroke('M128 276Q160 236 204 262T256 268', '#f2c35a', 6);
  e.stroke('M78 178Q66 160 84 154Q94 154 94 170', '#f2c35a', 5);
  stitch(e, 'M110 200Q136 216 168 202', tint);
  lugs(e, race ? '#c4472e' : RUBBER);
}

const racer = (e, tint) => trail(e, tint, { race: true });

function mid(e, tint) {
  e.path('M166 150L186 96C198 86 216 94 216 108L220 160Z', darken(tint, 0.4));
  upper(
    e, 'M72 288C62 240 64 170 74 124C78 108 106 104 140 110L184 106C202 104 206 112 208 126C214 182 250 222 292 238C332 250 352 268 350 292Z', tint,
    { cloth: 'knit' },
  );
  e.path('M75 118Q110 96 186 102Q204 102 206 118Q140 122 73 140Z', e.across(darken(tint, 0.42)));
  e.path('M72 288C64 250 64 220 68 190Q104 220 140 288Z', e.across(darken(tint, 0.36)));
  e.path('M258 284C284 252 316 250 350 280V292H252Z', e.across(RUBBER));
  e.path('M166 132L194 128C206 186 240 226 282 244L258 272C204 250 176 206 166 132Z', e.face(darken(tint, 0.26), 0.16));
  laces(e, [190, 138], [260, 234], 7, '#e59a24', 28);
  e.stroke('M128 276Q160 236 204 262T252 268', '#e59a24', 5);
  lugs(e, RUBBER);
}

const courtTop = 'M70 290C62 258 66 220 76 186C80 176 96 174 104 184C120 204 146 206 164 192L190 164C198 158 208 162 212 172C232 208 262 228 300 238C336 248 350 266 350 290Z';

function flatSole(e, side, edge) {
  e.path(
    `M60 286H356Q362 300 352 312Q350 ${FLOOR} 336 ${FLOOR}H76Q60 ${FLOOR} 60 304Z`,
    e.linear([[0, lighten(side, 0.2)], [1, darken(side, 0.12)]], [0, 1]),
  );
  stitch(e, 'M66 294H352', side);
  e.stroke(`M66 ${FLOOR - 5}H348`, edge, 2, { opacity: 0.5 });
}

function court(e, tint, { sole = '#f4f0e7', lace = '#ffffff', cloth = null } = {}) {
  e.path('M172 196L196 156C206 146 222 154 222 168L228 196Z', darken(tint, 0.14));
  upper(e, courtTop, tint, { cloth });
  e.path('M70 290C62 258 66 220 76 186C80 176 96 174 104 184Q104 236 118 290Z', e.face(darken(tint, 0.1), 0.1));
  stitch(e, 'M108 192Q108 240 122 286', tint);
  e.path('M170 208L196 178C224 214 256 236 292 244L268 276C226 262 190 236 170 208Z', e.face(lighten(tint, 0.1), 0.08));
  stitch(e, 'M172 212C194 242 230 266 268 278M268 278Q282 254 312 246', tint);
  stitch(e, 'M112 206Q140 222 168 208', tint);
  laces(e, [198, 186], [268, 238], 5, lace, 28);
  [[292, 262], [306, 258], [318, 262], [302, 270], [316, 272]].forEach(([x, y]) => e.oval(x, y, 1.7, 1.3, darken(tint,
    0.45)));
  flatSole(e, sole, darken(sole, 0.5));
}

const gum = (e, tint) => court(e, tint, { sole: '#c58a4e', lace: '#f4efe6', cloth: 'dot' });

function plimsoll(e, tint) {
  e.path('M172 196L196 160C206 150 222 158 222 172L228 196Z', darken(tint, 0.3));
  upper(e, courtTop, tint, { cloth: 'cross' });
  e.path('M266 288C270 256 300 240 318 246C342 254 352 268 352 288Z', e.ball('#f4f0e7', 0.16));
  stitch(e, 'M168 212C194 246 230 262 262 268M112 200Q110 250 122 286', tint);
  for (let i = 0; i < 5; i++) e.oval(186 + i * 17, 206 + i * 12, 3.4, 3.4, e.ball('#d5d9dc'));
  laces(e, [200, 188], [262, 236], 5, '#fffaf0', 28);
  flatSole(e, '#f4f0e7', '#a94f2c');
  e.stroke('M62 300H354', '#b8402f', 3);
}

const bootTop = (top,
  cuff = 'M78') =>
    `${cuff} ${top}H196Q206 ${top} 206 ${top + 12}C204 170 214 212 250 230C276 240 306 240 326 252Q350 266 350 290H70C62 258 72 240 76 208Z`;

function hiker(e, tint, { fleece = false } = {}) {
  const top = fleece ? 74 : 108;
  e.path(`M158 ${top + 30}L178 ${top - 16}Q198 ${top - 26} 210 ${top - 8}L214 190Z`, darken(tint, 0.35));
  upper(e, bootTop(top), tint);
  e.path('M74 210Q72 240 70 262Q68 276 70 290H142Q136 240 110 214Z', e.face(darken(tint, 0.16), 0.14));
  stitch(e, 'M112 220Q134 246 140 284', tint);
  e.path(`M162 ${top + 6}H196Q204 176 216 200Q234 226 268 240L244 274Q196 250 178 204Q164 160 162 ${top + 6}Z`,
    e.face(darken(tint, 0.1), 0.12));
  stitch(e, `M168 ${top + 12}Q170 170 184 206Q202 246 244 266`, tint);
  e.path('M270 288C276 254 306 242 326 252Q350 266 350 290Z', e.face(darken(tint, 0.24), 0.14));
  const rows = fleece ? 8 : 7;
  laces(e, [190, top + 20], [247, 230], rows, fleece ? '#2b2c30' : '#a5392f', 24);
  for (let i = 0; i < 4; i++) e.oval(180 + i * 4, top + 32 + i * 24, 3.4, 3.4, e.ball('#c9a24c'));
  if (fleece) {
    for (let i = 0; i < 9; i++) e.oval(82 + i * 15, top + 2 + (i % 2) * 4, 14, 13, e.ball('#f1e7d6', 0.14));
  } else {
    e.path(
      `M76 ${top + 12}Q74 ${top - 6} 92 ${top - 4}H190Q204 ${top - 2} 206 ${top + 16}Q140 ${top + 26} 76 ${top + 12}Z`,
      e.ball(darken(tint, 0.38), 0.2),
    );
  }
  e.path('M58 284H358Q362 296 354 304H58Z', e.linear([[0, '#caa878'], [1, '#a9814f']], [0, 1]));
  let d = `M58 300V${FLOOR}H130V314H168V${FLOOR}`;
  for (let x = 182; x < 320; x += 26) d += `H${x + 14}L${x + 18} 314H${x + 22}L${x + 26} ${FLOOR}`;
  e.path(`${d}H344Q356 ${FLOOR} 358 300Z`, RUBBER);
}

const winter = (e, tint) => hiker(e, tint, { fleece: true });

function chelsea(e, tint, { crepe = false } = {}) {
  upper(e, bootTop(112), tint, { cloth: crepe ? 'dot' : null });
  e.path('M118 112H168Q172 176 150 214Q124 180 118 112Z', e.face(darken(tint, luminance(tint) < 0.25 ? 0.4 : 0.5),
    0.1));
  e.path('M118 112H168Q172 176 150 214Q124 180 118 112Z', e.weave(lighten(tint, 0.4), { size: 4, kind: 'rib',
    opacity: 0.3 }));
  stitch(e, 'M112 112Q118 186 150 222Q178 184 174 112', tint);
  stitch(e, 'M150 222Q160 262 148 284', tint);
  e.box(70, 92, 16, 30, 7, e.face(darken(tint, 0.2), 0.2));
  e.box(186, 96, 16, 26, 7, e.face(darken(tint, 0.2), 0.2));
  e.oval(138, 112, 60, 7, darken(tint, 0.6));
  if (!crepe) e.path('M214 214Q236 240 290 248Q254 250 228 240Q212 230 208 200Z', '#fff', { opacity: 0.22 });
  const sole = crepe ? '#d9b57e' : '#26272b';
  e.path(
    `M60 286H356Q362 296 354 306L350 ${crepe ? FLOOR : 308}H${crepe ? 60 : 146}V${crepe ? FLOOR : 308}${crepe ? '' : `L142 ${FLOOR}H62`}Z`,
    e.linear([[0, lighten(sole, 0.16)], [1, darken(sole, 0.16)]], [0, 1]),
  );
  stitch(e, 'M66 292H352', sole);
}

const suede = (e, tint) => chelsea(e, tint, { crepe: true });

function wellington(e, tint, { top = 58 } = {}) {
  upper(e, bootTop(top), tint);
  e.path(`M92 ${top + 14}Q86 180 92 284H112Q102 180 108 ${top + 14}Z`, '#fff', { opacity: 0.35 });
  e.path('M232 228Q276 246 318 256Q286 262 248 250Q232 242 226 228Z', '#fff', { opacity: 0.35 });
  e.path(`M76 ${top}Q140 ${top - 8} 206 ${top}V${top + 16}Q140 ${top + 22} 76 ${top + 16}Z`, e.across(darken(tint,
    0.22)));
  e.oval(141, top, 65, 6, darken(tint, 0.6));
  e.path('M70 232H60V252H72Z', darken(tint, 0.3));
  e.path('M278 288Q284 252 322 250Q350 262 352 288Z', e.face(darken(tint, 0.1), 0.1));
  if (top < 100) {
    e.box(170, top + 30, 26, 8, 3, darken(tint, 0.35));
    e.box(186, top + 26, 16, 16, 4, 'none', { stroke: '#e9e3d6', 'stroke-width': 3 });
  }
  e.path(`M58 286H356V300L348 ${FLOOR}H150L144 312H132L128 ${FLOOR}H60Z`, e.linear([[0, lighten('#8a5a34', 0.1)], [1,
    '#5d3b22']], [0, 1]));
  for (let x = 156; x < 344; x += 13) e.stroke([[x, 306], [x, FLOOR - 1]], '#3c2616', 2, { opacity: 0.5 });
}

const ankleWelly = (e, tint) => wellington(e, tint, { top: 168 });

function sandal(e, tint) {
  e.path(
    `M58 268C110 244 160 286 230 284C290 282 330 262 356 270Q364 290 352 310Q346 ${FLOOR} 330 ${FLOOR}H80Q60 ${FLOOR} 58 300Z`,
    e.linear([[0, '#d9b07a'], [1, '#a97c48']], [0, 1]),
  );
  e.path('M60 280H350', e.weave('#6a4526', { size: 6, kind: 'dot', opacity: 0.5 }));
  e.path(`M58 308H354L348 ${FLOOR}H64Z`, '#3a2c22');
  e.path('M58 268C110 244 160 286 230 284C290 282 330 262 356 270Q280 296 230 294C160 296 110 258 58 268Z', '#8a5f3a');
  [[96, 174, 210], [214, 196, 320]].forEach(([x, top, x2]) => {
    e.path(
      `M${x} 292C${x + 8} ${top} ${x2 - 20} ${top} ${x2} 290L${x2 - 42} 296C${x2 - 56} ${top + 46} ${x + 52} ${top + 46} ${x + 46} 296Z`,
      e.across(tint),
    );
    stitch(e, `M${x + 7} 288C${x + 16} ${top + 10} ${x2 - 26} ${top + 10} ${x2 - 8} 286`, tint);
    const [bx, by] = [(x + x2) / 2 - 24, top + 34];
    e.box(bx - 10, by - 8, 26, 22, 4, 'none', { stroke: '#b98f3a', 'stroke-width': 4.4 });
    e.stroke([[bx + 3, by + 3], [bx + 24, by + 8]], '#e9cf86', 3);
  });
}

function slipper(e, tint) {
  e.path('M72 276C64 236 84 218 120 216C150 214 170 232 190 232C240 196 300 206 332 244Q352 268 350 290H72Z',
    darken(tint, 0.42));
  upper(e, 'M70 288C62 250 72 234 92 236C128 244 150 262 178 250C206 206 262 196 304 218C338 236 352 262 350 290Z',
    tint, { cloth: 'dot' });
  e.stroke('M92 237C128 246 150 263 178 251C190 232 206 220 226 212', '#e2b04a', 5);
  e.stroke('M300 220Q284 246 290 284', darken(tint, 0.4), 2, { 'stroke-dasharray': '6 4', opacity: 0.7 });
  e.path(`M62 284H356Q360 304 344 ${FLOOR}H78Q62 ${FLOOR} 62 300Z`, e.linear([[0, '#d9d2c4'], [1, '#a79f8e']], [0, 1]));
  e.stroke('M66 290H354', '#e2b04a', 2.4, { 'stroke-dasharray': '6 4' });
}

function clog(e, tint) {
  const wood = '#d3ad78';
  const sole = `M60 262C90 250 140 276 190 284H352Q362 300 346 310Q320 ${FLOOR + 2} 250 ${FLOOR}L214 308Q196 300 176 304L166 ${FLOOR}H70Q58 ${FLOOR} 58 304Z`;
  e.path(sole, e.linear([[0, lighten(wood, 0.2)], [1, darken(wood, 0.2)]], [0, 1]));
  e.within(sole, () => grain(e, 56, 250, 310, 76, wood, 'x', 12));
  upper(e, 'M150 282C150 226 190 186 244 186C300 188 350 230 354 286Q260 296 150 282Z', tint);
  e.path('M176 236Q200 202 244 200Q220 214 202 246Q188 268 186 280H168Q166 258 176 236Z', '#fff', { opacity: 0.25 });
  e.stroke('M150 282C150 226 190 186 244 186', darken(tint, 0.3), 6);
  for (let i = 0; i < 12; i++) e.oval(160 + i * 17, 284 + Math.sin(i / 11 * Math.PI) * 4, 3, 3, e.ball('#c9a24c'));
  e.stroke('M160 262C120 210 90 216 72 250', darken(tint, 0.16), 11);
  e.oval(166, 262, 5, 5, e.ball('#c9a24c'));
}

function socks(e, tint) {
  e.shadow(200, FLOOR - 2, 120, { strength: 0.22, ry: 14 });
  const sock = (x, tone, stripe) => e.at(x, 0, () => {
    const d = 'M86 66H164V196Q166 222 194 238L244 268Q266 286 252 306Q240 322 212 320Q166 314 128 286Q88 258 88 214Z';
    e.path(d, e.linear([[0, lighten(tone, 0.12)], [0.5, tone], [1, darken(tone, 0.26)]], [1, 0.2]));
    e.within(d, () => {
      e.path('M86 66H164V320H86Z', e.weave(darken(tone, 0.5), { size: 5, kind: 'rib', opacity: 0.35 }));
      e.box(80, 106, 100, 12, 0, stripe); e.box(80, 124, 100, 6, 0, stripe);
      e.path('M86 214Q90 262 132 290Q152 262 130 232Q112 214 86 214Z', stripe);
      e.path('M226 250L276 282V330H200Q196 280 226 250Z', stripe);
      e.box(150, 60, 30, 270, 0, e.linear([[0, '#1d1b33', 0], [1, '#1d1b33', 0.18]]));
    });
    e.path('M84 58Q124 50 166 58V92Q124 98 84 92Z', e.across(darken(tone, 0.06)));
    e.path('M84 58Q124 50 166 58V92Q124 98 84 92Z', e.weave(darken(tone, 0.6), { size: 4, kind: 'rib', opacity: 0.5 }));
  });
  sock(86, '#476a72', '#e9dfc8');
  sock(0, tint, '#eccf7a');
}

export default {
  'SKU-0065': pair(trail),
  'SKU-0066': pair(mid),
  'SKU-0067': pair(racer),
  'SKU-0068': pair(court),
  'SKU-0069': pair(gum),
  'SKU-0070': pair(plimsoll),
  'SKU-0071': pair(hiker),
  'SKU-0072': pair(winter),
  'SKU-0073': pair(chelsea),
  'SKU-0074': pair(suede),
  'SKU-0075': pair(wellington, { dx: 40, dy: -20 }),
  'SKU-0076': pair(ankleWelly),
  'SKU-0077': pair(sandal),
  'SKU-0078': pair(slipper),
  'SKU-0079': pair(clog),
  'SKU-0080': socks,
};
