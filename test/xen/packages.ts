import { exists } from "../lab/processes.ts";
import { CommandError, run, tryRun } from "../lab/run.ts";
import { XenLabUnavailable } from "./unavailable.ts";

/** What building and running the lab needs on this machine: package, and a file that proves it. */
const REQUIRED: readonly (readonly [name: string, proof: string])[] = [
  ["qemu-system-x86", "/usr/bin/qemu-system-x86_64"],
  ["qemu-utils", "/usr/bin/qemu-img"],
  ["mmdebstrap", "/usr/bin/mmdebstrap"],
  ["busybox-static", "/bin/busybox"],
  ["e2fsprogs", "/sbin/mke2fs"],
  ["kmod", "/sbin/depmod"],
  ["dpkg-dev", "/usr/bin/dpkg-source"],
  ["gcc", "/usr/bin/gcc"],
  ["libc6-dev", "/usr/lib/x86_64-linux-gnu/libc.a"],
  ["make", "/usr/bin/make"],
  ["flex", "/usr/bin/flex"],
  ["bison", "/usr/bin/bison"],
  ["bc", "/usr/bin/bc"],
  ["xz-utils", "/usr/bin/xz"],
  ["python3-minimal", "/usr/bin/python3"],
  ["openssh-client", "/usr/bin/ssh-keygen"],
];

const TIMEOUT_MS = 300_000;

/** Installs what is missing. @throws XenLabUnavailable when this machine is no Debian on amd64, not root, or the packages cannot be had. */
export async function ensureXenPackages(progress: (sentence: string) => void): Promise<void> {
  if (process.arch !== "x64" || !(await exists("/usr/bin/apt-get")))
    throw new XenLabUnavailable(
      "The Xen lab is built from Debian's packages for amd64; this machine has no apt-get, or another processor.",
    );
  const present = await Promise.all(REQUIRED.map(([, proof]) => exists(proof)));
  const missing = REQUIRED.filter((_, index) => !present[index]).map(([name]) => name);
  if (process.getuid?.() !== 0) throw new XenLabUnavailable("The Xen lab makes root file systems: run it as root.");
  if (missing.length === 0) return;
  progress(`Installing ${missing.join(" ")}`);
  await install(missing);
}

async function install(names: readonly string[]): Promise<void> {
  const options = { timeoutMs: TIMEOUT_MS, env: { DEBIAN_FRONTEND: "noninteractive" } };
  const apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"];
  const command = [...apt, "install", "-y", "--no-install-recommends", ...names];
  try {
    if ((await tryRun(command, options)).code === 0) return;
    await run([...apt, "update"], options);
    await run(command, options);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new XenLabUnavailable(`Cannot install ${names.join(" ")}: apt-get failed.`, { cause: error });
  }
}
