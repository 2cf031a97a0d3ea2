// The script of each page: the menu on a phone, the colours, buttons that copy code, and the search.

import { openSearch } from './search.js';

const find = (selector) => document.querySelector(selector);

const openMenu = () => {
  const [button, nav] = [find('.menu'), find('.nav')];
  const show = (isOpen) => {
    button.setAttribute('aria-expanded', String(isOpen));
    nav.classList.toggle('open', isOpen);
  };
  button.hidden = false;
  document.documentElement.classList.add('scripted');
  button.addEventListener('click', () => show(button.getAttribute('aria-expanded') !== 'true'));
  nav.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || button.getAttribute('aria-expanded') !== 'true') return;
    show(false);
    button.focus();
  });
  // On a desk the page's own link comes into view; the page itself does not move.
  const here = find('.nav [aria-current]');
  if (here) nav.scrollTop = here.offsetTop - nav.clientHeight / 3;
};

const openTheme = () => {
  const button = find('.theme');
  const isDark = () =>
    (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : '')) ===
    'dark';
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  };
  button.hidden = false;
  show();
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem('vitrine-docs:theme', theme);
    } catch {
      // The choice holds for this page.
    }
    show();
  });
};

const openCopies = () => {
  const status = document.createElement('p');
  status.className = 'unseen';
  status.setAttribute('role', 'status');
  document.body.append(status);
  for (const block of document.querySelectorAll('.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy the code');
    button.addEventListener('click', async () => {
      let text = 'Copied';
      try {
        await navigator.clipboard.writeText(block.querySelector('code').textContent);
      } catch {
        text = 'Not allowed';
      }
      button.textContent = text;
      status.textContent = text;
      setTimeout(() => {
        button.textContent = 'Copy';
        status.textContent = '';
      }, 2000);
    });
    block.append(button);
  }
};

openMenu();
openTheme();
openCopies();
openSearch(find('.find'));
