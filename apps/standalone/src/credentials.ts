import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What the command line tool reads from `cli.json`. */
export interface Credentials {
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly project: string;
}

const ADMIN = "admin";

/** The first user's password: kept in the state directory, made at first start, readable by the owner only. */
export async function adminPassword(stateDirectory: string): Promise<string> {
  const path = join(stateDirectory, "admin-password");
  const known = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (known !== null) return known.trim();
  const password = randomBytes(18).toString("base64url");
  await mkdir(stateDirectory, { recursive: true });
  await writeFile(path, `${password}\n`, { mode: 0o600 });
  return password;
}

/** The first user's login, for his own project. */
export const adminCredentials = (listen: string, password: string): Credentials => ({
  authUrl: `http://${listen}/identity/v3`,
  username: ADMIN,
  password,
  project: ADMIN,
});

/** Writes `cli.json` (mode 0600), so that `ferry` works for this user without any setting. */
export async function writeCliConfig(homeDirectory: string, credentials: Credentials): Promise<string> {
  await mkdir(homeDirectory, { recursive: true, mode: 0o700 });
  const path = join(homeDirectory, "cli.json");
  await writeFile(path, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
  return path;
}
