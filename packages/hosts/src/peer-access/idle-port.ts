import { isNoSuchFile, type SshFiles } from "@ferry/libvirt";

/** The kernel's tables of sockets, one for each family (proc(5)): local address as `ADDRESS:PORT` in hexadecimal in the second column, state in the fourth. */
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"] as const;
const LISTEN = "0A";

/** Ports on which something listens, on whatever address. */
export function listeningPorts(table: string): number[] {
  const rows = table.split("\n").slice(1);
  const columns = rows.map((row) => row.trim().split(/\s+/));
  return columns.filter(([, , , state]) => state === LISTEN).map(([, local = ""]) => Number.parseInt(local.split(":").at(-1) ?? "", 16));
}

/** The last of `count` ports from `first` on which nothing listens; null when there is none. */
export async function idlePort(files: SshFiles, first: number, count: number): Promise<number | null> {
  const tables = await Promise.all(TABLES.map((path) => readTable(files, path)));
  const taken = new Set(tables.flatMap(listeningPorts));
  const ports = Array.from({ length: count }, (_, index) => first + index);
  return ports.findLast((port) => !taken.has(port)) ?? null;
}

/** A kernel without IPv6 has only one of the tables. */
async function readTable(files: SshFiles, path: string): Promise<string> {
  try {
    return (await files.readFile(path)).toString("latin1");
  } catch (error) {
    if (isNoSuchFile(error)) return "";
    throw error;
  }
}
