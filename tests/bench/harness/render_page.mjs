// The function that runs in the page of the render bench. It is sent there as text, and cannot use anything around it.

/**
 * Sets window.BENCH for a renderer (adapters/render/*.js) and the replies `texts`: the first, and two with other
 * prices. `first(k)`, `same(k)` and `changed(k)` render k times and resolve with the milliseconds of each rendering.
 */
export const setUp = ([texts, n]) => {
  const root = document.createElement('div');
  root.style.marginTop = '30000px'; // lazy pictures outside the window are not fetched
  document.body.append(root);
  texts.forEach((text) => RENDERER.prepare?.(text));

  const idle = () => new Promise((resolve) => setTimeout(resolve, 5));
  const nextTask = () =>
    new Promise((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = resolve;
      channel.port2.postMessage(0);
    });
  let place;
  let shown;
  const isThere = () => place.getElementsByTagName('img').length === n;
  const priceOf = (text) => JSON.parse(text).results[0].metadata.price.toFixed(2);
  const showsPrice = (price) => !!place.querySelector('li')?.textContent.includes(price);

  // A rendering ends when the value of render() has been awaited, with the microtasks that the rendering causes (the
  // browser has one for each picture). This holds for all renderers, with and without a promise. If the page does not
  // show the reply by then, the rendering ends in the first task that finds it shown.
  const timed = async (text, isDone) => {
    shown.ask?.();
    await idle();
    const started = performance.now();
    await shown.render(text);
    let ended = performance.now();
    while (!isDone() && performance.now() < started + 3000) {
      await nextTask();
      ended = performance.now();
    }
    if (!isDone()) throw new Error(`not shown: ${place.innerHTML.slice(0, 300)}`);
    return ended - started;
  };
  const times = async (k, step) => {
    const ms = [];
    for (let i = 0; i < k; i++) {
      await idle();
      ms.push(await step(i));
    }
    return ms;
  };

  window.BENCH = {
    first: (k) =>
      times(k, async () => {
        shown?.destroy?.();
        place = document.createElement('div');
        root.replaceChildren(place);
        shown = RENDERER.create(place);
        await idle();
        return timed(texts[0], isThere);
      }),
    same: (k) => times(k, () => timed(texts[0], isThere)),
    changed: (k) =>
      times(k, (i) => {
        const text = texts[1 + (i % 2)];
        const price = priceOf(text);
        return timed(text, () => showsPrice(price));
      }),
    /** Returns whether a title with all special characters is shown as it was written. */
    isEscaped: () =>
      place.textContent.includes(JSON.parse(texts[0]).results[0].metadata.name) && !place.querySelector('gtx'),
  };
};
