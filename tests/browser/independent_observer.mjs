// Observes independently which products a shopper saw in the demo shop, without code of the package.

/**
 * Runs in each page before its own scripts, so it must not import anything. Creates `window.sight`:
 * - lists(): the lists of products on the page, {source, itemIds}
 * - isReady(): the page is filled and Vitrine is up
 * - views(): {source, itemId, position, longestMs, knownMs, currentMs} of each product that was in view: the longest
 *   time in view without a break; the part of that time after isReady() was first true (Vitrine may miss an earlier
 *   one); and the time in view that has not ended (0: the product is out of view)
 */
export const watchSight = () => {
  const kProduct = '.vitrine-item, .card[data-id], article.product';
  // MRC: for items of this size or more 30 % are enough.
  const kLargePx = 242_500;
  const sights = new Map();
  let readyMs = Infinity;
  const until = ({ since, longestMs, knownMs }, time) => ({
    longestMs: Math.max(longestMs, time - since),
    knownMs: Math.max(knownMs, time - Math.max(since, readyMs)),
  });

  // The shop's own cards inside a widget are its fallback, and are reported only if the widget fails.
  const sourceOf = (element) => {
    const widget = element.closest('vitrine-widget');
    if (widget) return element.matches('.vitrine-item, vitrine-widget') ? widget.getAttribute('source') : undefined;
    if (element.closest('#reduced')) return 'reduced';
    if (element.closest('#product')) return 'product';
    if (element.closest('#listing')) return location.pathname.split('/')[1];
    return undefined;
  };
  const describe = (element) => {
    const { vitrineItem, vitrinePosition, id } = element.dataset;
    if (vitrinePosition) return { itemId: vitrineItem, position: Number(vitrinePosition) };
    if (id) return { itemId: id, position: [...element.parentNode.children].indexOf(element) };
    return { itemId: location.pathname.split('/')[2], position: 0 };
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const {
        target,
        intersectionRatio,
        boundingClientRect: { width, height },
        time,
      } of entries) {
        const source = sourceOf(target);
        // A removed item has no list any more, so the list is stored when the item appears.
        if (!sights.has(target) && !source) continue;
        const sight = sights.get(target) ?? { source, ...describe(target), longestMs: 0, knownMs: 0, since: undefined };
        sights.set(target, sight);
        if (intersectionRatio >= (width * height >= kLargePx ? 0.3 : 0.5)) sight.since ??= time;
        else if (sight.since !== undefined) {
          Object.assign(sight, until(sight, time), { since: undefined });
        }
      }
    },
    { threshold: [0, 0.3, 0.5] },
  );
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const product of [...(node.matches(kProduct) ? [node] : []), ...node.querySelectorAll(kProduct)])
          observer.observe(product);
      }
    }
  }).observe(document, { childList: true, subtree: true });

  const idsIn = (root, selector) => [...root.querySelectorAll(selector)].map((element) => describe(element).itemId);
  window.sight = {
    lists() {
      const widgets = [...document.querySelectorAll('vitrine-widget')];
      const lists = widgets.map((widget) => ({ source: sourceOf(widget), itemIds: idsIn(widget, '.vitrine-item') }));
      for (const name of ['reduced', 'listing', 'product']) {
        const root = document.getElementById(name);
        if (root)
          lists.push({
            source: sourceOf(root),
            itemIds: idsIn(root, name === 'product' ? 'article.product' : '.card[data-id]'),
          });
      }
      return lists;
    },
    isReady() {
      const widgets = [...document.querySelectorAll('vitrine-widget')];
      const isReady =
        document.readyState === 'complete' &&
        !!window.Vitrine &&
        document.querySelector('#foot')?.children.length > 0 &&
        widgets.every((widget) => widget.getAttribute('state') === 'ready') &&
        (widgets.length > 0 || !document.querySelector('.room[id]')) &&
        this.lists().every(({ itemIds }) => itemIds.length > 0);
      if (isReady) readyMs = Math.min(readyMs, performance.now());
      return isReady;
    },
    views() {
      const now = performance.now();
      return [...sights.values()].map(({ since, ...sight }) =>
        since === undefined
          ? { ...sight, currentMs: 0 }
          : { ...sight, currentMs: now - since, ...until({ since, ...sight }, now) },
      );
    },
  };
};
