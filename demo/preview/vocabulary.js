/** The options of the controls: services, kinds of request, templates, states, network, and theme tokens. */

export const services = { refine: 'Refine', depict: 'Depict', richrelevance: 'RichRelevance', doofinder: 'Doofinder' };

/** Kinds of request: its name, the setting that it needs, its attribute, and the services that lack it. */
export const kinds = {
  forVisitor: { name: 'Picked for this visitor' },
  forUser: { name: 'Picked for a user', needs: 'user' },
  similarItems: { name: 'Similar to a product', needs: 'item', attribute: 'anchor-id' },
  boughtTogether: { name: 'Bought together with', needs: 'item', attribute: 'anchor-id', without: ['refine'] },
  trending: { name: 'Trending', without: ['refine'] },
  category: { name: 'Best of a category', needs: 'category', attribute: 'category-id', without: ['refine'] },
  searchText: {
    name: 'Found by words',
    needs: 'query',
    attribute: 'query',
    without: ['depict', 'richrelevance', 'doofinder'],
  },
};

export const templates = { grid: 'Grid', carousel: 'Carousel', list: 'List', strip: 'Strip', hero: 'Hero' };

/** Parts of a template that a shop may write itself. */
export const parts = {
  card: 'Card',
  media: 'Picture',
  name: 'Name',
  price: 'Price',
  rating: 'Rating',
  badges: 'Badges',
  buy: 'Cart button',
  head: 'Heading',
  frame: 'Everything',
};

export const states = {
  live: 'Live',
  loading: 'Loading',
  skeleton: 'Skeleton',
  empty: 'Empty',
  error: 'Error',
  stale: 'Stale',
};

/** Sources of the replies. The first one is called "Example" where there is no demo server. */
export const sources = { demo: 'Demo', pasted: 'Pasted', live: 'Live' };

export const faults = {
  none: 'Works',
  status: 'Replies 500',
  timeout: 'Never replies',
  offline: 'Offline',
  recovers: 'Slow once, then works',
};

/** Delays of each reply, in milliseconds. */
export const delays = { 0: 'None', 400: '0.4 s', 1500: '1.5 s', 4000: '4 s' };

export const schemes = { auto: 'Auto', light: 'Light', dark: 'Dark' };
export const directions = { ltr: 'Left to right', rtl: 'Right to left' };
export const languages = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', sv: 'Svenska' };

/** The widths that are shown together. */
export const threeWidths = '320,768,1024';
export const widths = { 0: 'Full', 320: '320', 390: '390', 768: '768', 1024: '1024', [threeWidths]: 'Three' };

/** The forms of the code to copy. */
export const forms = { script: 'Script tag', react: 'React', vue: 'Vue', server: 'Server', email: 'E-mail' };

/**
 * Theme tokens.
 * @type {[property: string, label: string, kind: 'color' | 'length' | 'number', maximum?: number][]}
 */
export const tokens = [
  ['--vitrine-accent', 'Accent', 'color'],
  ['--vitrine-on-accent', 'On accent', 'color'],
  ['--vitrine-text', 'Text', 'color'],
  ['--vitrine-muted', 'Quiet text', 'color'],
  ['--vitrine-card', 'Card', 'color'],
  ['--vitrine-page', 'Background', 'color'],
  ['--vitrine-media', 'Behind pictures', 'color'],
  ['--vitrine-line', 'Lines', 'color'],
  ['--vitrine-sale', 'Sale', 'color'],
  ['--vitrine-on-sale', 'On sale', 'color'],
  ['--vitrine-star', 'Stars', 'color'],
  ['--vitrine-radius', 'Corner', 'length', 2.5],
  ['--vitrine-gap', 'Gap', 'length', 3],
  ['--vitrine-columns', 'Narrowest card', 'length', 24],
  ['--vitrine-ratio', 'Picture, width to height', 'number', 2],
];

const picture =
  '<img class="vitrine-image" src="{{src}}" alt="" width="{{width}}" height="{{height}}" loading="{{loading}}">';

/** An example card template. */
export const starter = `<div class="vitrine-media">
  {{#image}}${picture}{{/image}}
  {{>badges}}
</div>
<div class="vitrine-body">
  {{>name}}
  <p><strong>{{price}}</strong>{{#onSale}} instead of <s>{{originalPrice}}</s>{{/onSale}}</p>
  {{>rating}}
</div>
{{>buy}}
`;
