// The frame of each page: header with search, navigation, contents.

import { escapeHtml } from './markdown.mjs';

/**
 * @typedef {{ title: string, links: { address: string, label: string }[] }} Group
 * @typedef {object} Content
 * @property {string} address of the page, from the site's root
 * @property {string} title
 * @property {string} html
 * @property {import('./markdown.mjs').Heading[]} headings
 * @property {Group[]} groups the navigation, with addresses from the site's root
 * @property {string} version of the package
 * @property {string[]} scripts further scripts, in the order in which they run; addresses from the site's root
 */

/** Returns the way from a page to the site's root: '' or '../'s. */
export const wayUp = (address) => '../'.repeat(address.split('/').length - 1);

/** Returns the mark of a link in the navigation: of the page itself, or of the entry whose reference the page is in. */
const markOf = (page, address, addresses) => {
  if (page === address) return ' aria-current="page"';
  const around = addresses
    .filter((each) => each.startsWith('api/') && page.startsWith(each.replace('index.html', '')))
    .sort((a, b) => b.length - a.length);
  return !addresses.includes(page) && around[0] === address ? ' aria-current="true"' : '';
};

const navigation = (groups, page) => {
  const up = wayUp(page);
  const addresses = groups.flatMap(({ links }) => links.map(({ address }) => address));
  const item = ({ address, label }) => {
    const mark = markOf(page, address, addresses);
    return `<li><a href="${up}${address}"${mark}>${escapeHtml(label)}</a></li>`;
  };
  return groups
    .map(
      ({ title, links }) => `<p class="nav-title">${escapeHtml(title)}</p>\n<ul>\n${links.map(item).join('\n')}\n</ul>`,
    )
    .join('\n');
};

const contents = (headings) => {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length < 2) return '';
  const items = shown
    .map(({ level, id, text }) => `<li class="toc-${level}"><a href="#${id}">${escapeHtml(text)}</a></li>`)
    .join('\n');
  return `<nav class="toc" aria-labelledby="site_toc"><p id="site_toc">On this page</p><ul>\n${items}\n</ul></nav>`;
};

/** Returns the links to the pages before and after this one in the navigation. */
const neighbours = (groups, page) => {
  const links = groups.flatMap((group) => group.links);
  const i = links.findIndex(({ address }) => address === page);
  if (i < 0) return '';
  const up = wayUp(page);
  const link = (to, rel, word) =>
    to
      ? `<a class="${rel}" rel="${rel}" href="${up}${to.address}"><span>${word}</span> ${escapeHtml(to.label)}</a>`
      : '<span></span>';
  const both = link(links[i - 1], 'prev', 'Before:') + link(links[i + 1], 'next', 'Next:');
  return `<nav class="neighbours" aria-label="Pages before and after">${both}</nav>`;
};

/**
 * Returns the whole page.
 * @param {Content} content
 */
export const layOut = ({ address, title, html, headings, groups, version, scripts }) => {
  const up = wayUp(address);
  const name = address === 'index.html' ? 'Vitrine' : `${title} · Vitrine`;
  const tags = scripts.map((script) => `<script defer src="${up}${script}"></script>\n`).join('');
  return `<!doctype html>
<html lang="en" data-root="${up}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(name)}</title>
<link rel="icon" href="${up}assets/icon.svg">
<link rel="stylesheet" href="${up}assets/site.css">
<script src="${up}assets/theme.js"></script>
<script defer src="${up}assets/site.js"></script>
${tags}</head>
<body>
<a class="skip" href="#site_text">Skip to the text</a>
<header class="top">
<button type="button" class="menu" aria-expanded="false" aria-controls="site_nav" hidden>Menu</button>
<a class="logo" href="${up}index.html">
<img src="${up}assets/icon.svg" alt="" width="24" height="24"><span>Vitrine</span>
<small>${escapeHtml(version)}</small></a>
<form class="find" role="search" hidden>
<label class="unseen" for="site_find">Search the documentation</label>
<input id="site_find" type="search" placeholder="Search"
 autocomplete="off" spellcheck="false" aria-controls="site_found" aria-keyshortcuts="/">
<p class="unseen" id="site_count" role="status"></p>
<ul id="site_found" hidden></ul>
</form>
<button type="button" class="theme" hidden>Dark</button>
</header>
<div class="frame">
<nav class="nav" id="site_nav" aria-label="Pages">
${navigation(groups, address)}
</nav>
<main id="site_text" tabindex="-1">
${html}
${neighbours(groups, address)}
</main>
${contents(headings)}
</div>
</body>
</html>
`;
};
