import { randomBytes } from "node:crypto";
import { posix } from "node:path";
import type { FileEntryWithStats, SFTPWrapper, Stats } from "ssh2";
import { withDeadline } from "./deadline.ts";
import { SshDeadlineError } from "./ssh-errors.ts";

/** A file operation on a host failed. `code` is SFTP's: 2 no such file, 3 permission denied, 4 failure (full disk, not empty, exists). */
export class SshFileError extends Error {
  override readonly name = "SshFileError";
  readonly path: string;
  readonly code: number | undefined;

  constructor(action: string, path: string, cause: Error) {
    super(`Cannot ${action} ${path} on the host: ${cause.message}`, { cause });
    this.path = path;
    this.code = "code" in cause && typeof cause.code === "number" ? cause.code : undefined;
  }
}

/** The file or directory is not there. */
export const isNoSuchFile = (error: unknown): boolean => error instanceof SshFileError && error.code === 2;

/** What is known of a file. */
export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  /** Permission bits, e.g. 0o600. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly isDirectory: boolean;
  readonly isFile: boolean;
}

const DEADLINE_MS = 30_000;

type Done<T> = (error: Error | undefined | null, value: T) => void;

/** Small files on a host, over SFTP. One SFTP channel is opened at the first use and kept. Paths are absolute. */
export class SshFiles {
  readonly #openChannel: () => Promise<SFTPWrapper>;
  #sftp: Promise<SFTPWrapper> | undefined;

  constructor(openChannel: () => Promise<SFTPWrapper>) {
    this.#openChannel = openChannel;
  }

  /** The whole content. */
  readFile(path: string): Promise<Buffer> {
    return this.#run<Buffer>("read", path, (sftp, done) => sftp.readFile(path, done));
  }

  /** Replaces a file at once: readers see the old content or all of the new. `mode` is its permission bits, whatever the umask. */
  async writeFile(path: string, content: string | Buffer, { mode }: { readonly mode: number }): Promise<void> {
    const draft = posix.join(posix.dirname(path), `.${posix.basename(path)}.${randomBytes(6).toString("hex")}`);
    try {
      await this.#run<void>("write", draft, (sftp, done) =>
        sftp.writeFile(draft, content, { mode: 0o600, flag: "wx" }, (error) => done(error)),
      );
      await this.#run<void>("set the mode of", draft, (sftp, done) => sftp.chmod(draft, mode, (error) => done(error)));
      await this.#run<void>("replace", path, (sftp, done) => sftp.ext_openssh_rename(draft, path, (error) => done(error)));
    } catch (error) {
      await Promise.allSettled([this.unlink(draft)]);
      throw error;
    }
  }

  async unlink(path: string): Promise<void> {
    await this.#run<void>("remove", path, (sftp, done) => sftp.unlink(path, (error) => done(error)));
  }

  async stat(path: string): Promise<FileFacts> {
    const stats = await this.#run<Stats>("look at", path, (sftp, done) => sftp.stat(path, done));
    const { size, mode, uid, gid } = stats;
    return { size, mode: mode & 0o7777, uid, gid, isDirectory: stats.isDirectory(), isFile: stats.isFile() };
  }

  /** The path with symbolic links followed; a last part that does not exist stays as it is. */
  realPath(path: string): Promise<string> {
    return this.#run<string>("resolve", path, (sftp, done) => sftp.realpath(path, done));
  }

  /** Fails with code 4 when it exists. */
  async mkdir(path: string, { mode }: { readonly mode: number }): Promise<void> {
    await this.#run<void>("create the directory", path, (sftp, done) => sftp.mkdir(path, { mode }, (error) => done(error)));
  }

  async rmdir(path: string): Promise<void> {
    await this.#run<void>("remove the directory", path, (sftp, done) => sftp.rmdir(path, (error) => done(error)));
  }

  /** Names in a directory, without `.` and `..`. */
  async list(path: string): Promise<string[]> {
    const entries = await this.#run<FileEntryWithStats[]>("list", path, (sftp, done) => sftp.readdir(path, done));
    return entries.map((entry) => entry.filename);
  }

  async #run<T>(action: string, path: string, operation: (sftp: SFTPWrapper, done: Done<T>) => unknown): Promise<T> {
    const sftp = await this.#channel();
    const work = new Promise<T>((resolve, reject) => {
      operation(sftp, (error, value) => (error ? reject(new SshFileError(action, path, error)) : resolve(value)));
    });
    return await withDeadline(work, DEADLINE_MS, () => {
      sftp.end();
      return new SshDeadlineError(`Cannot ${action} ${path} on the host: no answer within ${DEADLINE_MS} ms`);
    });
  }

  #channel(): Promise<SFTPWrapper> {
    this.#sftp ??= this.#openChannel().then(
      (sftp) => {
        sftp.on("close", () => this.#forget());
        sftp.on("error", () => this.#forget());
        return sftp;
      },
      (error: unknown) => {
        this.#forget();
        throw error;
      },
    );
    return this.#sftp;
  }

  #forget(): void {
    this.#sftp = undefined;
  }
}
