import type { DomainHandle, LibvirtConnection } from "@ferry/libvirt";

interface Instance {
  readonly type: string;
}

/**
 * Breaks the migration's network connections inside QEMU, which otherwise wait many minutes for a destination that has vanished. Character
 * devices are left alone. Nothing happens with a QEMU older than 6.0, which has no such command. It marks the guest as tainted (custom-monitor).
 */
export async function yankMigration(connection: LibvirtConnection, dom: DomainHandle): Promise<void> {
  const instances = (await monitor(connection, dom, { execute: "query-yank" }))?.filter(({ type }) => type !== "chardev") ?? [];
  if (instances.length > 0) await monitor(connection, dom, { execute: "yank", arguments: { instances } });
}

/** Runs a QMP command; its result when it is a list of yank instances, null when QEMU refuses it or says something else. */
async function monitor(connection: LibvirtConnection, dom: DomainHandle, command: object): Promise<Instance[] | null> {
  const { result } = await connection.call("qemuDomainMonitorCommand", { dom, cmd: JSON.stringify(command), flags: 0 });
  const reply: unknown = JSON.parse(result);
  const value = typeof reply === "object" && reply !== null && "return" in reply ? reply.return : null;
  return Array.isArray(value) ? value.filter(isInstance) : null;
}

const isInstance = (value: unknown): value is Instance =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
