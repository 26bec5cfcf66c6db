import type { FakeHost } from "../host.ts";
import { Surprise } from "../refusal.ts";
import { escaped } from "../xml.ts";
import { type Answers, onlyFlags } from "./answer.ts";

const CPU_FLAGS_FAIL_INCOMPATIBLE = 1;
const CPU_FLAGS_VALIDATE = 2;

/** The machine: capabilities, memory, processors, comparison of CPUs. */
export const nodeAnswers = (host: FakeHost): Answers => ({
  connectGetCapabilities: () => ({ capabilities: capabilities(host) }),
  connectGetDomainCapabilities: ({ emulatorbin, arch, machine, virttype }) => ({
    capabilities: `<domainCapabilities><path>${escaped(emulatorbin ?? "/usr/bin/qemu-system-x86_64")}</path><domain>${escaped(virttype ?? "qemu")}</domain><machine>${escaped(machine ?? "pc-q35-7.2")}</machine><arch>${escaped(arch ?? "x86_64")}</arch><vcpu max='255'/><cpu><mode name='host-model' supported='yes'><model fallback='forbid'>EPYC</model></mode><mode name='custom' supported='yes'><model usable='yes'>qemu64</model></mode></cpu></domainCapabilities>`,
  }),
  connectCompareCpu: ({ flags }) => {
    onlyFlags("connectCompareCpu", flags, CPU_FLAGS_FAIL_INCOMPATIBLE, CPU_FLAGS_VALIDATE);
    return { result: host.hardware.cpuVerdict };
  },
  connectCompareHypervisorCpu: ({ flags }) => {
    onlyFlags("connectCompareHypervisorCpu", flags, CPU_FLAGS_FAIL_INCOMPATIBLE, CPU_FLAGS_VALIDATE);
    return { result: host.hardware.cpuVerdict };
  },
  nodeGetInfo: () => ({
    model: "x86_64",
    memory: BigInt(host.hardware.memoryTotalKiB),
    cpus: 8,
    mhz: 2500,
    nodes: 1,
    sockets: 1,
    cores: 4,
    threads: 2,
  }),
  nodeGetFreeMemory: () => ({ freeMem: BigInt(freeKiB(host) * 1024) }),
  nodeGetMemoryStats: ({ nparams, cellNum }) => {
    if (cellNum !== -1) throw new Surprise(`nodeGetMemoryStats of cell ${cellNum}`);
    const stats = memoryStats(host);
    return nparams === 0 ? { params: [], nparams: stats.length } : { params: stats, nparams: 0 };
  },
  nodeGetCpuStats: ({ nparams }) => {
    const stats = ["kernel", "user", "idle", "iowait"].map((field) => ({ field, value: 1_000_000_000_000n }));
    return nparams === 0 ? { params: [], nparams: stats.length } : { params: stats, nparams: 0 };
  },
  nodeGetCpuMap: () => ({ cpumap: Buffer.from([0xff]), online: 8, ret: 8 }),
});

/** Every running guest takes its memory. */
function freeKiB(host: FakeHost): number {
  const used = [...host.domains.values()].reduce((sum, domain) => sum + (domain.emulator?.definition.memoryKiB ?? 0), 0);
  return host.hardware.memoryFreeKiB - used;
}

function memoryStats(host: FakeHost): { field: string; value: bigint }[] {
  const { memoryTotalKiB } = host.hardware;
  return [
    { field: "total", value: BigInt(memoryTotalKiB) },
    { field: "free", value: BigInt(freeKiB(host)) },
    { field: "buffers", value: 0n },
    { field: "cached", value: 0n },
  ];
}

function capabilities(host: FakeHost): string {
  const machines = host.hardware.machines.map((name) => `<machine maxCpus='255'>${name}</machine>`).join("");
  return `<capabilities><host><uuid>${host.uuid}</uuid><cpu><arch>x86_64</arch><model>EPYC</model><vendor>AMD</vendor><topology sockets='1' dies='1' cores='4' threads='2'/><feature name='avx2'/></cpu></host><guest><os_type>hvm</os_type><arch name='x86_64'><wordsize>64</wordsize><emulator>/usr/bin/qemu-system-x86_64</emulator>${machines}<domain type='qemu'/><domain type='kvm'/></arch></guest></capabilities>`;
}
