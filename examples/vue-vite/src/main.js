import { createApp } from 'vue';
import { createVitrine, vVitrineView } from 'vitrine/vue';
import 'vitrine/vitrine.css';
import Shop from './Shop.vue';
import { config } from './shop.js';

createApp(Shop).use(createVitrine({ config })).directive('vitrine-view', vVitrineView).mount('#app');
