// Refine's own constructor: a shop written for @refine-ai/sdk changes its import line and nothing else.

import type { CommonConfig, RefineProvider } from '../types/types.js';
import { Vitrine } from './vitrine.js';

/** Refine's flat configuration; the fields are those of RefineProvider and of the common options. */
export type RefineConfig = Omit<RefineProvider, 'name'> & CommonConfig;

/** A Vitrine that speaks to Refine, made with Refine's own argument. */
export class Refine extends Vitrine {
  /** As `new Vitrine`: never throws. */
  constructor({ apiKey, organizationId, catalogId, apiUrl, eventsUrl, ...common }: RefineConfig) {
    super({ ...common, provider: { name: 'refine', apiKey, organizationId, catalogId, apiUrl, eventsUrl } });
  }
}
