// The lives of events: what a recorded event was, and which steps it has taken since.

/**
 * `memory`: only this page knows the event. `stored`: it also stands in the browser's storage. `sent`: a request with
 * it has no reply yet. `again`: a request has failed, and another follows. `received`: the collector has it.
 * `dropped`: it will never be sent. `left`: another page sends it.
 */
export type State = 'memory' | 'stored' | 'sent' | 'again' | 'received' | 'dropped' | 'left';

/** The states in which an event is still this page's to send. */
export const OPEN: readonly State[] = ['memory', 'stored', 'sent', 'again'];

/** A request of the core: a batch of events, or a data call. */
export interface Request {
  id: number;
  kind: 'events' | 'data' | 'script';
  method: string;
  url: string;
  headersJson: string;
  body: string;
  isKeepalive: boolean;
  sentMs: number;
  /** Epoch ms of the reply; 0 while there is none. */
  doneMs: number;
  /** HTTP status, or 0, -1, -2 as in js/ports/net.ts; undefined while there is no reply. */
  status?: number;
  retryAfter: string;
  /** Text of the reply, its beginning only; '' if the host does not read it. */
  reply: string;
  replyBytes: number;
  isCancelled: boolean;
  /** Which try it is: 1 for the first. */
  tries: number;
  lives: Life[];
}

export interface Step {
  /** Epoch ms. */
  atMs: number;
  text: string;
}

export interface Life {
  key: number;
  /** The event's own id; '' until the event was seen. */
  eventId: string;
  /** Type of the event; '' if the overlay cannot know. */
  type: string;
  /** Epoch ms. */
  madeMs: number;
  state: State;
  steps: Step[];
  /** JSON text of the event; of the call that has made it, until the event was seen. */
  text: string;
  /** The call of the core that has made it; '' if it is of an earlier page. */
  madeBy: string;
  /** Reason of the drop, a name in `metrics().dropped`. */
  reason: string;
  /** The journal that the event stands in; '' if it is not stored. */
  journal: string;
  requests: Request[];
}

/** Returns a member of the JSON text of an object. */
export const memberIn = (text: string, name: string): unknown => {
  try {
    return (JSON.parse(text) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
};

export const textIn = (text: string, name: string): string => {
  const value = memberIn(text, name);
  return typeof value === 'string' ? value : '';
};

/** Older events leave the list, because an overlay must not fill the page's memory. */
export const MOST_LIVES = 2000;

/** The list of lives, in the order in which they began. */
export class Lives {
  list: Life[] = [];
  /** Number of lives that have left the list. */
  forgotten = 0;
  #byId = new Map<string, Life>();
  #lastKey = 0;

  of(eventId: string): Life | undefined {
    return this.#byId.get(eventId);
  }

  begin(part: Partial<Life>, atMs: number, first: string): Life {
    const life: Life = {
      ...{ key: ++this.#lastKey, eventId: '', type: '', madeMs: atMs, state: 'memory', steps: [], text: '' },
      ...{ madeBy: '', reason: '', journal: '', requests: [] },
      ...part,
    };
    life.steps.push({ atMs, text: first });
    this.list.push(life);
    if (life.eventId) this.#byId.set(life.eventId, life);
    if (this.list.length > MOST_LIVES) {
      const [oldest] = this.list.splice(0, 1);
      this.#byId.delete(oldest!.eventId);
      this.forgotten++;
    }
    return life;
  }

  /** Gives a life the event that was seen for it. */
  name(life: Life, eventId: string, text: string): void {
    life.eventId = eventId;
    life.text = text;
    life.type = textIn(text, 'type') || life.type;
    this.#byId.set(eventId, life);
  }

  /** Moves a life to a state. */
  move(life: Life, state: State, atMs: number, text: string): void {
    life.state = state;
    life.steps.push({ atMs, text });
  }

  open(): Life[] {
    return this.list.filter(({ state }) => OPEN.includes(state));
  }
}
