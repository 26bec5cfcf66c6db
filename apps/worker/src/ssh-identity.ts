import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { ConfigurationError } from "@ferry/core";
import { generateSshKeyPair } from "@ferry/libvirt";

/** ferry's own SSH identity; `publicKey` is the line for authorized_keys. */
export interface SshIdentity {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** The key pair at that path; made there, for the owner only, when there is none. Of several workers that start at once one makes it. */
export async function sshIdentity(path: string): Promise<SshIdentity> {
  const known = await readPair(path);
  if (known) return known;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const pair = generateSshKeyPair(`ferry@${hostname()}`);
  try {
    await writeFile(`${path}.pub`, `${pair.publicKey}\n`, { flag: "wx", mode: 0o644 });
    await writeFile(path, pair.privateKey, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const made = await readPair(path);
  if (!made) throw new Error(`Cannot read the SSH key ${path} that was just made: another worker is making it, start again.`);
  return made;
}

async function readPair(path: string): Promise<SshIdentity | null> {
  try {
    const [privateKey, publicKey] = await Promise.all([readFile(path, "utf8"), readFile(`${path}.pub`, "utf8")]);
    return { privateKey, publicKey: publicKey.trim() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new ConfigurationError(
      `Cannot read the SSH key ${path} and its public half ${path}.pub: make both readable for ferry's worker.`,
      {
        cause: error,
      },
    );
  }
}
