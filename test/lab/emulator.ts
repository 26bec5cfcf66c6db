import { compile } from "./cache.ts";
import type { LabConfig } from "./config.ts";
import { execOn } from "./host-exec.ts";
import type { HostRecord } from "./state.ts";

const QEMU = "/usr/bin/qemu-system-x86_64";
/** QEMU looks for its firmware and its modules beside its own directory. */
const MOVED = "/run/emulator";
const REAL = `${MOVED}/bin/qemu-system-x86_64`;

/** The program of emulator.c; build it before the host's private directories hide the cache. */
export async function emulatorStarter(config: LabConfig): Promise<string> {
  return await compile(config, "emulator", ["emulator.c"], [], [`-DEMULATOR="${REAL}"`]);
}

/** Puts the starter in the place of QEMU on a host, for this host only; `starter` is its path as the host sees it. */
export async function placeEmulatorStarter(host: Pick<HostRecord, "init">, starter: string): Promise<void> {
  await execOn(host, ["mkdir", "-p", `${MOVED}/bin`]);
  await execOn(host, ["touch", REAL]);
  await execOn(host, ["ln", "-s", "/usr/share", "/usr/lib", MOVED]);
  await execOn(host, ["mount", "--bind", QEMU, REAL]);
  await execOn(host, ["mount", "--bind", starter, QEMU]);
}
