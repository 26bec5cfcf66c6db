import type { Step } from "@ferry/engine";
import { checkBuildHost } from "./check-build-host.ts";
import type { CreatePorts } from "./ports.ts";

/** Makes sure, under a lock, that the host's memory is not promised twice. */
export const claimBuildHost: Step<CreatePorts, null> = {
  name: "claim-build-host",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    await ports.build.claim(outputOf(checkBuildHost));
    return null;
  },
  undo: { none: "the server itself holds the claim as long as it is building" },
};
