import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";

/** The running migrations of this worker and the signals with which a request to abort reaches them. */
export class AbortSignals {
  private readonly controllers = new Map<string, AbortController>();

  /** The signal of a migration that starts to run here; null when it runs here already: a second run would take the lease from the first. */
  open(migrationId: string): AbortSignal | null {
    if (this.controllers.has(migrationId)) return null;
    const controller = new AbortController();
    this.controllers.set(migrationId, controller);
    return controller.signal;
  }

  /** Nothing happens when the migration does not run here. */
  abort(migrationId: string): void {
    this.controllers.get(migrationId)?.abort(fail("ABORTED"));
  }

  /** Aborts what the record says was asked for, in case the message about it was lost. */
  async catchUp(store: Pick<Store, "abortsAmong">): Promise<void> {
    const running = [...this.controllers].filter(([, controller]) => !controller.signal.aborted).map(([id]) => id);
    if (running.length > 0) for (const id of await store.abortsAmong(running)) this.abort(id);
  }

  close(migrationId: string): void {
    this.controllers.delete(migrationId);
  }
}
