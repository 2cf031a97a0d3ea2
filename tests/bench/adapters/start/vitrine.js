import { Vitrine } from 'vitrine';

new Vitrine(window.CONFIG);
READY();
