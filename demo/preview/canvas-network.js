// Wraps fetch between the widget and the service: reports every request to the studio, holds back events, and replies
// as the chosen state, source and fault require. Must run before Vitrine.
(() => {
  const real = window.fetch;
  // The studio puts it on the frame before it loads this page: { settings, keys, isStatic }.
  const given = /** @type {any} */ (window.frameElement).studio;
  const { settings, isStatic } = given;
  // Vitrine takes its texts from the page's language, and may load before canvas.js.
  document.documentElement.lang = settings.lang || 'en';

  const home = new URL('../', location.href).href;
  /** Milliseconds of the first reply of a service that is slow once. */
  const slowMs = 4000;

  const nothing = {
    refine: { status: 'success', serveId: 'sv_preview', totalResults: 0, results: [] },
    depict: { displays: [] },
    richrelevance: { rcs: '', placements: [], viewGuid: 'preview', status: 'ok' },
    doofinder: { title: '', fallback_action: 'disabled', results: [] },
  };
  const said = 'The studio simulates a failure of the service.';
  const failure = (status) => ({
    refine: [status, { status: 'error', error: { code: 'unavailable', message: said } }],
    depict: [status, { detail: said }],
    richrelevance: [status === 500 ? 500 : 200, { errormessage: said, status: 'error' }],
    doofinder: [status, { error: said }],
  });
  const thanks = {
    refine: { status: 'success', accepted: 0, duplicates: 0 },
    depict: null,
    richrelevance: {},
    doofinder: { status: 'registered' },
  };

  const isEvent = (url) =>
    /\/events$|create-events$|\/track$|apiclick|\/stats\//.test(url.pathname) ||
    /^(add_to_cart|purchase_complete)_page\./.test(url.searchParams.get('placements') || '');

  const report = (message) => parent.postMessage({ from: 'canvas', ...message }, location.origin);
  const replyWith = (body, status = 200) =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  const textOf = async (body) => (body === null || body === undefined ? '' : new Response(body).text());
  const bytesOf = (text) => new TextEncoder().encode(text).length;

  /** @type {{ requests: number, sent: number, received: number, repliedAt: number }} */
  const wire = { requests: 0, sent: 0, received: 0, repliedAt: 0 };
  // Read by canvas-measure.js.
  window.canvasWire = wire;

  const realTimeout = window.setTimeout;
  // Stops timers in the loading state, because the skeleton would appear after 300 ms.
  window.setTimeout = /** @type {typeof window.setTimeout} */ (
    (work, ms, ...rest) => realTimeout(work, settings.state === 'loading' && ms > 50 ? 2 ** 31 - 1 : ms, ...rest)
  );

  const never = (signal) =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
  /** Resolves after `ms`; rejects when the request is aborted. */
  const pause = (ms, signal) =>
    ms > 0 ? Promise.race([new Promise((resolve) => realTimeout(resolve, ms)), never(signal)]) : undefined;

  /** Resolves to the recorded reply to such a request, with as many products as are wanted. */
  async function example() {
    const file = await real(new URL(`example/${settings.service}.json`, location.href));
    const replies = await file.json();
    const { list, reply } = replies[settings.kind] ?? replies.forVisitor;
    const path = list.split('.');
    const holder = path.slice(0, -1).reduce((object, name) => object[name], reply);
    holder[path.at(-1)] = holder[path.at(-1)].slice(0, Number(settings.count));
    // The pictures are beside the studio, wherever it is served.
    return replyWith(JSON.stringify(reply).replaceAll('"/img/', `"${new URL(home).pathname}img/`));
  }

  let hasReplied = false;
  async function replyTo(service, request, pass) {
    const number = wire.requests;
    if (settings.fault === 'offline') throw new TypeError('Failed to fetch: the studio is offline by choice');
    if (settings.fault === 'timeout' || ['loading', 'skeleton'].includes(settings.state)) return never(request.signal);
    await pause(settings.fault === 'recovers' && number === 1 ? slowMs : Number(settings.delay), request.signal);
    const [status, body] = failure(settings.fault === 'status' ? 500 : 503)[service];
    if (settings.fault === 'status' || settings.state === 'error') return replyWith(body, status);
    // The first request succeeds; the service fails from the second one on.
    if (settings.state === 'stale' && hasReplied) return replyWith(body, status);
    if (settings.state === 'empty') return replyWith(nothing[service]);
    hasReplied = true;
    if (settings.data === 'pasted') return replyWith(settings.reply);
    return settings.data === 'demo' && isStatic ? example() : pass();
  }

  window.fetch = async (input, request = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    // The package's own files.
    if (url.href.startsWith(`${home}dist/`)) return real(input, request);
    const { service } = settings;
    const body = await textOf(request.body);
    const sent = { method: request.method || 'GET', url: url.href.replace(location.origin, ''), body };
    if (isEvent(url)) {
      report({ what: 'events', ...sent });
      return replyWith(thanks[service]);
    }
    report({ what: 'request', ...sent });
    wire.requests++;
    wire.sent += bytesOf(sent.url + body);
    const startedAt = performance.now();
    try {
      const reply = await replyTo(service, request, () => real(input, request));
      const text = await reply.clone().text();
      wire.received += bytesOf(text);
      wire.repliedAt = performance.now();
      report({ what: 'reply', status: reply.status, text, ms: wire.repliedAt - startedAt });
      return reply;
    } catch (error) {
      report({ what: 'failed', text: String(error?.message ?? error), ms: performance.now() - startedAt });
      throw error;
    }
  };
})();
