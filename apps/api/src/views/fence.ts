import type { HostFence, StoredHost } from "@ferry/store";
import { orNull } from "../times.ts";

type View = Record<string, unknown>;

/** A host's fence, and the boot that a new one would be for. Facts that an older ferry has stored hold no boot id. */
export const fenceDocument = (host: StoredHost, fence: HostFence | null): View => ({
  host_id: host.id,
  boot_id: host.facts?.bootId ?? null,
  fence: orNull(fence, fenceView),
});

const fenceView = (fence: HostFence): View => ({
  boot_id: fence.bootId,
  method: fence.method,
  note: fence.note,
  user_id: fence.userId,
  fenced_at: fence.fencedAt.toISOString(),
  in_force: fence.endedAt === null,
  ended_at: orNull(fence.endedAt, (date) => date.toISOString()),
  end_reason: fence.endReason,
});
