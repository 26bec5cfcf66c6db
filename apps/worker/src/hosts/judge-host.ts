import type { CheckResult, HostFacts } from "@ferry/core";

/** libvirt's integer for 6.8.0, the first release with virt-ssh-helper and all calls that ferry makes. */
const OLDEST_LIBVIRT = 6_008_000;

interface Tools {
  readonly peerSource: boolean;
  readonly peerDestination: boolean;
}

/** What a host is good for, judged from its facts alone. */
export function judgeHost(name: string, facts: HostFacts, tools: Tools): CheckResult[] {
  return [libvirtVersion(name, facts), acceleration(name, facts), pools(name, facts), memory(name, facts), peer(name, tools)];
}

const result = (check: string, verdict: CheckResult["verdict"], sentence: string, remedy: string | null = null): CheckResult => ({
  check,
  verdict,
  sentence,
  remedy,
});

const text = (version: number): string =>
  `${Math.floor(version / 1_000_000)}.${Math.floor((version % 1_000_000) / 1000)}.${version % 1000}`;

function libvirtVersion(name: string, { libvirtVersion: version, hypervisorType, hypervisorVersion }: HostFacts): CheckResult {
  const sentence = `${name} runs libvirt ${text(version)} with ${hypervisorType} ${text(hypervisorVersion)}`;
  if (version >= OLDEST_LIBVIRT) return result("libvirt-version", "pass", `${sentence}.`);
  return result("libvirt-version", "fail", `${sentence}; ferry needs libvirt 6.8.0 or newer.`, `Upgrade libvirt on ${name}.`);
}

function acceleration(name: string, facts: HostFacts): CheckResult {
  if (`${facts.arch}/kvm` in facts.machines || facts.hypervisorType !== "QEMU")
    return result("acceleration", "pass", `${name} can run accelerated guests.`);
  return result(
    "acceleration",
    "warn",
    `${name} has no KVM; only emulated guests can move there.`,
    "Load the kvm module and check the firmware's virtualisation setting.",
  );
}

function pools(name: string, facts: HostFacts): CheckResult {
  const usable = facts.pools.filter((pool) => pool.active && pool.path !== null);
  if (usable.length > 0)
    return result("storage-pools", "pass", `${name} has active pools: ${usable.map((pool) => `${pool.name} (${pool.path})`).join(", ")}.`);
  return result(
    "storage-pools",
    "warn",
    `${name} has no active storage pool with a directory, so no local disk can move to or from it.`,
    `On ${name}: virsh pool-define-as default dir --target /var/lib/libvirt/images && virsh pool-start default && virsh pool-autostart default`,
  );
}

function memory(name: string, { memoryAvailableKiB, memoryTotalKiB }: HostFacts): CheckResult {
  const mib = (kib: number): number => Math.floor(kib / 1024);
  return result("memory", "pass", `${name} has ${mib(memoryAvailableKiB)} of ${mib(memoryTotalKiB)} MiB of memory available.`);
}

function peer(name: string, { peerSource, peerDestination }: Tools): CheckResult {
  if (peerSource && peerDestination)
    return result("peer-to-peer", "pass", `${name} has what the transport p2p needs: an ssh client, virt-ssh-helper and SFTP.`);
  const missing = [...(peerSource ? [] : ["an ssh client"]), ...(peerDestination ? [] : ["virt-ssh-helper"])].join(" and ");
  return result(
    "peer-to-peer",
    "warn",
    `${name} lacks ${missing} or SFTP; moves use the transport direct.`,
    "Install openssh-client and libvirt-daemon there, and allow SFTP in sshd.",
  );
}
