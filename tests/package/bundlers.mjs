// Builds an app with each bundler, as its documentation says for a small app.

import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tool, toolsFolder } from './installed.mjs';

const page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title>';

/**
 * Each takes the folder of an app with main.js, builds it into the folder `out`, and resolves with the warnings.
 * The script of the page is main.js there.
 * @type {Record<string, (app: string, out: string) => Promise<string[]>>}
 */
export const bundlers = {
  async vite(app, out) {
    const { build } = await tool('vite');
    const warnings = [];
    const warn = (text) => warnings.push(text);
    const customLogger = {
      info() {},
      warn,
      warnOnce: warn,
      error: warn,
      clearScreen() {},
      hasErrorLogged: () => false,
    };
    writeFileSync(`${app}index.html`, `${page}<script type="module" src="/main.js"></script>`);
    const output = { entryFileNames: 'main.js' };
    await build({
      root: app,
      base: './',
      configFile: false,
      customLogger: { ...customLogger, hasWarned: false },
      build: { outDir: out, emptyOutDir: true, rollupOptions: { output } },
    });
    return warnings;
  },

  async webpack(app, out) {
    const { default: webpack } = await tool('webpack');
    const compiler = webpack({
      mode: 'production',
      context: app,
      entry: './main.js',
      output: { path: out, filename: 'main.js', publicPath: 'auto' },
    });
    const stats = await new Promise((resolve, reject) =>
      compiler.run((error, result) => (error ? reject(error) : resolve(result))),
    );
    await new Promise((resolve) => compiler.close(resolve));
    const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
    return [...errors, ...warnings].map(({ message }) => message);
  },

  async rollup(app, out) {
    const { rollup } = await tool('rollup');
    const { nodeResolve } = await tool('@rollup/plugin-node-resolve');
    const { importMetaAssets } = await tool('@web/rollup-plugin-import-meta-assets');
    const warnings = [];
    const bundle = await rollup({
      input: `${app}main.js`,
      plugins: [nodeResolve({ browser: true }), importMetaAssets()],
      onwarn: ({ message }) => warnings.push(message),
    });
    await bundle.write({ dir: out, format: 'es', entryFileNames: 'main.js' });
    await bundle.close();
    return warnings;
  },

  async esbuild(app, out) {
    const { build } = await tool('esbuild');
    const { warnings } = await build({
      absWorkingDir: app,
      entryPoints: ['main.js'],
      outdir: out,
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      logLevel: 'silent',
    });
    // docs/npm.md has this line for shops.
    const dist = `${app}node_modules/vitrine/dist/`;
    for (const file of readdirSync(dist)) if (file.endsWith('.wasm')) cpSync(`${dist}${file}`, `${out}/${file}`);
    return warnings.map(({ text }) => text);
  },

  async parcel(app, out) {
    // Parcel finds its plugins from the app.
    const { default: exported, Parcel = exported } = await tool('@parcel/core');
    writeFileSync(`${app}index.html`, `${page}<script type="module" src="main.js"></script>`);
    const bundler = new Parcel({
      entries: `${app}index.html`,
      defaultConfig: createRequire(toolsFolder).resolve('@parcel/config-default'),
      mode: 'production',
      shouldDisableCache: true,
      defaultTargetOptions: { distDir: out, publicUrl: './', shouldOptimize: true },
    });
    await bundler.run();
    // Parcel names the script by its content, and its files in an import map.
    const html = readFileSync(`${out}/index.html`, 'utf8');
    const [, script] = /<script type="?module"? src="?([^">]+)/.exec(html);
    renameSync(`${out}/${script}`, `${out}/main.js`);
    return [];
  },
};
