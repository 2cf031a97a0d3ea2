/** Measures the widget in its frame: time of rendering, shift of the layout, requests, and findings of axe-core. */

/** Milliseconds after the last change for which a shift still belongs to the widget. */
const settledMs = 500;

/**
 * Begins to measure.
 * @param following the element after the widget, whose place is watched
 * @param tell called with the measures whenever they change
 */
export function measure(following, tell) {
  const canShift = PerformanceObserver.supportedEntryTypes?.includes('layout-shift') ?? false;
  const measures = { renderMs: null, readyMs: null, shift: canShift ? 0 : null, moved: 0 };
  /** When Vitrine began to work on the widget. What moves before, only the page can prevent. */
  let begunAt = Infinity;
  /** When the placeholder, with which Vitrine begins, has been drawn. Its own coming is no shift of the widget. */
  let drawnAt = Infinity;
  let isOver = false;
  let ending;
  let top = null;

  const publish = () => {
    const { requests, sent, received } = window.canvasWire;
    tell({ ...measures, requests, sent, received });
  };

  if (canShift)
    new PerformanceObserver((list) => {
      if (isOver) return;
      for (const entry of /** @type {any[]} */ (list.getEntries()))
        if (entry.startTime >= drawnAt) measures.shift += entry.value;
      publish();
    }).observe({ type: 'layout-shift', buffered: true });

  const place = () => following.getBoundingClientRect().top + scrollY;
  new ResizeObserver(() => {
    const now = place();
    if (!isOver && top !== null && begunAt < Infinity) measures.moved += Math.abs(now - top);
    top = now;
    publish();
  }).observe(document.body);

  return {
    /** Called when the widget has come into a state. */
    reached(state) {
      if (state && begunAt === Infinity) {
        begunAt = performance.now();
        top = null;
        const drawn = () => {
          drawnAt = performance.now();
          top ??= place();
        };
        requestAnimationFrame(() => requestAnimationFrame(drawn));
      }
      if (measures.readyMs === null && state === 'ready') {
        measures.readyMs = performance.now();
        measures.renderMs = measures.readyMs - window.canvasWire.repliedAt;
      }
      clearTimeout(ending);
      if (!['loading', 'skeleton', ''].includes(state)) ending = setTimeout(() => (isOver = true), settledMs);
      publish();
    },
    /** Called when the user changes the looks: what moves then is no fault. */
    end: () => (isOver = true),
  };
}

let axe;
/** axe-core refuses to run twice at once, so each run waits for the one before. */
let running = Promise.resolve();

/** Resolves to axe-core's findings in the element: [{rule, help, impact, places}]. */
export function audit(element) {
  const found = running.then(() => findingsIn(element));
  running = found.then(
    () => {},
    () => {},
  );
  return found;
}

async function findingsIn(element) {
  axe ??= import(new URL('vendor/axe.js', import.meta.url).href).then((module) => module.default);
  const run = await axe;
  // Colours between two states have no meaning.
  for (const animation of document.getAnimations())
    if (animation.effect?.getTiming().iterations !== Infinity) animation.finish();
  const { violations } = await run.run(element, { resultTypes: ['violations'] });
  return violations.map(({ id, help, impact, nodes }) => ({
    rule: id,
    help,
    impact,
    places: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`),
  }));
}
