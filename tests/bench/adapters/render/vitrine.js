// Measures the whole way from the reply on: the network hands over the bytes, the core reads and renders them, and the
// element attaches the nodes. `ask` has been called before, since the peers' requests have also been made before.
import { defineWidget, Vitrine } from 'vitrine';

const headers = new Headers();
const { fetch } = window;
let arrive;
window.fetch = (url, init) =>
  String(url).startsWith('https://api.bench/recs')
    ? new Promise((resolve) => {
        arrive = (bytes) => {
          /** @type {Pick<Response, 'status' | 'headers' | 'arrayBuffer'>} */
          const reply = { status: 200, headers, arrayBuffer: () => Promise.resolve(bytes) };
          resolve(/** @type {Response} */ (reply));
        };
      })
    : fetch(url, init);

/** @type {import('../../../../js/entries/index.js').Provider} */
const provider = {
  name: 'refine',
  apiKey: 'pk_bench',
  organizationId: 'org',
  catalogId: 'cat',
  apiUrl: 'https://api.bench',
};
// Events are recorded as in a shop, but not sent during the measurement.
const vitrine = new Vitrine({
  provider,
  events: { flushInterval: 3_600_000, batchSize: 1000, persistence: 'memory' },
  timeout: 3_600_000,
});
defineWidget(vitrine);

// The replies are encoded before the measurement: in a page the network provides bytes, and the peers get ready
// strings.
const bytes = new Map();
const bytesOf = (text) => bytes.get(text) ?? bytes.set(text, new TextEncoder().encode(text).buffer).get(text);

// The same markup as that of the peers.
const partials = {
  frame:
    '<ol class="grid">{{#items}}<li class="card" data-vitrine-item="{{id}}" data-vitrine-position="{{position}}">' +
    '{{>card}}</li>{{/items}}</ol>',
  card:
    '<a href="{{url}}">{{#image}}<img src="{{src}}" alt="{{title}}" loading="lazy" width="240" height="240">' +
    '{{/image}}<h3>{{title}}</h3><p class="price">{{price}}</p></a>',
};

let made = 0;
window.RENDERER = {
  prepare: bytesOf,
  create(place) {
    const widget = document.createElement('vitrine-widget');
    // Each widget makes another query, since the core already has the reply to an earlier one.
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
