/** The bar that steps through a session: buttons, a slider, playing with a speed, and the keys. */

import { find } from './dom.js';
import { marks } from './replayed.js';

/** The longest pause between two inputs while playing, so that a shopper's lunch takes no hour. */
const LONGEST_MS = 1000;

const isTyping = (target) =>
  target.closest?.('input:not([type=range], [type=checkbox]), textarea, select, pre, [role=tab]');

/**
 * Opens the bar.
 * @param {object} page
 * @param {() => number} page.at the chosen step
 * @param {() => import('./replayed.js').Replayed | undefined} page.session
 * @param {ReturnType<typeof import('./list.js').openList>} page.list
 * @param {(index: number) => void} page.choose
 */
export const openPlayer = ({ at, session, list, choose }) => {
  const play = find('#play');
  const slider = find('#slider');
  const mark = find('#jump');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    play.textContent = 'Play';
    play.setAttribute('aria-pressed', 'false');
  };
  const goOn = () => {
    const next = list.beside(at(), 1);
    if (next === at()) return stop();
    const { steps } = session();
    const gapMs = Math.max(0, steps[next].atMs - steps[at()].atMs) / Number(find('#speed').value);
    timer = setTimeout(
      () => {
        choose(next);
        goOn();
      },
      Math.min(LONGEST_MS, gapMs),
    );
  };
  const start = () => {
    if (list.beside(at(), 1) === at()) choose(list.first());
    play.textContent = 'Pause';
    play.setAttribute('aria-pressed', 'true');
    goOn();
  };
  const go = (index) => {
    stop();
    choose(index);
  };

  /** Goes to the next step (1) or the one before (-1) that has the chosen mark. */
  const jump = (way) => {
    const has = (index) => session().marks[index][mark.value];
    const all = session().steps.map(({ index }) => index);
    const found = way > 0 ? all.find((i) => i > at() && has(i)) : all.findLast((i) => i < at() && has(i));
    if (found === undefined) {
      find('#jumped').textContent = `No ${marks[mark.value].toLowerCase()} ${way > 0 ? 'after' : 'before'} this input.`;
      return;
    }
    find('#jumped').textContent = '';
    go(found);
  };

  const actions = {
    first: () => go(list.first()),
    before: () => go(list.beside(at(), -1)),
    after: () => go(list.beside(at(), 1)),
    last: () => go(list.last()),
    next: () => jump(1),
    previous: () => jump(-1),
  };
  const keys = {
    ArrowUp: 'before',
    ArrowLeft: 'before',
    ArrowDown: 'after',
    ArrowRight: 'after',
    Home: 'first',
    End: 'last',
    n: 'next',
    p: 'previous',
  };
  for (const [name, act] of Object.entries(actions)) find(`#${name}`).addEventListener('click', act);
  play.addEventListener('click', () => (timer === undefined ? start() : stop()));
  slider.addEventListener('input', () => go(Number(slider.value)));
  addEventListener('keydown', (event) => {
    const action = actions[keys[event.key]];
    if (!action || !session() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    action();
  });

  return {
    stop,
    show() {
      const last = session().steps.length - 1;
      slider.max = String(last);
      slider.value = String(at());
      slider.setAttribute('aria-valuetext', `Input ${at()} of ${last}: ${session().words[at()]}`);
      find('#position').textContent = `${at()} / ${last}`;
    },
  };
};
