// The npm entry `vitrine/data-layer`: the bridge to the page's data layer. An import does nothing by itself.

export { dataLayerPlugin, type DataLayerOptions } from '../bridges/data_layer.js';
