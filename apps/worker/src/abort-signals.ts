import { fail } from "@ferry/core";

/** The running migrations of this worker and the signals with which a request to abort reaches them. */
export class AbortSignals {
  private readonly controllers = new Map<string, AbortController>();

  /** The signal of a migration that starts to run here. */
  open(migrationId: string): AbortSignal {
    const controller = new AbortController();
    this.controllers.set(migrationId, controller);
    return controller.signal;
  }

  /** Nothing happens when the migration does not run here. */
  abort(migrationId: string): void {
    this.controllers.get(migrationId)?.abort(fail("ABORTED"));
  }

  close(migrationId: string): void {
    this.controllers.delete(migrationId);
  }
}
