import { mkdir, readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { cached } from "../lab/cache.ts";
import type { LabConfig } from "../lab/config.ts";
import { type ArchiveEntry, packCpio } from "../lab/cpio.ts";
import { run, tryRun } from "../lab/run.ts";
import { HYPERVISOR_PACKAGE } from "./config.ts";
import { unlessUnavailable, XenLabUnavailable } from "./unavailable.ts";

/** Debian's kernel and hypervisor, unpacked from their packages: nothing of them is installed. */
export interface Boot {
  /** Root of the unpacked packages. */
  readonly root: string;
  readonly kernelVersion: string;
  /** Path of the kernel: it serves as control domain and as guest. */
  readonly kernel: string;
}

/** Fetches and unpacks both packages, once for each version of the kernel. @throws XenLabUnavailable when they cannot be had. */
export async function unpackBoot(config: LabConfig): Promise<Boot> {
  const kernelPackage = await newestKernelPackage();
  const root = await cached(config, `boot-${kernelPackage}`, async (target, work) => {
    const download = ["apt-get", "-q", "download", HYPERVISOR_PACKAGE, kernelPackage];
    await unlessUnavailable("Debian's kernel and hypervisor cannot be fetched", () => run(download, { cwd: work, timeoutMs: 300_000 }));
    await mkdir(target);
    for (const file of (await readdir(work)).filter((name) => name.endsWith(".deb")))
      await run(["dpkg-deb", "-x", join(work, file), target]);
    await run(["depmod", "-b", target, versionOf(kernelPackage)]);
  });
  const kernelVersion = versionOf(kernelPackage);
  return { root, kernelVersion, kernel: join(root, `boot/vmlinuz-${kernelVersion}`) };
}

const versionOf = (kernelPackage: string): string => kernelPackage.replace("linux-image-", "");

/** The package on which `linux-image-amd64` depends: the generic kernel, the one that can be a control domain. */
async function newestKernelPackage(): Promise<string> {
  const { stdout } = await tryRun(["apt-cache", "depends", "linux-image-amd64"]);
  const [, name] = /Depends: (linux-image-\S+)/.exec(stdout) ?? [];
  if (name === undefined) throw new XenLabUnavailable("No Xen lab: apt knows no linux-image-amd64. Run apt-get update.");
  return name;
}

/** An initial file system that holds busybox, one script as `/init`, drivers in the order to load them, and other files. */
export async function packInitramfs(
  boot: Boot,
  init: string,
  driverNames: readonly string[],
  files: readonly ArchiveEntry[] = [],
): Promise<Buffer> {
  const drivers = await driverPaths(boot, driverNames);
  const busybox = await readFile("/bin/busybox");
  const directories = ["bin", "drivers"].map((path): ArchiveEntry => ({ kind: "directory", path }));
  const loaded = drivers.map(async (path, index): Promise<ArchiveEntry> => {
    const place = `drivers/${String(index).padStart(2, "0")}-${basename(path)}`;
    return { kind: "file", path: place, content: await readFile(path) };
  });
  const programs: ArchiveEntry[] = [
    { kind: "file", path: "bin/busybox", content: busybox },
    { kind: "file", path: "init", content: await readFile(join(import.meta.dirname, "inside", init)) },
  ];
  return gzipSync(packCpio([...directories, ...programs, ...(await Promise.all(loaded)), ...files]), { level: 1 });
}

/** Paths of the drivers and of those they need, each after what it needs; what is built into the kernel is left out. */
async function driverPaths({ root, kernelVersion }: Boot, names: readonly string[]): Promise<string[]> {
  const modules = join(root, "lib/modules", kernelVersion);
  const needs = new Map(
    (await readFile(join(modules, "modules.dep"), "utf8")).split("\n").map((line): [string, string[]] => {
      const [path = "", rest = ""] = line.split(":");
      return [path, rest.split(" ").filter((need) => need !== "")];
    }),
  );
  const builtIn = await readFile(join(modules, "modules.builtin"), "utf8");
  const order = new Set<string>();
  for (const name of names) {
    const path = [...needs.keys()].find((candidate) => basename(candidate).replaceAll("_", "-") === `${name.replaceAll("_", "-")}.ko`);
    if (path === undefined && builtIn.replaceAll("_", "-").includes(`/${name.replaceAll("_", "-")}.ko`)) continue;
    if (path === undefined) throw new Error(`Debian's kernel ${kernelVersion} has no driver ${name}.`);
    for (const need of (needs.get(path) ?? []).toReversed()) order.add(need);
    order.add(path);
  }
  return [...order].map((path) => join(modules, path));
}

/** Debian's own hypervisor as an executable that QEMU boots. It cannot move guests live: it is built without shadow paging. */
export async function stockHypervisor({ root }: Boot): Promise<Buffer> {
  return gunzipSync(await readFile(join(root, "boot/xen-4.17-amd64.gz")));
}
