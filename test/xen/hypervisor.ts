import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { cached } from "../lab/cache.ts";
import type { LabConfig } from "../lab/config.ts";
import { exists } from "../lab/processes.ts";
import { run } from "../lab/run.ts";
import { HYPERVISOR_SOURCE } from "./config.ts";
import type { Boot } from "./kernel.ts";
import { unlessUnavailable, XenLabUnavailable } from "./unavailable.ts";

const FETCH_TIMEOUT_MS = 300_000;
const BUILD_TIMEOUT_MS = 900_000;
const BUILT = "xen-shadow";
const OFF = "# CONFIG_SHADOW_PAGING is not set";
const ON = "CONFIG_SHADOW_PAGING=y";

/**
 * The hypervisor, built from Debian's source package with Debian's configuration and shadow paging besides: without it a paravirtual guest has no
 * record of the pages it writes, so it cannot be moved while it runs. About two minutes of CPU, once. Returns the path of the executable.
 * @throws XenLabUnavailable when the source cannot be fetched or does not build.
 */
export async function buildHypervisor(config: LabConfig, boot: Boot, progress: (sentence: string) => void): Promise<string> {
  return await cached(config, BUILT, async (target, work) => {
    progress("Fetching the hypervisor's source package");
    const source = await unlessUnavailable("the hypervisor's source package cannot be fetched", () => fetchSource(work));
    progress("Building the hypervisor with shadow paging (about two minutes of CPU)");
    await unlessUnavailable("the hypervisor does not build", () => build(source, boot));
    await writeFile(target, gunzipSync(await readFile(join(source, "xen/xen.gz"))));
  });
}

/** Whether an earlier run has built the hypervisor, which takes longer than all else that the lab needs. */
export const isHypervisorBuilt = ({ cacheDir }: Pick<LabConfig, "cacheDir">): Promise<boolean> => exists(join(cacheDir, BUILT));

/** Fetches with a package list of its own, so that the machine's apt is left as it is. Returns the unpacked directory. */
async function fetchSource(work: string): Promise<string> {
  const list = join(work, "sources.list");
  const lists = join(work, "lists");
  await mkdir(join(lists, "partial"), { recursive: true });
  await writeFile(list, `deb-src ${await mirror()} bookworm main\n`);
  const apart = [`Dir::Etc::sourcelist=${list}`, "Dir::Etc::sourceparts=-", `Dir::State::lists=${lists}`, "APT::Get::List-Cleanup=0"];
  const apt = ["apt-get", "-q", ...apart.flatMap((option) => ["-o", option])];
  await run([...apt, "update"], { cwd: work, timeoutMs: FETCH_TIMEOUT_MS });
  await run([...apt, "--download-only", "source", HYPERVISOR_SOURCE], { cwd: work, timeoutMs: FETCH_TIMEOUT_MS });
  const description = (await readdir(work)).find((name) => name.endsWith(".dsc"));
  if (description === undefined) throw new XenLabUnavailable("No Xen lab: apt fetched no source package of the hypervisor.");
  const directory = join(work, "xen-source");
  await run(["dpkg-source", "-x", description, directory], { cwd: work, timeoutMs: FETCH_TIMEOUT_MS });
  return directory;
}

/** The mirror that this machine uses for Debian 12. */
async function mirror(): Promise<string> {
  const used = await run([
    "apt-get",
    "indextargets",
    "--format",
    "$(SITE)",
    "Created-By: Packages",
    "Codename: bookworm",
    "Component: main",
  ]);
  const site = used.split("\n").find((line) => line !== "");
  if (site === undefined) throw new XenLabUnavailable("No Xen lab: apt knows no mirror of Debian 12 (bookworm).");
  return site;
}

async function build(source: string, { root }: Boot): Promise<void> {
  const tree = join(source, "xen");
  await copyFile(join(root, "boot/xen-4.17-amd64.config"), join(tree, ".config"));
  const configuration = await readFile(join(tree, ".config"), "utf8");
  await writeFile(join(tree, ".config"), configuration.replace(OFF, ON));
  const make = ["make", "-C", tree, "XEN_TARGET_ARCH=x86_64", "PYTHON=python3", "debug=n"];
  await run([...make, "olddefconfig"], { timeoutMs: BUILD_TIMEOUT_MS });
  if (!(await readFile(join(tree, ".config"), "utf8")).includes(ON))
    throw new XenLabUnavailable("No Xen lab: the hypervisor's configuration has no shadow paging.");
  await run([...make, "-j2"], { timeoutMs: BUILD_TIMEOUT_MS });
}
