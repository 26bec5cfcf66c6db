import type { HypervisorEvent } from "@ferry/core";

/** Guests of which events have come since the last look, each once. */
export class ChangedGuests {
  private uuids = new Set<string>();
  private news = Promise.withResolvers<void>();

  add(uuid: string): void {
    this.uuids.add(uuid);
    this.news.resolve();
  }

  /** Resolves when there is one. */
  any(): Promise<void> {
    return this.news.promise;
  }

  take(): ReadonlySet<string> {
    const taken = this.uuids;
    this.uuids = new Set();
    this.news = Promise.withResolvers();
    return taken;
  }
}

/** Adds the guest of each lifecycle event, until the events end. */
export async function collect(events: AsyncIterable<HypervisorEvent>, changed: ChangedGuests): Promise<void> {
  for await (const event of events) if (event.kind === "lifecycle") changed.add(event.uuid);
}
