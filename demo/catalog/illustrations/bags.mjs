/** Bags: canvas, leather, tarpaulin; buckles, zips and stitches. */
import { darken, lighten, luminance } from './colour.mjs';
import { FLOOR, on, zoom } from './easel.mjs';
import { turned } from './turned.mjs';

const BRASS = '#c9a24c';
const LEATHER = '#9a6238';

/** A panel of cloth or hide with its stitching just inside the edge. */
function panel(e, d, tint, { cloth = 'cross', stitch = null, depth = 0.26, edge = true } = {}) {
  e.path(d, e.linear([[0, darken(tint, 0.04)], [0.3, lighten(tint, 0.17)], [0.65, tint], [1, darken(tint, depth)]], [1,
    0.35]));
  if (cloth) e.path(d, e.weave(darken(tint, 0.6), { size: 3.4, kind: cloth, opacity: 0.13 }));
  if (edge) e.stroke(d, darken(tint, 0.42), 1.5, { opacity: 0.55 });
  if (stitch) seam(e, stitch, tint);
}

function seam(e, d, tint) {
  e.stroke(d, luminance(tint) > 0.6 ? darken(tint, 0.35) : lighten(tint, 0.55), 1.5, { 'stroke-dasharray': '5 4',
    opacity: 0.7 });
}

function zip(e, d, tint) {
  e.stroke(d, darken(tint, 0.5), 5);
  e.stroke(d, '#d8d2c4', 1.6, { 'stroke-dasharray': '2 2', opacity: 0.8 });
}

function puller(e, x, y, colour = BRASS) {
  e.box(x - 3, y - 2, 6, 9, 2, e.across(colour, 'metal'));
  e.box(x - 2.5, y + 6, 5, 16, 2.5, e.across(LEATHER));
}

function buckle(e, x, y, w = 22, h = 18, colour = BRASS) {
  e.box(x - w / 2, y - h / 2, w, h, 3, 'none', { stroke: darken(colour, 0.25), 'stroke-width': 4 });
  e.box(x - w / 2, y - h / 2, w, h, 3, 'none', { stroke: lighten(colour, 0.25), 'stroke-width': 1.4 });
}

function daypack(e, tint) {
  e.shadow(200, FLOOR + 2, 108);
  e.stroke('M172 74C172 40 228 40 228 74', darken(tint, 0.35), 10);
  e.stroke('M172 72C172 42 228 42 228 72', lighten(tint, 0.1), 4, { opacity: 0.6 });
  [-1, 1].forEach(s => e.stroke(`M${200 + s * 78} 130C${200 + s * 128} 190 ${200 + s * 122} 260 ${200 + s * 92} 300`,
    darken(tint, 0.4), 15));
  panel(e, 'M108 150Q108 62 200 62Q292 62 292 150V292Q292 322 262 322H138Q108 322 108 292Z', tint);
  panel(e, 'M108 276H292V294Q292 322 262 322H138Q108 322 108 294Z', LEATHER, { cloth: null, stitch: 'M112 283H288' });
  zip(e, 'M120 160Q120 84 200 84Q280 84 280 160', tint);
  puller(e, 279, 158);
  panel(
    e, 'M132 196Q132 178 150 178H250Q268 178 268 196V262Q268 280 250 280H150Q132 280 132 262Z', lighten(tint, 0.06),
    { stitch: 'M139 198Q139 185 152 185H248Q261 185 261 198V260Q261 273 248 273H152Q139 273 139 260Z' },
  );
  zip(e, 'M144 204H256', tint);
  puller(e, 252, 204);
  e.box(178, 128, 44, 24, 3, e.face(LEATHER, 0.2));
  e.stroke([[188, 140], [212, 140]], lighten(LEATHER, 0.5), 2, { opacity: 0.7 });
}

function hillpack(e, tint) {
  e.shadow(200, FLOOR + 2, 118);
  [-1, 1].forEach(s => e.path(
    `M${200 + s * 92} 268Q${200 + s * 156} 262 ${200 + s * 160} 288Q${200 + s * 156} 304 ${200 + s * 92} 300Z`,
      e.across(darken(tint, 0.35)),
  ));
  panel(e, 'M112 120Q112 96 200 94Q288 96 288 120V296Q288 322 262 322H138Q112 322 112 296Z', tint);
  [-1, 1].forEach(s => panel(
    e, s < 0 ? 'M112 210Q86 214 86 238V288Q86 306 112 308Z' : 'M288 210Q314 214 314 238V288Q314 306 288 308Z',
      darken(tint, 0.2),
  ));
  panel(
    e, 'M98 126Q96 64 140 52Q200 42 260 52Q304 64 302 126Q302 144 286 148Q200 160 114 148Q98 144 98 126Z',
      lighten(tint, 0.08),
    { stitch: 'M106 132Q200 152 294 132' },
  );
  zip(e, 'M136 92Q200 80 264 92', tint);
  puller(e, 262, 92, '#d5d9dc');
  panel(e, 'M140 196Q200 184 260 196V288Q260 300 248 300H152Q140 300 140 288Z', lighten(tint, 0.03),
    { stitch: 'M147 204Q200 194 253 204' });
  [158, 242].forEach(x => {
    e.stroke([[x, 120], [x, 210]], '#2b2c30', 8);
    e.box(x - 9, 164, 18, 20, 3, e.face('#4a4c52', 0.2));
    e.stroke([[x, 210], [x, 244]], '#2b2c30', 5);
  });
  e.stroke('M182 228L218 246L182 264L218 282', '#e59a24', 3);
  e.stroke('M326 150L300 300', '#b9834f', 6); e.oval(327, 148, 7, 5, e.ball('#3a3b40'));
  e.box(180, 62, 40, 13, 3, '#e59a24');
}

function rolltop(e, tint, { urban = false } = {}) {
  e.shadow(200, FLOOR + 2, 104);
  [-1, 1].forEach(s => e.stroke(`M${200 + s * 76} 170C${200 + s * 118} 210 ${200 + s * 116} 270 ${200 + s * 90} 304`,
    '#2b2c30', 14));
  panel(e, 'M112 130L118 98H282L288 130L296 298Q296 322 270 322H130Q104 322 104 298Z', tint,
    { cloth: urban ? 'row' : null });
  if (!urban) e.path('M126 140Q120 230 128 312H150Q138 220 146 140Z', '#fff', { opacity: 0.2 });
  panel(
    e, 'M110 72H290Q298 72 297 86L294 112Q292 124 280 124H120Q108 124 106 112L103 86Q102 72 110 72Z', lighten(tint,
      0.08),
    { cloth: urban ? 'row' : null },
  );
  e.stroke([[106, 90], [294, 90]], darken(tint, 0.4), 2, { opacity: 0.5 });
  e.stroke([[107, 106], [293, 106]], darken(tint, 0.4), 2, { opacity: 0.4 });
  if (urban) {
    e.stroke([[200, 66], [200, 214]], '#55585f', 11);
    e.box(187, 156, 26, 34, 5, e.face('#7b8088', 0.25));
    e.oval(200, 173, 6, 6, e.ball('#c9a24c'));
    zip(e, 'M276 150L282 296', tint); puller(e, 279, 190, '#d5d9dc');
    e.box(128, 232, 100, 60, 6, 'none', { stroke: darken(tint, 0.6), 'stroke-width': 2 });
    e.box(140, 300, 34, 6, 3, '#e9e3d6');
  } else {
    [140, 260].forEach(x => { e.stroke([[x, 66], [x, 214]], '#2b2c30', 9); e.box(x - 10, 176, 20, 26, 4,
      e.face('#4a4c52', 0.25)); });
    panel(e, 'M128 226H272V292Q272 304 260 304H140Q128 304 128 292Z', darken(tint, 0.07), { cloth: null,
      stitch: 'M134 234H266' });
    e.box(178, 140, 44, 22, 3, '#fdf7ea'); e.stroke([[188, 151], [212, 151]], darken(tint, 0.4), 2.4);
  }
}

const urban = (e, tint) => rolltop(e, tint, { urban: true });

function tote(e, tint) {
  e.shadow(200, FLOOR + 2, 118);
  e.stroke('M158 152C150 26 250 26 242 152', darken(tint, 0.28), 12);
  e.stroke('M146 152C138 12 262 12 254 152', tint, 12);
  panel(e, 'M92 148Q200 156 308 148L318 306Q318 322 300 322H100Q82 322 82 306Z', tint,
    { stitch: 'M92 162Q200 170 308 162' });
  e.path('M146 148h14v40h-14zM240 148h14v40h-14z', e.face(tint, 0.12));
  [[146, 152, 14, 34], [240, 152, 14, 34]].forEach(([x, y, w, h]) => seam(e, `M${x + 3} ${y}v${h}h${w - 6}v${-h}`,
    tint));
  e.stroke('M120 200Q112 260 126 316M282 190Q292 250 276 314', darken(tint, 0.3), 4, { opacity: 0.18 });
  const ink = '#2f5d47';
  e.stroke('M200 292V222', ink, 3.4);
  [
    [-1, 282, 34], [1, 272, 34], [-1, 258, 30], [1, 248, 28], [-1, 236, 22], [1, 228, 20],
  ].forEach(([s, y,
    w]) => e.path(
      `M200 ${y}Q${200 + s * w * 0.4} ${y - 22} ${200 + s * w} ${y - 20}Q${200 + s * w * 0.8} ${y - 2} 200 ${y}Z`,
      ink));
}

function shopper(e, tint) {
  e.shadow(200, FLOOR + 2, 122);
  e.stroke('M156 170C150 40 250 40 244 170', darken(tint, 0.36), 10);
  panel(e, 'M80 144Q200 152 320 144L306 308Q304 322 288 322H112Q96 322 94 308Z', tint, { cloth: null,
    stitch: 'M90 156Q200 164 310 156' });
  e.path('M104 170Q150 196 130 300Q112 300 108 280Z', '#fff', { opacity: 0.12 });
  e.stroke('M142 176C136 18 264 18 258 176', lighten(tint, 0.06), 11);
  e.stroke('M142 176C136 18 264 18 258 176', darken(tint, 0.35), 1.2, { opacity: 0.5 });
  [142, 258].forEach(x => {
    e.path(`M${x - 11} 172h22v20l-11 12l-11 -12z`, e.face(darken(tint, 0.08), 0.2));
    e.oval(x, 184, 4, 4, e.ball(BRASS));
  });
  e.stroke([[258, 190], [268, 236]], darken(tint, 0.3), 3);
  e.path('M256 234l24 -4l6 34l-24 6z', e.face(lighten(tint, 0.1), 0.2));
  seam(e, 'M98 312H302', tint);
}

function duffel(e, tint, { rugged = false } = {}) {
  e.shadow(200, FLOOR + 2, 162);
  e.stroke('M120 206C112 108 288 108 280 206', darken(tint, 0.42), 13);
  const body = 'M58 212Q62 176 110 172H290Q338 176 342 212L350 292Q350 322 318 322H82Q50 322 50 292Z';
  panel(e, body, tint, { cloth: rugged ? null : 'cross' });
  if (rugged) e.path('M84 188Q180 176 300 186Q180 196 80 214Z', '#fff', { opacity: 0.26 });
  [-1, 1].forEach(s => panel(
    e, s < 0 ? 'M58 212Q62 178 92 174Q78 240 84 322H82Q50 322 50 292Z' :
      'M342 212Q338 178 308 174Q322 240 316 322H318Q350 322 350 292Z',
    darken(tint, 0.18), { cloth: null },
  ));
  zip(e, 'M96 190Q200 178 304 190', tint);
  puller(e, 118, 189);
  [128, 272].forEach(x => {
    e.path(`M${x - 11} 186L${x - 13} 322H${x + 13}L${x + 11} 186Z`, e.face(rugged ? '#2f3136' : LEATHER, 0.2));
    seam(e, `M${x - 7} 196V316`, LEATHER);
    seam(e, `M${x + 7} 196V316`, LEATHER);
  });
  e.stroke('M128 204C116 130 284 130 272 204', rugged ? '#2f3136' : LEATHER, 12);
  e.stroke('M128 202C116 132 284 132 272 202', '#ffffff', 2, { opacity: 0.2 });
  e.box(176, 138, 48, 18, 8, e.face(rugged ? '#45484f' : darken(LEATHER, 0.2), 0.2));
  if (rugged) {
    e.box(160, 236, 80, 40, 4, '#2f3136');
    e.stroke('M174 262l14 -16l12 12l10 -14l16 18', '#fdf7ea', 3.4);
    [64, 336].forEach(x => e.stroke([[x - 6, 262], [x + 6, 262]], '#2f3136', 9));
  }
  else { panel(e, 'M154 234H246V292H154Z', lighten(tint, 0.05), { stitch: 'M160 240H240V286H160Z' }); }
}

const expedition = (e, tint) => duffel(e, tint, { rugged: true });

function sling(e, tint) {
  e.shadow(206, FLOOR - 12, 118, { strength: 0.26 });
  e.stroke('M96 250C40 150 110 40 216 44C318 50 356 140 318 226', darken(tint, 0.42), 13);
  e.stroke('M96 250C40 150 110 40 216 44C318 50 356 140 318 226', lighten(tint, 0.1), 2, { opacity: 0.4,
    'stroke-dasharray': '5 4' });
  e.box(196, 32, 34, 24, 5, e.face('#3a3b40', 0.2)); e.box(236, 34, 22, 20, 4, e.face('#3a3b40', 0.2));
  panel(e, 'M84 236Q80 196 130 186L276 180Q330 182 332 226Q334 292 290 304L150 314Q88 314 84 236Z', tint);
  zip(e, 'M104 222Q112 206 140 204L280 198Q306 200 312 216', tint);
  puller(e, 124, 208, '#d5d9dc');
  panel(e, 'M118 246L298 238Q300 280 276 288L158 296Q124 294 118 246Z', lighten(tint, 0.07),
    { stitch: 'M126 254L290 246' });
  e.box(190, 262, 40, 14, 3, '#e59a24');
}

function hipPocket(e, tint) {
  e.shadow(200, FLOOR - 20, 140, { strength: 0.24 });
  e.stroke('M94 226C20 216 34 120 130 112H276C372 120 378 214 306 226', darken(tint, 0.45), 17);
  e.box(186, 98, 34, 28, 5, e.face('#3a3b40', 0.25)); e.box(194, 106, 18, 12, 3, '#6c7076');
  panel(e, 'M92 206Q96 186 120 184H280Q304 186 308 206Q312 272 268 286Q200 298 132 286Q88 272 92 206Z', tint,
    { cloth: 'rib' });
  zip(e, 'M106 208H294', tint); puller(e, 284, 208, '#d5d9dc');
  zip(e, 'M124 242Q200 252 276 242', darken(tint, 0.1)); puller(e, 140, 244, '#d5d9dc');
  e.stroke([[150, 272], [250, 272]], '#f4efe6', 3, { opacity: 0.85 });
}

function satchel(e, tint, { canvas = false } = {}) {
  e.shadow(200, FLOOR + 2, 138);
  e.stroke('M92 190C60 20 340 20 308 190', darken(tint, 0.36), canvas ? 15 : 10);
  if (!canvas) e.stroke('M166 142C166 112 234 112 234 142', darken(tint, 0.15), 10);
  panel(
    e, 'M76 150Q76 140 88 140H312Q324 140 324 150L328 304Q328 322 310 322H90Q72 322 72 304Z', darken(tint, 0.12),
    { cloth: canvas ? 'cross' : null },
  );
  if (!canvas) [120, 280].forEach(x => panel(
    e, `M${x - 42} 252H${x + 42}V306Q${x + 42} 314 ${x + 34} 314H${x - 34}Q${x - 42} 314 ${x - 42} 306Z`, darken(tint,
      0.02),
    { cloth: null, stitch: `M${x - 37} 258V308H${x + 37}V258` },
  ));
  const low = canvas ? 282 : 256;
  panel(
    e, `M72 152Q72 136 90 136H310Q328 136 328 152L322 ${low - 18}Q320 ${low} 300 ${low}H100Q80 ${low} 78 ${low - 18}Z`,
      tint,
    { cloth: canvas ? 'cross' : null,
      stitch: `M80 154L86 ${low - 20}Q88 ${low - 8} 102 ${low - 8}H298Q312 ${low - 8} 314 ${low - 20}L320 154` },
  );
  [126, 274].forEach(x => {
    e.path(`M${x - 11} 210h22v76l-11 10l-11 -10z`, e.face(canvas ? LEATHER : darken(tint, 0.2), 0.18));
    buckle(e, x, 258, 30, 22);
    e.oval(x, 280, 2.4, 2.4, darken(tint, 0.6));
  });
  e.path('M96 150Q150 170 132 240L104 240Z', '#fff', { opacity: canvas ? 0.06 : 0.12 });
}

const messenger = (e, tint) => satchel(e, tint, { canvas: true });

function weekender(e, tint) {
  e.shadow(200, FLOOR + 2, 150);
  const hide = '#ba834e';
  e.stroke('M140 190C136 96 264 96 260 190', darken(hide, 0.4), 11);
  panel(e, 'M62 222Q70 178 120 172H280Q330 178 338 222L344 296Q344 322 314 322H86Q56 322 56 296Z', tint,
    { cloth: 'dot' });
  panel(e, 'M58 262H342L344 296Q344 322 314 322H86Q56 322 56 296Z', hide, { cloth: null, stitch: 'M62 270H338' });
  e.box(110, 164, 180, 16, 8, e.face(BRASS, 0.3));
  e.box(186, 158, 28, 26, 5, e.across(BRASS, 'metal'));
  e.stroke('M126 232C118 84 282 84 274 232', hide, 11);
  e.stroke('M126 232C118 84 282 84 274 232', '#ffffff', 1.6, { opacity: 0.25 });
  [126, 274].forEach(x => { e.path(`M${x - 12} 214h24v44h-24z`, e.face(hide, 0.2)); buckle(e, x, 226, 26, 16); });
}

function suitcase(e, tint) {
  e.shadow(200, FLOOR + 6, 96);
  e.stroke('M168 92V34Q168 26 176 26H224Q232 26 232 34V92', '#8d9399', 7);
  e.stroke('M167 90V34', '#dfe3e6', 2);
  e.box(166, 22, 68, 13, 6, e.face('#3a3b40', 0.2));
  [136, 264].forEach(x => {
    e.box(x - 12, 304, 24, 14, 4, '#3a3b40');
    e.oval(x, 322, 10, 10, e.ball('#44474d'));
    e.oval(x, 322, 3.4, 3.4, '#9aa0a6');
  });
  const d = 'M108 112Q108 86 134 86H266Q292 86 292 112V284Q292 310 266 310H134Q108 310 108 284Z';
  e.path(d, e.across(tint));
  e.within(d, () => {
    for (let x = 122; x < 290; x += 20) {
      e.box(x, 80, 8, 240, 4, e.linear([[0, darken(tint, 0.26)], [1, lighten(tint, 0.2)]]), { opacity: 0.75 });
    } e.box(108, 86, 184, 40, 0, e.linear([[0, '#fff', 0.3], [1, '#fff', 0]], [0, 1]));
  });
  e.stroke(d, darken(tint, 0.4), 2, { opacity: 0.6 });
  e.box(170, 84, 60, 12, 5, e.face('#3a3b40', 0.2));
  e.box(180, 186, 40, 20, 4, e.across('#d5d9dc', 'metal'));
  e.box(284, 176, 12, 44, 5, e.face('#3a3b40', 0.2));
  e.stroke([[226, 92], [250, 140]], LEATHER, 3); e.path('M240 136l22 -8l14 36l-22 8z', e.face('#c98a3a', 0.2));
}

function dryBag(e, tint) {
  e.shadow(200, FLOOR + 4, 92);
  turned(e, 200, [[132, 74], [160, 84], [306, 86], [FLOOR + 2, 78]], tint, { finish: 'glaze' });
  e.path('M126 134Q118 100 132 88H268Q282 100 274 134Q200 150 126 134Z', e.across(darken(tint, 0.06)));
  e.stroke('M150 136Q154 112 146 92M250 136Q246 112 254 92M200 142V94', darken(tint, 0.5), 2, { opacity: 0.4 });
  e.box(122, 62, 156, 32, 8, e.across(lighten(tint, 0.08)));
  e.stroke([[124, 78], [276, 78]], darken(tint, 0.5), 2, { opacity: 0.5 });
  e.stroke('M128 78C84 70 96 40 160 44L240 44C304 40 316 70 272 78', '#2b2c30', 8);
  e.box(182, 32, 38, 24, 5, e.face('#4a4c52', 0.25));
  e.path('M150 214Q160 204 170 214T190 214T210 214T230 214T250 214', 'none', { stroke: '#fdf7ea', 'stroke-width': 4,
    'stroke-linecap': 'round' });
  e.path(
    'M150 232Q160 222 170 232T190 232T210 232T230 232T250 232', 'none',
    { stroke: '#fdf7ea', 'stroke-width': 4, 'stroke-linecap': 'round', opacity: 0.7 },
  );
  e.stroke([[200, 262], [200, 290]], '#fdf7ea', 3, { opacity: 0.7 });
}

function bucket(e, tint) {
  e.shadow(200, FLOOR + 4, 100);
  e.stroke('M120 168C86 20 314 20 280 168', darken(tint, 0.28), 12);
  e.stroke('M120 168C86 20 314 20 280 168', lighten(tint, 0.4), 1.4, { 'stroke-dasharray': '5 4', opacity: 0.6 });
  turned(e, 200, [[150, 84], [172, 78], [230, 92], [306, 96], [FLOOR + 2, 88]], tint, { finish: 'matte' });
  e.path(
    'M116 150C126 138 134 152 146 144C158 134 168 150 180 142C192 134 204 150 216 142C230 134 240 150 252 144C264 138 276 146 284 150C276 172 124 172 116 150Z',
    e.across(darken(tint, 0.22)),
  );
  e.stroke(
    'M140 176Q132 220 140 250M176 178Q170 210 176 236M226 178Q232 214 226 240M262 176Q270 214 262 246', darken(tint,
      0.45), 3, { opacity: 0.25 },
  );
  [134, 164, 194, 224, 254].forEach(x => {
    e.oval(x, 178 + Math.sin((x - 118) / 164 * Math.PI) * 8, 5, 5, e.ball(BRASS));
    e.oval(x, 178 + Math.sin((x - 118) / 164 * Math.PI) * 8, 2, 2, '#4a3820');
  });
  e.stroke('M126 178Q200 200 274 178', LEATHER, 4);
  e.stroke('M212 188Q206 214 216 236M220 187Q228 212 232 232', LEATHER, 4);
  [[216, 240], [233, 236]].forEach(([x, y]) => e.box(x - 5, y - 4, 10, 16, 4, e.across(BRASS, 'metal')));
  e.path(`M106 286A94 15 0 0 0 294 286V306A96 15 0 0 1 104 306Z`, darken(tint, 0.35), { opacity: 0.35 });
}

export default {
  'SKU-0049': daypack,
  'SKU-0050': hillpack,
  'SKU-0051': rolltop,
  'SKU-0052': urban,
  'SKU-0053': tote,
  'SKU-0054': shopper,
  'SKU-0055': duffel,
  'SKU-0056': zoom(expedition, 1.06),
  'SKU-0057': sling,
  'SKU-0058': on('disc', hipPocket),
  'SKU-0059': satchel,
  'SKU-0060': messenger,
  'SKU-0061': weekender,
  'SKU-0062': suitcase,
  'SKU-0063': dryBag,
  'SKU-0064': on('plinth', bucket),
};
