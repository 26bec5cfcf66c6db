import type { FileFacts } from "@ferry/libvirt";
import { SshFileError } from "@ferry/libvirt";
import { FakeFile } from "../files.ts";
import type { FakeHost } from "../host.ts";

const NO_SUCH_FILE = 2;
const FAILURE = 4;

/** Operations that may be planned to fail. */
export type FileOperation = "readFile" | "writeFile" | "unlink" | "stat" | "mkdir" | "rmdir" | "list" | "realPath";

/** The host's files over SFTP, with the same errors as the real client. */
export class FakeSftp {
  readonly #host: FakeHost;
  readonly #requireOpen: () => void;

  constructor(host: FakeHost, requireOpen: () => void) {
    this.#host = host;
    this.#requireOpen = requireOpen;
  }

  async readFile(path: string): Promise<Buffer> {
    return await this.#work("readFile", path, () => this.#existing("read", path).content());
  }

  async writeFile(path: string, content: string | Buffer, { mode }: { readonly mode: number }): Promise<void> {
    await this.#work("writeFile", path, () => {
      const directory = path.slice(0, path.lastIndexOf("/"));
      if (this.#host.files.directoryMode(directory) === undefined) throw problem("write", path, NO_SUCH_FILE);
      this.#host.files.put(path, new FakeFile(Buffer.from(content), mode));
    });
  }

  async unlink(path: string): Promise<void> {
    await this.#work("unlink", path, () => {
      if (!this.#host.files.delete(path)) throw problem("remove", path, NO_SUCH_FILE);
    });
  }

  async stat(path: string): Promise<FileFacts> {
    return await this.#work("stat", path, () => {
      const file = this.#host.files.get(path);
      if (file) return { size: file.lengthBytes, mode: file.mode, uid: file.uid, gid: file.gid, isDirectory: false, isFile: true };
      const mode = this.#host.files.directoryMode(path);
      if (mode === undefined) throw problem("look at", path, NO_SUCH_FILE);
      return { size: 4096, mode, uid: 0, gid: 0, isDirectory: true, isFile: false };
    });
  }

  async realPath(path: string): Promise<string> {
    return await this.#work("realPath", path, () => this.#host.files.follow(path));
  }

  async mkdir(path: string, { mode }: { readonly mode: number }): Promise<void> {
    await this.#work("mkdir", path, () => {
      if (this.#host.files.directoryMode(path) !== undefined) throw problem("create the directory", path, FAILURE);
      this.#host.files.makeDirectory(path, mode);
    });
  }

  async rmdir(path: string): Promise<void> {
    await this.#work("rmdir", path, () => {
      if (this.#host.files.directoryMode(path) === undefined) throw problem("remove the directory", path, NO_SUCH_FILE);
      if (this.#host.files.list(path).length > 0) throw problem("remove the directory", path, FAILURE);
      this.#host.files.removeDirectory(path);
    });
  }

  async list(path: string): Promise<string[]> {
    return await this.#work("list", path, () => {
      if (this.#host.files.directoryMode(path) === undefined) throw problem("list", path, NO_SUCH_FILE);
      return this.#host.files.list(path);
    });
  }

  async #work<T>(operation: FileOperation, path: string, work: () => T): Promise<T> {
    this.#requireOpen();
    await this.#host.datacentre.pace.settle();
    const fault = await this.#host.faults.meet(`file:${operation}`);
    if (fault?.kind === "refuse") throw problem(operation, path, FAILURE);
    if (fault?.kind === "lose-call") this.#host.ssh.dropAll();
    this.#requireOpen();
    const result = work();
    if (fault?.kind === "hook") fault.after?.();
    if (fault?.kind === "lose-answer") this.#host.ssh.dropAll();
    this.#requireOpen();
    return result;
  }

  #existing(action: string, path: string): FakeFile {
    const file = this.#host.files.get(path);
    if (!file) throw problem(action, path, NO_SUCH_FILE);
    return file;
  }
}

const problem = (action: string, path: string, code: number): SshFileError =>
  new SshFileError(action, path, Object.assign(new Error(code === NO_SUCH_FILE ? "No such file" : "Failure"), { code }));
