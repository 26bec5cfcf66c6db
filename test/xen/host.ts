import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveEntry } from "../lab/cpio.ts";
import { readIfPresent, waitFor } from "../lab/processes.ts";
import { run } from "../lab/run.ts";
import { CONTROL_DOMAIN_MIB, HOST_DRIVERS, MACHINE_MIB, SHARED_UNIT } from "./config.ts";
import { type Boot, packInitramfs } from "./kernel.ts";

/** A machine that QEMU emulates, with Xen on it. */
export interface XenHost {
  readonly name: string;
  /** On the network of the hosts, where nobody else is. */
  readonly address: string;
  /** Of its sshd: on 127.0.0.1 for this machine, on `address` for the other host. */
  readonly sshPort: number;
  /** OpenSSH form, made for this lab. */
  readonly hostKey: string;
  readonly directory: string;
  readonly machine: ChildProcess;
}

/** What a host is made from. */
export interface HostParts {
  readonly index: 1 | 2;
  /** Directory of the lab; the host gets one of its own in it. */
  readonly directory: string;
  readonly boot: Boot;
  readonly hypervisor: string;
  readonly rootImage: string;
  readonly sharedDisk: string;
  readonly sshPort: number;
  /** The public key that may log in as root. */
  readonly admitted: string;
}

const BOOT_TIMEOUT_MS = 300_000;

/** Address of a host in a network that exists between the two only. */
const addressOf = (index: number): string => `10.77.0.${index}`;

/** Starts the machine; `booted` waits for it. */
export async function startHost(parts: HostParts): Promise<XenHost> {
  const name = `xen${parts.index}`;
  const directory = join(parts.directory, name);
  await mkdir(directory);
  const hostKey = await makeKey(join(directory, "host-key"));
  await writeFile(
    join(directory, "initramfs"),
    await packInitramfs(parts.boot, "boot-init", HOST_DRIVERS, await ownFiles(name, directory, parts)),
  );
  await run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", parts.rootImage, "-F", "raw", join(directory, "root.qcow2")]);
  const log = await open(join(directory, "qemu.log"), "w");
  const [program, ...args] = ["setpriv", "--pdeathsig", "KILL", ...machine(name, directory, parts)];
  const child = spawn(program ?? "", args, { stdio: ["ignore", log.fd, log.fd] });
  await log.close();
  return { name, address: addressOf(parts.index), sshPort: parts.sshPort, hostKey, directory, machine: child };
}

/** Resolves when libvirt answers on the host. @throws Error with the end of its console when it does not come up. */
export async function booted(host: XenHost): Promise<void> {
  const console = async (): Promise<string> => (await readIfPresent(join(host.directory, "console.log"))) ?? "";
  const isReady = async (): Promise<boolean> => {
    const text = await console();
    if (host.machine.exitCode !== null || text.includes("LAB FAILED") || text.includes("Kernel panic"))
      throw new Error(
        `${host.name} does not boot:\n${text.slice(-2000)}\n${(await readIfPresent(join(host.directory, "qemu.log"))) ?? ""}`,
      );
    return text.includes("LAB READY");
  };
  await waitFor(isReady, `libvirt on ${host.name}, whose console is ${host.directory}/console.log`, BOOT_TIMEOUT_MS);
}

async function makeKey(path: string): Promise<string> {
  await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path]);
  return (await readFile(`${path}.pub`, "utf8")).trim();
}

/** Files that only this host has, put over its root file system before it starts from there. */
async function ownFiles(name: string, directory: string, { index, sshPort, admitted }: HostParts): Promise<ArchiveEntry[]> {
  const names = [1, 2].map((one) => `${addressOf(one)} xen${one}`).join("\n");
  const texts: Readonly<Record<string, string>> = {
    "etc/lab-host": `LAB_NAME=${name}\nLAB_ADDRESS=${addressOf(index)}\nLAB_SSH_PORT=${sshPort}\n`,
    "etc/hosts": `127.0.0.1 localhost\n${names}\n`,
    "etc/hostname": `${name}\n`,
    "etc/lab-init": await readFile(join(import.meta.dirname, "inside/host-init"), "utf8"),
    "root/.ssh/authorized_keys": `${admitted}\n`,
    "etc/ssh/ssh_host_ed25519_key": await readFile(join(directory, "host-key"), "utf8"),
    "etc/ssh/ssh_host_ed25519_key.pub": await readFile(join(directory, "host-key.pub"), "utf8"),
  };
  const directories = ["host", "host/etc", "host/etc/ssh", "host/root", "host/root/.ssh"];
  return [
    ...directories.map((path): ArchiveEntry => ({ kind: "directory", path })),
    ...Object.entries(texts).map(([path, text]): ArchiveEntry => ({ kind: "file", path: `host/${path}`, content: Buffer.from(text) })),
  ];
}

/**
 * The command line of the machine. A processor of Intel's line, because libvirt's Xen driver finds no model for what Xen leaves of QEMU's AMD ones.
 * The shared disk is a SCSI unit with a world-wide name, like one of a storage network.
 */
function machine(name: string, directory: string, { index, boot, hypervisor, sharedDisk, sshPort }: HostParts): string[] {
  const xen = `console=com1 com1=115200,8n1 dom0_mem=${CONTROL_DOMAIN_MIB}M,max:${CONTROL_DOMAIN_MIB}M bootscrub=0 spec-ctrl=no xpti=no`;
  const linux = "console=hvc0 mitigations=off net.ifnames=0 quiet rdinit=/init";
  const link = (end: number): string => join(directory, "..", `link-${end}`);
  const mac = (card: number): string => `52:54:00:77:0${card}:0${index}`;
  return [
    ...["qemu-system-x86_64", "-name", name, "-nodefaults", "-no-reboot", "-display", "none"],
    ...["-accel", "tcg,thread=multi,tb-size=128", "-cpu", "Nehalem", "-smp", "1", "-m", String(MACHINE_MIB)],
    ...["-uuid", `7e500000-0000-4000-8000-00000000000${index}`],
    ...["-kernel", hypervisor, "-append", xen, "-initrd", `${boot.kernel} ${linux},${join(directory, "initramfs")}`],
    ...[
      "-drive",
      `file=${join(directory, "root.qcow2")},format=qcow2,if=none,id=root,cache=unsafe`,
      "-device",
      "virtio-blk-pci,drive=root",
    ],
    ...["-drive", `file=${sharedDisk},format=raw,if=none,id=unit,cache=writeback,file.locking=off`, "-device", "virtio-scsi-pci,id=scsi"],
    ...["-device", `scsi-hd,drive=unit,bus=scsi.0,share-rw=on,wwn=${SHARED_UNIT.worldWideName}`],
    ...["-netdev", `user,id=outside,restrict=on,hostfwd=tcp:127.0.0.1:${sshPort}-:${sshPort}`],
    ...["-device", `virtio-net-pci,netdev=outside,mac=${mac(1)},romfile=`],
    ...["-netdev", `dgram,id=link,local.type=unix,local.path=${link(index)},remote.type=unix,remote.path=${link(3 - index)}`],
    ...["-device", `virtio-net-pci,netdev=link,mac=${mac(2)},romfile=`],
    ...["-serial", `file:${join(directory, "console.log")}`, "-monitor", "none"],
  ];
}
