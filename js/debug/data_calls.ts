// Data calls of the shop that were refused, by the service or by the core.

import { memberIn, textIn } from './life.js';

/** A refused call. */
export interface Refusal {
  kind: string;
  code: string;
  message: string;
  /** HTTP status; 0 if no reply was the reason. */
  status: number;
  count: number;
}

/** Codes of calls that the page itself has ended. */
const ENDED = ['aborted', 'closed'];

export class DataCalls {
  #open = new Map<string, string>();
  /** The last refusal of each kind of call since its last good reply. */
  readonly refused = new Map<string, Refusal>();

  begin(callId: unknown, kind: unknown): void {
    this.#open.set(`${callId}`, `${kind}`);
  }

  settle(callId: string, isGood: boolean, json: string): void {
    const kind = this.#open.get(callId);
    if (kind === undefined) return;
    this.#open.delete(callId);
    const [code, message] = [textIn(json, 'code'), textIn(json, 'message')];
    if (ENDED.includes(code)) return;
    const before = this.refused.get(kind);
    this.refused.delete(kind);
    if (isGood) return;
    const count = before?.code === code && before.message === message ? before.count + 1 : 1;
    this.refused.set(kind, { kind, code, message, status: Number(memberIn(json, 'status')) || 0, count });
  }
}

/** Members in which services put the sentence about an error. */
const SENTENCES = ['message', 'error', 'detail', 'error_description', 'title', 'errors'];

const sentenceOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (!value || typeof value !== 'object') return '';
  if (Array.isArray(value)) return sentenceOf(value[0]);
  for (const name of SENTENCES) {
    const found = sentenceOf((value as Record<string, unknown>)[name]);
    if (found) return found;
  }
  return '';
};

/** Returns what the reply says about its error, in the service's own words; '' if it says nothing. */
export const sentenceIn = (reply: string): string => {
  try {
    return sentenceOf(JSON.parse(reply)).slice(0, 300);
  } catch {
    // A page of HTML says nothing about the call.
    return /^\s*</.test(reply) ? '' : reply.trim().slice(0, 160);
  }
};
