// Pages of Vue for components.test.mjs. The bundle takes `vitrine` from /dist.

import { createApp, createSSRApp, h, nextTick, onMounted, onUnmounted, ref, shallowRef, withDirectives } from 'vue';
import { renderToString } from 'vue/server-renderer';
import {
  createVitrine,
  useRecommendations,
  useSearch,
  useServe,
  useView,
  VitrineWidget,
  vVitrineView,
} from 'vitrine/vue';

const { kit } = window;
const own = (text) => (text ? h(text === 'own' ? 'p' : 'i', text) : undefined);

const Widget = {
  inheritAttrs: false,
  setup: (_, { attrs }) => {
    const component = ref();
    onMounted(() => {
      kit.widget = component.value.element;
    });
    return () => {
      const { own: text, ...properties } = attrs;
      const widget = h(VitrineWidget, { ref: component, ...properties }, { default: () => own(text) });
      return h('main', [widget, h('footer', 'foot')]);
    };
  },
};

const Bare = {
  inheritAttrs: false,
  setup:
    (_, { attrs }) =>
    () =>
      h('vitrine-widget', attrs),
};

const Calls = {
  props: ['kind', 'query', 'search', 'options'],
  setup: (attrs) => {
    const used =
      attrs.search === undefined
        ? useRecommendations(attrs.kind ?? 'similarItems', () => attrs.query, attrs.options)
        : useSearch(() => attrs.search, attrs.options);
    kit.refresh = used.refresh;
    return () => {
      const [loading, results] = [used.loading.value, used.results.value];
      const error = used.error.value?.name;
      kit.note({ serveId: used.data.value?.serveId, count: results.length, loading, error });
      return h('p', loading ? 'loading' : results.length);
    };
  },
};

const Card = {
  props: ['serve', 'product', 'position'],
  setup: (properties) => {
    const card = ref();
    useView(card, () => ({ serve: properties.serve, itemId: properties.product, position: properties.position }));
    return () => h('li', { ref: card, id: properties.product.productId }, properties.product.title);
  },
};
const List = {
  props: ['query'],
  setup: (attrs) => {
    const { data, results } = useRecommendations('similarItems', () => attrs.query);
    const serve = useServe(data, { surface: 'product_page', source: 'own' });
    // The first half by the composable, the other by the directive.
    return () =>
      h(
        'ul',
        results.value.map((product, position) =>
          position < 2
            ? h(Card, { key: product.productId, serve: serve.value, product, position })
            : withDirectives(
                h(
                  'li',
                  {
                    key: product.productId,
                    id: product.productId,
                    onClick: () => serve.value.trackClick(product, position),
                  },
                  product.title,
                ),
                [[vVitrineView, { serve: serve.value, itemId: product, position }]],
              ),
        ),
      );
  },
};

const pages = { Widget, Bare, Calls, List };
let app;
let properties;
const make = (create, name, first, provider = { vitrine: shopper.vitrine }) => {
  properties = shallowRef(first);
  const page = create({
    setup() {
      onMounted(() => {
        kit.isUp = true;
      });
      onUnmounted(() => {
        kit.isUp = false;
      });
      return () => h(pages[name], properties.value);
    },
  });
  if (provider.vitrine || provider.config) page.use(createVitrine(provider));
  return page;
};

Object.assign(kit, {
  render: (name, first) => renderToString(make(createSSRApp, name, first)),
  async hydrate(name, first) {
    app = make(createSSRApp, name, first);
    app.mount(kit.app);
    await nextTick();
  },
  async mount(name, first, provider) {
    app = make(createApp, name, first, provider);
    app.mount(kit.app);
    await nextTick();
  },
  update(next) {
    properties.value = next;
    return nextTick();
  },
  unmount: () => app.unmount(),
});
