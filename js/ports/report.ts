// The one way of JavaScript to the console, and to the shop's own error report (`onError`).

import { VitrineError } from '../types/errors.js';

/** Receives the faults that no caller gets. */
export type OnError = (error: VitrineError) => unknown;

/** A line of the console: its level, message and code. */
export type Line = [level: 'info' | 'warn' | 'error', message: string, code: string];

/** The last lines that were written, oldest first, for the debug overlay, which may be opened behind them. */
export const lines: Line[] = [];
const MOST_LINES = 99;

/** Returns the text of any value; a value whose text cannot be read gives '?'. */
export const textOf = (value: unknown): string => {
  try {
    return `${value}`;
  } catch {
    return '?';
  }
};

/**
 * Writes one line to the console, `[vitrine] <message> (<code>)`, and passes a fault to `onError`. Never throws by
 * itself: the page may have removed or replaced the console.
 * @param level `info` is no fault: `onError` does not receive it
 * @param message says what happened and what to do, in sentences
 * @param code stable reason, listed in docs/errors.md
 * @param cause the exception behind the fault, if there is one; a VitrineError goes to `onError` as it is
 * @param onError receives the fault; must not throw
 */
export const report = (
  level: 'info' | 'warn' | 'error',
  message: string,
  code: string,
  cause?: unknown,
  onError?: OnError,
): void => {
  const isTyped = cause instanceof VitrineError;
  if (lines.push([level, message, code]) > MOST_LINES) lines.shift();
  const line = `[vitrine] ${message} (${code})`;
  try {
    // An exception of the page is written too, because its stack leads to its place.
    if (cause === undefined || isTyped) console[level](line);
    else console[level](line, cause);
  } catch {
    // Without a console the line is lost, and the page goes on.
  }
  if (level !== 'info') onError?.(isTyped ? cause : new VitrineError(message, { code, cause }));
};
