import type { TypedParam } from "@ferry/libvirt";
import { domainStates, pausedReasons, startedDetails, suspendedDetails } from "@ferry/libvirt";
import { FakeDomain } from "../domain.ts";
import { readDomain } from "../domain-xml.ts";
import { Emulator } from "../emulator.ts";
import { FakeFile } from "../files.ts";
import type { FakeHost } from "../host.ts";
import { Refusal } from "../refusal.ts";
import { requireSurroundings } from "../surroundings.ts";
import type { Tenancy } from "../tenancy.ts";
import { readCookie, writeCookie } from "./cookie.ts";
import { readFlags, readParameters } from "./parameters.ts";

let lastPort = 49_151;

/** Starts a process that waits for the guest. It ends with its owner until Finish. */
export function prepare(host: FakeHost, params: readonly TypedParam[], cookieIn: Buffer, flags: number, owner: Tenancy) {
  const has = readFlags(flags, "destination");
  const parameters = readParameters(params);
  const cookie = readCookie(cookieIn, "begin");
  if (cookie.hostUuid === host.uuid) throw new Refusal("internalError", "Attempt to migrate guest to the same host");
  const definition = readDomain(parameters.destinationXml ?? "");
  requireFree(host, definition.uuid, definition.name);
  requireSurroundings(host, definition);
  if (parameters.listenAddress !== undefined && parameters.listenAddress !== host.address)
    throw new Refusal("internalError", `Failed to bind socket to ${parameters.listenAddress}: Cannot assign requested address`);
  if (has("nonSharedDisk") || has("nonSharedInc")) precreate(host, definition, parameters.disks, has("nonSharedInc"));
  const emulator = new Emulator(host, parameters.destinationXml ?? "", { incoming: true });
  const domain = host.domains.get(definition.uuid) ?? new FakeDomain(host, definition);
  host.domains.set(domain.uuid, domain);
  domain.emulator = emulator;
  lastPort = lastPort >= 49_215 ? 49_152 : lastPort + 1;
  domain.job = {
    direction: "incoming",
    flags,
    port: lastPort,
    address: host.address,
    owner,
    persistentXml: parameters.persistentXml ?? null,
  };
  domain.setState(domainStates.paused, pausedReasons.migration);
  domain.emit("started", startedDetails.migrated);
  owner.onEnd(() => {
    if (domain.incoming?.owner === owner && domain.emulator === emulator) domain.stop("failed", "failed");
  });
  const uriOut = `${(parameters.uri ?? `tcp:${host.name}`).replace(/:\d+$/, "")}:${lastPort}`;
  return { cookieOut: writeCookie({ ...cookie, from: "prepare" }), uriOut };
}

/** Ends the wait: the guest runs (or stays paused) here, or its half is killed. */
export function finish(host: FakeHost, params: readonly TypedParam[], cookieIn: Buffer, flags: number, cancelled: boolean) {
  const has = readFlags(flags, "destination");
  const { destinationName, persistentXml } = readParameters(params);
  const domain = [...host.domains.values()].find((one) => one.name === destinationName);
  if (!domain) throw new Refusal("noDomain", `Domain not found: no domain with matching name '${destinationName}'`);
  const { incoming, emulator } = domain;
  if (!incoming || !emulator)
    throw new Refusal("operationInvalid", `Requested operation is not valid: domain '${domain.name}' is not processing incoming migration`);
  if (cancelled) {
    domain.stop("failed", "failed");
    throw new Refusal("migrateFinishOk", `migration successfully aborted`);
  }
  const { numbers } = readCookie(cookieIn, "perform");
  if (!emulator.loaded) {
    domain.stop("failed", "failed");
    throw new Refusal("operationFailed", "operation failed: guest memory has not arrived");
  }
  domain.job = null;
  if (has("persistDest")) domain.define(persistentXml ?? incoming.persistentXml ?? emulator.xml);
  settle(domain, has("paused"));
  domain.completed = numbers ?? null;
  return { dom: domain.handle, cookieOut: writeCookie({ from: "finish", uuid: domain.uuid, name: domain.name, hostUuid: host.uuid }) };
}

/** `resumed/migrated` is sent in either case, then `suspended` for a guest that stays paused. */
function settle(domain: FakeDomain, paused: boolean): void {
  if (!paused) {
    domain.resume("migrated", "migrated");
    return;
  }
  domain.emit("resumed", 1);
  domain.setState(domainStates.paused, pausedReasons.user);
  domain.emit("suspended", suspendedDetails.paused);
}

function requireFree(host: FakeHost, uuid: string, name: string): void {
  const same = host.domains.get(uuid);
  if (same?.emulator) throw new Refusal("operationInvalid", `Requested operation is not valid: domain is already active as '${same.name}'`);
  const namesake = [...host.domains.values()].find((one) => one.name === name && one.uuid !== uuid);
  if (namesake) throw new Refusal("operationFailed", `operation failed: domain '${name}' already exists with uuid ${namesake.uuid}`);
}

/** libvirt makes missing files of a full copy in an active pool, allocated in full, and never removes them. */
function precreate(host: FakeHost, definition: ReturnType<typeof readDomain>, targets: readonly string[], incremental: boolean): void {
  for (const disk of definition.disks) {
    if (disk.path === null || !targets.includes(disk.target) || host.files.get(disk.path)) continue;
    if (incremental)
      throw new Refusal("operationUnsupported", "pre-creation of storage targets for incremental storage migration is not supported");
    const pool = host.pools.ofPath(disk.path);
    if (!pool?.active) throw new Refusal("noStoragePool", "Storage pool not found", "storage");
    host.files.put(
      disk.path,
      FakeFile.ofImage({ format: disk.format === "raw" ? "raw" : "qcow2", capacityBytes: 0, backing: null, blocks: {} }),
    );
    host.datacentre.journal.violation(`libvirt had to make ${disk.path} on ${host.name}: ferry must prepare every disk itself`);
  }
}
