import {
  type GuestPower,
  type MigrationStatus,
  type OrderMode,
  type PowerState,
  powerState,
  type TaskState,
  type VmState,
} from "@ferry/core";
import type { Transaction } from "./database.ts";
import type { FencedMigration, TellMigration } from "./fence.ts";
import { Prisma } from "./generated/client.ts";
import { toJson } from "./json.ts";

const states: Record<GuestPower, { readonly vmState: VmState; readonly powerState: PowerState }> = {
  running: { vmState: "active", powerState: powerState.running },
  paused: { vmState: "paused", powerState: powerState.paused },
  off: { vmState: "stopped", powerState: powerState.shutdown },
};

/** Nova's task states of a cold migration, by the migration's status. */
const coldTasks: Partial<Record<MigrationStatus, TaskState>> = {
  "pre-migrating": "resize_prep",
  migrating: "resize_migrating",
  "post-migrating": "resize_finish",
};

/** The task state that a server on its way has in that status; null: it stays as it is. */
export const taskStateOf = (mode: OrderMode, status: MigrationStatus): TaskState | null =>
  mode === "cold" ? (coldTasks[status] ?? null) : null;

/** Task states that only a migration gives to a server, and that go with it. */
export const moveTaskStates = [
  "migrating",
  "resize_prep",
  "resize_migrating",
  "resize_migrated",
  "resize_finish",
  "resize_confirming",
  "resize_reverting",
  "rebuilding",
] as const satisfies readonly TaskState[];

/** The server lives at the destination from now on; `resized` while it waits to be confirmed. Repeatable. */
export async function writeArrival(
  tx: Transaction,
  migration: FencedMigration,
  tell: TellMigration,
  { power, awaitsConfirmation }: { power: GuestPower; awaitsConfirmation: boolean },
): Promise<void> {
  if (migration.handedOverAt !== null) return;
  if (migration.destinationHostId === null)
    throw new Error(`Cannot record the arrival of migration ${migration.id}: it has no destination.`);
  const vmState = awaitsConfirmation ? "resized" : states[power].vmState;
  const server = {
    hostId: migration.destinationHostId,
    vmState,
    powerState: states[power].powerState,
    progress: 0,
    ...sizeAfter(migration),
  };
  await tx.server.update({ where: { id: migration.serverId }, data: server });
  await tx.migration.update({ where: { id: migration.id }, data: { handedOverAt: new Date() } });
  const data = { from: migration.sourceHost, to: migration.destinationHost, vm_state: vmState };
  tell({ kind: "server.moved", hostId: migration.destinationHostId, data });
}

/** The flavor that was asked for, and its size; a root disk of size 0 keeps the one that it has. */
function sizeAfter({ resize }: FencedMigration) {
  if (resize === null) return {};
  const { memoryMiB, vcpus, rootGiB } = resize.to;
  return { flavor: toJson(resize.to), memoryMiB, vcpus, rootGiB: rootGiB === 0 ? resize.from.rootGiB : rootGiB };
}

function sizeBefore({ resize }: FencedMigration) {
  if (resize === null) return {};
  const { flavor, ...size } = resize.from;
  return { ...size, flavor: flavor === null ? Prisma.DbNull : toJson(flavor) };
}

/** The server is no longer `resized`. */
export async function writeConfirmed(tx: Transaction, migration: FencedMigration, tell: TellMigration, power: GuestPower): Promise<void> {
  const { count } = await tx.server.updateMany({ where: { id: migration.serverId, vmState: "resized" }, data: states[power] });
  if (count > 0) tell({ kind: "server.changed", data: { vm_state: states[power].vmState } });
}

/** The server lives at the source again. Repeatable. */
export async function writeReturn(tx: Transaction, migration: FencedMigration, tell: TellMigration, power: GuestPower): Promise<void> {
  const where = { id: migration.serverId, vmState: "resized" };
  const server = { hostId: migration.sourceHostId, ...states[power], ...sizeBefore(migration) };
  const { count } = await tx.server.updateMany({ where, data: server });
  if (count === 0) return;
  const data = { from: migration.destinationHost, to: migration.sourceHost, vm_state: states[power].vmState };
  tell({ kind: "server.moved", hostId: migration.sourceHostId, data });
}
