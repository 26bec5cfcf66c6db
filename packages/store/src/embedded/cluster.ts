import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { access, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";
import type { SystemUser } from "./system-user.ts";

const run = promisify(execFile);

/** The one login of an embedded cluster. */
export const superuser = "ferry";

export const dataPath = (directory: string): string => join(directory, "data");

/** Makes the folder for `user` alone. Its parents must let that user through. */
export async function prepareDirectory(directory: string, user: SystemUser | null): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o755 });
  if (user === null) return;
  await chown(directory, user.uid, user.gid);
  await run("test", ["-x", directory], user).catch((cause: unknown) => {
    throw new Error(
      `Cannot keep the embedded PostgreSQL in ${directory}: user ${user.uid} cannot enter it, and PostgreSQL does not run as root. Choose a folder all may pass through, such as /var/lib/ferry.`,
      { cause },
    );
  });
}

/** The password of the cluster: random, made once, kept in a file that only its owner reads. */
export async function passwordOf(directory: string): Promise<string> {
  const path = join(directory, "password");
  const fresh = randomBytes(24).toString("base64url");
  await writeFile(path, fresh, { mode: 0o600, flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return await readFile(path, "utf8");
}

/**
 * Makes the cluster unless it is there. It is made under another name and renamed, so that an `initdb` that was interrupted leaves nothing that
 * looks like a cluster. Text sorts by code point on every machine (PostgreSQL's own C.UTF-8), whatever locales are installed.
 */
export async function ensureCluster(directory: string, binaries: Binaries, password: string, user: SystemUser | null): Promise<void> {
  const data = dataPath(directory);
  if (await exists(join(data, "PG_VERSION"))) return;
  const unfinished = `${data}.new`;
  const passwordFile = join(directory, "initdb-password");
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user !== null) await chown(passwordFile, user.uid, user.gid);
  try {
    await run(binaries.initdb, initdbArguments(unfinished, passwordFile), { ...user, cwd: directory });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, data);
}

const initdbArguments = (data: string, passwordFile: string): string[] => [
  `--pgdata=${data}`,
  `--username=${superuser}`,
  `--pwfile=${passwordFile}`,
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--no-instructions",
];

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
