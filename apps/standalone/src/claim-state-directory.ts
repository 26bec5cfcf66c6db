import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, realpath } from "node:fs/promises";
import { createServer } from "node:net";
import { ConfigurationError } from "@ferry/core";

/**
 * Makes the directory if it is missing, and keeps it for this process until it ends, however it ends: a second ferry on it would stop the first one's
 * database with its own. The claim is a socket in Linux's abstract namespace, which the kernel takes back. Throws a ConfigurationError when another
 * process has it.
 */
export async function claimStateDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const name = createHash("sha256")
    .update(await realpath(directory))
    .digest("hex");
  const claim = createServer((socket) => socket.destroy());
  claim.listen(`\0ferry-state-${name}`);
  try {
    await once(claim, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new ConfigurationError(
      `Cannot start ferry: another ferry works in ${directory}. End that one, or give this one directories of its own: FERRY_STATE_DIR and FERRY_HOME.`,
      { cause: error },
    );
  }
  claim.unref();
}
