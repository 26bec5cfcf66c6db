import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HostAddress, hostId } from "@ferry/core";
import { type CommandResult, describeHostKey, SshHost } from "@ferry/libvirt";
import { run } from "../lab/run.ts";
import { SHARED_UNIT, xenCache } from "./config.ts";
import { booted, startHost, type XenHost } from "./host.ts";
import { buildHypervisor } from "./hypervisor.ts";
import { unpackBoot } from "./kernel.ts";
import { ensureXenPackages } from "./packages.ts";
import { buildRootImage } from "./root-image.ts";

/** What both hosts boot, built once and kept. */
export interface BuiltXen {
  readonly boot: Awaited<ReturnType<typeof unpackBoot>>;
  readonly hypervisor: string;
  readonly rootImage: string;
}

/** Builds what is not there yet: minutes at the first time, nothing later. @throws XenLabUnavailable when this machine cannot. */
export async function buildXen(progress: (sentence: string) => void): Promise<BuiltXen> {
  const config = xenCache();
  await ensureXenPackages(progress);
  const boot = await unpackBoot(config);
  const parts = [buildHypervisor(config, boot, progress), buildRootImage(config, boot, progress)] as const;
  await Promise.allSettled(parts);
  const [hypervisor, rootImage] = await Promise.all(parts);
  return { boot, hypervisor, rootImage };
}

/** Two Xen hosts and a disk that both see. Everything lives in a temporary directory and is gone after `down`. */
export class XenLab {
  readonly directory: string;
  readonly hosts: readonly [XenHost, XenHost];
  /** The key that logs in to both hosts as root. */
  readonly privateKeyPath: string;
  /** The file behind the shared unit, which this machine may read at any time. */
  readonly sharedDisk: string;

  private constructor(directory: string, hosts: readonly [XenHost, XenHost]) {
    this.directory = directory;
    this.hosts = hosts;
    this.privateKeyPath = join(directory, "key");
    this.sharedDisk = join(directory, "shared.img");
  }

  /** Boots both hosts at once: half a minute to a minute and a half. */
  static async up(built: BuiltXen): Promise<XenLab> {
    const directory = await mkdtemp(join(tmpdir(), "ferry-xen-"));
    await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "xen-lab", "-f", join(directory, "key")]);
    const admitted = (await readFile(join(directory, "key.pub"), "utf8")).trim();
    const sharedDisk = join(directory, "shared.img");
    const disk = await open(sharedDisk, "w");
    await disk.truncate(SHARED_UNIT.bytes);
    await disk.close();
    const parts = { ...built, directory, sharedDisk, admitted };
    const [one, two] = [await freePort(), await freePort()];
    const hosts = await Promise.all([startHost({ ...parts, index: 1, sshPort: one }), startHost({ ...parts, index: 2, sshPort: two })]);
    const lab = new XenLab(directory, hosts);
    try {
      await Promise.all(hosts.map(booted));
      return lab;
    } catch (error) {
      await lab.down();
      throw error;
    }
  }

  /** The record of a host as ferry keeps it. */
  address({ name, address, sshPort, hostKey }: XenHost): HostAddress {
    const where = { address: "127.0.0.1", port: sshPort, migrationAddress: address };
    return { id: hostId(name), name, user: "root", hostKey, uri: "xen:///system", ...where };
  }

  /** Runs a command on a host, over SSH with its pinned key. */
  async exec(host: XenHost, argv: readonly string[]): Promise<CommandResult> {
    const privateKey = await readFile(this.privateKeyPath, "utf8");
    const hostKey = describeHostKey(Buffer.from(host.hostKey.split(" ")[1] ?? "", "base64"));
    const ssh = new SshHost({ address: "127.0.0.1", port: host.sshPort, username: "root", auth: { privateKey }, hostKey });
    try {
      return await (await ssh.session()).exec(argv);
    } finally {
      await ssh.close();
    }
  }

  /** Ends both machines and removes everything that was theirs. */
  async down(): Promise<void> {
    await Promise.all(this.hosts.map(ended));
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function ended({ machine }: XenHost): Promise<void> {
  if (machine.exitCode !== null || machine.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  machine.once("exit", () => resolve());
  machine.kill("SIGKILL");
  await promise;
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once("error", reject);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no free port"))));
  });
  return promise;
}
