import type { Step } from "@ferry/engine";
import { checkBuildHost } from "./check-build-host.ts";
import { configDriveFiles } from "./config-drive-files.ts";
import { makeFile } from "./make-file.ts";
import type { CreatePorts } from "./ports.ts";
import { undoServerDisks } from "./undo-creation.ts";

/** The server's config drive, if it was asked for: an ISO image that only this server has, and that goes with it. */
export const createConfigDrive: Step<CreatePorts, null> = {
  name: "create-config-drive",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const { pool, configDrivePath: path } = outputOf(checkBuildHost);
    const { order, ...task } = await ports.build.task();
    if (path === null || order.configDrive === null) return null;
    const host = await ports.hosts.host(task.hostId);
    const image = await ports.configDrives.make(task.serverId, configDriveFiles(task, order.configDrive));
    await makeFile({ path, host, ports, signal }, async (name) => {
      await host.storage.createVolume({ pool, name, format: "raw", capacityBytes: image.length, backing: null });
      await host.storage.upload(path, whole(image), image.length, signal);
    });
    return null;
  },
  undo: async ({ ports }) => undoServerDisks(ports),
};

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}
