/** The frames: one for each configuration and width, each with a line that says what its widget shows. */
import { h } from '../scripts/dom.js';

const words = {
  loading: 'Loading: the space is reserved, nothing is drawn yet.',
  skeleton: 'Skeleton: shown when the service takes longer than 300 ms.',
  ready: (items) => `Ready: ${items} products.`,
  empty: 'Empty: the service has no products, the shop’s fallback is shown.',
  error: 'Error: the service failed, the shop’s fallback is shown.',
  stale: (items) => `Stale: ${items} earlier products, because the service fails now.`,
};

const leastHeight = 120;
/** Frames of several widths are drawn smaller, so that all can be seen; below this they scroll. */
const leastScale = 0.3;
const gap = 20;

/**
 * Makes the frames in `ground`.
 * @param changed called with (frame, message) for every message of a frame
 * @param resized called with the width in pixels to which the user has dragged the only frame
 */
export function framesIn(ground, { changed, resized }) {
  let all = [];
  let form = '';

  function make(config, width, index, count) {
    const isFirst = index === 0;
    const canvas = h('iframe', {
      id: isFirst ? 'canvas' : `canvas-${index}`,
      title: count > 1 ? `The widget ${config.toUpperCase()}, ${width || 'full'} wide` : 'The widget',
    });
    const frame = h('div', { class: 'frame', id: isFirst ? 'frame' : null }, canvas);
    const status = h('p', { class: 'status', id: isFirst ? 'status' : null, role: 'status' });
    const title = h('figcaption', { class: 'frame-title' });
    const figure = h('figure', { class: 'shown', 'data-config': config }, title, h('div', {}, frame), status);
    return { config, width, canvas, frame, status, title, figure, height: leastHeight, state: '', needs: '' };
  }

  /** Makes the frames anew if there are others than before. */
  function arrange(configs, widths) {
    const next = `${configs} ${widths.length}`;
    if (next !== form) {
      form = next;
      const count = configs.length * widths.length;
      all = configs.flatMap((config, i) => widths.map((width, j) => make(config, width, i * widths.length + j, count)));
      const rows = configs.map((config) =>
        h(
          'div',
          { class: 'shown-row' },
          all.filter((each) => each.config === config).map(({ figure }) => figure),
        ),
      );
      ground.replaceChildren(...rows);
      ground.dataset.form = `${configs.length} ${widths.length > 1 ? 'many' : 'one'}`;
      if (all.length === 1) observer.observe(all[0].frame);
    }
    all.forEach((each, i) => (each.width = widths[i % widths.length]));
    fit();
  }

  /** Gives each frame its size. Several widths share the row by one scale. */
  function fit() {
    const perRow = all.filter(({ config }) => config === all[0]?.config);
    const row = perRow[0]?.figure.parentElement;
    if (!row) return;
    const isMany = perRow.length > 1;
    const sum = perRow.reduce((total, { width }) => total + (width || 1024), 0);
    const free = row.clientWidth - gap * (perRow.length - 1);
    const scale = isMany ? Math.min(1, Math.max(leastScale, Math.floor((free / sum) * 1000) / 1000)) : 1;
    for (const { frame, canvas, width, height, figure, title, config } of all) {
      const shownWidth = width || (isMany ? 1024 : 0);
      frame.style.width = shownWidth ? `${shownWidth}px` : '';
      frame.style.transform = scale < 1 ? `scale(${scale})` : '';
      frame.toggleAttribute('data-narrowed', shownWidth > 0 && all.length === 1);
      canvas.style.height = `${height}px`;
      const holder = frame.parentElement;
      holder.style.width = isMany ? `${shownWidth * scale}px` : '';
      holder.style.height = isMany ? `${height * scale}px` : '';
      figure.style.width = isMany ? `${shownWidth * scale}px` : '';
      const letter = all.length > perRow.length ? `${config.toUpperCase()} · ` : '';
      const percent = scale < 1 ? ` · ${Math.round(scale * 100)} %` : '';
      title.textContent = `${letter}${Math.round(canvas.clientWidth)} px${percent}`;
    }
  }

  // The corner of the only frame can be dragged.
  let dragged;
  const observer = new ResizeObserver(() => {
    if (all.length !== 1) return;
    const [{ frame, canvas, title, width }] = all;
    title.textContent = `${Math.round(canvas.getBoundingClientRect().width)} px`;
    const now = frame.style.width && Math.round(frame.getBoundingClientRect().width);
    if (!now || now === width) return;
    clearTimeout(dragged);
    dragged = setTimeout(() => resized(now), 250);
  });
  new ResizeObserver(() => fit()).observe(ground);

  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== location.origin || data?.from !== 'canvas') return;
    const frame = all.find(({ canvas }) => canvas.contentWindow === source);
    if (!frame) return;
    if (data.what === 'height') {
      frame.height = Math.max(data.height, leastHeight);
      fit();
    }
    if (data.what === 'state') {
      frame.state = data.state;
      const text = words[data.state];
      const said = typeof text === 'function' ? text(data.items) : (text ?? '');
      frame.status.textContent = data.state === 'error' && frame.needs ? frame.needs : said;
      frame.status.dataset.state = data.state;
    }
    changed(frame, data);
  });

  const of = (config) => all.filter((each) => each.config === config);
  return {
    arrange,
    all: () => all,
    /**
     * Loads the widget of a configuration anew. `studio`: what its page reads from the frame. `needs`: what the user
     * must do before there can be products; '' if nothing.
     */
    load(config, studio, needs) {
      for (const each of of(config)) {
        each.canvas.studio = studio;
        each.needs = needs;
        each.state = '';
        each.measures = each.findings = null;
        each.canvas.contentWindow.location.replace(new URL('preview/canvas.html', document.baseURI));
      }
    },
    /** Tells all frames of a configuration, or all of them. */
    tell(config, message) {
      for (const { canvas } of config ? of(config) : all) canvas.contentWindow.postMessage(message, location.origin);
    },
  };
}
