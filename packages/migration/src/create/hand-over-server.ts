import type { Step } from "@ferry/engine";
import { madeBy } from "../made-things.ts";
import type { CreatePorts } from "./ports.ts";

/** Closes the entries in the ledger: the disks now are the server's, the base image stays known as ferry's. */
export const handOverServer: Step<CreatePorts, null> = {
  name: "hand-over-server",
  phase: "cleanup",
  run: async ({ ports }) => {
    for (const artifact of await madeBy(ports)) {
      if (artifact.kind === "base-image") await ports.ledger.keep(artifact);
      else await ports.ledger.forget(artifact);
    }
    return null;
  },
  undo: { none: "the server is there" },
};
