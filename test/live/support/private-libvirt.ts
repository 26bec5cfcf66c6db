import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** An sshd on loopback with a host key of its own. */
export interface PrivateSshd {
  readonly port: number;
}

const LIBVIRTD = "/usr/sbin/libvirtd";
const SSHD = "/usr/sbin/sshd";
const SOCKET = "/run/libvirt/libvirt-sock";

/**
 * A real libvirtd and sshd that share nothing with the machine's own: own mount namespace, `/run`, configuration and state, sshd on
 * loopback. Fails loudly when the programs are not installed. `stop` ends every process that was started and removes the directory.
 */
export class PrivateLibvirt {
  readonly directory = mkdtempSync(join(tmpdir(), "ferry-libvirt-"));
  readonly #processes: ChildProcess[] = [];
  #namespace = 0;
  #libvirtd: ChildProcess | undefined;

  static async start(): Promise<PrivateLibvirt> {
    for (const program of [LIBVIRTD, SSHD]) {
      if (!existsSync(program)) throw new Error(`${program} is missing: install libvirt-daemon-system and openssh-server`);
    }
    const rig = new PrivateLibvirt();
    try {
      rig.#writeConfiguration();
      await rig.#startNamespace();
      await rig.startLibvirtd();
      return rig;
    } catch (error) {
      await rig.stop();
      throw error;
    }
  }

  /** Private key of the user that the sshds let in. */
  get clientKey(): string {
    return readFileSync(join(this.directory, "client"), "utf8");
  }

  /** Path by which this process reaches the libvirtd's socket. */
  get socketPath(): string {
    return `/proc/${this.#namespace}/root${SOCKET}`;
  }

  /** Starts libvirtd and waits until it listens. */
  async startLibvirtd(): Promise<void> {
    this.#libvirtd = this.#enter([LIBVIRTD], "libvirtd");
    await until(() => existsSync(this.socketPath), "libvirtd has no socket");
    await until(() => accepts({ path: this.socketPath }), "libvirtd does not listen");
  }

  /** Stops libvirtd from running without ending it: its calls stay unanswered. */
  freezeLibvirtd(): void {
    this.#libvirtd?.kill("SIGSTOP");
  }

  /** kill -9, as a crash would. */
  async killLibvirtd(): Promise<void> {
    const daemon = this.#libvirtd;
    if (!daemon) throw new Error("libvirtd was not started");
    const exit = once(daemon, "exit");
    daemon.kill("SIGKILL");
    await exit;
    rmSync(this.socketPath, { force: true });
  }

  /** Starts another sshd; `settings` are lines for its configuration, `hostKey` the name of a key pair made on demand. */
  async startSshd(settings: readonly string[] = [], hostKey = "host"): Promise<PrivateSshd> {
    const port = await freePort();
    const file = join(this.directory, `sshd-${port}.conf`);
    const key = this.#keyPair(hostKey);
    const lines = ["ListenAddress 127.0.0.1", `Port ${port}`, `HostKey ${key}`, `AuthorizedKeysFile ${this.#keyPair("client")}.pub`];
    const fixed = ["PermitRootLogin prohibit-password", "StrictModes no", "UsePAM no", "PidFile none", "Subsystem sftp internal-sftp"];
    writeFileSync(file, [...settings, ...lines, ...fixed, ""].join("\n"));
    this.#enter([SSHD, "-D", "-e", "-f", file], `sshd-${port}`);
    await until(() => accepts({ host: "127.0.0.1", port }), "sshd does not listen");
    return { port };
  }

  /** Ends everything and removes the directory. */
  async stop(): Promise<void> {
    for (const child of this.#processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  #writeConfiguration(): void {
    const conf = join(this.directory, "conf");
    mkdirSync(conf);
    writeFileSync(join(conf, "libvirtd.conf"), 'auth_unix_rw = "none"\nunix_sock_rw_perms = "0700"\n');
    const qemu = ['user = "root"', 'group = "root"', 'security_driver = "none"', "cgroup_controllers = [ ]", "namespaces = [ ]"];
    writeFileSync(join(conf, "qemu.conf"), [...qemu, "remember_owner = 0", 'stdio_handler = "file"', ""].join("\n"));
    this.#keyPair("client");
  }

  async #startNamespace(): Promise<void> {
    const script = join(this.directory, "namespace.sh");
    cpSync(new URL("./private-namespace.sh", import.meta.url), script);
    const child = spawn("unshare", ["--mount", "--propagation", "private", "--", "sh", script, this.directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#processes.push(child);
    await Promise.race([
      once(child.stdout, "data"),
      once(child, "exit").then(() => Promise.reject(new Error("unshare failed: root is needed"))),
    ]);
    this.#namespace = child.pid ?? 0;
  }

  #enter(argv: readonly string[], name: string): ChildProcess {
    const child = spawn("nsenter", ["--mount", `--target=${this.#namespace}`, "--", ...argv], { stdio: ["ignore", "ignore", "ignore"] });
    child.on("error", (error) => console.error(`${name} did not start`, error));
    this.#processes.push(child);
    return child;
  }

  #keyPair(name: string): string {
    const path = join(this.directory, name);
    if (!existsSync(path)) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path]);
    return path;
  }
}

/** `ssh-keygen -l` of a public key file: what a person would compare. */
export function fingerprintOf(path: string): string {
  return execFileSync("ssh-keygen", ["-l", "-f", path], { encoding: "utf8" }).split(" ")[1] ?? "";
}

async function until(condition: () => boolean | Promise<boolean>, complaint: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await condition()) return;
    await sleep(100);
  }
  throw new Error(`${complaint} after 20 s`);
}

function accepts(target: { path: string } | { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(target);
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
