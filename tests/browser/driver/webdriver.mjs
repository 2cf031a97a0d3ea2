// A WebDriver session over HTTP (w3.org/TR/webdriver2), for chromedriver and WebKitWebDriver.

const kAnswerMs = 60_000;

/** Command names are Marionette's, so that all engines understand the same ones. */
const routes = {
  Navigate: ['POST', '/url'],
  GetCurrentURL: ['GET', '/url'],
  GetTitle: ['GET', '/title'],
  Refresh: ['POST', '/refresh'],
  ExecuteAsyncScript: ['POST', '/execute/async'],
  NewWindow: ['POST', '/window/new'],
  SwitchToWindow: ['POST', '/window'],
  CloseWindow: ['DELETE', '/window'],
  GetWindowHandles: ['GET', '/window/handles'],
  SetWindowRect: ['POST', '/window/rect'],
  MinimizeWindow: ['POST', '/window/minimize'],
  SetTimeouts: ['POST', '/timeouts'],
  FindElement: ['POST', '/element'],
  PerformActions: ['POST', '/actions'],
  Log: ['POST', '/se/log'],
  TakeScreenshot: ['GET', '/screenshot'],
  Cdp: ['POST', '/goog/cdp/execute'],
};

const request = async (url, method, body) => {
  const reply = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
    signal: AbortSignal.timeout(kAnswerMs),
  });
  const { value } = await reply.json();
  if (!reply.ok) throw Object.assign(new Error(`${value?.error}: ${value?.message}`), { code: value?.error });
  return value;
};

/** Resolves to true if a driver at this address accepts sessions. */
export const isReady = async (base) => (await request(`${base}/status`, 'GET')).ready;

/**
 * `send` rejects with the driver's error, which has the WebDriver error code in `code`.
 * @typedef {object} Session
 * @property {object} capabilities
 * @property {(name: string, params?: Record<string, unknown>) => Promise<unknown>} send
 * @property {() => Promise<void>} end
 */

/**
 * Opens a session.
 * @returns {Promise<Session>}
 */
export const openSession = async (base, capabilities) => {
  const session = await request(`${base}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } });
  const url = `${base}/session/${session.sessionId}`;
  return {
    capabilities: session.capabilities,
    send(name, params = {}) {
      if (name === 'ElementClick') return request(`${url}/element/${params.id}/click`, 'POST');
      if (name === 'ElementSendKeys') return request(`${url}/element/${params.id}/value`, 'POST', params);
      const [method, path] = routes[name];
      return request(url + path, method, params);
    },
    end: () => request(url, 'DELETE'),
  };
};
