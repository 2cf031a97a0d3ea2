// A Vitrine that belongs to a component: it lives from the first use to the last.

import { loadVitrine, type Vitrine, type VitrineConfig } from '../entries/index.js';

/** A Vitrine that is made when it is first used, and closed when nobody uses it. */
export interface OwnedVitrine {
  /** Resolves with the Vitrine; never rejects. Each use must be followed by one release. */
  use(): Promise<Vitrine>;
  release(): void;
}

export const ownVitrine = (config: VitrineConfig): OwnedVitrine => {
  let uses = 0;
  let loading: Promise<Vitrine> | undefined;
  return {
    use() {
      uses++;
      return (loading ||= loadVitrine(config));
    },
    release() {
      uses--;
      // A moment later, because StrictMode releases and uses again at once.
      queueMicrotask(() => {
        if (uses > 0 || !loading) return;
        void loading.then((vitrine) => vitrine.close());
        loading = undefined;
      });
    },
  };
};
