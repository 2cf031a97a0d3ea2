// Instances of a server for single shoppers (`vitrine.as`).

import type { Shopper, VitrineConfig } from '../types/types.js';

/**
 * Returns the configuration with the shopper's ids and consent in it. A session given for the shopper counts in place
 * of the one that the configuration has for all.
 */
export const configOf = ({ visitorId, sessionId, userId, consent }: Shopper, given: VitrineConfig): VitrineConfig => ({
  ...given,
  consent: consent ?? given.consent,
  identity: { ...given.identity, visitorId, sessionId, userId },
  ...(sessionId && { provider: { ...given.provider, sessionId: undefined } as VitrineConfig['provider'] }),
});
