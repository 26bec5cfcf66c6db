import type { CpuVerdict, Hypervisor } from "@ferry/core";
import { cpuCompareResults, errorCodes, isUnsupported, type LibvirtConnection, LibvirtError } from "@ferry/libvirt";
import { isComparableCpu } from "@ferry/libvirt-xml";

export type CpuQuestion = Parameters<Hypervisor["compareCpu"]>[0];

const verdicts: Readonly<Record<number, CpuVerdict>> = {
  [cpuCompareResults.incompatible]: "incompatible",
  [cpuCompareResults.identical]: "identical",
  [cpuCompareResults.superset]: "superset",
};

/** Part of libvirt that compares CPUs (VIR_FROM_CPU). Its errors mean that it does not know the model or a feature: so it cannot provide it. */
const FROM_CPU = 31;

/** Asks libvirt whether this host's emulator can provide the guest's CPU. `unsupported`: libvirt, or this kind of CPU, has no comparison. */
export async function compareCpu(connection: LibvirtConnection, question: CpuQuestion): Promise<CpuVerdict> {
  if (!isComparableCpu(question.cpuXml)) return "unsupported";
  const { cpuXml: xmlCpu, arch, virtType: virttype, machine, emulator } = question;
  try {
    const { result } = await connection.call("connectCompareHypervisorCpu", { emulator, arch, machine, virttype, xmlCpu, flags: 0 });
    return verdicts[result] ?? "unsupported";
  } catch (error) {
    if (isUnsupported(error)) return "unsupported";
    if (error instanceof LibvirtError && (error.code === errorCodes.cpuIncompatible || error.domain === FROM_CPU)) return "incompatible";
    throw error;
  }
}
