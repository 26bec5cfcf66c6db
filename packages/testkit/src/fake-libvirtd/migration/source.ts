import { jobOperations, migrateFlags, type TypedParam } from "@ferry/libvirt";
import type { FakeDomain } from "../domain.ts";
import { type DefinedDisk, readDomain } from "../domain-xml.ts";
import type { FakeHost } from "../host.ts";
import { Refusal } from "../refusal.ts";
import type { Tenancy } from "../tenancy.ts";
import { readCookie, writeCookie } from "./cookie.ts";
import { copyGuest } from "./copy.ts";
import type { OutgoingJob } from "./job.ts";
import { noNumbers, statisticsOf } from "./numbers.ts";
import { readFlags, readParameters } from "./parameters.ts";

/** Starts a migration's job on the source and says what the destination must run. */
export function begin(domain: FakeDomain, params: readonly TypedParam[], flags: number, owner: Tenancy | null) {
  const has = readFlags(flags, "source");
  const { destinationXml, disks } = readParameters(params);
  const emulator = domain.running();
  if (domain.job) throw new Refusal("operationTimeout", "Timed out during operation: cannot acquire state change lock (held by migration)");
  const copies = has("nonSharedDisk") || has("nonSharedInc");
  requireShared(domain, ({ target }) => copies && (disks.length === 0 || disks.includes(target)));
  const unknown = disks.find((target) => !emulator.disks.has(target));
  if (unknown !== undefined) throw new Refusal("invalidArg", `disk target '${unknown}' not found`);
  if (destinationXml !== undefined) requireSameAbi(domain, destinationXml);
  const job: OutgoingJob = {
    direction: "outgoing",
    phase: "begun",
    flags,
    owner,
    wasPaused: !emulator.executing,
    abortRequested: false,
    yanked: false,
    numbers: noNumbers(),
  };
  domain.job = job;
  owner?.onEnd(() => {
    if (domain.job === job && job.phase !== "performing") domain.job = null;
  });
  const cookie = { from: "begin", uuid: domain.uuid, name: domain.name, hostUuid: domain.host.uuid } as const;
  return { cookieOut: writeCookie(cookie), xml: destinationXml ?? emulator.xml };
}

/** Copies disks and memory; afterwards the guest is paused here and complete there. */
export async function perform(domain: FakeDomain, params: readonly TypedParam[], cookieIn: Buffer, flags: number) {
  const has = readFlags(flags, "source");
  const { uri, disks } = readParameters(params);
  const job = requireJob(domain, "begun");
  const cookie = readCookie(cookieIn, "prepare");
  job.phase = "performing";
  try {
    const mode = has("nonSharedDisk") ? "full" : has("nonSharedInc") ? "incremental" : "none";
    await copyGuest(domain, job, waiting(domain.host, domain.uuid, uri), { mode, targets: disks });
    job.phase = "performed";
  } catch (error) {
    giveUp(domain, job);
    throw error;
  } finally {
    if (job.owner?.ended && domain.job === job) domain.job = null;
  }
  return { cookieOut: writeCookie({ ...cookie, from: "perform", numbers: job.numbers }) };
}

/** Ends the job: the guest's process here is ended, or goes on. */
export function confirm(domain: FakeDomain, flags: number, cancelled: boolean): Record<string, never> {
  const has = readFlags(flags, "source");
  const job = domain.outgoing;
  if (!job) throw new Refusal("operationInvalid", `Requested operation is not valid: domain '${domain.name}' is not being migrated`);
  if (cancelled) {
    domain.job = null;
    resumeAfter(domain, job);
    return {};
  }
  const { numbers } = job;
  domain.job = null;
  domain.stop("migrated", "migrated");
  domain.host.daemon.emit("jobCompleted", { dom: domain.handle, params: statisticsOf(numbers, jobOperations.migrationOut) });
  domain.completed = numbers;
  if (has("undefineSource")) domain.undefine();
  return {};
}

/** Continues a guest that the migration has paused. */
function resumeAfter(domain: FakeDomain, job: OutgoingJob): void {
  if (domain.emulator && !domain.emulator.executing && !job.wasPaused) domain.resume("migrationCanceled", "migrated");
}

/** A failed Perform: the guest goes on here, the job waits for Confirm. */
function giveUp(domain: FakeDomain, job: OutgoingJob): void {
  if (!domain.host.daemon.alive || domain.job !== job) return;
  job.phase = job.abortRequested ? "cancelled" : "failed";
  resumeAfter(domain, job);
}

function requireJob(domain: FakeDomain, phase: OutgoingJob["phase"]): OutgoingJob {
  const job = domain.outgoing;
  if (job?.phase !== phase)
    throw new Refusal("operationInvalid", `Requested operation is not valid: domain '${domain.name}' is not being migrated`);
  return job;
}

/** The process that waits at the other end of `tcp://address:port`. */
function waiting(from: FakeHost, uuid: string, uri: string | undefined): FakeDomain {
  const [, address, port] = /^tcp:(?:\/\/)?([^:]+):(\d+)$/.exec(uri ?? "") ?? [];
  const host = address === undefined ? undefined : from.datacentre.hostAt(address);
  const domain = host?.domains.get(uuid);
  if (!domain?.incoming || domain.incoming.port !== Number(port))
    throw new Refusal("operationFailed", `Unable to connect to ${uri}: Connection refused`);
  return domain;
}

/** libvirt's error 81, unless every writable disk that is not copied lies in a directory that is mounted from elsewhere. */
function requireShared(domain: FakeDomain, isCopied: (disk: DefinedDisk) => boolean): void {
  for (const { path, defined } of domain.running().disks.values()) {
    if (defined.readOnly || isCopied(defined)) continue;
    const shared = domain.host.datacentre.hosts.filter((host) => host.files.get(path) === domain.host.files.get(path)).length > 1;
    if (!shared) throw new Refusal("migrateUnsafe", "Unsafe migration: Migration without shared storage is unsafe");
  }
}

/** What a guest may see of its hardware must stay. */
function requireSameAbi(domain: FakeDomain, xml: string): void {
  const [own, other] = [domain.running().definition, readDomain(xml)];
  const shape = (definition: typeof own): string =>
    JSON.stringify([
      definition.uuid,
      definition.memoryKiB,
      definition.vcpus,
      definition.machine,
      definition.disks.map((disk) => [disk.target, disk.format]),
    ]);
  if (shape(own) !== shape(other)) throw new Refusal("configUnsupported", "Target domain does not match source");
}

/** Flags that only the source understands are taken away for the destination. */
export const destinationFlags = (flags: number): number =>
  flags &
  ~(
    migrateFlags.peer2peer |
    migrateFlags.changeProtection |
    migrateFlags.abortOnError |
    migrateFlags.autoConverge |
    migrateFlags.undefineSource
  );
