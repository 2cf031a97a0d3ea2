// Markdown to HTML without inline styles and scripts: headings with the anchors that the repository's host gives them,
// code that is highlighted at build time, and tables and code that a keyboard can scroll.

const escapeHtml = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Returns a block of code that a keyboard can scroll. */
const codeBlock = (code, name) =>
  `<div class="code"><pre tabindex="0" role="group" aria-label="Code${name}"><code>${code}</code></pre></div>\n`;

/** Languages of fences that the highlighter knows by another name. */
const kLanguages = { html: 'xml', vue: 'xml', jsx: 'javascript', liquid: 'xml' };

/** Returns the anchor of a heading, as GitHub makes it. */
export const slugOf = (text) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-');

/** Returns what a reader sees of inline tokens. */
const textOf = (tokens) =>
  tokens
    .map(({ type, content, children }) => {
      if (type === 'softbreak' || type === 'hardbreak') return ' ';
      if (children) return textOf(children);
      return type === 'text' || type === 'code_inline' ? content : '';
    })
    .join('');

/**
 * One page as HTML.
 * @typedef {{ level: number, id: string, text: string }} Heading
 * @typedef {{ id: string, heading: string, text: string }} Part the text below a heading, for the search
 * @typedef {{ html: string, title: string, headings: Heading[], parts: Part[] }} Rendered
 */

/**
 * Returns a function that renders Markdown. `resolve` gets the target of each link and picture, and returns its
 * address.
 * @param {(name: string) => Promise<any>} load
 * @returns {Promise<(source: string, resolve: (target: string, isPicture: boolean) => string) => Rendered>}
 */
export const openMarkdown = async (load) => {
  const [{ default: MarkdownIt }, { default: highlighter }] = await Promise.all([
    load('markdown-it'),
    load('highlight.js'),
  ]);
  const md = new MarkdownIt({ html: true });
  const { rules } = md.renderer;

  rules.fence = (tokens, i) => {
    const { info, content } = tokens[i];
    const [name = ''] = info.trim().split(/\s/);
    const language = kLanguages[name] ?? name;
    const isKnown = !!highlighter.getLanguage(language);
    const code = isKnown ? highlighter.highlight(content, { language }).value : escapeHtml(content);
    return codeBlock(code, name && `, ${escapeHtml(name)}`);
  };
  rules.code_block = (tokens, i) => codeBlock(escapeHtml(tokens[i].content), '');
  rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n';
  rules.table_close = () => '</table></div>\n';
  /** Makes a class of the alignment, because the pages have no inline styles. */
  const align = (token) => {
    const style = token.attrGet('style');
    if (!style) return;
    token.attrs = token.attrs.filter(([name]) => name !== 'style');
    token.attrJoin('class', style.replace('text-align:', 'to-'));
  };
  rules.td_open = (tokens, i, options, _env, self) => {
    align(tokens[i]);
    return self.renderToken(tokens, i, options);
  };
  // A header cell without a text is no header.
  rules.th_open = (tokens, i, options, _env, self) => {
    align(tokens[i]);
    if (tokens[i + 1].content.trim()) tokens[i].attrSet('scope', 'col');
    else tokens[i].tag = 'td';
    return self.renderToken(tokens, i, options);
  };
  rules.th_close = (tokens, i, options, _env, self) => {
    if (!tokens[i - 1].content.trim()) tokens[i].tag = 'td';
    return self.renderToken(tokens, i, options);
  };
  // Comments of the Markdown are for its writers and for the tests of the snippets.
  rules.html_block = (tokens, i) => tokens[i].content.replace(/<!--[\s\S]*?-->\s*/g, '');
  rules.html_inline = (tokens, i) => (tokens[i].content.startsWith('<!--') ? '' : tokens[i].content);
  rules.heading_open = (tokens, i) => `<${tokens[i].tag} id="${tokens[i].attrGet('id')}">`;
  rules.heading_close = (tokens, i) => {
    const { anchor, tag } = tokens[i];
    if (!anchor || tag === 'h1') return `</${tag}>\n`;
    const label = escapeHtml(`Link to “${anchor.text}”`);
    return ` <a class="anchor" href="#${anchor.id}" aria-label="${label}">#</a></${tag}>\n`;
  };
  rules.image = (tokens, i, _options, env) => {
    const address = escapeHtml(env.resolve(tokens[i].attrGet('src'), true));
    return `<img src="${address}" alt="${escapeHtml(textOf(tokens[i].children))}" loading="lazy">`;
  };
  rules.link_open = (tokens, i, options, env, self) => {
    tokens[i].attrSet('href', env.resolve(tokens[i].attrGet('href'), false));
    return self.renderToken(tokens, i, options);
  };

  return (source, resolve) => {
    const tokens = md.parse(source, {});
    const headings = /** @type {Heading[]} */ ([]);
    const parts = /** @type {Part[]} */ ([]);
    const seen = new Map();
    let level = 0;
    for (const [i, token] of tokens.entries()) {
      if (token.type === 'heading_open') {
        const text = textOf([tokens[i + 1]]);
        const slug = slugOf(text);
        const count = seen.get(slug) ?? 0;
        seen.set(slug, count + 1);
        const id = count ? `${slug}-${count}` : slug;
        // A page has one heading of the first level, and no level is left out.
        const wanted = headings.length ? Math.max(2, Number(token.tag.slice(1))) : 1;
        level = Math.min(wanted, level + 1);
        token.tag = `h${level}`;
        token.attrSet('id', id);
        const close = tokens.slice(i).find(({ type }) => type === 'heading_close');
        Object.assign(close, { tag: token.tag, anchor: { id, text } });
        headings.push({ level, id, text });
        parts.push({ id, heading: text, text: '' });
      } else if (['inline', 'fence', 'code_block'].includes(token.type) && tokens[i - 1]?.type !== 'heading_open') {
        const part = parts.at(-1);
        if (part) part.text += `${token.type === 'inline' ? textOf([token]) : token.content} `;
      }
    }
    const html = md.renderer.render(tokens, md.options, { resolve });
    return { html, title: headings[0]?.text ?? '', headings, parts };
  };
};

export { escapeHtml };
