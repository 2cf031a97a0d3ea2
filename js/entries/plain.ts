// The core as JavaScript, in a module of its own. The script tag fetches it where a page's policy refuses WebAssembly;
// an npm page passes it to usePlainCore.

export { default } from 'vitrine:plain';
