import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The user PostgreSQL runs as, which refuses to run as root; null: the user of this process. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const userName = "postgres";

/** Null unless this process is root; then the system user `postgres`, made when the machine has none. */
export async function serverUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  return (await findUser()) ?? (await makeUser());
}

async function findUser(): Promise<SystemUser | null> {
  const uid = await numberOf("-u");
  const gid = await numberOf("-g");
  return uid === null || gid === null ? null : { uid, gid };
}

/** `id` ends with status 1 when there is no such user. */
async function numberOf(flag: "-u" | "-g"): Promise<number | null> {
  return await run("id", [flag, userName]).then(
    ({ stdout }) => Number(stdout.trim()),
    () => null,
  );
}

async function makeUser(): Promise<SystemUser> {
  await run("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
    userName,
  ]);
  const user = await findUser();
  if (user === null) throw new Error(`Cannot run PostgreSQL as root: user ${userName} was made but is not found. Check /etc/passwd.`);
  return user;
}
