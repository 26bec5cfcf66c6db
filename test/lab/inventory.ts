import { execOn, tryExecOn, virsh } from "./host-exec.ts";
import type { HostRecord } from "./state.ts";

/** Everything on a host that a move could leave behind. Compare two with `inventoryChanges`. */
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
  /** "tap" for each tap device of a guest: their numbers change from move to move. */
  readonly taps: readonly string[];
  /** Rules in force, without counters and without the numbers of taps. */
  readonly firewall: readonly string[];
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
    taps: await taps(host),
    firewall: await firewall(host),
    processes: await processes(host),
  };
}

/** What the second inventory has and the first has not, and the reverse, as "kind: item". Sizes of volumes are not compared: a running guest writes. */
export function inventoryChanges(before: Inventory, after: Inventory): { added: string[]; removed: string[] } {
  const [first, second] = [items(before), items(after)];
  return { added: without(second, first), removed: without(first, second) };
}

function items(host: Inventory): string[] {
  const lists = { ...host, volumes: Object.keys(host.volumes) };
  return Object.entries(lists).flatMap(([kind, values]) => values.map((value) => `${kind}: ${value}`));
}

/** `all` without `taken`, each occurrence counted. */
function without(all: readonly string[], taken: readonly string[]): string[] {
  const rest = [...all];
  for (const item of taken) {
    const at = rest.indexOf(item);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}

async function taps(host: HostRecord): Promise<string[]> {
  const names = lines(await execOn(host, ["ls", "/sys/class/net"]));
  return names.filter((name) => /^(vnet|macvtap)/.test(name)).map(() => "tap");
}

async function firewall(host: HostRecord): Promise<string[]> {
  const text = await execOn(host, ["nft", "--stateless", "list", "ruleset"]);
  // Tables and chains stay when their last rule goes, and so do libvirt's ways into its chains: only other rules count.
  const rules = lines(text).filter((line) => !/^\s*(table|chain|type|#|\}|counter jump libvirt-)/.test(line));
  return rules.map((line) => line.trim().replaceAll(/vnet\d+/g, "vnetN")).sort();
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
  const rows = columns(await execOn(host, ["ps", "-eo", "stat=,comm="])).filter((row) => !row.startsWith("Z"));
  const names = rows.map((row) => row.slice(row.indexOf(" ") + 1));
  return names.filter((name) => !["ps", "sshd"].includes(name)).sort();
}

function columns(table: string): string[] {
  return lines(table).map((line) => line.trim().replace(/\s+/g, " "));
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
