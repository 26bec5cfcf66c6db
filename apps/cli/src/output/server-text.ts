import { formatBytes, GIB, MIB } from "@ferry/core";
import type { Server } from "../api/servers.ts";
import { renderFields, renderTable } from "./table.ts";

/** Memory, vCPUs and root disk; only flavors from microversion 2.47 on carry them. A root disk of 0 is one whose size is not recorded. */
function size({ flavor }: Server): { vcpus: number | null; memory: string | null; disk: string | null } {
  if (!("ram" in flavor)) return { vcpus: null, memory: null, disk: null };
  return { vcpus: flavor.vcpus, memory: formatBytes(flavor.ram * MIB), disk: flavor.disk === 0 ? null : formatBytes(flavor.disk * GIB) };
}

export function serversTable(servers: readonly Server[]): string {
  if (servers.length === 0) return 'No servers. Add a host with "ferry host add ADDRESS"; its guests become servers.';
  const rows = servers.map((server) => {
    const { vcpus, memory } = size(server);
    return [server.id, server.name, server.status, server["OS-EXT-STS:task_state"], server["OS-EXT-SRV-ATTR:host"], vcpus, memory];
  });
  return renderTable(["id", "name", "status", "task", "host", "vcpus", "memory"], rows);
}

export function serverFields(server: Server): string {
  const { vcpus, memory, disk } = size(server);
  return renderFields([
    ["id", server.id],
    ["name", server.name],
    ["status", server.status],
    ["vm state", server["OS-EXT-STS:vm_state"]],
    ["task state", server["OS-EXT-STS:task_state"]],
    ["progress", server.progress],
    ["host", server["OS-EXT-SRV-ATTR:host"]],
    ["host status", server.host_status],
    ["guest on the host", server["OS-EXT-SRV-ATTR:instance_name"]],
    ["vcpus", vcpus],
    ["memory", memory],
    ["root disk", disk],
    ["fault", server.fault?.message],
    ["locked", server.locked],
    ["locked because", server.locked_reason],
    ["project", server.tenant_id],
    ["created", server.created],
    ["updated", server.updated],
  ]);
}
