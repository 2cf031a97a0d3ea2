// The npm entry `vitrine/testing`: a clock, a storage and a network for the tests of a shop. Nothing here is for pages.

export { useTestClock, type TestClock } from './clock.js';
export {
  useTestNetwork,
  type SentEvent,
  type TestNetwork,
  type TestReply,
  type TestRequest,
} from './network.js';
export { useTestStorage, type TestStorage } from './storage.js';
