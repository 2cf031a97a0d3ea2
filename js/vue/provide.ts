// The Vitrine of an app.

import {
  getCurrentScope,
  hasInjectionContext,
  inject,
  onScopeDispose,
  shallowRef,
  type App,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import { whenVitrine, type Vitrine, type VitrineConfig } from '../entries/index.js';
import { ownVitrine } from '../frameworks/owned.js';

const KEY = 'vitrine' as unknown as InjectionKey<ShallowRef<Vitrine | undefined>>;
const isBrowser = () => typeof document !== 'undefined';

/** Options of `createVitrine`: either the configuration, or a Vitrine that the shop has made. */
export interface VitrinePluginOptions {
  /** The service and the options. The plugin makes the Vitrine in the browser, and closes it with the app. */
  config?: VitrineConfig;
  /** A Vitrine, or a promise of one. The plugin never closes it. */
  vitrine?: Vitrine | PromiseLike<Vitrine>;
}

/** Returns the plugin for `app.use`. Without it the composables use the first Vitrine of the page. */
export const createVitrine = ({ config, vitrine }: VitrinePluginOptions): { install(app: App): void } => ({
  install(app) {
    if (!vitrine && !config) return;
    const found = shallowRef<Vitrine>();
    app.provide(KEY, found);
    if (vitrine && !('then' in vitrine)) found.value = vitrine as Vitrine;
    else if (isBrowser()) {
      const owned = ownVitrine(config!);
      void Promise.resolve(vitrine ?? owned.use()).then((loaded) => {
        found.value = loaded;
      });
      // Vue 3.3 and 3.4 have no onUnmount.
      const { unmount } = app;
      app.unmount = () => {
        unmount.call(app);
        if (!vitrine) owned.release();
      };
    }
  },
});

/** Returns the Vitrine of the app, or the first one of the page; undefined on a server and while it is loaded. */
export const useVitrine = (): Readonly<ShallowRef<Vitrine | undefined>> => {
  const provided = hasInjectionContext() ? inject(KEY, undefined) : undefined;
  if (provided) return provided;
  const first = shallowRef<Vitrine>();
  if (isBrowser()) {
    let isOver = false;
    if (getCurrentScope())
      onScopeDispose(() => {
        isOver = true;
      });
    whenVitrine((vitrine) => {
      if (!isOver) first.value = vitrine;
    });
  }
  return first;
};
