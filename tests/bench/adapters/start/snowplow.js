import { newTracker } from '@snowplow/browser-tracker';

newTracker('sp', CONFIG.provider.apiUrl, {
  appId: 'shop',
  stateStorageStrategy: 'localStorage',
  eventMethod: 'post',
  bufferSize: 10,
});
READY();
