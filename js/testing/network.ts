// A network for tests: records the events that are sent, and replies as the test wants.

/** One request of the page. */
export interface TestRequest {
  url: string;
  /** The method in capitals, such as `POST`. */
  method: string;
  /** The body as text; '' if there is none. */
  body: string;
}

/** How the network replies to a request. */
export interface TestReply {
  /** HTTP status; default 200. 0: the request fails, as without a network. */
  status?: number;
  /** Headers, such as `{ 'retry-after': '5' }`. */
  headers?: Record<string, string>;
  /** The body: a text, or a value that is sent as JSON. Default `{}`. */
  body?: unknown;
}

/** An event as a collector receives it (docs/event.schema.json). */
export interface SentEvent {
  eventId: string;
  type: string;
  [name: string]: unknown;
}

/** The network of a test. */
export interface TestNetwork {
  /** All requests so far. */
  readonly requests: TestRequest[];
  /** The events that were accepted, each once, in the order of their arrival. */
  readonly events: SentEvent[];
  /** Returns the accepted events of a type, such as `purchase`. */
  of(type: string): SentEvent[];
  /**
   * Sets how requests are answered from now on. `reply`: the reply, or a function that returns it; a function that
   * returns undefined leaves the request to the default, status 200 and `{}`.
   */
  reply(reply: TestReply | ((request: TestRequest) => TestReply | undefined)): void;
  /** Gives the page its own network back. */
  restore(): void;
}

/**
 * Replaces `fetch` and `navigator.sendBeacon`. Nothing leaves the machine. Call it before Vitrine is made, and
 * `await vitrine.events.flush()` before a look at the events.
 */
export const useTestNetwork = (): TestNetwork => {
  const requests: TestRequest[] = [];
  const accepted = new Map<string, SentEvent>();
  let answer: (request: TestRequest) => TestReply | undefined = () => undefined;

  const take = (request: TestRequest): TestReply => {
    requests.push(request);
    const reply = answer(request) ?? {};
    const status = reply.status ?? 200;
    if (status >= 200 && status < 300)
      for (const event of eventsIn(request.body)) accepted.set(event.eventId, accepted.get(event.eventId) ?? event);
    return { ...reply, status };
  };
  const fetchInstead = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = input instanceof Request ? input.url : String(input);
    init.signal?.throwIfAborted();
    const body = init.body == null ? '' : await new Response(init.body).text();
    const { status, headers, body: given = {} } = take({ url, method: init.method ?? 'GET', body });
    if (status === 0) throw new TypeError('Failed to fetch');
    const text = typeof given === 'string' ? given : JSON.stringify(given);
    return new Response(status === 204 ? null : text, { status, headers });
  };
  const beaconInstead = (url: string | URL, data?: BodyInit | null) => {
    void new Response(data).text().then((body) => take({ url: String(url), method: 'POST', body }));
    return true;
  };

  const realFetch = globalThis.fetch;
  const navigator = (globalThis as { navigator?: Navigator }).navigator;
  const realBeacon = navigator?.sendBeacon;
  globalThis.fetch = fetchInstead as typeof fetch;
  if (realBeacon) Object.defineProperty(navigator, 'sendBeacon', { value: beaconInstead, configurable: true });
  return {
    requests,
    get events() {
      return [...accepted.values()];
    },
    of: (type) => [...accepted.values()].filter((event) => event.type === type),
    reply(reply) {
      answer = typeof reply === 'function' ? reply : () => reply;
    },
    restore() {
      globalThis.fetch = realFetch;
      if (realBeacon) Object.defineProperty(navigator, 'sendBeacon', { value: realBeacon, configurable: true });
    },
  };
};

/** Returns the events of a batch in Vitrine's own form (docs/wire.md); none for other bodies. */
const eventsIn = (body: string): SentEvent[] => {
  try {
    const { events } = JSON.parse(body) as { events?: SentEvent[] };
    return Array.isArray(events) ? events.filter((event) => event?.eventId) : [];
  } catch {
    return [];
  }
};
