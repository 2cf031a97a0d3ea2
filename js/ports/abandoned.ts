// Instances that nobody holds any more, on a server.

/** Time to send the queued events when an instance ends, in milliseconds. */
export const CLOSE_MS = 1000;

/** Sends the queued events for at most `timeoutMs`, then frees everything. */
type End = (timeoutMs: number) => unknown;

interface Registry {
  register(target: object, held: End): void;
}
/** The part of a server's globals that is used here; older browsers have none. */
type Globals = { FinalizationRegistry: new (cleanUp: (end: End) => unknown) => Registry };

const ends = new WeakMap<object, End>();
let abandoned: Registry | undefined;

/** Notes how an instance ends. `end` must not refer to the instance, which would then never count as abandoned. */
export const noteEnd = (instance: object, end: End): void => void ends.set(instance, end);

/** Ends the instance when nobody holds it any more, so that its events are sent and its memory is freed. */
export const endWhenAbandoned = <T extends object>(instance: T): T => {
  abandoned ||= new (globalThis as unknown as Globals).FinalizationRegistry((end) => end(CLOSE_MS));
  abandoned.register(instance, ends.get(instance)!);
  return instance;
};
