import { Vitrine } from 'vitrine';

new Vitrine(CONFIG);
READY();
