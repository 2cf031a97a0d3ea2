/** The backdrop: wall, floor and one quiet detail behind the product, chosen so that the product stands out. */
import { darken, distance, lighten } from './colour.mjs';
import { FLOOR } from './easel.mjs';

const tones = ['#efe4d3', '#f0dcd1', '#dde5d4', '#d8e4e8', '#e8e2d8', '#e2deea', '#f2e5c4', '#e6cdbd', '#cfdfe8',
  '#d3e2da'];
/** Settings chosen at random; 'plinth' (narrow things) and 'flat' (things lying down, from above) must be requested. */
const settings = ['sweep', 'disc', 'arch', 'window', 'sweep'];

/** Evening walls, for lamps. */
export const dusk = ['#cdb9a2', '#a9b4ac', '#9fb0bf', '#c2a398', '#8b97a3', '#b7a6b4', '#a3a68f'];

/** Returns a wall colour that contrasts with every given colour, chosen at random among the suitable ones. */
export function toneFor(e, colours, walls = tones) {
  const apart = tone => Math.min(...colours.map(c => distance(tone, c)));
  const good = walls.filter(tone => apart(tone) > 0.2);
  const pool = good.length > 2 ? good : [...walls].sort((a, b) => apart(b) - apart(a)).slice(0, 3);
  return pool[Math.floor(e.random() * pool.length)];
}

export function backdrop(e, tone, set = settings[Math.floor(e.random() * settings.length)]) {
  if (set === 'flat') {
    e.box(0, 0, 400, 420, 0, e.radial([[0, lighten(tone, 0.45)], [0.6, tone], [1, darken(tone, 0.06)]], [0.3, 0.2, 1]));
    e.path('M-20 60L150 -20H250L-20 250ZM-20 300L330 -20H390L-20 380Z', lighten(tone, 0.7), { opacity: 0.35 });
    return;
  }
  e.box(0, 0, 400, 420, 0, e.linear([[0, lighten(tone, 0.3)], [0.62, tone], [0.74, darken(tone, 0.06)], [1,
    darken(tone, 0.1)]], [0, 1]));
  if (set === 'disc') {
    e.oval(200, 176, 128, 128, e.linear([[0, lighten(tone, 0.75)], [1, lighten(tone, 0.2)]], [0.4, 1]),
      { opacity: 0.8 });
  }
  if (set === 'arch') {
    e.path(`M76 ${FLOOR - 22}V170A124 124 0 0 1 324 170V${FLOOR - 22}Z`, e.linear(
      [[0, darken(tone, 0.1)], [0.5, darken(tone, 0.03)], [1, lighten(tone, 0.25)]], [1, 0.3],
    ));
    e.path(`M0 ${FLOOR - 22}H400V420H0Z`, e.linear([[0, lighten(tone, 0.2)], [1, darken(tone, 0.09)]], [0, 1]));
  }
  if (set === 'window') {
    const light = { opacity: 0.5 };
    e.path(
      'M210 0L298 0L196 150L108 150ZM310 0L398 0L296 150L208 150ZM98 165L186 165L84 315L-4 315ZM198 165L286 165L184 315L96 315Z',
      lighten(tone, 0.75), light,
    );
  }
  e.oval(200, 370, 330, 110, e.radial([[0, '#fff8ec', 0.4], [1, '#fff8ec', 0]]));
  if (set === 'plinth') {
    const side = `M44 ${FLOOR - 2}A156 30 0 0 0 356 ${FLOOR - 2}V420H44Z`;
    e.path(side, e.across(lighten(tone, 0.28), 'soft'));
    e.oval(200, FLOOR - 2, 156, 30, e.linear([[0, lighten(tone, 0.75)], [1, lighten(tone, 0.4)]], [1, 0.4]));
  }
}
