import type { Step } from "@ferry/engine";
import { undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";

/** Removes the key of this migration from both hosts. */
export const withdrawPeerAccess: Step<MigrationPorts, null> = {
  name: "withdraw-peer-access",
  phase: "cleanup",
  run: async ({ ports }) => {
    await undoArtifacts(ports, "peer-key", async ({ peerAccess }, tag) => peerAccess.withdraw(tag));
    return null;
  },
  undo: { none: "it is itself the undo of grant-peer-access" },
};
