import { type DiskSource, fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { copies } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Reads the destination's persistent definition back: its disks must be the ones that were moved, and its cards in the networks that the hosts'
 * maps name. A definition that still named the source's
 * paths would open other files at the next boot (CVE-2020-17376).
 */
export const verifyDefinition: Step<MigrationPorts, null> = {
  name: "verify-definition",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { hypervisor, address } = await ports.hosts.host(plan.destinationId);
    const document = await hypervisor.document(plan.guest.uuid, "persistent");
    if (!document) throw disagree(address.name, "has no persistent definition of the server");
    const { resize } = plan;
    if (resize && (document.definition.memoryKiB !== resize.memoryMiB * 1024 || document.definition.vcpus !== resize.vcpus))
      throw disagree(address.name, "defines the server with another size than was asked for");
    for (const disk of copies(plan).filter((one) => one.defined)) {
      const defined = document.definition.disks.find((one) => one.target === disk.target);
      if (!defined || !isAt(defined.source, disk.path))
        throw disagree(address.name, `defines disk ${disk.target} elsewhere than at ${disk.path}`);
    }
    for (const { mac, type, from, to } of plan.cards) {
      const defined = document.definition.interfaces.filter((nic) => nic.mac === mac && nic.type === type);
      if (defined.some(({ source }) => source === from))
        throw disagree(address.name, `plugs interface ${mac} into ${from} instead of ${to}`);
    }
    return null;
  },
  undo: { none: "it only reads" },
};

/** ferry places every copy as a file. */
const isAt = (source: DiskSource, path: string): boolean => source.type === "file" && source.path === path;

const disagree = (host: string, reason: string): Error =>
  fail("HYPERVISOR_CALL_FAILED", { host, action: "verify the moved definition", reason: `it ${reason}` });
