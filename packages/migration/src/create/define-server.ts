import type { Step } from "@ferry/engine";
import { newDomain } from "@ferry/libvirt-xml";
import { checkBuildHost } from "./check-build-host.ts";
import { placeServerFilters } from "./place-server-filters.ts";
import type { CreatePorts } from "./ports.ts";

/** The server's definition on its host. No other guest has its uuid, so an undo needs no ledger to know it. */
export const defineServer: Step<CreatePorts, null> = {
  name: "define-server",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { serverId, instanceName, hostId, flavor, order } = await ports.build.task();
    const { virtType, arch, machine, nics, rootPath, basePath, configDrivePath } = outputOf(checkBuildHost);
    const guard = outputOf(placeServerFilters);
    const { hypervisor } = await ports.hosts.host(hostId);
    const root = { path: rootPath, backing: { path: basePath, format: order.image.format } };
    const sizes = { memoryMiB: flavor.memoryMiB, vcpus: flavor.vcpus };
    const xml = newDomain({
      uuid: serverId,
      name: instanceName,
      virtType,
      arch,
      machine,
      ...sizes,
      root,
      configDrive: configDrivePath,
      nics: nics.map((nic) => ({ ...nic, guard: guard && { filter: guard.filter, address: guard.addresses[nic.mac] ?? null } })),
    });
    await ports.build.confirm();
    await hypervisor.define(xml);
    return null;
  },
  undo: async ({ ports }) => {
    const { serverId, hostId } = await ports.build.task();
    const { hypervisor } = await ports.hosts.host(hostId);
    await hypervisor.destroy(serverId);
    await hypervisor.undefine(serverId, { purge: true });
  },
};
