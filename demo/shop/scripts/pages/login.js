import '../frame.js';
import { account, logIn, logOut, orders } from '../account.js';
import { find, h } from '../dom.js';
import { money } from '../money.js';

function welcome(user) {
  const made = orders();
  const day = new Intl.DateTimeFormat('en-IE', { dateStyle: 'long' });
  return [
    h('h1', {}, `Hello, ${user.name}`),
    h('p', {}, 'You are logged in as ', h('strong', {}, user.email), '.'),
    h('h2', {}, 'Orders made here'),
    made.length
      ? h(
          'ul',
          { class: 'orders' },
          made.map((o) =>
            h(
              'li',
              {},
              h('a', { href: `/order-done?order=${encodeURIComponent(o.id)}` }, o.id),
              h('span', { class: 'quiet' }, day.format(o.at)),
              h('span', {}, money(o.total)),
            ),
          ),
        )
      : h('p', { class: 'quiet' }, 'None yet.'),
    h(
      'button',
      {
        class: 'button button-plain',
        type: 'button',
        onclick: () => {
          logOut();
          location.assign('/');
        },
      },
      'Log out',
    ),
  ];
}

function logInForm() {
  return [
    h('h1', {}, 'Log in'),
    h(
      'p',
      {},
      'Any e-mail address will do: this is a demonstration, and it never leaves your browser. ' +
        'The recommendation service gets an opaque number.',
    ),
    h(
      'form',
      {
        class: 'fields',
        onsubmit: (event) => {
          event.preventDefault();
          const { email, name } = event.currentTarget.elements;
          logIn(email.value, name.value);
          location.assign('/');
        },
      },
      h(
        'label',
        { class: 'field' },
        'E-mail',
        h('input', {
          name: 'email',
          type: 'email',
          required: true,
          autocomplete: 'email',
          placeholder: 'ada@example.org',
        }),
      ),
      h(
        'label',
        { class: 'field' },
        h('span', {}, 'Name ', h('span', { class: 'quiet' }, '(as we should greet you)')),
        h('input', { name: 'name', autocomplete: 'given-name', maxlength: 40 }),
      ),
      h('button', { class: 'button', type: 'submit' }, 'Log in'),
    ),
  ];
}

const user = account();
find('#account').replaceChildren(...(user ? welcome(user) : logInForm()));
