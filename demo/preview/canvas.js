/** The page in the frame: one widget with the settings in the preview's address. */
import { attributesOf, configOf } from './request.js';
import { readSettings, tokensOf } from './settings.js';
import { tokens } from './vocabulary.js';

const send = (message) => parent.postMessage({ from: 'canvas', ...message }, location.origin);

function applyTheme(settings) {
  const root = document.documentElement;
  root.lang = settings.lang;
  root.dir = settings.dir;
  root.classList.toggle('light', settings.scheme === 'light');
  root.classList.toggle('dark', settings.scheme === 'dark');
  for (const name of [...root.style].filter((each) => each.startsWith('--vitrine-'))) root.style.removeProperty(name);
  for (const [name, value] of tokensOf(settings)) root.style.setProperty(name, value);
}

const hex = (rgb) =>
  '#' +
  (rgb.match(/[\d.]+/g) ?? [])
    .slice(0, 3)
    .map((part) => Math.round(part).toString(16).padStart(2, '0'))
    .join('');

/** Returns the current values of the theme's properties on the widget. */
function themeOf(widget) {
  const probe = document.createElement('i');
  (widget.querySelector('[data-vitrine-view]') ?? widget).append(probe);
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const values = {};
  for (const [property, , kind] of tokens) {
    const own = `var(${property.replace('--vitrine-', '--_')})`;
    probe.style.cssText = '';
    probe.style.setProperty(kind === 'color' ? 'color' : 'padding-left', own);
    const { color, paddingLeft } = getComputedStyle(probe);
    const plain = getComputedStyle(probe).getPropertyValue(property.replace('--vitrine-', '--_')).trim();
    values[property] = { color: hex(color), length: `${parseFloat(paddingLeft) / rem}rem`, number: plain }[kind];
  }
  probe.remove();
  return values;
}

// Trusted Types check the text of every script element, also of a template that no browser runs.
const policy = window.trustedTypes?.createPolicy('preview', { createScript: (text) => text });
const inert = (text) => (policy ? policy.createScript(text) : text);

function widgetOf(settings) {
  const widget = document.createElement('vitrine-widget');
  for (const [name, value] of Object.entries(attributesOf(settings))) widget.setAttribute(name, value);
  if (settings.own) {
    const template = document.createElement('script');
    template.type = 'text/x-mustache';
    template.setAttribute('name', settings.part);
    template.text = inert(settings.own);
    widget.append(template);
  }
  // In the other states a fallback would cover the skeleton.
  if (['empty', 'error'].includes(settings.state)) {
    const standIn = document.createElement('p');
    standIn.className = 'stand-in';
    standIn.textContent = 'The shop’s own fallback.';
    widget.append(standIn);
  }
  return widget;
}

const settings = await readSettings(parent.location.hash);
window.canvasPlan.state = settings.state;
window.canvasPlan.reply = settings.reply;
applyTheme(settings);

window.vitrine ||= (...call) => (window.vitrine.q ||= []).push([Date.now(), call]);
window.vitrine('init', configOf(settings));
if (settings.kind === 'forUser' && settings.user) window.vitrine('identify', settings.user);

const widget = widgetOf(settings);
document.body.append(widget);

function report() {
  // A widget becomes stale when it refreshes and the request fails.
  if (settings.state === 'stale' && widget.getAttribute('state') === 'ready') widget.refresh?.();
  send({
    what: 'state',
    state: widget.getAttribute('state') ?? '',
    items: widget.querySelectorAll('[data-vitrine-item]').length,
  });
  send({ what: 'theme', values: themeOf(widget) });
}
new MutationObserver(report).observe(widget, { attributes: true, attributeFilter: ['state'] });
report();

new ResizeObserver(() =>
  send({ what: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) }),
).observe(document.body);

document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
  send({ what: 'cart', itemId: detail.itemId, quantity: detail.quantity, title: detail.title }),
);
// Links do nothing here, because the preview must stay open.
document.addEventListener('click', (event) => {
  if (event.composedPath().some((node) => node instanceof Element && node.localName === 'a')) event.preventDefault();
});

// A change of looks needs no new page.
addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent || !data.settings) return;
  applyTheme(data.settings);
  report();
});
