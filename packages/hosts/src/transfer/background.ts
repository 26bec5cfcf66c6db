import type { MigrationId } from "@ferry/core";

/** How long `settle` waits at most: libvirt needs about two seconds, more when QEMU does not end. */
const SETTLE_MS = 300_000;

/** Work that goes on at the source after the handover, by migration. */
export class Background {
  readonly #works = new Map<MigrationId, Promise<unknown>>();

  /** Remembers the work until it has ended. Its failure is nobody's error here: the next look at both hosts shows what it left. */
  add(id: MigrationId, work: Promise<unknown>): void {
    const settled = Promise.allSettled([work]).then(() => {
      if (this.#works.get(id) === settled) this.#works.delete(id);
    });
    this.#works.set(id, settled);
  }

  /** Resolves when the migration's work has ended, or after a while; at once when there is none. Never rejects. */
  async settle(id: MigrationId): Promise<void> {
    const { promise: patience, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, SETTLE_MS);
    await Promise.race([this.#works.get(id), patience]);
    clearTimeout(timer);
  }
}
