// Modules that exist only while bundling: tools/build.mjs resolves these names to the outputs of the wasm preset.

/** The Emscripten glue, generated from wasm/seam/bindings.cpp. */
declare module 'vitrine:glue' {
  /** The core. Strings are JS strings (or UTF-8 bytes, where it says so), numbers are doubles, `nowMs` is epoch milliseconds; wasm/seam/bindings.cpp has the contract. */
  export interface Runtime {
    serve(payloadJson: string, nowMs: number): number;
    serveId(contextId: number): string;
    serveNumber(serveId: string): number;
    itemEvent(
      contextId: number,
      kind: string,
      itemId: string,
      position: number,
      quantity: number,
      nowMs: number,
    ): number;
    purchase(payloadJson: string, nowMs: number): number;
    watch(contextId: number, itemId: string, position: number, nowMs: number): number;
    unwatch(watch: number): void;
    itemVisible(watch: number, visiblePx: number, areaPx: number, mostPx: number, atMs: number): number;
    look(pageMs: number, nowMs: number): number;
    viewRatios(): string;
    takeError(): string;
    identify(userId: string, nowMs: number): number;
    reset(nowMs: number): void;
    setConsent(level: string, nowMs: number): number;
    consent(): string;
    optOut(nowMs: number): void;
    optIn(nowMs: number): void;
    visitorId(): string;
    sessionId(nowMs: number): string;
    userId(): string;
    request(callId: number, kind: string, queryJson: string, nowMs: number): void;
    abort(callId: number, nowMs: number): void;
    setCart(itemIdsJson: string, nowMs: number): void;
    setViewing(itemId: string, nowMs: number): void;
    openSlot(slotId: number, requestJson: string, nowMs: number): void;
    refreshSlot(slotId: number, nowMs: number): void;
    closeSlot(slotId: number, nowMs: number): void;
    slotHtml(slotId: number): string;
    slotPatch(slotId: number, page: string): string;
    slotServe(slotId: number): number;
    slotItem(slotId: number, itemId: string): string;
    sampleReply(): string;
    slotEvent(slotId: number, kind: string, itemId: string, position: number, quantity: number, nowMs: number): number;
    variant(experiment: string, nowMs: number): string;
    flush(callId: number, nowMs: number): void;
    flushWithin(callId: number, timeoutMs: number, nowMs: number): void;
    pause(nowMs: number): void;
    resume(nowMs: number): void;
    setPageState(visible: number, online: number, nowMs: number): void;
    navigate(url: string, nowMs: number): number;
    pageView(nowMs: number): void;
    activate(nowMs: number): void;
    suspend(nowMs: number): void;
    restore(nowMs: number): void;
    leaving(nowMs: number): void;
    claimed(journalId: string, segmentsJson: string, nowMs: number): void;
    claimRefused(journalId: string, nowMs: number): void;
    found(storedJson: string, mirroredJson: string, nowMs: number): void;
    requestDone(requestId: number, status: number, retryAfter: string, body: string | Uint8Array, nowMs: number): void;
    copied(): void;
    saveFailed(key: string, nowMs: number): void;
    storageChanged(key: string, value: string, nowMs: number): void;
    wake(nowMs: number): void;
    nextWakeMs(): number;
    metrics(nowMs: number): string;
    drainEffects(): string;
    /** Frees the C++ object; nothing may be called on it afterwards. */
    close(): void;
  }

  /** What the core exports: each call with the handle of a runtime in front. */
  export type Glue = {
    [Name in keyof Runtime]: (handle: number, ...args: Parameters<Runtime[Name]>) => ReturnType<Runtime[Name]>;
  } & {
    /** Makes a runtime and answers its handle. */
    open(bootJson: string, nowMs: number): number;
    /** '=' and what was rendered, or '!' and the JSON of an error. */
    renderTemplate(template: string, dataJson: string, optionsJson: string): string;
    /** As renderTemplate; wasm/slots/prerender.h has the request. */
    renderWidget(requestJson: string): string;
    /** '', or the JSON of an error. */
    validateTemplate(template: string, optionsJson: string): string;
  };

  export interface GlueOptions {
    /**
     * Called once, before the factory returns. Must call `receive` at once with an instance of the core's module and return
     * what `receive` returned: with synchronous compilation the glue takes the exports from the returned value.
     */
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance) => WebAssembly.Exports,
    ): WebAssembly.Exports;
  }

  /** Synchronous because the core is linked with -sWASM_ASYNC_COMPILATION=0. */
  export default function createCore(options: GlueOptions): Glue;
}

/** The bytes of the core as text (tools/pack.mjs); only npm bundles may import it. */
declare module 'vitrine:wasm' {
  const packed: string;
  export default packed;
}

/** The core as JavaScript: what wasm2js makes of vitrine.wasm. Only dist/vitrine-core.js may import it. */
declare module 'vitrine:plain' {
  const core: (imports: WebAssembly.Imports) => WebAssembly.Exports;
  export default core;
}
