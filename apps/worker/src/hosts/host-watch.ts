import { type HostId, type HypervisorEvent, hasCode, isFerryError } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { ChangedGuests, collect } from "./changed-guests.ts";
import { keepDefinitions } from "./keep-definitions.ts";
import { refreshHost } from "./refresh-host.ts";
import { seeSharedDirectories } from "./see-shared-directories.ts";
import { seekElsewhere } from "./seek-elsewhere.ts";

const REFRESH_EVERY_MS = 60_000;
const LONGEST_PAUSE_MS = 15_000;
/** A guest that is moved makes several events within a second, at the very moment when the hosts are busiest; one look after them tells the same. */
const COLLECT_EVENTS_MS = 250;

/** Follows one host until stopped: all its guests at first and every minute, single guests by events, and a lost connection by trying again. */
export class HostWatch {
  private readonly id: HostId;
  private readonly worker: Worker;
  private readonly over = new AbortController();
  private readonly done: Promise<void>;

  constructor(id: HostId, worker: Worker) {
    this.id = id;
    this.worker = worker;
    this.done = this.run();
  }

  async stop(): Promise<void> {
    this.over.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    let pauseMs = 1000;
    while (!this.over.signal.aborted) {
      try {
        await this.follow(() => {
          pauseMs = 1000;
        });
      } catch (error) {
        await this.tell(error);
      }
      await this.worker.clock.sleep(pauseMs, this.over.signal).catch(ignoreAbort);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Events are asked for before the list is read, so that nothing falls between. Ends when the connection is lost. */
  private async follow(reached: () => void): Promise<void> {
    const { hypervisor } = await this.worker.hosts.host(this.id);
    const round = new AbortController();
    const signal = AbortSignal.any([round.signal, this.over.signal]);
    const refreshing = this.refreshRegularly(signal, reached);
    try {
      await Promise.race([refreshing, this.listen(hypervisor.events(signal), signal)]);
    } finally {
      round.abort();
      await refreshing.catch(() => undefined);
    }
  }

  private async refreshRegularly(signal: AbortSignal, reached: () => void): Promise<void> {
    while (!signal.aborted) {
      await refreshHost(this.id, this.worker);
      reached();
      await this.prepareForDeath();
      await this.worker.clock.sleep(REFRESH_EVERY_MS, signal).catch(ignoreAbort);
    }
  }

  /** What can be had of a host only while it lives. */
  private async prepareForDeath(): Promise<void> {
    await keepDefinitions(this.id, this.worker);
    await seeSharedDirectories(this.id, this.worker);
  }

  private async listen(events: AsyncIterable<HypervisorEvent>, signal: AbortSignal): Promise<void> {
    const changed = new ChangedGuests();
    await Promise.race([collect(events, changed), this.lookAtChanged(changed, signal)]);
  }

  private async lookAtChanged(changed: ChangedGuests, signal: AbortSignal): Promise<void> {
    for (;;) {
      await changed.any();
      await this.worker.clock.sleep(COLLECT_EVENTS_MS, signal).catch(ignoreAbort);
      if (signal.aborted) return;
      for (const uuid of changed.take()) await this.followGuest(uuid);
    }
  }

  /** Asks for the guest's state now: by the time an event is read it may be history. */
  private async followGuest(uuid: string): Promise<void> {
    const { hypervisor } = await this.worker.hosts.host(this.id);
    const seen = await hypervisor.observe(uuid);
    if (seen.kind === "unreachable") return;
    const decision = await this.worker.store.servers.applyGuestState(this.id, uuid, seen.kind === "absent" ? null : seen);
    if (decision === "adopt" || decision === "move") await refreshHost(this.id, this.worker);
    const ended = seen.kind === "absent" || seen.state === "shutoff";
    if (ended && decision !== "leave") await seekElsewhere(uuid, this.id, this.worker);
  }

  /** A fenced host that answers at all, if not as it should, is not dead. */
  private async endFence(): Promise<void> {
    const { store, hosts } = this.worker;
    const fence = await store.fencing.find(this.id);
    if (fence === null || fence.endedAt !== null) return;
    const { kind } = await (await hosts.host(this.id)).hypervisor.presence();
    if (kind === "answers") await store.fencing.seen(this.id, null);
  }

  private async tell(error: unknown): Promise<void> {
    if (this.over.signal.aborted) return;
    if (hasCode(error, "HOST_NOT_FOUND")) return this.over.abort();
    this.worker.log.warn({ host: this.id, err: error }, "a host does not answer");
    await this.endFence().catch((cause: unknown) => {
      this.worker.log.warn({ host: this.id, err: cause }, "it could not be found out whether a fenced host is back");
    });
    const problem = isFerryError(error) ? error.message : "The connection was lost.";
    const state = hasCode(error, "HOST_KEY_CHANGED") ? "quarantined" : "down";
    await this.worker.store.hosts.setState(this.id, state, problem).catch((cause: unknown) => {
      this.worker.log.warn({ host: this.id, err: cause }, "the state of a host could not be recorded");
    });
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== "AbortError") throw error;
}
