// The requests of the core: batches of events, and data calls.

import type { Request } from './life.js';

export type { Request };

/** Older requests leave the list. */
const MOST = 300;
const MOST_REPLY_CHARS = 4000;

/** Returns whether the reply says that the request was taken. */
export const isGood = ({ status }: Request): boolean => status !== undefined && status >= 200 && status < 300;

export class Requests {
  list: Request[] = [];
  forgotten = 0;

  begin(part: Pick<Request, 'id' | 'kind' | 'method' | 'url' | 'body' | 'sentMs'> & Partial<Request>): Request {
    const [earlier] = this.list
      .filter(({ method, url, body }) => method === part.method && url === part.url && body === part.body)
      .slice(-1);
    const request: Request = {
      ...{ headersJson: '', isKeepalive: false, doneMs: 0, retryAfter: '', reply: '', replyBytes: 0 },
      ...{ isCancelled: false, lives: [] },
      tries: earlier?.doneMs && !isGood(earlier) ? earlier.tries + 1 : 1,
      ...part,
    };
    this.list.push(request);
    if (this.list.length > MOST) {
      this.list.splice(0, 1);
      this.forgotten++;
    }
    return request;
  }

  of(id: number): Request | undefined {
    return this.list.find((request) => request.id === id);
  }

  end(id: number, status: number, retryAfter: string, body: unknown, atMs: number): Request | undefined {
    const request = this.of(id);
    if (!request) return;
    request.status = status;
    request.doneMs = atMs;
    request.retryAfter = retryAfter;
    try {
      request.replyBytes = (body as Uint8Array | string).length;
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array);
      request.reply = text.slice(0, MOST_REPLY_CHARS);
    } catch {
      // A reply that is no text is not shown.
    }
    return request;
  }
}

/** Returns the number of bytes of a text in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
