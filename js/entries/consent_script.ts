// The script dist/vitrine-consent.js: the bridge to the consent banner for pages with script tags. docs/consent.md.

import { addPlugin } from '../bridges/add_plugin.js';
import { consentPlugin, type ConsentOptions } from '../bridges/consent.js';

const listOf = (text?: string) => (text ? text.split(/[\s,]+/).filter(Boolean) : undefined);

addPlugin(({ from, vendorId, purposes, groups, ...texts }) =>
  consentPlugin({
    ...(texts as Pick<ConsentOptions, 'refused' | 'dataLayer' | 'region' | 'category' | 'service' | 'eventName'>),
    from: listOf(from) as ConsentOptions['from'],
    vendorId: vendorId ? Number(vendorId) : undefined,
    purposes: listOf(purposes)?.map(Number),
    groups: listOf(groups),
  }),
);
