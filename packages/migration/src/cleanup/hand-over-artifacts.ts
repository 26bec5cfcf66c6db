import type { ArtifactKind } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { madeBy } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";

/** What stays known as ferry's after the move; the rest (the guest's disks, started pools and networks) now belongs to the server's host. */
const stayOurs: readonly ArtifactKind[] = ["base-image", "nwfilter"];

/** Closes this migration's entries in the ledger. */
export const handOverArtifacts: Step<MigrationPorts, null> = {
  name: "hand-over-artifacts",
  phase: "cleanup",
  run: async ({ ports }) => {
    for (const artifact of await madeBy(ports)) {
      if (stayOurs.includes(artifact.kind)) await ports.ledger.keep(artifact);
      else await ports.ledger.forget(artifact);
    }
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};
