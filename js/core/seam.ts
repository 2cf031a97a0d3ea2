// Written by tools/seam.mjs from wasm/seam/calls.inc and wasm/base/effects.inc. Do not edit.
// biome-ignore-all format: generated

/** The calls of one core. The contract of each is in wasm/runtime/tracking_runtime.h or wasm/runtime/runtime.h. */
export interface Calls {
  serve(payloadJson: string, nowMs: number): number;
  serveId(serve: number): string;
  serveNumber(serveId: string): number;
  itemEvent(serve: number, kind: string, itemId: string, position: number, quantity: number, nowMs: number): number;
  shopEvent(kind: string, payloadJson: string, storedOrders: string, nowMs: number): number;
  hold(eventJson: string, nowMs: number): string;
  amend(beforeJson: string, afterJson: string): string;
  takeError(): string;
  watch(serve: number, itemId: string, position: number, nowMs: number): number;
  unwatch(watch: number): void;
  itemVisible(watch: number, visiblePx: number, areaPx: number, mostPx: number, atMs: number): number;
  checkViews(pageMs: number, nowMs: number): number;
  viewRatios(): string;
  identify(userId: string, nowMs: number): number;
  reset(nowMs: number): void;
  setConsent(level: string, nowMs: number): number;
  consent(): string;
  optOut(nowMs: number): void;
  optIn(nowMs: number): void;
  visitorId(): string;
  sessionId(nowMs: number): string;
  userId(): string;
  requestDone(requestId: number, status: number, retryAfter: string, body: string | Uint8Array, nowMs: number): void;
  variant(experiment: string, nowMs: number): string;
  flush(callId: number, nowMs: number): void;
  flushWithin(callId: number, timeoutMs: number, nowMs: number): void;
  pause(nowMs: number): void;
  resume(nowMs: number): void;
  setPageState(visible: number, online: number, nowMs: number): void;
  leaving(nowMs: number): void;
  navigate(url: string, nowMs: number): number;
  navigateBy(how: number, url: string, nowMs: number): number;
  pageView(nowMs: number): void;
  activate(nowMs: number): void;
  suspend(nowMs: number): void;
  restore(nowMs: number): void;
  claimed(journalId: string, segmentsJson: string, nowMs: number): void;
  claimRefused(journalId: string, nowMs: number): void;
  found(storedJson: string, mirroredJson: string, nowMs: number): void;
  copied(): void;
  saveFailed(key: string, nowMs: number): void;
  storageChanged(key: string, value: string, nowMs: number): void;
  wake(nowMs: number): void;
  nextWakeMs(): number;
  metrics(nowMs: number): string;
  drainEffects(): string;
  abort(callId: number, nowMs: number): void;
  setCart(itemIdsJson: string, nowMs: number): number;
  setViewing(itemId: string, nowMs: number): number;
  closeSlot(slotId: number, nowMs: number): void;
  slotHtml(slotId: number): string;
  slotPatch(slotId: number, pageJson: string): string;
  slotItem(slotId: number, itemId: string): string;
  request(callId: number, kind: string, queryJson: string, nowMs: number): void;
  openSlot(slotId: number, requestJson: string, nowMs: number): void;
  refreshSlot(slotId: number, nowMs: number): void;
  setTexts(textsJson: string, nowMs: number): void;
  sampleReply(): string;
}

/** One effect of a drain: its verb, then its fields as text. wasm/base/effects.inc says what each means. */
export type Effect =
  | [verb: 'save', key: string, value: string]
  | [verb: 'forget', key: string]
  | [verb: 'mirror', key: string, value: string]
  | [verb: 'unmirror', key: string]
  | [
    verb: 'send',
    requestId: string,
    keepalive: '0' | '1',
    timeoutMs: string,
    url: string,
    body: string,
    method: string,
    headersJson: string,
    mode: string,
    readsBody: '0' | '1',
  ]
  | [verb: 'ask', requestId: string, timeoutMs: string, method: string, url: string, headersJson: string, body: string]
  | [verb: 'script', requestId: string, timeoutMs: string, url: string]
  | [verb: 'cancel', requestId: string]
  | [verb: 'claim', journalId: string, isOwn: '0' | '1']
  | [verb: 'release', journalId: string]
  | [verb: 'scan']
  | [verb: 'settle', callId: string, ok: '0' | '1', json: string]
  | [verb: 'show', slotId: string, serve: string, state: string, html: string]
  | [verb: 'patch', slotId: string, serve: string, ...steps: string[]]
  | [verb: 'reportViews', isNewPage: '0' | '1']
  | [verb: 'notify', topic: string]
  | [verb: 'log', level: string, code: string, message: string, error: string];

/** A function for each effect. A test compares the names of the parameters in host.ts with the list. */
export interface EffectHandlers {
  save(key: string, value: string): unknown;
  forget(key: string): unknown;
  mirror(key: string, value: string): unknown;
  unmirror(key: string): unknown;
  send(
    requestId: string,
    keepalive: '0' | '1',
    timeoutMs: string,
    url: string,
    body: string,
    method: string,
    headersJson: string,
    mode: string,
    readsBody: '0' | '1',
  ): unknown;
  ask(requestId: string, timeoutMs: string, method: string, url: string, headersJson: string, body: string): unknown;
  script(requestId: string, timeoutMs: string, url: string): unknown;
  cancel(requestId: string): unknown;
  claim(journalId: string, isOwn: '0' | '1'): unknown;
  release(journalId: string): unknown;
  scan(): unknown;
  settle(callId: string, ok: '0' | '1', json: string): unknown;
  show(slotId: string, serve: string, state: string, html: string): unknown;
  patch(slotId: string, serve: string, ...steps: string[]): unknown;
  reportViews(isNewPage: '0' | '1'): unknown;
  notify(topic: string): unknown;
  log(level: string, code: string, message: string, error: string): unknown;
}
