// The shop's account, for the server and the browser: the key is a public one. The demo server (`npm start` in the root
// of the repository) plays the service.

export const config = () => {
  const demo = process.env.DEMO_URL ?? 'http://127.0.0.1:8787';
  return {
    provider: {
      name: 'refine',
      apiKey: 'pk_demo',
      organizationId: '8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b',
      catalogId: '45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26',
      apiUrl: `${demo}/refine`,
    },
    events: { url: `${demo}/refine/events`, acknowledge: true },
  };
};
