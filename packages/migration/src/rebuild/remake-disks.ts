import { type HostPorts, rootDiskBytes } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { configDriveFiles } from "../create/config-drive-files.ts";
import type { CreatePorts } from "../create/ports.ts";
import { checkRebuild } from "./check-rebuild.ts";

/** The server's disk anew: what it held is gone. Made again from the beginning by whoever takes it up. */
export const remakeRootDisk: Step<CreatePorts, null> = {
  name: "remake-root-disk",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { hostId, flavor, order } = await ports.build.task();
    const { pool, rootPath, basePath } = outputOf(checkRebuild);
    const { storage } = await ports.hosts.host(hostId);
    await remove(storage, rootPath, ports);
    const backing = { path: basePath, format: order.image.format };
    await storage.createVolume({
      pool,
      name: nameOf(rootPath),
      format: "qcow2",
      capacityBytes: rootDiskBytes(flavor, order.image),
      backing,
    });
    return null;
  },
  undo: { none: "what the disk held is gone" },
};

/** Its config drive anew, if it has one: the password and the key are new. */
export const remakeConfigDrive: Step<CreatePorts, null> = {
  name: "remake-config-drive",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const { pool, configDrivePath: path } = outputOf(checkRebuild);
    const { order, ...task } = await ports.build.task();
    if (path === null || order.configDrive === null) return null;
    const { storage } = await ports.hosts.host(task.hostId);
    const image = await ports.configDrives.make(task.serverId, configDriveFiles(task, order.configDrive));
    await remove(storage, path, ports);
    await storage.createVolume({ pool, name: nameOf(path), format: "raw", capacityBytes: image.length, backing: null });
    await storage.upload(path, whole(image), image.length, signal);
    return null;
  },
  undo: { none: "the server has its new disk" },
};

async function remove(storage: HostPorts["storage"], path: string, ports: CreatePorts): Promise<void> {
  await ports.build.confirm();
  if (await storage.volumeAt(path)) await storage.deleteVolume(path);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}
