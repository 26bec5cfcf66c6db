import { mkdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { LabConfig } from "../config.ts";
import { execOn, tryExecOn } from "../host-exec.ts";
import { run } from "../run.ts";
import type { HostRecord } from "../state.ts";
import { hidesDevices, mountPrivateDevices } from "./private-devices.ts";

/*
 * A block device that every host has under one name, as multipath shows a LUN: one loop device on this machine, a node of it in each host.
 * The devices need no record: they are those whose file lies in the lab's directory.
 */

interface BlockDevice {
  /** Part of the names of its file and of its nodes. */
  readonly name: string;
  /** "/dev/loopN". */
  readonly device: string;
}

/** As losetup lists one. */
interface LoopDevice {
  readonly name: string;
  readonly "back-file": string | null;
}

/** Path of a device on every host. */
export function blockDevicePath(name: string): string {
  return `/dev/mapper/${name}`;
}

/** Makes the file of a new device, by `write`, then the device, and shows it to the hosts. Returns its path there. */
export async function createBlockDevice(
  config: LabConfig,
  hosts: readonly HostRecord[],
  name: string,
  write: (path: string) => Promise<void>,
): Promise<string> {
  await mkdir(directory(config), { recursive: true });
  const path = backing(config, name);
  await write(path);
  const device = (await run(["losetup", "--find", "--show", "--", path])).trim();
  for (const host of hosts) await showDevice(host, { name, device });
  return blockDevicePath(name);
}

/** Takes a device away from the hosts and deletes it with its file; nothing when there is none. */
export async function deleteBlockDevice(config: LabConfig, hosts: readonly HostRecord[], name: string): Promise<void> {
  for (const device of (await blockDevices(config)).filter((candidate) => candidate.name === name)) {
    for (const host of hosts) await tryExecOn(host, ["rm", "-f", "--", blockDevicePath(name)]);
    await run(["losetup", "--detach", device.device]);
  }
  await rm(backing(config, name), { force: true });
}

/** Shows all the lab's devices to a host that has just booted. */
export async function showBlockDevices(config: LabConfig, host: HostRecord): Promise<void> {
  for (const device of await blockDevices(config)) await showDevice(host, device);
}

/** Detaches all the lab's devices from their files, before the lab's directory goes. */
export async function detachBlockDevices(config: LabConfig): Promise<void> {
  for (const { device } of await blockDevices(config)) await run(["losetup", "--detach", device]);
}

async function blockDevices(config: LabConfig): Promise<BlockDevice[]> {
  const output = await run(["losetup", "--list", "--json", "--output", "NAME,BACK-FILE"]);
  const { loopdevices } = output === "" ? { loopdevices: [] } : (JSON.parse(output) as { loopdevices: LoopDevice[] });
  return loopdevices.flatMap(({ name: device, "back-file": file }) => {
    if (file === null || !file.startsWith(`${directory(config)}/`)) return [];
    // The kernel adds " (deleted)" to the name of a file that is gone.
    return [{ device, name: basename(file.replace(/ \(deleted\)$/, ""), ".raw") }];
  });
}

async function showDevice(host: HostRecord, { name, device }: BlockDevice): Promise<void> {
  if (!(await hidesDevices(host))) await mountPrivateDevices(host);
  const [major = "", minor = ""] = (await readFile(`/sys/block/${basename(device)}/dev`, "utf8")).trim().split(":");
  await execOn(host, ["mkdir", "-p", "/dev/mapper"]);
  await execOn(host, ["rm", "-f", "--", blockDevicePath(name)]);
  await execOn(host, ["mknod", "--mode=600", "--", blockDevicePath(name), "b", major, minor]);
}

function directory(config: LabConfig): string {
  return join(config.dir, "luns");
}

function backing(config: LabConfig, name: string): string {
  return join(directory(config), `${name}.raw`);
}
