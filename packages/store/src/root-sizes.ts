import type { HostId, ServerId } from "@ferry/core";
import type { Database } from "./database.ts";

/** An adopted server of whose root disk no size is known, and that disk's target (`vda`). */
export interface UnknownRoot {
  readonly id: ServerId;
  readonly target: string;
}

/** Sizes of the root disks of adopted servers, which have no flavor to tell them. */
export const rootSizes = (db: Database) => ({
  async unknown(hostId: HostId): Promise<UnknownRoot[]> {
    return await db.$queryRaw<UnknownRoot[]>`
      SELECT s.id, root.target FROM servers s, LATERAL (
        SELECT disk ->> 'target' AS target FROM jsonb_array_elements(s.definition -> 'disks') WITH ORDINALITY AS all_disks (disk, place)
        WHERE disk ->> 'device' = 'disk' ORDER BY place LIMIT 1
      ) root
      WHERE s.host_id = ${hostId}::uuid AND s.root_gib = 0 AND s.flavor IS NULL AND s.vm_state <> 'deleted'
      ORDER BY s.id`;
  },

  /** Whole GiB, as Nova counts them. */
  async learn(sizes: readonly { readonly id: ServerId; readonly gib: number }[]): Promise<void> {
    const [ids, numbers] = [sizes.map(({ id }) => id), sizes.map(({ gib }) => gib)];
    await db.$executeRaw`
      UPDATE servers s SET root_gib = known.gib FROM unnest(${ids}::uuid[], ${numbers}::int[]) AS known (id, gib)
      WHERE s.id = known.id AND s.root_gib = 0 AND s.flavor IS NULL`;
  },
});
