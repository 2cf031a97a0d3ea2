// The whole way from the reply on: the network hands over its bytes, the core reads and renders them, the element attaches. `ask` has
// been called before, as the peers' callers have asked before they parse.
import { defineWidget, Vitrine } from 'vitrine';

const headers = new Headers();
const { fetch } = window;
let arrive;
window.fetch = (url, init) =>
  String(url).startsWith('https://api.bench/recs')
    ? new Promise((resolve) => {
        arrive = (bytes) => resolve({ status: 200, headers, arrayBuffer: () => Promise.resolve(bytes) });
      })
    : fetch(url, init);

const provider = {
  name: 'refine',
  apiKey: 'pk_bench',
  organizationId: 'org',
  catalogId: 'cat',
  apiUrl: 'https://api.bench',
};
// Events are recorded as in a shop, and not sent while it is measured.
const vitrine = new Vitrine({
  provider,
  events: { flushInterval: 3_600_000, batchSize: 1000, persistence: 'memory' },
  timeout: 3_600_000,
});
defineWidget(vitrine);

// The network hands out bytes; making them is its work, as making a string of them is for the others.
const bytes = new Map();
const bytesOf = (text) => bytes.get(text) ?? bytes.set(text, new TextEncoder().encode(text).buffer).get(text);

// The same markup as everybody else's.
const partials = {
  frame:
    '<ol class="grid">{{#items}}<li class="card" data-vitrine-item="{{id}}" data-vitrine-position="{{position}}">{{>card}}</li>{{/items}}</ol>',
  card: '<a href="{{url}}">{{#image}}<img src="{{src}}" alt="{{title}}" loading="lazy" width="240" height="240">{{/image}}<h3>{{title}}</h3><p class="price">{{price}}</p></a>',
};

let made = 0;
window.RENDERER = {
  prepare: bytesOf,
  create(place) {
    const widget = document.createElement('vitrine-widget');
    // Another question each time: to one that was asked before the core would know the answer.
    const attributes = { 'anchor-id': `SKU-${made++}`, 'top-k': 1000, load: 'eager', 'add-to-cart': '' };
    for (const name in attributes) widget.setAttribute(name, attributes[name]);
    for (const name in partials) {
      const template = document.createElement('script');
      template.type = 'text/x-mustache';
      template.setAttribute('name', name);
      template.textContent = partials[name];
      widget.append(template);
    }
    place.append(widget);
    let shown;
    return {
      ask() {
        shown = widget.refresh();
      },
      render(text) {
        arrive(bytesOf(text));
        return shown;
      },
    };
  },
};
