import type { Step } from "@ferry/engine";
import type { CreatePorts } from "../create/ports.ts";
import { startServer } from "../create/start-server.ts";

/** Starts the server; one that was stopped stays off, as in Nova. */
export const startRebuilt: Step<CreatePorts, null> = {
  ...startServer,
  name: "start-rebuilt",
  run: async (context) => ((await context.ports.build.task()).vmState === "stopped" ? null : await startServer.run(context)),
};
