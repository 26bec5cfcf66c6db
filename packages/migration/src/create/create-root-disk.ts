import { rootDiskBytes } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkBuildHost } from "./check-build-host.ts";
import { makeFile } from "./make-file.ts";
import type { CreatePorts } from "./ports.ts";
import { undoServerDisks } from "./undo-creation.ts";

/** A thin qcow2 of the flavor's size on the base image, whose format its header declares. */
export const createRootDisk: Step<CreatePorts, null> = {
  name: "create-root-disk",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const { hostId, flavor, order } = await ports.build.task();
    const { pool, rootPath, basePath } = outputOf(checkBuildHost);
    const host = await ports.hosts.host(hostId);
    const backing = { path: basePath, format: order.image.format };
    const capacityBytes = rootDiskBytes(flavor, order.image);
    await makeFile({ path: rootPath, host, ports, signal }, (name) =>
      host.storage.createVolume({ pool, name, format: "qcow2", capacityBytes, backing }),
    );
    return null;
  },
  undo: async ({ ports }) => undoServerDisks(ports),
};
