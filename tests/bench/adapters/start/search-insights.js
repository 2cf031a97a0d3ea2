import aa from 'search-insights';

aa('init', { appId: 'app', apiKey: 'key', useCookie: true });
READY();
