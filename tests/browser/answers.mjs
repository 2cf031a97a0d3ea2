// A page whose recommendation requests get their replies from the test: it controls content and time.

/**
 * For `before` of openSite. In the page then: answers.asked counts requests; answers.next holds replies, each {status?,
 * text} or a promise of one, of which the last stays for all later requests; answers.put(attributes, children?) puts a
 * widget into the page.
 */
export const answering = `
  window.answers = {
    asked: 0,
    next: [],
    put(attributes, html) {
      const widget = document.createElement('vitrine-widget');
      const all = { 'anchor-id': 'SKU-1', 'top-k': 4, load: 'eager', currency: 'EUR', ...attributes };
      for (const name in all) if (all[name] !== null) widget.setAttribute(name, all[name]);
      (document.querySelector('main') || document.body).append(widget);
      return widget;
    },
    slate(count, change) {
      const results = Array.from({ length: count }, (_, i) => ({
        productId: 'p' + i,
        metadata: {
          name: 'Product ' + i, brand: 'Brand', url: '/product/p' + i, imageUrl: '/none.svg',
          price: 10 + i, currency: 'EUR', rating: 4, ratingCount: 3,
        },
      }));
      const reply = { serveId: 'sv_1', results };
      return JSON.stringify((change && change(reply)) || reply);
    },
  };
  const real = window.fetch;
  window.fetch = async (url, init) => {
    if (!/\\/recs(\\/|$)/.test(String(url))) return real.call(window, url, init);
    answers.asked++;
    const { status = 200, text } = await (answers.next.length > 1 ? answers.next.shift() : answers.next[0]);
    return new Response(text, { status });
  };`;
