// The script dist/vitrine-datalayer.js: the bridge to the data layer for pages with script tags. docs/bridges.md.

import { addPlugin } from '../bridges/add_plugin.js';
import { dataLayerPlugin, type DataLayerOptions } from '../bridges/data_layer.js';

addPlugin(({ name, direction, currency }) =>
  dataLayerPlugin({ name, direction: direction as DataLayerOptions['direction'], currency }),
);
