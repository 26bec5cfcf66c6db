import type { CardStatistics, DiskStatistics, GuestDefinition, GuestState, GuestStatistics, Traffic } from "@ferry/core";
import { type DomainHandle, domainStatsGroups, integerOf, type LibvirtConnection, type TypedParam, textOf } from "@ferry/libvirt";
import { readDocument } from "./document.ts";
import { guestState } from "./states.ts";

const groups = domainStatsGroups.balloon | domainStatsGroups.vcpu | domainStatsGroups.interface | domainStatsGroups.block;

/** What libvirt counts of a guest, in one call; the live definition tells which card has which address. Null when the guest ends meanwhile. */
export async function readStatistics(connection: LibvirtConnection, dom: DomainHandle): Promise<GuestStatistics | null> {
  const [seen, document, { retStats }] = await Promise.all([
    connection.call("domainGetState", { dom, flags: 0 }),
    readDocument(connection, dom, "live"),
    connection.call("connectGetAllDomainStats", { doms: [dom], stats: groups, flags: 0 }),
  ]);
  if (document === null) return null;
  return statisticsOf(guestState(seen.state, seen.reason).state, document.definition, retStats[0]?.params ?? []);
}

type Definition = Pick<GuestDefinition, "virtType" | "interfaces">;

/** Pure: libvirt's list of names and numbers, read. */
export function statisticsOf(state: GuestState, { virtType, interfaces }: Definition, params: readonly TypedParam[]): GuestStatistics {
  const number = (name: string): number | null => {
    const value = integerOf(params, name);
    return value === undefined ? null : Number(value);
  };
  const indexes = (name: string): number[] => [...Array(number(name) ?? 0).keys()];
  const macs = new Map(interfaces.map(({ target, mac }) => [target, mac]));
  return {
    state,
    hypervisor: virtType,
    cpuTimesNs: indexes("vcpu.maximum")
      .filter((index) => number(`vcpu.${index}.state`) !== null)
      .map((index) => number(`vcpu.${index}.time`)),
    memoryMaximumKiB: number("balloon.maximum"),
    memoryUsedKiB: number("balloon.current"),
    memory: memoryOf(params),
    cards: indexes("net.count").map((index) => cardOf(number, textOf(params, `net.${index}.name`) ?? "", index, macs)),
    disks: indexes("block.count").map((index) => diskOf(number, textOf(params, `block.${index}.name`) ?? "", index)),
  };
}

type Read = (name: string) => number | null;

const ofBalloon = /^balloon\.(?!maximum$|current$)(.+)$/;

function memoryOf(params: readonly TypedParam[]): Record<string, number> {
  const named = params.flatMap(({ field }) => {
    const [, name] = ofBalloon.exec(field) ?? [];
    const value = integerOf(params, field);
    return name === undefined || value === undefined ? [] : [[name, Number(value)] as const];
  });
  return Object.fromEntries(named);
}

const cardOf = (number: Read, name: string, index: number, macs: ReadonlyMap<string | null, string>): CardStatistics => ({
  name,
  mac: macs.get(name) ?? null,
  received: traffic(number, `net.${index}.rx`),
  sent: traffic(number, `net.${index}.tx`),
});

const traffic = (number: Read, prefix: string): Traffic => ({
  bytes: number(`${prefix}.bytes`),
  packets: number(`${prefix}.pkts`),
  errors: number(`${prefix}.errs`),
  dropped: number(`${prefix}.drop`),
});

const diskOf = (number: Read, target: string, index: number): DiskStatistics => ({
  target,
  readBytes: number(`block.${index}.rd.bytes`),
  readRequests: number(`block.${index}.rd.reqs`),
  writeBytes: number(`block.${index}.wr.bytes`),
  writeRequests: number(`block.${index}.wr.reqs`),
  errors: number(`block.${index}.errors`),
});
