import { readdir } from "node:fs/promises";
import { execOn } from "../host-exec.ts";
import type { HostRecord } from "../state.ts";

const STAGING = "/mnt";

/** True when the host's /dev is its own. */
export async function hidesDevices(host: Pick<HostRecord, "init">): Promise<boolean> {
  return (await execOn(host, ["findmnt", "--noheadings", "--output", "SOURCE", "--mountpoint", "/dev"])).includes("lab-devices");
}

/**
 * Gives a host a /dev of its own with everything that the machine's has, so that nodes made there are seen on no other host. Device-mapper
 * nodes of the machine are left out. Programs that run already see the new one too.
 */
export async function mountPrivateDevices(host: Pick<HostRecord, "init">): Promise<void> {
  await execOn(host, ["mount", "-t", "tmpfs", "-o", "mode=755", "lab-devices", STAGING]);
  const entries = (await readdir("/dev", { withFileTypes: true })).filter(({ name }) => name !== "mapper");
  const nodes = entries.filter((entry) => entry.isCharacterDevice() || entry.isBlockDevice() || entry.isSymbolicLink());
  await execOn(host, ["cp", "--archive", "--target-directory", STAGING, "--", ...nodes.map(({ name }) => `/dev/${name}`)]);
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    await execOn(host, ["mkdir", `${STAGING}/${name}`]);
    await execOn(host, ["mount", "--rbind", `/dev/${name}`, `${STAGING}/${name}`]);
  }
  await execOn(host, ["mount", "--move", STAGING, "/dev"]);
}
