// Runs before a snippet, in a page or in Node: `check` for the test's conditions, `sent` with all requests, and a
// detour from the services' addresses to the demo server, and from collectors to a reply that accepts everything.

(() => {
  const all = globalThis;
  const server = all.snippetServer;
  const services = {
    'api.joinrefine.io': '/refine',
    'api.depict.ai': '/depict',
    'recs.richrelevance.com': '/richrelevance',
    'eu1-recommendations.doofinder.com': '/doofinder',
    'eu1-search.doofinder.com': '/doofinder',
  };
  all.sent = [];
  all.logged = [];
  all.outcome = { passed: 0, failed: [], done: false };
  all.check = (isTrue, what) => {
    if (isTrue) all.outcome.passed++;
    else all.outcome.failed.push(what);
  };
  /** Waits for a condition. */
  all.ready = async (condition, what) => {
    const end = Date.now() + 15_000;
    for (;;) {
      const value = await condition();
      if (value) return all.check(true, what);
      if (Date.now() > end) return all.check(false, `waited for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  /** Returns the events of a type that were sent so far. */
  all.sentEvents = (type) =>
    all.sent
      .flatMap(({ body }) => {
        try {
          const read = JSON.parse(body);
          return Array.isArray(read) ? read : (read.events ?? []);
        } catch {
          return [];
        }
      })
      .filter((event) => event.type === type);

  const real = all.fetch.bind(all);
  all.fetch = async (target, options = {}) => {
    const url = new URL(target.url ?? target, all.location?.href);
    if (url.origin === all.location?.origin && !options.body) return real(target, options);
    all.sent.push({ url: url.href, body: options.body });
    const folder = services[url.hostname];
    if (folder) return real(server + folder + url.pathname + url.search, options);
    const { events = [], batch = [] } = typeof options.body === 'string' ? JSON.parse(options.body) : {};
    const body = JSON.stringify({ accepted: events.length || batch.length, ok: true, success: true });
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  };
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const write = console[level].bind(console);
    console[level] = (...parts) => {
      all.logged.push(`${level}: ${parts.join(' ')}`);
      if (all.location) write(...parts);
    };
  }
  all.addEventListener?.('error', ({ message }) => all.outcome.failed.push(message));
  all.addEventListener?.('unhandledrejection', ({ reason }) => all.outcome.failed.push(String(reason)));
})();
