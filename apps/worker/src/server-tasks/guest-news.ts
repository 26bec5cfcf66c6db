import type { Clock, Hypervisor } from "@ferry/core";

/** Waits that end early when something happens to the guest. */
export interface GuestNews {
  /** Resolves after `ms`, or as soon as its host tells of an event of the guest. */
  next(ms: number): Promise<void>;
}

/** Until its events are asked for and come, a wait is short. */
const FIRST_WAIT_MS = 250;

/** Listens from the first wait on, until the signal aborts. Without events (the connection was lost) the waits take their time. */
export function guestNews(hypervisor: Hypervisor, uuid: string, clock: Clock, signal: AbortSignal): GuestNews {
  let wake: (() => void) | null = null;
  let listening = false;
  const listen = async (): Promise<void> => {
    for await (const event of hypervisor.events(signal)) if (event.uuid === uuid) wake?.();
  };
  return {
    async next(ms) {
      if (!listening) {
        listening = true;
        listen().catch(() => {
          listening = false;
        });
        return await clock.sleep(Math.min(ms, FIRST_WAIT_MS));
      }
      const over = new AbortController();
      wake = () => over.abort();
      await clock.sleep(ms, over.signal).catch(() => undefined);
      wake = null;
    },
  };
}
