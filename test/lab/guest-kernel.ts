import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { readIfPresent } from "./processes.ts";

/** The kernel that guests boot, and the drivers they load, in the order to load them. */
export interface GuestKernel {
  readonly version: string;
  readonly image: Buffer;
  readonly drivers: readonly { readonly name: string; readonly content: Buffer }[];
}

/** Disk, network card and power button of a guest; everything else is built into Debian's cloud kernel. */
const WANTED_DRIVERS = ["virtio_pci", "virtio_blk", "virtio_net", "button", "evdev"];

/** Reads the newest of Debian's cloud kernels on this machine. @throws Error with the remedy when there is none. */
export async function readGuestKernel(): Promise<GuestKernel> {
  const version = await newestCloudKernel();
  const modules = join("/lib/modules", version);
  const order = driverOrder(await readDependencies(modules), WANTED_DRIVERS);
  const drivers = await Promise.all(order.map(async (path) => ({ name: basename(path), content: await readFile(join(modules, path)) })));
  return { version, image: await readFile(`/boot/vmlinuz-${version}`), drivers };
}

async function newestCloudKernel(): Promise<string> {
  const names = (await readdir("/boot")).filter((name) => /^vmlinuz-.*-cloud-amd64$/.test(name));
  const newest = names.sort((left, right) => left.localeCompare(right, "en", { numeric: true })).at(-1);
  if (newest === undefined) throw new Error("No /boot/vmlinuz-*-cloud-amd64 for the guests: install the package linux-image-cloud-amd64.");
  return newest.slice("vmlinuz-".length);
}

/** modules.dep: each line names a driver's path and, after the colon, the paths it needs, the nearest first. */
async function readDependencies(modules: string): Promise<Map<string, string[]>> {
  const content = await readIfPresent(join(modules, "modules.dep"));
  if (content === undefined) throw new Error(`No ${modules}/modules.dep: reinstall the package linux-image-cloud-amd64.`);
  const entries = content.split("\n").map((line) => line.split(":"));
  return new Map(entries.map(([path = "", needs = ""]) => [path, needs.split(" ").filter((need) => need !== "")]));
}

function driverOrder(dependencies: ReadonlyMap<string, string[]>, wanted: readonly string[]): string[] {
  const order = new Set<string>();
  for (const name of wanted) {
    const path = [...dependencies.keys()].find((candidate) => basename(candidate) === `${name}.ko`);
    if (path === undefined) throw new Error(`The guests' kernel has no driver ${name}.ko: reinstall the package linux-image-cloud-amd64.`);
    for (const need of (dependencies.get(path) ?? []).toReversed()) order.add(need);
    order.add(path);
  }
  return [...order];
}
