// The npm entry `vitrine/consent`: the bridge to the page's consent banner. An import does nothing by itself.

export { consentPlugin, type BannerName, type ConsentOptions } from '../bridges/consent.js';
