// Set-up of components.test.mjs: a page whose bundle has React 18, React 19 or Vue 3 in their development builds.

import { build } from 'esbuild';
import { root } from '../../../tools/steps.mjs';
import { answering } from '../answers.mjs';
import { openSite } from '../open_site.mjs';
import { until } from '../until.mjs';

/** Bundles a file of components/. The framework comes from `folder`, and the package is the one in /dist. */
const bundle = async (file, folder) => {
  const places = {
    name: 'places',
    setup(builder) {
      builder.onResolve({ filter: /^vitrine$/ }, () => ({ path: '/dist/module.js', external: true }));
      builder.onResolve({ filter: /^vitrine\/(react|vue)$/ }, ({ path }) => ({
        path: `${root}dist/${path.split('/')[1]}.js`,
      }));
      builder.onResolve({ filter: /^(react|react-dom|vue)(\/|$)/ }, ({ path, kind, pluginData }) =>
        pluginData ? undefined : builder.resolve(path, { kind, resolveDir: folder, pluginData: true }),
      );
    },
  };
  const define = {
    'process.env.NODE_ENV': '"development"',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
  };
  const { outputFiles } = await build({
    entryPoints: [`${root}tests/browser/components/${file}.mjs`],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
    define,
    plugins: [places],
  });
  return outputFiles[0].text;
};

/** The frameworks, each with the text of its bundle. */
export const frameworks = {
  'React 18': () => bundle('react', `${root}tests/browser/react-18`),
  'React 19': () => bundle('react', root),
  'Vue 3': () => bundle('vue', root),
};

const kPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Components</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/dist/vitrine.css">
<script src="/watch.js"></script>
<script src="/before.js"></script>
<script src="/settings.js"></script>
<script src="/shopper.js"></script>
<div id="app"></div>
<script type="module" src="/page.js"></script>`;

// A reply holds until the test gives it; `kit.asked` has the requests.
const helpers = `${answering}
  window.kit = {
    get app() { return document.getElementById('app'); },
    asked: [],
    notes: [],
    note(state) {
      const text = JSON.stringify(state);
      if (text !== kit.notes.at(-1)) kit.notes.push(text);
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => (condition() ? resolve() : setTimeout(look, 5));
        look();
      }),
    isIn: (widget, state) => kit.until(() => widget.getAttribute('state') === state),
    isSeen: (element) => !!element && element.getClientRects().length > 0,
    slate: (serveId, count = 4) => ({ text: answers.slate(count, (reply) => ({ ...reply, serveId })) }),
    hold() {
      let go;
      answers.next = [new Promise((resolve) => (go = resolve))];
      return go;
    },
  };
  const answer = window.fetch;
  window.fetch = (url, init) => {
    if (/\\/recs(\\/|$)/.test(String(url))) {
      const one = { ...JSON.parse(init.body), isAborted: false };
      kit.asked.push(one);
      init.signal?.addEventListener('abort', () => (one.isAborted = true));
    }
    return answer(url, init);
  };
  answers.next = [kit.slate('sv_1')];`;

/** Opens a page with the components. `config`: see openSite. `isWaiting`: Vitrine starts by `kit.start()`. */
export const open = async (t, browser, framework, { config = {}, isWaiting = false } = {}) => {
  const policy = {
    'default-src': "'self' http://127.0.0.1:* data:",
    'script-src': "'self' 'wasm-unsafe-eval'",
    'style-src': "'self'",
  };
  const site = await openSite(t, browser, { before: helpers, config, policy });
  site.pages.replies.set('/page.html', { body: kPage });
  site.pages.replies.set('/bundle.js', { body: await frameworks[framework](), type: 'text/javascript' });
  const page = `import { defineWidget, loadProducts, loadVitrine, renderWidget } from '/dist/module.js';
    import '/bundle.js';
    Object.assign(kit, { renderWidget, loadProducts, async start() {
      shopper.vitrine = await loadVitrine(settings);
      defineWidget();
    } });
    ${isWaiting ? '' : 'await kit.start();'}
    kit.isLoaded = true;`;
  site.pages.replies.set('/page.js', { body: page, type: 'text/javascript' });
  const tab = await browser.open(site.address('page.html'), 'window');
  await until(() => tab.run(() => kit.isLoaded), 'the page');
  return { site, tab };
};

/** Console lines of development builds, which recommend their tools. */
export const kNoise = [/React DevTools|You are running a development build of Vue/];
