// The events of a widget. Each has two names, because JSX and some templates take no colon in a name.

/**
 * Dispatches `vitrine:<name>`, then `vitrine-<name>`, with the same detail. Returns false if a listener has prevented
 * one of them.
 * @param isAnswered for events that listeners may answer or prevent: returns whether a listener has answered. An event
 * that was answered or prevented under its first name is not dispatched under the second, so that a listener to both
 * names acts once
 */
export const emit = (widget: Element, name: string, detail: object, isAnswered?: () => unknown): boolean => {
  const cancelable = !!isAnswered;
  const send = (sign: string) =>
    widget.dispatchEvent(
      new CustomEvent('vitrine' + sign + name, { bubbles: true, composed: true, cancelable, detail }),
    );
  return send(':') && (!!isAnswered?.() || send('-'));
};
