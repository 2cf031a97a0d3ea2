/** The event queue: its counts, its state and its buttons. Dispatches `acted` after a button was used. */
import { h } from '../dom.js';

const figures = ['queued', 'sent', 'retrying', 'failed', 'dropped'];

const sum = (reasons) => Object.values(reasons ?? {}).reduce((total, n) => total + n, 0);

function age(sinceMs, nowMs) {
  // oldestMs may be a time or an age; a time is far larger than any age.
  const ms = sinceMs > 1e11 ? nowMs - sinceMs : sinceMs;
  return ms < 1000
    ? `${Math.max(0, Math.round(ms))} ms`
    : ms < 120_000
      ? `${Math.round(ms / 1000)} s`
      : `${Math.round(ms / 60_000)} min`;
}

export function queueView(vitrine) {
  const cells = Object.fromEntries(figures.map((name) => [name, h('dd', {}, '0')]));
  const state = h('p', { class: 'panel-state' });
  const said = h('p', { class: 'panel-said', role: 'status' });
  let paused = false;

  const act = async (action) => {
    try {
      said.textContent = (await action()) ?? '';
    } catch (error) {
      said.textContent = error.message;
    }
    element.dispatchEvent(new Event('acted'));
  };
  const lever = (name, action) => h('button', { type: 'button', onclick: () => act(action) }, name);
  const hold = lever('Pause', () => {
    paused = !paused;
    if (paused) vitrine.events.pause();
    else vitrine.events.resume();
    hold.textContent = paused ? 'Resume' : 'Pause';
    return paused ? 'Sending is paused; events are kept.' : 'Sending goes on.';
  });

  const element = h(
    'section',
    {},
    h(
      'dl',
      { class: 'panel-figures' },
      figures.map((name) => h('div', { 'data-figure': name }, h('dt', {}, name), cells[name])),
    ),
    h(
      'div',
      { class: 'panel-levers' },
      lever('Flush', async () => `${(await vitrine.events.flush()).delivered} delivered.`),
      hold,
      lever('Reset', () => {
        vitrine.reset();
        return 'A new visitor, a new session.';
      }),
    ),
    said,
    state,
  );

  function show(metrics) {
    for (const name of figures) cells[name].textContent = name === 'dropped' ? sum(metrics.dropped) : metrics[name];
    const reasons = Object.entries(metrics.dropped ?? {})
      .map(([reason, n]) => `${n} ${reason}`)
      .join(', ');
    state.textContent = [
      metrics.runtime,
      metrics.storage,
      metrics.bytes ? `${metrics.bytes} bytes waiting` : 'nothing waiting',
      metrics.queued && metrics.oldestMs ? `oldest ${age(metrics.oldestMs, Date.now())}` : '',
      reasons && `dropped: ${reasons}`,
      metrics.lastError &&
        `last error: ${typeof metrics.lastError === 'object' ? metrics.lastError.message : metrics.lastError}`,
    ]
      .filter(Boolean)
      .join(' · ');
  }
  return { element, show };
}
