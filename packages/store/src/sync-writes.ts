import { isDeepStrictEqual } from "node:util";
import { type GuestState, type GuestStateReason, type GuestSummary, type HostId, KIB, type PowerState, type VmState } from "@ferry/core";
import type { Transaction } from "./database.ts";
import type { NewEvent } from "./events.ts";
import { launchOf, statesOf } from "./guest-states.ts";
import { toJson } from "./json.ts";
import type { KnownServer } from "./known-servers.ts";
import { releaseVolumes } from "./volumes.ts";

/** Whose the servers are that ferry finds. */
export interface Owner {
  readonly projectId: string;
  readonly userId: string;
}

type Tell = (event: NewEvent) => void;

/** Rows of one INSERT: 12 columns each, of the 65535 parameters a statement may have. */
const rowsAtOnce = 1000;

/** The columns that follow the guest. */
const columnsOf = ({ definition, persistent, ...seen }: GuestSummary) => ({
  name: definition.name,
  instanceName: definition.name,
  memoryMiB: Math.ceil(definition.memoryKiB / KIB),
  vcpus: definition.vcpus,
  definition: toJson(definition),
  persistent,
  ...statesOf(seen),
});

interface States {
  readonly vmState: VmState;
  readonly powerState: PowerState;
}

/** A server in `error` stays so where it is until an action or an administrator takes it out of it, however its guest does meanwhile. */
const statesAfter = (record: KnownServer, states: States): States =>
  record.vmState === "error" ? { ...states, vmState: "error" } : states;

/** A server that was found is called what its domain is called; one that ferry made has a name of its own. */
const nameAfter = ({ name, instanceName }: KnownServer, domain: string): string => (name === instanceName ? domain : name);

/** Enters them, in the order of their ids so that two workers do not wait for each other. Returns those that were not there already. */
export async function adoptGuests(
  tx: Transaction,
  tell: Tell,
  hostId: HostId,
  guests: readonly GuestSummary[],
  owner: Owner,
): Promise<string[]> {
  const { projectId, userId } = owner;
  const rows = guests
    .map((guest) => ({ id: guest.definition.uuid, hostId, projectId, userId, ...columnsOf(guest) }))
    .map((row) => ({ ...row, launchedAt: launchOf(row.vmState, null) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const adopted: string[] = [];
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const data = rows.slice(start, start + rowsAtOnce);
    const entered = await tx.server.createManyAndReturn({ data, skipDuplicates: true, select: { id: true, name: true, vmState: true } });
    for (const { id, name, vmState } of entered) {
      tell({ kind: "server.adopted", serverId: id, hostId, projectId, data: { name, vm_state: vmState } });
      adopted.push(id);
    }
  }
  return adopted;
}

/** False when the record says all that the host says. */
export async function followGuest(tx: Transaction, tell: Tell, hostId: HostId, record: KnownServer, guest: GuestSummary): Promise<boolean> {
  const { definition, name: domain, ...seen } = columnsOf(guest);
  const named = { ...seen, name: nameAfter(record, domain) };
  const columns = record.hostId === hostId ? { ...named, ...statesAfter(record, seen) } : named;
  const same =
    record.hostId === hostId &&
    record.vmState === columns.vmState &&
    record.powerState === columns.powerState &&
    record.persistent === columns.persistent &&
    isDeepStrictEqual(record.definition, definition);
  if (same) return false;
  const launchedAt = launchOf(columns.vmState, record.launchedAt);
  await tx.server.update({ where: { id: record.id }, data: { ...columns, ...revival(record), launchedAt, definition, hostId } });
  const kind = record.hostId === hostId ? "server.changed" : "server.moved";
  tell({ kind, serverId: record.id, hostId, projectId: record.projectId, data: { name: columns.name, vm_state: columns.vmState } });
  return true;
}

/** The state alone, from an event. */
export async function followState(
  tx: Transaction,
  tell: Tell,
  record: KnownServer,
  seen: { readonly state: GuestState; readonly reason: GuestStateReason },
): Promise<void> {
  const states = statesAfter(record, statesOf(seen));
  if (record.vmState === states.vmState && record.powerState === states.powerState) return;
  const launchedAt = launchOf(states.vmState, record.launchedAt);
  await tx.server.update({ where: { id: record.id }, data: { ...states, ...revival(record), launchedAt } });
  const { id, hostId, projectId } = record;
  tell({ kind: "server.changed", serverId: id, hostId, projectId, data: { vm_state: states.vmState } });
}

/** The guest is no more: Nova's deleted server, which a guest of the same uuid brings back. */
export async function markGone(tx: Transaction, tell: Tell, record: KnownServer): Promise<void> {
  const { id, name, hostId, projectId } = record;
  await tx.server.update({ where: { id }, data: { vmState: "deleted", powerState: 0, taskState: null, terminatedAt: new Date() } });
  await releaseVolumes(tx, id, { terminate: false });
  tell({ kind: "server.gone", serverId: id, hostId, projectId, data: { name } });
}

const revival = (record: KnownServer) => (record.vmState === "deleted" ? { terminatedAt: null, taskState: null } : {});
