import { copyFile, mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cached, contentKey } from "../lab/cache.ts";
import type { LabConfig } from "../lab/config.ts";
import { run } from "../lab/run.ts";
import { GUEST_DRIVERS, HOST_PACKAGES } from "./config.ts";
import { type Boot, packInitramfs } from "./kernel.ts";
import { unlessUnavailable } from "./unavailable.ts";

const IMAGE_BYTES = 1400 * 1024 * 1024;
const INSTALL_TIMEOUT_MS = 600_000;
/** Nobody reads these in a lab. */
const LEFT_OUT = ["/usr/share/doc/*", "/usr/share/man/*", "/usr/share/locale/*"];

/** The root file system that all hosts start from, with kernel and initial file system of the guests: path of a raw ext4 image. */
export async function buildRootImage(config: LabConfig, boot: Boot, progress: (sentence: string) => void): Promise<string> {
  const guest = await packInitramfs(boot, "guest-init", GUEST_DRIVERS);
  const tree = await packagesTree(config, progress);
  return await cached(config, `root-${contentKey([boot.kernelVersion, guest, ...HOST_PACKAGES])}.ext4`, async (target, work) => {
    progress("Packing the hosts' root file system");
    const root = await mkdtemp(join(work, "root-"));
    await run(["tar", "-C", root, "--exclude=./dev/*", "-xf", tree], { timeoutMs: INSTALL_TIMEOUT_MS });
    await writeFile(join(root, "boot/guest-initrd"), guest);
    await copyFile(boot.kernel, join(root, "boot/guest-kernel"));
    await settings(root);
    await truncate(await touched(target), IMAGE_BYTES);
    await run(["mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-m0", "-d", root, target], { timeoutMs: INSTALL_TIMEOUT_MS });
  });
}

async function touched(path: string): Promise<string> {
  await writeFile(path, "");
  return path;
}

async function packagesTree(config: LabConfig, progress: (sentence: string) => void): Promise<string> {
  return await cached(config, `packages-${contentKey(HOST_PACKAGES)}.tar`, async (target) => {
    progress("Installing the hosts' packages into a root file system");
    const options = [
      ...LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`),
      '--aptopt=Acquire::Languages "none"',
      '--aptopt=APT::Install-Recommends "false"',
    ];
    const what = ["--mode=root", "--variant=minbase", "--quiet", `--include=${HOST_PACKAGES.join(",")}`];
    const install = ["mmdebstrap", ...what, ...options, "bookworm", target];
    await unlessUnavailable("the hosts' packages cannot be had", () => run(install, { timeoutMs: INSTALL_TIMEOUT_MS }));
  });
}

async function settings(root: string): Promise<void> {
  await writeFile(
    join(root, "etc/ssh/sshd_config"),
    "PermitRootLogin prohibit-password\nUseDNS no\nUsePAM no\nSubsystem sftp internal-sftp\n",
  );
  const log = 'log_outputs="2:file:/var/log/libvirtd.log"';
  await writeFile(join(root, "etc/libvirt/libvirtd.conf"), `auth_unix_rw = "none"\nunix_sock_group = "root"\n${log}\n`);
  // libvirtd does not start with QEMU's driver and without QEMU's user; only Xen's is wanted.
  await rm(join(root, "usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_qemu.so"), { force: true });
  for (const name of ["ecdsa", "ed25519", "rsa"])
    for (const end of ["", ".pub"]) await rm(join(root, `etc/ssh/ssh_host_${name}_key${end}`), { force: true });
  await mkdir(join(root, "root/.ssh"), { recursive: true, mode: 0o700 });
}
