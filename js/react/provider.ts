// The Vitrine of a tree of components.

import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { whenVitrine, type Vitrine, type VitrineConfig } from '../entries/index.js';
import { ownVitrine } from '../frameworks/owned.js';

const Context = /* @__PURE__ */ createContext<{ vitrine: Vitrine | undefined } | undefined>(undefined);

/** Properties of `VitrineProvider`: either the configuration, or a Vitrine that the shop has made; not both. */
export interface VitrineProviderProps {
  /**
   * The service and the options. The provider makes the Vitrine in the browser, after the first render, and closes it
   * when it is unmounted. Later values are ignored.
   */
  config?: VitrineConfig;
  /** A Vitrine, or a promise of one. The provider never closes it. */
  vitrine?: Vitrine | PromiseLike<Vitrine>;
  children?: ReactNode;
}

/** Gives a Vitrine to the hooks below. Without a provider they use the first Vitrine of the page. */
export const VitrineProvider = ({ config, vitrine, children }: VitrineProviderProps): ReactElement => {
  const [owned] = useState(() => ownVitrine(config ?? {}));
  const [loaded, setLoaded] = useState<Vitrine>();
  const hasConfig = !!config;
  const given = vitrine && !('then' in vitrine) ? (vitrine as Vitrine) : undefined;
  useEffect(() => {
    if (given || !(vitrine || hasConfig)) return;
    let isOver = false;
    void Promise.resolve(vitrine ?? owned.use()).then((found) => isOver || setLoaded(found));
    return () => {
      isOver = true;
      if (!vitrine) owned.release();
    };
  }, [owned, given, vitrine, hasConfig]);
  const value = useMemo(
    () => (vitrine || hasConfig ? { vitrine: given ?? loaded } : undefined),
    [vitrine, hasConfig, given, loaded],
  );
  return createElement(Context.Provider, { value }, children);
};

/** Returns the Vitrine of the provider, or the first one of the page; undefined on a server and while it is loaded. */
export const useVitrine = (): Vitrine | undefined => {
  const provided = useContext(Context);
  const [first, setFirst] = useState<Vitrine>();
  useEffect(() => {
    if (provided) return;
    let isOver = false;
    whenVitrine((vitrine) => isOver || setFirst(vitrine));
    return () => {
      isOver = true;
    };
  }, [provided]);
  return provided ? provided.vitrine : first;
};
