// Puts copied code into an empty page, app or job, as its reader does, and reads how the widget looks there.

import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compileScript, parse } from 'vue/compiler-sfc';
import { root, run } from '../../../tools/steps.mjs';
import { listenOnNewPort } from '../../server/ports.mjs';
import { until } from '../until.mjs';

const home = `${root}build/studio-copied/${process.pid}/`;
process.once('exit', () => rmSync(home, { recursive: true, force: true }));
const kTypes = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Returns where a shop would have the file at this path: the package's files are in its root. */
const placeOf = (path) => {
  if (path.startsWith('/img/')) return `${root}demo/catalog${path}`;
  if (path.startsWith('/fonts/')) return `${root}demo/shop${path}`;
  if (path === '/page/canvas.css') return `${root}demo/preview/canvas.css`;
  return `${root}dist${path}`;
};

/**
 * Serves a shop: these files by their paths, the package in the root, and pictures.
 * @param {Record<string, string>} files
 * @param {{ saysEncoding?: boolean, cartStatus?: number }} options whether the types of files name UTF-8; the status
 *   of replies to the cart
 */
export const serveShop = async (files, { saysEncoding = true, cartStatus = 200 } = {}) => {
  const carts = [];
  const asked = new Set();
  const typeOf = (path) => (saysEncoding ? kTypes[path] : kTypes[path]?.replace(/;.*/, ''));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://shop');
    try {
      if (request.method === 'POST') {
        carts.push({ path: pathname, ...JSON.parse(Buffer.concat(await request.toArray()).toString()) });
        return response.writeHead(cartStatus).end();
      }
      asked.add(pathname.slice(1));
      const body = files[pathname] ?? readFileSync(placeOf(pathname));
      response.writeHead(200, { 'content-type': typeOf(extname(pathname)) }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  const url = await listenOnNewPort(server);
  return {
    url,
    /** The products that the page has put into the cart. */
    carts,
    /** The paths that were asked for. */
    asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/** Makes an empty folder in which the package is installed. */
const emptyApp = (name) => {
  const folder = `${home}${name}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}node_modules`, { recursive: true });
  symlinkSync(root, `${folder}node_modules/vitrine`);
  for (const framework of ['react', 'react-dom', 'vue'])
    symlinkSync(`${root}node_modules/${framework}`, `${folder}node_modules/${framework}`);
  writeFileSync(`${folder}package.json`, '{ "type": "module" }');
  return folder;
};

const singleFiles = {
  name: 'vue single files',
  setup(builder) {
    builder.onLoad({ filter: /\.vue$/ }, ({ path }) => {
      const { descriptor, errors } = parse(readFileSync(path, 'utf8'), { filename: path });
      if (errors.length) throw errors[0];
      return { contents: compileScript(descriptor, { id: 'own', inlineTemplate: true }).content, loader: 'js' };
    });
  },
};

/** Bundles a component and the few lines that mount it. Resolves to the files of the page. */
const bundleApp = async (name, component, code, mount) => {
  const folder = emptyApp(name);
  writeFileSync(`${folder}${component}`, code);
  writeFileSync(`${folder}main.jsx`, mount);
  const { outputFiles } = await build({
    entryPoints: { app: `${folder}main.jsx` },
    outdir: `${folder}dist`,
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    logLevel: 'error',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    plugins: [singleFiles],
  });
  return {
    ...Object.fromEntries(outputFiles.map(({ path, text }) => [`/${path.split('/').at(-1)}`, text])),
    '/page.html': page(
      '<link rel="stylesheet" href="/app.css"><div id="app"></div><script type="module" src="/app.js"></script>',
    ),
  };
};

/** Returns an empty page of a shop, with the font and the margins of the studio's frame. */
const page = (body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Copied</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/canvas.css"></head><body>${body}</body></html>`;

/** By form: from the copied code to the files of a page. */
const pages = {
  script: async (code) => ({ '/page.html': page(code) }),
  react: (code) =>
    bundleApp(
      'react',
      'Recommendations.jsx',
      code,
      `import { createRoot } from 'react-dom/client';
      import { Recommendations } from './Recommendations.jsx';
      createRoot(document.getElementById('app')).render(<Recommendations />);`,
    ),
  vue: (code) =>
    bundleApp(
      'vue',
      'Recommendations.vue',
      code,
      `import { createApp } from 'vue';
      import Recommendations from './Recommendations.vue';
      createApp(Recommendations).mount('#app');`,
    ),
  async server(code) {
    const folder = emptyApp('server');
    writeFileSync(`${folder}recommendations.mjs`, code);
    const { renderRecommendations } = await import(`${pathToFileURL(folder)}recommendations.mjs?${Date.now()}`);
    return { '/page.html': page(await renderRecommendations()) };
  },
  async email(code) {
    const folder = emptyApp('email');
    writeFileSync(`${folder}job.mjs`, code);
    await run('node', [join(folder, 'job.mjs'), join(folder, 'out')]);
    const [name] = readdirSync(`${folder}out`);
    const mail = readFileSync(`${folder}out/${name}`, 'utf8');
    // The font and the margins of the studio's frame stand for those of a mail program.
    const font = `data:font/woff2;base64,${readFileSync(placeOf('/fonts/figtree.woff2'), 'base64')}`;
    const outer = readFileSync(placeOf('/page/canvas.css'), 'utf8').replace('../fonts/figtree.woff2', font);
    return { '/page.html': mail.replace('<style>', () => `<style>${outer}</style><style>`) };
  },
};

/** Builds the page of copied code, and serves it. `options`: see `serveShop`. */
export const serveCopied = async (form, code, options = {}) => {
  const files = await pages[form](code);
  if (options.saysEncoding === false)
    files['/page.html'] = files['/page.html'].replace('<meta charset="utf-8">', '<!-- no encoding -->');
  return serveShop({ ...files, '/host.html': '<!doctype html>' }, options);
};

/**
 * Returns what a shopper sees: the markup of the products, and the computed styles of every element. Runs in the page.
 * `width`: opens `address` in a frame of this width; without an address the studio's own frame is read.
 */
export const readLook = async (tab, address, width) => {
  await tab.run(
    (url, wide) => {
      if (!url) return;
      const frame = document.createElement('iframe');
      frame.id = 'canvas';
      frame.style.cssText = `border: 0; width: ${wide}px; height: 2000px`;
      frame.src = url;
      document.body.replaceChildren(frame);
    },
    address ?? '',
    width,
  );
  const isThere = () => {
    const { contentDocument: inside } = document.querySelector('#canvas');
    const widget = inside.querySelector('vitrine-widget');
    const isLive = !widget || (widget.getAttribute('state') === 'ready' && widget.matches(':defined'));
    return (
      isLive &&
      !!inside.querySelector('[data-vitrine-item]') &&
      inside.fonts.status === 'loaded' &&
      [...inside.images].every((image) => image.complete || image.loading === 'lazy')
    );
  };
  await until(() => tab.run(isThere), 'products', 60_000);
  return tab.run(() => {
    const { contentDocument: inside, contentWindow } = document.querySelector('#canvas');
    const view = inside.querySelector('[data-vitrine-view]');
    for (const animation of inside.getAnimations()) animation.finish();
    // The order of attributes means nothing, an e-mail loads all pictures at once, and cards of a server keep all tab
    // stops until the focus comes. The demo server names itself, by the name under which it is asked, in addresses.
    const textOf = (node) => {
      if (node.nodeType === 3) return node.data;
      const attributes = [...node.attributes]
        .filter(({ name, value }) => name !== 'loading' && !(name === 'tabindex' && value === '-1'))
        .map(({ name, value }) => `${name}=${JSON.stringify(value.replace(/http:\/\/127\.0\.0\.1:\d+/g, ''))}`);
      const children = [...node.childNodes].map(textOf);
      return `<${[node.localName, ...attributes.sort()].join(' ')}>${children.join('')}</${node.localName}>`;
    };
    // The view itself has no looks: it inherits those of the page.
    const styles = [...view.querySelectorAll('*')].map((element) => {
      const style = contentWindow.getComputedStyle(element);
      // The tokens of the theme are seen in the properties that use them.
      return [...style]
        .filter((name) => !name.startsWith('--'))
        .map((name) => `${name}: ${style.getPropertyValue(name)}`);
    });
    return {
      html: textOf(view),
      names: [...view.querySelectorAll('*')].map((each) => each.className),
      styles,
      width: contentWindow.innerWidth,
    };
  });
};
