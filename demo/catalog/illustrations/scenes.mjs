/** Pictures of several products together: the room on the home page and one still life per category. */
import { darken, lighten } from './colour.mjs';
import { drawings } from './index.mjs';
import { Easel, FLOOR, HEADROOM } from './easel.mjs';

/** Places a product with its feet at (x, y); `scale` 1 is its size in its own picture. */
function place(e, products, id, x, y, scale) {
  e.at(x - 200 * scale, y - FLOOR * scale, () => drawings[id](e, products.get(id).swatch), { scale });
}

function light(e, x, y, w, h) {
  e.path(`M${x} ${y}l${w} 0l${-h * 0.62} ${h}l${-w} 0zM${x + w * 1.12} ${y}l${w} 0l${-h * 0.62} ${h}l${-w} 0z`,
    '#fff8e8', { opacity: 0.42 });
}

/** A reading corner in late sun, 1600 by 760; the left two fifths stay empty, for text. */
function room(products) {
  const e = new Easel('room');
  const [w, h, floor] = [1600, 760, 620];
  const wall = '#dbe0cd';
  e.box(0, 0, w, h + HEADROOM, 0, e.linear([[0, lighten(wall, 0.32)], [1, wall]], [0.4, 1]));
  light(e, 760, 20, 170, 560);
  light(e, 330, 90, 110, 380);
  e.box(0, floor - 36, w, 8, 0, lighten(wall, 0.55));
  e.box(0, floor - 28, w, 190, 0, e.linear([[0, '#d6b58a'], [1, '#c29c6c']], [0, 1]));
  for (let row = 0; row < 6; row++) {
    const y = floor - 28 + row * row * 5 + row * 8;
    e.stroke([[0, y], [w, y]], darken('#c29c6c', 0.3), 1.2, { opacity: 0.3 });
    for (let x = (row % 2) * 130 - 40; x < w; x += 260) {
      e.stroke([[x, y], [x - 20, y + row * 10 + 13]], darken('#c29c6c', 0.3), 1.2, { opacity: 0.25 });
    }
  }
  e.oval(1090, floor + 66, 480, 62, e.radial([[0, '#f3e6d3'], [0.72, '#ecd9c1'], [0.73, '#d9a98c'], [0.8, '#e9d3b8'],
    [1, '#e2c6a6']]));
  // Two prints on the wall: a sun over hills, and three pots.
  const print = (x, y, fw, fh, draw) => {
    e.box(x + 5, y + 8, fw, fh, 2, '#1d1b33', { opacity: 0.14 });
    e.box(x, y, fw, fh, 2, '#c79d68');
    e.within(`M${x + 6} ${y + 6}h${fw - 12}v${fh - 12}h${12 - fw}z`, () => { e.box(x, y, fw, fh, 0, '#fbf6ea');
      e.at(x + 6, y + 6, draw); });
  };
  print(826, 96, 132, 168, () => {
    e.oval(78, 52, 24, 24, '#d9823f');
    e.path('M0 96Q40 60 74 92T130 84V170H0Z', '#8ea08a');
    e.path('M0 122Q50 92 84 118T130 110V170H0Z', '#4f7258');
    e.path('M0 146Q36 126 70 142T130 136V170H0Z', '#2f4d3c');
  });
  print(984, 136, 100, 124, () => {
    e.path('M16 88h22l-4 24h-14zM34 60h24l-4 28h-16zM54 84h22l-3 28h-16z', '#c4673f');
    e.path('M46 60Q28 40 34 18Q50 34 46 60Q48 38 64 30Q62 50 46 60Z', '#476a54');
  });
  place(e, products, 'SKU-0043', 1440, floor + 6, 1.56);
  place(e, products, 'SKU-0025', 1226, floor + 4, 1.36);
  place(e, products, 'SKU-0097', 780, floor + 14, 1.04);
  place(e, products, 'SKU-0033', 1040, floor + 40, 1.14);
  place(e, products, 'SKU-0042', 1282, floor + 62, 0.6);
  place(e, products, 'SKU-0046', 1398, floor + 92, 0.56);
  place(e, products, 'SKU-0049', 872, floor + 70, 0.58);
  place(e, products, 'SKU-0075', 716, floor + 84, 0.38);
  return e.toSvg(w, h, 'A reading corner with an armchair, a lamp, a bookshelf and plants');
}

/** Tone, then [product, x, scale, drop] from back to front; x runs over the 800 of the picture's width. */
const stills = {
  kitchen: ['#e9dcc6', [
    ['SKU-0016', 640, 0.95, -8], ['SKU-0006', 215, 1.0, 0], ['SKU-0009', 455, 0.9, 8], ['SKU-0001', 680, 0.62, 26],
      ['SKU-0014', 90, 0.72, 18],
  ]],
  lighting: ['#a9b4ac', [['SKU-0025', 650, 1.08, -6], ['SKU-0017', 400, 0.9, 4], ['SKU-0028', 165, 0.8, 12],
    ['SKU-0029', 560, 0.5, 26]]],
  furniture: ['#d9e0d0', [['SKU-0043', 690, 1.04, -8], ['SKU-0039', 370, 1.12, 0], ['SKU-0041', 110, 0.78, 12],
    ['SKU-0046', 600, 0.6, 28]]],
  bags: ['#ecd6c8', [['SKU-0062', 640, 1.0, -6], ['SKU-0050', 185, 1.0, 0], ['SKU-0055', 420, 0.84, 16], ['SKU-0053',
    715, 0.62, 26]]],
  footwear: ['#d5e0e4', [['SKU-0071', 210, 0.98, -10], ['SKU-0075', 610, 0.86, -4], ['SKU-0065', 420, 0.86, 26]]],
  audio: ['#e2d6dd', [['SKU-0086', 200, 0.9, -8], ['SKU-0093', 590, 0.84, -2], ['SKU-0081', 410, 0.8, 16], ['SKU-0088',
    730, 0.6, 24]]],
  plants: ['#efe3cb', [['SKU-0097', 190, 1.06, -6], ['SKU-0099', 620, 1.02, -6], ['SKU-0106', 420, 0.78, 14],
    ['SKU-0102', 650, 0.5, 30]]],
  stationery: ['#d9dfe6', [['SKU-0121', 170, 1.0, -6], ['SKU-0124', 400, 0.92, 0], ['SKU-0119', 650, 0.86, 4],
    ['SKU-0126', 560, 0.56, 30]]],
};

function still(slug, products) {
  const [tone, pieces] = stills[slug];
  const e = new Easel(`still-${slug}`);
  const [w, h, floor] = [800, 480, 408];
  e.box(0, 0, w, h + HEADROOM, 0, e.linear([[0, lighten(tone, 0.3)], [0.7, tone], [0.78, darken(tone, 0.05)], [1,
    darken(tone, 0.12)]], [0, 1]));
  light(e, 470, 0, 130, 420);
  e.oval(400, 470, 600, 110, e.radial([[0, '#fff8ec', 0.45], [1, '#fff8ec', 0]]));
  for (const [id, x, scale, drop] of pieces) place(e, products, id, x, floor + drop, scale);
  return e.toSvg(w, h);
}

/** Yields [file name, SVG text]. products: Map from id to product. */
export function* scenes(products) {
  yield ['room.svg', room(products)];
  for (const slug of Object.keys(stills)) yield [`category-${slug}.svg`, still(slug, products)];
}
