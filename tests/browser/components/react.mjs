// Pages of React for components.test.mjs. The bundle takes React 18 or 19, and `vitrine` from /dist.

import { createElement as h, StrictMode, Suspense, useEffect, useRef, useState } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { renderToString } from 'react-dom/server.browser';
import { useRecommendations, useSearch, useServe, useView, VitrineProvider, VitrineWidget } from 'vitrine/react';

const { kit } = window;
const own = (/** @type {string} */ text) => text && h(text === 'own' ? 'p' : 'i', null, text);

const Widget = ({ own: text, ...properties }) => {
  const widget = useRef(null);
  useEffect(() => {
    kit.widget = widget.current;
  });
  return h('main', null, h(VitrineWidget, { ref: widget, ...properties }, own(text)), h('footer', null, 'foot'));
};

const Bare = (properties) => h('vitrine-widget', properties);

const Calls = ({ kind = /** @type {const} */ ('similarItems'), query, search, options }) => {
  const used = search === undefined ? useRecommendations(kind, query, options) : useSearch(search, options);
  kit.refresh = used.refresh;
  const { data, results, loading, error } = used;
  kit.note({ serveId: data?.serveId, count: results.length, loading, error: error?.name });
  return h('p', null, loading ? 'loading' : results.length);
};

const Card = ({ serve, product, position }) => {
  const card = useRef(null);
  useView(card, { serve, itemId: product, position });
  return h(
    'li',
    { ref: card, id: product.productId, onClick: () => serve.trackClick(product, position) },
    product.title,
  );
};
const List = ({ query }) => {
  const { data, results } = useRecommendations('similarItems', query);
  const serve = useServe(data, { surface: 'product_page', source: 'own' });
  return h(
    'ul',
    null,
    results.map((product, position) => h(Card, { key: product.productId, serve, product, position })),
  );
};

const pages = { Widget, Bare, Calls, List };
let root;
let change;
const Page = ({ name, first, provider }) => {
  const [properties, setProperties] = useState(first);
  useEffect(() => {
    change = setProperties;
    kit.isUp = true;
    return () => {
      kit.isUp = false;
    };
  }, []);
  return h(
    StrictMode,
    null,
    h(VitrineProvider, provider, h(Suspense, { fallback: 'wait' }, h(pages[name], properties))),
  );
};
const element = (name, first, provider = { vitrine: shopper.vitrine }) => h(Page, { name, first, provider });

Object.assign(kit, {
  render: (name, properties) => renderToString(element(name, properties)),
  hydrate(name, properties) {
    const onRecoverableError = (error) => seen.faults.push(String(error));
    kit.widget = undefined;
    root = hydrateRoot(kit.app, element(name, properties), { onRecoverableError });
    return kit.until(() => kit.isUp && (kit.widget || name !== 'Widget'));
  },
  async mount(name, properties, provider) {
    root = createRoot(kit.app);
    flushSync(() => root.render(element(name, properties, provider)));
    await kit.until(() => kit.isUp);
  },
  update: (properties) => flushSync(() => change(properties)),
  unmount: () => root.unmount(),
});
