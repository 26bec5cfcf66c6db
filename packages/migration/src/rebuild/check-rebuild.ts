import { baseFileName, fail, isConfigDriveOf, rootDiskName } from "@ferry/core";
import type { Step } from "@ferry/engine";
import type { CreatePorts } from "../create/ports.ts";
import { diskPath } from "../policy/disk-path.ts";

/** Where a server's own files are, and where the image goes. */
export interface RebuildPlan {
  readonly pool: string;
  readonly basePath: string;
  readonly rootPath: string;
  /** Null: it has no config drive. */
  readonly configDrivePath: string | null;
}

/** Looks where the server's disk is; nothing is changed. Only a disk that ferry made is made anew. */
export const checkRebuild: Step<CreatePorts, RebuildPlan> = {
  name: "check-rebuild",
  phase: "check",
  run: async ({ ports }) => {
    const { serverId: id, hostId, hostName, order } = await ports.build.task();
    const { hypervisor, storage } = await ports.hosts.host(hostId);
    const refuse = (reason: string): Error => fail("REBUILD_REFUSED", { id, host: hostName, reason });
    const [document, pools] = await Promise.all([hypervisor.document(id, "persistent"), storage.pools()]);
    if (document === null) throw refuse("it has no definition there");
    const paths = document.definition.disks.map((disk) => diskPath(disk, pools)).filter((path) => path !== null);
    const rootPath = paths.find((path) => path.endsWith(`/${rootDiskName(id)}`));
    if (rootPath === undefined) throw refuse("its disk is not a file that ferry made");
    const directory = rootPath.slice(0, rootPath.lastIndexOf("/"));
    const pool = pools.find((one) => one.active && one.path === directory);
    if (pool === undefined) throw refuse(`no running pool has the directory ${directory}`);
    const configDrivePath = paths.find((path) => isConfigDriveOf(id, path)) ?? null;
    return { pool: pool.name, basePath: `${directory}/${baseFileName(order.image)}`, rootPath, configDrivePath };
  },
  undo: { none: "it only reads" },
};
