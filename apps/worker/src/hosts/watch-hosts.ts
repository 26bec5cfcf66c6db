import type { HostId } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { HostWatch } from "./host-watch.ts";

const LEASE_MS = 15_000;

/** Shares the watching of hosts among all workers: each host is watched by the one that holds its lease. `tick` is called every few seconds. */
export class HostWatches {
  private readonly worker: Worker;
  private readonly watches = new Map<HostId, HostWatch>();

  constructor(worker: Worker) {
    this.worker = worker;
  }

  async tick(): Promise<void> {
    const { store, owner } = this.worker;
    const hosts = await store.hosts.list();
    for (const { id } of hosts) {
      const mine = await store.hosts.acquireMonitor(id, owner, LEASE_MS);
      if (mine && !this.watches.has(id)) this.watches.set(id, new HostWatch(id, this.worker));
      if (!mine) await this.drop(id);
    }
    const known = new Set(hosts.map(({ id }) => id));
    for (const id of this.watches.keys()) if (!known.has(id)) await this.drop(id);
  }

  async stop(): Promise<void> {
    const ids = [...this.watches.keys()];
    await Promise.all(ids.map((id) => this.drop(id)));
    await Promise.all(ids.map((id) => this.worker.store.hosts.releaseMonitor(id, this.worker.owner)));
  }

  private async drop(id: HostId): Promise<void> {
    const watch = this.watches.get(id);
    this.watches.delete(id);
    await watch?.stop();
  }
}
