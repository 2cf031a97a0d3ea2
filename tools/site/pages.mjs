// The pages of the site: their Markdown files, their addresses and their order in the navigation.

import { readdirSync } from 'node:fs';
import { root } from '../steps.mjs';

/**
 * @typedef {{ source: string, address: string, label?: string }} Page `label`: the name in the navigation; default: the
 * page's heading
 * @typedef {{ title: string, pages: Page[] }} Section
 */

/** Returns the address of a page in docs/: its own path, and index.html for a README. */
const addressOf = (source) =>
  source.replace(/^docs\//, '').replace(/(README)?\.md$/, (_, isReadme) => (isReadme ? 'index.html' : '.html'));

/** @returns {Page} */
const page = (source, label = undefined, address = addressOf(source)) => ({ source, address, label });

const decisions = () =>
  readdirSync(`${root}docs/decisions`)
    .filter((name) => /^\d+.*\.md$/.test(name))
    .sort()
    .map((name) => page(`docs/decisions/${name}`));

/** @returns {Section[]} */
export const sections = () => [
  {
    title: 'Start',
    pages: [
      page('docs/start/README.md', 'Start here', 'index.html'),
      page('docs/start/script-tag.md', 'A script tag'),
      page('docs/start/application.md', 'React, Vue, npm'),
      page('docs/start/studio.md', 'The studio'),
      page('docs/start/server.md', 'Node and e-mails'),
      page('README.md', 'The whole picture', 'overview.html'),
      page('docs/glossary.md', 'Words'),
    ],
  },
  {
    title: 'Services',
    pages: [
      page('docs/services/README.md', 'Choose a service'),
      page('docs/services/refine.md', 'Refine'),
      page('docs/services/depict.md', 'Depict'),
      page('docs/services/richrelevance.md', 'RichRelevance'),
      page('docs/services/doofinder.md', 'Doofinder'),
      page('wasm/services/README.md', 'All four compared', 'services/compared.html'),
      page('docs/queries.md'),
      page('docs/beside-vendors.md', 'Beside their scripts'),
    ],
  },
  {
    title: 'The shop',
    pages: [
      page('js/README.md', 'Markup, views, calls', 'page.html'),
      page('widget/README.md', 'Widgets and templates', 'widgets.html'),
      page('docs/frameworks.md'),
      page('docs/npm.md'),
      page('docs/loading.md'),
      page('docs/shops.md', 'Shop systems'),
      page('docs/bridges.md', 'Data layer'),
      page('docs/plugins.md'),
      page('docs/money.md'),
    ],
  },
  {
    title: 'Events',
    pages: [
      page('docs/viewability.md', 'What counts as viewed'),
      page('docs/page-views.md'),
      page('docs/wire.md', 'The wire'),
      page('docs/delivery.md'),
      page('docs/formats.md', 'Other pipelines'),
      page('docs/server.md'),
      page('docs/performance.md', 'Performance'),
    ],
  },
  {
    title: 'Privacy and security',
    pages: [
      page('docs/privacy.md'),
      page('docs/consent.md'),
      page('docs/identity.md'),
      page('docs/storage.md'),
      page('SECURITY.md', undefined, 'security.html'),
    ],
  },
  {
    title: 'Moving to Vitrine',
    pages: [
      page('docs/migrate/README.md', 'How to move'),
      page('docs/migrate/snowplow.md', 'From Snowplow'),
      page('docs/migrate/segment.md', 'From Segment'),
      page('docs/migrate/ga4.md', 'From Google Analytics 4'),
      page('docs/migrate/algolia-insights.md', 'From Algolia Insights'),
      page('docs/migrate/depict.md', "From Depict's client"),
      page('docs/migrate/richrelevance.md', "From RichRelevance's script"),
    ],
  },
  {
    title: 'Help',
    pages: [
      page('docs/debug.md', 'The debug overlay'),
      page('docs/replay.md', 'Replay of a session'),
      page('docs/errors.md', 'Errors'),
      page('docs/public-names.md', 'Errors, products, options'),
      page('CHANGELOG.md', 'Changes', 'changes.html'),
    ],
  },
  {
    title: 'How it is made',
    pages: [
      page('docs/README.md', 'For developers', 'developers.html'),
      page('docs/architecture.md'),
      page('docs/rendering.md'),
      page('docs/seam.md'),
      page('docs/testing.md'),
      page('docs/releasing.md'),
      page('demo/README.md', undefined, 'demo.html'),
      page('CONTRIBUTING.md', undefined, 'contributing.html'),
      page('docs/decisions/README.md'),
    ],
  },
];

/** Pages that are not in the navigation. @returns {Page[]} */
export const hiddenPages = () => decisions();
