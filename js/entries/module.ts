// The module with everything but the core: dist/module.js. dist/index.js is the same with the core inside.

export * from './index.js';
export { usePackedCore } from '../core/embedded.js';
