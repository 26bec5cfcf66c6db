import { exists } from "./processes.ts";
import { CommandError, run, tryRun } from "./run.ts";
import { withServicesHeldBack } from "./services-held-back.ts";

/** A Debian package and one file of it whose presence proves that it is installed. */
interface RequiredPackage {
  readonly name: string;
  readonly proof: string;
}

/** What the lab needs from Debian 12. */
const REQUIRED: readonly RequiredPackage[] = [
  { name: "qemu-system-x86", proof: "/usr/bin/qemu-system-x86_64" },
  { name: "qemu-utils", proof: "/usr/bin/qemu-img" },
  { name: "qemu-block-extra", proof: "/usr/lib/x86_64-linux-gnu/qemu/block-ssh.so" },
  { name: "libvirt-daemon-system", proof: "/etc/libvirt/libvirtd.conf" },
  { name: "libvirt-clients", proof: "/usr/bin/virsh" },
  { name: "openssh-server", proof: "/usr/sbin/sshd" },
  { name: "iproute2", proof: "/usr/sbin/tc" },
  { name: "util-linux", proof: "/usr/bin/nsenter" },
  { name: "procps", proof: "/usr/bin/ps" },
  { name: "nftables", proof: "/usr/sbin/nft" },
  { name: "ebtables", proof: "/usr/sbin/ebtables" },
  { name: "iptables", proof: "/usr/sbin/iptables" },
  { name: "linux-image-cloud-amd64", proof: "/usr/share/doc/linux-image-cloud-amd64" },
  { name: "syslinux", proof: "/usr/bin/syslinux" },
  { name: "syslinux-common", proof: "/usr/lib/syslinux/mbr/mbr.bin" },
  { name: "mtools", proof: "/usr/bin/mtools" },
  { name: "gcc", proof: "/usr/bin/gcc" },
  { name: "libc6-dev", proof: "/usr/lib/x86_64-linux-gnu/libc.a" },
];

/** What kinds of storage and network need, each when a guest first asks for it. */
const OPTIONAL = {
  shared: [{ name: "bindfs", proof: "/usr/bin/bindfs" }],
  nfs: [
    { name: "nfs-ganesha", proof: "/usr/bin/ganesha.nfsd" },
    { name: "nfs-ganesha-vfs", proof: "/usr/lib/x86_64-linux-gnu/ganesha/libfsalvfs.so" },
    { name: "rpcbind", proof: "/sbin/rpcbind" },
  ],
  iscsi: [{ name: "tgt", proof: "/usr/sbin/tgtd" }],
  /** libvirtd loads it only when it starts: to be there before the lab is. */
  "iscsi-pools": [
    {
      name: "libvirt-daemon-driver-storage-iscsi-direct",
      proof: "/usr/lib/x86_64-linux-gnu/libvirt/storage-backend/libvirt_storage_backend_iscsi-direct.so",
    },
  ],
  iso: [{ name: "genisoimage", proof: "/usr/bin/genisoimage" }],
  ovs: [
    { name: "openvswitch-switch", proof: "/usr/sbin/ovs-vswitchd" },
    { name: "ethtool", proof: "/usr/sbin/ethtool" },
  ],
} as const satisfies Readonly<Record<string, readonly RequiredPackage[]>>;

/** OpenStack's own clients and tests, which speak to ferry. */
const CLIENTS: readonly RequiredPackage[] = [
  { name: "python3-openstackclient", proof: "/usr/bin/openstack" },
  { name: "python3-novaclient", proof: "/usr/bin/nova" },
  { name: "tempest", proof: "/usr/bin/tempest" },
];

/** What the tests need besides: the queue runs on both its backends, and guests have all kinds of disks and networks. */
const FOR_TESTS: readonly RequiredPackage[] = [
  { name: "redis-server", proof: "/usr/bin/redis-server" },
  ...Object.values(OPTIONAL).flat(),
  ...CLIENTS,
];

const INSTALL_TIMEOUT_MS = 600_000;

/** Told about work that takes seconds; the default says nothing. */
export type Progress = (sentence: string) => void;

/**
 * Installs the Debian packages that are missing, and nothing when none is.
 * @throws Error with the remedy when this is no Debian, not root, or apt fails.
 */
export async function ensureDebianPackages(progress: Progress = () => undefined): Promise<void> {
  await ensure(await missingPackages(), progress);
}

/** The same with what only the tests need. */
export async function ensureTestPackages(progress: Progress = () => undefined): Promise<void> {
  await ensure(await missingPackages([...REQUIRED, ...FOR_TESTS]), progress);
}

/** The same with OpenStack's own clients and tests. */
export async function ensureClientPackages(progress: Progress = () => undefined): Promise<void> {
  await ensure(await missingPackages([...REQUIRED, ...CLIENTS]), progress);
}

/** The same with what one kind of storage or network needs, and nothing else. */
export async function ensureOptionalPackages(kind: keyof typeof OPTIONAL, progress: Progress = () => undefined): Promise<void> {
  await ensure(await missingPackages(OPTIONAL[kind]), progress);
}

async function ensure(missing: readonly string[], progress: Progress): Promise<void> {
  if (missing.length === 0) return;
  await requireApt(missing);
  progress(`Installing ${missing.length} Debian packages: ${missing.join(" ")}`);
  try {
    await install(missing);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new Error(`Cannot install ${missing.join(" ")}: apt-get failed; make them installable and run this again.`, { cause: error });
  }
}

/** The names of the required packages whose files are not there. */
export async function missingPackages(required: readonly RequiredPackage[] = REQUIRED): Promise<string[]> {
  const present = await Promise.all(required.map(({ proof }) => exists(proof)));
  return required.filter((_, index) => !present[index]).map(({ name }) => name);
}

async function requireApt(missing: readonly string[]): Promise<void> {
  const need = `The lab needs the Debian packages ${missing.join(" ")}`;
  if (!(await exists("/usr/bin/apt-get"))) throw new Error(`${need}, but there is no apt-get: install them, or use Debian 12.`);
  if (process.getuid?.() !== 0) throw new Error(`${need}: run this as root, or install them first.`);
}

async function install(names: readonly string[]): Promise<void> {
  await withServicesHeldBack(() => aptInstall(names));
}

async function aptInstall(names: readonly string[]): Promise<void> {
  const options = { timeoutMs: INSTALL_TIMEOUT_MS, env: { DEBIAN_FRONTEND: "noninteractive" } };
  const apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"];
  const command = [...apt, "install", "-y", "--no-install-recommends", ...names];
  if ((await tryRun(command, options)).code === 0) return;
  // The usual reason on a fresh machine is a package list that is absent or out of date.
  await run([...apt, "update"], options);
  await run(command, options);
}
