import { domainStatsGroups, listDomainsFlags, param, type TypedParam, xmlFlags } from "@ferry/libvirt";
import type { FakeDomain } from "../domain.ts";
import { liveView, readDomain } from "../domain-xml.ts";
import type { OpenDisk } from "../emulator.ts";
import type { FakeFile } from "../files.ts";
import type { FakeHost } from "../host.ts";
import { Refusal, Surprise } from "../refusal.ts";
import { type Answers, counted, onlyFlags } from "./answer.ts";

/** Reading guests and their definitions. */
export const domainAnswers = (host: FakeHost): Answers => ({
  connectListAllDomains: ({ needResults, flags }) => {
    onlyFlags("connectListAllDomains", flags, listDomainsFlags.active, listDomainsFlags.inactive, listDomainsFlags.persistent);
    const wanted = [...host.domains.values()].filter((domain) => isListed(domain, flags));
    const { items, ret } = counted(
      wanted.map((domain) => domain.handle),
      needResults,
    );
    return { domains: items, ret };
  },
  connectGetAllDomainStats: ({ doms, stats }) => ({
    retStats: (doms.length > 0 ? doms.map((dom) => domainOf(host, dom)) : [...host.domains.values()]).map((domain) => ({
      dom: domain.handle,
      params: bulkStats(domain, stats),
    })),
  }),
  domainLookupByUuid: ({ uuid }) => ({ dom: domainOf(host, { uuid }).handle }),
  domainLookupByName: ({ name }) => {
    const domain = [...host.domains.values()].find((one) => one.name === name);
    if (!domain) throw noDomain(`no domain with matching name '${name}'`);
    return { dom: domain.handle };
  },
  domainGetState: ({ dom }) => {
    const { state, reason } = domainOf(host, dom);
    return { state, reason };
  },
  domainGetInfo: ({ dom }) => {
    const domain = domainOf(host, dom);
    const { memoryKiB, vcpus } = readDomain(xmlOf(domain));
    return { state: domain.state, maxMem: BigInt(memoryKiB), memory: BigInt(memoryKiB), nrVirtCpu: vcpus, cpuTime: 1n };
  },
  domainGetXmlDesc: ({ dom, flags }) => ({ xml: describe(domainOf(host, dom), flags) }),
  domainIsActive: ({ dom }) => ({ active: domainOf(host, dom).emulator ? 1 : 0 }),
  domainIsPersistent: ({ dom }) => ({ persistent: domainOf(host, dom).persistentXml === null ? 0 : 1 }),
  domainGetAutostart: ({ dom }) => ({ autostart: domainOf(host, dom).autostart }),
  domainGetBlockInfo: ({ dom, path }) => {
    const domain = domainOf(host, dom);
    return sizesOf(domain.emulator ? diskOf(domain, path).file : closedFile(host, domain, path));
  },
});

/** The guest of a handle, looked up by uuid alone; libvirt's error 42. */
export function domainOf(host: FakeHost, { uuid }: { readonly uuid: string }): FakeDomain {
  const domain = host.domains.get(uuid);
  if (!domain) throw noDomain(`no domain with matching uuid '${uuid}'`);
  return domain;
}

/** An open disk by target name or path. */
export function diskOf(domain: FakeDomain, path: string): OpenDisk {
  const disk = [...domain.running().disks.values()].find((one) => one.defined.target === path || one.path === path);
  if (!disk) throw new Refusal("invalidArg", `invalid path ${path} not assigned to domain`);
  return disk;
}

const noDomain = (detail: string): Refusal => new Refusal("noDomain", `Domain not found: ${detail}`);

function isListed(domain: FakeDomain, flags: number): boolean {
  if ((flags & listDomainsFlags.persistent) !== 0 && domain.persistentXml === null) return false;
  const both = listDomainsFlags.active | listDomainsFlags.inactive;
  if ((flags & both) === 0 || (flags & both) === both) return true;
  return (domain.emulator !== null) === ((flags & listDomainsFlags.active) !== 0);
}

const xmlOf = (domain: FakeDomain): string => domain.emulator?.xml ?? domain.persistentXml ?? "";

function describe(domain: FakeDomain, flags: number): string {
  onlyFlags("domainGetXmlDesc", flags, ...Object.values(xmlFlags));
  const { emulator, persistentXml } = domain;
  if (flags & xmlFlags.inactive || !emulator) return persistentXml ?? emulator?.xml ?? "";
  if (flags & xmlFlags.migratable) return emulator.xml;
  return liveView(emulator.xml, emulator.id, (target) =>
    (emulator.disks.get(target)?.chain ?? []).flatMap(({ path, file }) => (file.image ? [{ path, image: file.image }] : [])),
  );
}

/** The file of a disk that no emulator has open. */
function closedFile(host: FakeHost, domain: FakeDomain, path: string): FakeFile {
  const disk = readDomain(xmlOf(domain)).disks.find((one) => one.target === path || one.path === path);
  const file = disk?.path == null ? undefined : host.files.get(disk.path);
  if (!file) throw new Refusal("invalidArg", `invalid path ${path} not assigned to domain`);
  return file;
}

function sizesOf(file: FakeFile): { allocation: bigint; capacity: bigint; physical: bigint } {
  const { image } = file;
  if (!image) throw new Surprise("size of a disk that is no image");
  return { allocation: BigInt(file.bytes.length), capacity: BigInt(image.capacityBytes), physical: BigInt(file.lengthBytes) };
}

function bulkStats(domain: FakeDomain, groups: number): TypedParam[] {
  const wanted = groups === 0 ? domainStatsGroups.state : groups;
  if (wanted & ~(domainStatsGroups.state | domainStatsGroups.balloon | domainStatsGroups.vcpu | domainStatsGroups.block))
    throw new Surprise(`bulk statistics of groups ${groups}`);
  return [param.int("state.state", domain.state), param.int("state.reason", domain.reason)];
}
