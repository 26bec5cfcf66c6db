import { execOn, tryExecOn, virsh } from "./host-exec.ts";
import type { HostRecord } from "./state.ts";

/** Everything on a host that a move could leave behind; two inventories compare with a deep equality. */
export interface Inventory {
  /** "name state" of each domain, running or not. */
  readonly domains: readonly string[];
  /** "pool state" of each pool. */
  readonly pools: readonly string[];
  /** Path and size in bytes of each file below /var/lib/libvirt/images and /srv/shared. */
  readonly volumes: Readonly<Record<string, number>>;
  readonly networks: readonly string[];
  readonly nwfilters: readonly string[];
  readonly secrets: readonly string[];
  readonly authorizedKeys: readonly string[];
  readonly knownHosts: readonly string[];
  /** Paths below /root, /tmp and /var/tmp. */
  readonly files: readonly string[];
  /** Tap devices of guests. */
  readonly taps: readonly string[];
  /** Processes by command name, sorted; those of the asking command and of SSH sessions left out. */
  readonly processes: readonly string[];
}

/** Takes the inventory of a host. libvirtd must answer. */
export async function inventory(host: HostRecord): Promise<Inventory> {
  const rows = async (...args: string[]): Promise<string[]> => columns(await virsh(host, args));
  return {
    domains: (await rows("list", "--all")).map((row) => row.replace(/^\S+ /, "")).sort(),
    pools: await rows("pool-list", "--all"),
    volumes: await volumes(host),
    networks: await rows("net-list", "--all"),
    nwfilters: (await rows("nwfilter-list")).map((row) => row.split(" ")[1] ?? ""),
    secrets: await rows("secret-list"),
    authorizedKeys: await fileLines(host, "/root/.ssh/authorized_keys"),
    knownHosts: await fileLines(host, "/root/.ssh/known_hosts"),
    files: lines(await execOn(host, ["find", "/root", "/tmp", "/var/tmp", "-mindepth", "1"])).sort(),
    taps: lines(await execOn(host, ["ls", "/sys/class/net"])).filter((name) => /^(vnet|macvtap)/.test(name)),
    processes: await processes(host),
  };
}

async function volumes(host: HostRecord): Promise<Record<string, number>> {
  const output = await execOn(host, ["find", "/var/lib/libvirt/images", "/srv/shared", "-type", "f", "-printf", "%s %p\\n"]);
  const entries = lines(output).map((line): [string, number] => [line.slice(line.indexOf(" ") + 1), Number.parseInt(line, 10)]);
  return Object.fromEntries(entries.sort(([left], [right]) => left.localeCompare(right)));
}

async function fileLines(host: HostRecord, path: string): Promise<string[]> {
  return lines((await tryExecOn(host, ["cat", path])).stdout);
}

async function processes(host: HostRecord): Promise<string[]> {
  const names = lines(await execOn(host, ["ps", "-eo", "comm="]));
  return names.filter((name) => !["ps", "sshd"].includes(name)).sort();
}

function columns(table: string): string[] {
  return lines(table).map((line) => line.trim().replace(/\s+/g, " "));
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
