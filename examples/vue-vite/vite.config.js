import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// A shop has its pictures and product pages itself; here they are the demo server's.
const target = process.env.VITE_DEMO_URL ?? 'http://127.0.0.1:8787';

export default defineConfig({
  server: { proxy: { '/img': target, '/product': target } },
  plugins: [vue()],
  // The core is in files beside the package's modules, so the dev server must not move them (docs/npm.md).
  optimizeDeps: { exclude: ['vitrine'] },
});
