// The core without WebAssembly, a module of its own: the script tag fetches it where a page's policy refuses WebAssembly, the npm build is
// given it by usePlainCore.

export { default } from 'vitrine:plain';
