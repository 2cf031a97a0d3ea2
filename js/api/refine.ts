// Refine's own constructor: a shop that was written for @refine-ai/sdk changes only its import line.

import { membersOf } from '../ports/json.js';
import type { CommonConfig, RefineProvider } from '../types/types.js';
import { Vitrine } from './vitrine.js';

/** Refine's flat configuration: the fields of RefineProvider (without `name`) and the common options. */
export type RefineConfig = Omit<RefineProvider, 'name'> & CommonConfig;

/** A Vitrine for the service Refine, constructed with Refine's own argument. */
export class Refine extends Vitrine {
  /** Like `new Vitrine`. Never throws. */
  constructor(config: RefineConfig) {
    const { apiKey, organizationId, catalogId, apiUrl, eventsUrl, ...common } = membersOf(
      config,
    ) as unknown as RefineConfig;
    super({ ...common, provider: { name: 'refine', apiKey, organizationId, catalogId, apiUrl, eventsUrl } });
  }
}
