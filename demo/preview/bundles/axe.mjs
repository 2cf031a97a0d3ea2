// axe-core as a module. tools/studio.mjs makes vendor/axe.js of it.
export { default } from 'axe-core';
