// Wraps fetch between the widget and the service: reports every request to the preview, holds back events, and replies
// as the chosen state requires. Must run before Vitrine.
(() => {
  const real = window.fetch;
  // Vitrine takes its texts from the page's language, and may load before canvas.js.
  document.documentElement.lang = new URLSearchParams(parent.location.hash.slice(1)).get('lang') || 'en';

  /** Set by canvas.js before the widget's first request: { state, reply }. */
  /** @type {{ state: string, reply: string, hasReplied?: boolean }} */
  const plan = (window.canvasPlan = { state: 'live', reply: '' });

  const nothing = {
    refine: { status: 'success', serveId: 'sv_preview', totalResults: 0, results: [] },
    depict: { displays: [] },
    richrelevance: { rcs: '', placements: [], viewGuid: 'preview', status: 'ok' },
    doofinder: { title: '', fallback_action: 'disabled', results: [] },
  };
  const failure = {
    refine: [
      503,
      { status: 'error', error: { code: 'unavailable', message: 'The preview simulates a failure of the service.' } },
    ],
    depict: [503, { detail: 'The preview simulates a failure of the service.' }],
    richrelevance: [200, { errormessage: 'The preview simulates a failure of the service.', status: 'error' }],
    doofinder: [503, { error: 'The preview simulates a failure of the service.' }],
  };
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

  async function replyTo(service, request, pass) {
    switch (plan.state) {
      case 'loading':
      case 'skeleton':
        return new Promise((_, reject) =>
          request.signal?.addEventListener('abort', () => reject(request.signal.reason)),
        );
      case 'empty':
        return replyWith(nothing[service]);
      case 'error':
        return replyWith(failure[service][1], failure[service][0]);
      case 'stale':
        // The first request succeeds; the service fails from the second one on.
        if (!plan.hasReplied) break;
        return replyWith(failure[service][1], failure[service][0]);
      case 'pasted':
        return replyWith(plan.reply);
    }
    plan.hasReplied = true;
    return pass();
  }

  // Stops timers in the loading state, because the skeleton would appear after 300 ms.
  const realTimeout = window.setTimeout;
  window.setTimeout = /** @type {typeof window.setTimeout} */ (
    (work, ms, ...rest) => realTimeout(work, plan.state === 'loading' && ms > 50 ? 2 ** 31 - 1 : ms, ...rest)
  );

  window.fetch = async (input, request = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const service = url.pathname.split('/')[1];
    if (!(service in nothing)) return real(input, request);
    const body = await textOf(request.body);
    const sent = { method: request.method || 'GET', url: url.pathname + url.search, body };
    if (isEvent(url)) {
      report({ what: 'events', ...sent });
      return replyWith(thanks[service]);
    }
    report({ what: 'request', ...sent });
    const startedAt = performance.now();
    const reply = await replyTo(service, request, () => real(input, request));
    const text = await reply.clone().text();
    report({ what: 'reply', status: reply.status, text, ms: performance.now() - startedAt });
    return reply;
  };
})();
