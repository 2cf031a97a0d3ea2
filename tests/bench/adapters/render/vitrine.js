// The whole way: the element asks, a stand-in for the network answers at once with the reply's bytes, the core reads and renders them.
import { defineWidget, Vitrine } from 'vitrine';

let answer;
const { fetch } = window;
const headers = new Headers();
window.fetch = (url, init) =>
  String(url).startsWith('https://api.bench/recs') ? Promise.resolve({ status: 200, headers, arrayBuffer: () => Promise.resolve(answer) }) : fetch(url, init);

const provider = { name: 'refine', apiKey: 'pk_bench', organizationId: 'org', catalogId: 'cat', apiUrl: 'https://api.bench' };
// Events are recorded as in a shop, and not sent while it is measured.
const vitrine = new Vitrine({ provider, events: { flushInterval: 3_600_000, batchSize: 1000, persistence: 'memory' } });
defineWidget(vitrine);

// The network hands out bytes; making them is its work, as making a string of them is for the others.
const bytes = new Map();
const bytesOf = (text) => bytes.get(text) ?? bytes.set(text, new TextEncoder().encode(text).buffer).get(text);

window.RENDERER = {
  prepare: bytesOf,
  create(place) {
    const widget = document.createElement('vitrine-widget');
    const attributes = { 'anchor-id': 'SKU-1', 'top-k': 24, load: 'eager', 'add-to-cart': '' };
    for (const name in attributes) widget.setAttribute(name, attributes[name]);
    let isShown = false;
    return {
      render(text) {
        answer = bytesOf(text);
        if (isShown) return widget.refresh();
        isShown = true;
        place.append(widget);
        return widget.refresh();
      },
    };
  },
};
