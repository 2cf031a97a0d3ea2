const demo = process.env.DEMO_URL ?? 'http://127.0.0.1:8787';

/** @type {import('next').NextConfig} */
export default {
  // Without this Next looks for the root of the project at the lock file of the repository around this example.
  turbopack: { root: import.meta.dirname },
  // A shop has its pictures and product pages itself; here they are the demo server's.
  rewrites: async () =>
    ['img', 'product'].map((name) => ({ source: `/${name}/:path*`, destination: `${demo}/${name}/:path*` })),
};
