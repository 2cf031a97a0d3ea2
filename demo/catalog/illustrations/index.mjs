/** Every drawing of the catalogue by product id: (easel, tint) => void. */
import audio from './audio.mjs';
import bags from './bags.mjs';
import footwear from './footwear.mjs';
import furniture from './furniture.mjs';
import garden from './garden.mjs';
import kitchen from './kitchen.mjs';
import lighting from './lighting.mjs';
import plants from './plants.mjs';
import stationery from './stationery.mjs';

export const drawings = { ...kitchen, ...lighting, ...furniture, ...bags, ...footwear, ...audio, ...plants, ...garden,
  ...stationery };
