import { rm, writeFile } from "node:fs/promises";
import { exists } from "./processes.ts";

/** Debian's own switch: asked before a package starts a service; code 101 forbids it. */
const POLICY = "/usr/sbin/policy-rc.d";

/**
 * Runs `install` while packages may not start their services: the lab starts what it needs in its own namespaces, and a port mapper or an
 * iSCSI server on the machine itself is nothing that it asked for. A policy that the machine has stays.
 */
export async function withServicesHeldBack(install: () => Promise<void>): Promise<void> {
  if (await exists(POLICY)) return install();
  await writeFile(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    await install();
  } finally {
    await rm(POLICY, { force: true });
  }
}
