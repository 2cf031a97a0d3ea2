/** A quantity with a minus and a plus. */
import { h, icon } from './dom.js';

/**
 * Calls `onChange(quantity)` after each change. The element's `quantity` is the current value.
 * @param {number} quantity
 * @param {{ min?: number, max?: number, name: string, onChange?: (quantity: number) => void }} options
 */
export function stepper(quantity, { min = 1, max = 20, name, onChange = () => {} }) {
  const shown = h('output', {
    class: 'stepper-count',
    'data-vitrine-quantity': true,
    'aria-label': `Quantity of ${name}`,
  });
  const step = (by, label) =>
    h(
      'button',
      {
        type: 'button',
        'aria-label': `${label} ${name}`,
        onclick: () => {
          set(element.quantity + by);
          onChange(element.quantity);
        },
      },
      icon(by > 0 ? 'plus' : 'minus'),
    );
  const [less, more] = [step(-1, 'One less of'), step(1, 'One more of')];
  const element = h('div', { class: 'stepper' }, less, shown, more);
  function set(next) {
    element.quantity = Math.max(min, Math.min(max, next));
    shown.textContent = element.quantity;
    less.disabled = element.quantity <= min;
    more.disabled = element.quantity >= max;
  }
  set(quantity);
  return element;
}
