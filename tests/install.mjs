// The installation of packages that the tests need.

export { installLocked, isSource } from '../tools/install.mjs';
