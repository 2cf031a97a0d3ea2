// The module that only tracks, without the core: dist/module-tracking.js. dist/tracking.js is the same with the core
// inside.

export * from './tracking.js';
export { usePackedCore } from '../core/embedded.js';
