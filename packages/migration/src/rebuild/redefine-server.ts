import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { rebackedDomain } from "@ferry/libvirt-xml";
import type { CreatePorts } from "../create/ports.ts";
import { checkRebuild } from "./check-rebuild.ts";

/** The definition names the image below the disk; all else in it stays as it is. */
export const redefineServer: Step<CreatePorts, null> = {
  name: "redefine-server",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { serverId: id, hostId, hostName, order } = await ports.build.task();
    const { rootPath, basePath } = outputOf(checkRebuild);
    const { hypervisor } = await ports.hosts.host(hostId);
    const document = await hypervisor.document(id, "persistent");
    if (document === null) throw fail("SERVER_GONE", { action: "rebuild", id, host: hostName });
    await ports.build.confirm();
    await hypervisor.define(rebackedDomain(document.xml, rootPath, { path: basePath, format: order.image.format }));
    return null;
  },
  undo: { none: "the server has its new disk" },
};
