import { fail, type GuestPower, type HostPorts } from "@ferry/core";
import type { MovePlan, StatePlace } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { powerNow } from "./note-power.ts";

/** How the guest came to be off: it was, it obeyed, it was ended, or its state was saved. */
export type StopKind = "was-off" | "obeyed" | "forced" | "saved";

/** Where the plan of a saved move puts the guest's state. */
export function statePlaceOf({ state }: MovePlan): StatePlace {
  if (!state) throw fail("INTERNAL", {}, new Error("the plan of this move has no place for a saved state"));
  return state;
}

/** Saves the guest's state to its file at the source. When the guest is off already, the file must be there: a save that is repeated. */
export async function saveAtSource(plan: MovePlan, source: HostPorts, ports: MigrationPorts): Promise<StopKind> {
  const { sourcePool, sourcePath } = statePlaceOf(plan);
  const thing = { hostId: plan.sourceId, kind: "saved-state", key: sourcePath } as const;
  await ports.ledger.begin({ ...thing, migrationId: ports.migrationId });
  if ((await powerNow(source, plan.guest.uuid)) !== "off") await source.hypervisor.save(plan.guest.uuid, sourcePath);
  await source.storage.refreshPool(sourcePool);
  if (!(await source.storage.volumeAt(sourcePath))) throw fail("GUEST_ENDED", { host: source.address.name });
  await ports.ledger.made(thing);
  return "saved";
}

/** Continues the guest at the source from its file, which goes; a guest that was never stopped, or ended by itself, is left as it is. */
export async function continueAtSource(plan: MovePlan, power: GuestPower, source: HostPorts, ports: MigrationPorts): Promise<void> {
  const { sourcePool, sourcePath } = statePlaceOf(plan);
  const saved = { uuid: plan.guest.uuid, path: sourcePath, power };
  await source.storage.refreshPool(sourcePool);
  await holdFromFile(source, saved, (xml) => xml);
  await letGo(source, saved);
  await ports.ledger.forget({ hostId: plan.sourceId, kind: "saved-state", key: sourcePath });
}

/** Throws the state at the source away: the guest has been started without it. What runs is left running. */
export async function dropAtSource(plan: MovePlan, source: HostPorts, ports: MigrationPorts): Promise<void> {
  const { sourcePool, sourcePath } = statePlaceOf(plan);
  await source.storage.refreshPool(sourcePool);
  await source.storage.deleteVolume(sourcePath);
  await ports.ledger.forget({ hostId: plan.sourceId, kind: "saved-state", key: sourcePath });
}

interface SavedGuest {
  readonly uuid: string;
  readonly path: string;
  /** What it did when it was saved. */
  readonly power: GuestPower;
}

/**
 * A guest comes back from its file in two halves: it is held, then the file goes and the guest goes on if it did before. In this order no repetition,
 * wherever the one before it was broken off, finds a file that is older than what the guest has written to its disks since.
 * This is the first half; nothing happens when the guest is active already, or there is no file.
 */
export async function holdFromFile(host: HostPorts, { uuid, path }: SavedGuest, adapt: (xml: string) => string): Promise<void> {
  if ((await powerNow(host, uuid)) !== "off" || !(await host.storage.volumeAt(path))) return;
  await host.hypervisor.restore(path, adapt(await host.hypervisor.savedXml(path)), { paused: true });
}

/** The second half. Nothing happens to a guest that is off: it has ended by itself since. */
export async function letGo(host: HostPorts, { uuid, path, power }: SavedGuest): Promise<void> {
  const now = await powerNow(host, uuid);
  if (now === "off") return;
  await host.storage.deleteVolume(path);
  if (power === "running" && now === "paused") await host.hypervisor.resume(uuid);
}
