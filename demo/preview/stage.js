/** The page in the frame: one widget, as the settings in the preview's address have it. */
import { attributesOf, configOf } from './request.js';
import { readSettings, tokensOf } from './settings.js';
import { tokens } from './vocabulary.js';

const tell = (message) => parent.postMessage({ from: 'stage', ...message }, location.origin);

function dress(settings) {
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

/** What the stylesheet gives the theme's properties, as the widget has them now. */
function themeOf(widget) {
  const probe = document.createElement('i');
  widget.append(probe);
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

// Trusted Types ask of every script's text where it comes from, also of one that no browser runs.
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
  // Elsewhere it would stand where the skeleton is to be seen.
  if (['empty', 'error'].includes(settings.state)) {
    const standIn = document.createElement('p');
    standIn.className = 'stand-in';
    standIn.textContent = 'The shop’s own fallback stands here.';
    widget.append(standIn);
  }
  return widget;
}

const settings = await readSettings(parent.location.hash);
window.stagePlan.state = settings.state;
window.stagePlan.reply = settings.reply;
dress(settings);

window.vitrine ||= (...call) => (window.vitrine.q ||= []).push([Date.now(), call]);
window.vitrine('init', configOf(settings));
if (settings.kind === 'forUser' && settings.user) window.vitrine('identify', settings.user);

const widget = widgetOf(settings);
document.body.append(widget);

function report() {
  // Stale is what a widget becomes that asks again, and is not answered.
  if (settings.state === 'stale' && widget.getAttribute('state') === 'ready') widget.refresh?.();
  tell({
    what: 'state',
    state: widget.getAttribute('state') ?? '',
    items: widget.querySelectorAll('[data-vitrine-item]').length,
  });
  tell({ what: 'theme', values: themeOf(widget) });
}
new MutationObserver(report).observe(widget, { attributes: true, attributeFilter: ['state'] });
report();

new ResizeObserver(() =>
  tell({ what: 'height', height: Math.ceil(document.body.getBoundingClientRect().height) }),
).observe(document.body);

document.addEventListener('vitrine:add-to-cart', ({ detail }) =>
  tell({ what: 'cart', itemId: detail.itemId, quantity: detail.quantity, title: detail.title }),
);
// A shopper would leave the page; the preview stays.
document.addEventListener('click', (event) => {
  if (event.composedPath().some((node) => node.localName === 'a')) event.preventDefault();
});

// What changes looks alone needs no new page.
addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent || !data.settings) return;
  dress(data.settings);
  report();
});
