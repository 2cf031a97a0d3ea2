// Between the widget and the service: shows every request to the preview, keeps events from being sent, and answers as the state that
// is to be seen demands. It runs before Vitrine does.
(() => {
  const real = window.fetch;
  // Vitrine takes its texts from the page's language, and may be here before stage.js.
  document.documentElement.lang = new URLSearchParams(parent.location.hash.slice(1)).get('lang') || 'en';

  /** Set by stage.js before the widget asks: { state, reply }. */
  const plan = (window.stagePlan = { state: 'live', reply: '' });

  const nothing = {
    refine: { status: 'success', serveId: 'sv_preview', totalResults: 0, results: [] },
    depict: { displays: [] },
    richrelevance: { rcs: '', placements: [], viewGuid: 'preview', status: 'ok' },
    doofinder: { title: '', fallback_action: 'disabled', results: [] },
  };
  const failure = {
    refine: [503, { status: 'error', error: { code: 'unavailable', message: 'The preview has the service fail.' } }],
    depict: [503, { detail: 'The preview has the service fail.' }],
    richrelevance: [200, { errormessage: 'The preview has the service fail.', status: 'error' }],
    doofinder: [503, { error: 'The preview has the service fail.' }],
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

  const tell = (message) => parent.postMessage({ from: 'stage', ...message }, location.origin);
  const answer = (body, status = 200) =>
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
        return answer(nothing[service]);
      case 'error':
        return answer(failure[service][1], failure[service][0]);
      case 'stale':
        // The first time all is well; afterwards the service is away.
        if (!plan.hasAnswered) break;
        return answer(failure[service][1], failure[service][0]);
      case 'pasted':
        return answer(plan.reply);
    }
    plan.hasAnswered = true;
    return pass();
  }

  // While the loading state is looked at, time stands still: the skeleton would come after 300 ms.
  const realTimeout = window.setTimeout;
  window.setTimeout = (work, ms, ...rest) =>
    realTimeout(work, plan.state === 'loading' && ms > 50 ? 2 ** 31 - 1 : ms, ...rest);

  window.fetch = async (input, request = {}) => {
    const url = new URL(typeof input === 'string' ? input : input.url || input, location.href);
    const service = url.pathname.split('/')[1];
    if (!(service in nothing)) return real(input, request);
    const body = await textOf(request.body);
    const asked = { method: request.method || 'GET', url: url.pathname + url.search, body };
    if (isEvent(url)) {
      tell({ what: 'events', ...asked });
      return answer(thanks[service]);
    }
    tell({ what: 'request', ...asked });
    const startedAt = performance.now();
    const reply = await replyTo(service, request, () => real(input, request));
    const text = await reply.clone().text();
    tell({ what: 'reply', status: reply.status, text, ms: performance.now() - startedAt });
    return reply;
  };
})();
