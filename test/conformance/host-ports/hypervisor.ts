import { randomUUID } from "node:crypto";
import type { HypervisorEvent } from "@ferry/core";
import { describe, expect, it } from "vitest";
import type { GetSubject } from "./subject.ts";

export function hypervisorSuite(get: GetSubject): void {
  describe("the hypervisor port", () => {
    const hypervisor = () => get().source.hypervisor;
    const uuid = () => get().guest.uuid;

    it("tells the facts of its host", async () => {
      const { source, destination, network } = get();
      const [one, other] = [await source.hypervisor.facts(), await destination.hypervisor.facts()];
      expect(one.hostUuid).not.toBe(other.hostUuid);
      expect(one).toMatchObject({ hypervisorType: "QEMU", arch: "x86_64" });
      expect(one.memoryAvailableKiB).toBeGreaterThan(0);
      expect(one.memoryAvailableKiB).toBeLessThanOrEqual(one.memoryTotalKiB);
      expect(other.networks.find(({ name }) => name === network)).toMatchObject({ active: true });
      expect(one.pools.find(({ name }) => name === "default")).toMatchObject({ type: "dir", active: true });
      expect(one.machines["x86_64/qemu"]).toContain("pc-q35-7.2");
      expect(one.bridges).toContain("br0");
    });

    it("finds a guest by name and uuid, and says of others that they are not there", async () => {
      const { guest, destination } = get();
      expect(await hypervisor().uuidOfName(guest.name)).toBe(guest.uuid);
      expect((await hypervisor().guests()).map(({ definition }) => definition.uuid)).toContain(guest.uuid);
      expect(await hypervisor().guest(guest.uuid)).toMatchObject({ state: "running", persistent: true });
      expect(await hypervisor().uuidOfName("no such guest")).toBeNull();
      expect(await hypervisor().guest(randomUUID())).toBeNull();
      expect(await hypervisor().document(randomUUID(), "live")).toBeNull();
      expect(await destination.hypervisor.observe(guest.uuid)).toEqual({ kind: "absent" });
    });

    it("gives both definitions, which agree on what the guest is", async () => {
      const [live, persistent] = [await hypervisor().document(uuid(), "live"), await hypervisor().document(uuid(), "persistent")];
      expect(live?.definition.uuid).toBe(uuid());
      expect(live?.definition.disks[0]).toMatchObject({
        target: "vda",
        format: "qcow2",
        source: { type: "file", path: get().guest.diskPath },
      });
      expect(persistent?.definition.machine).toBe(live?.definition.machine);
      expect(live?.definition.immovable).toEqual([]);
      expect(live?.definition.unknownElements).toEqual([]);
    });

    it("pauses and resumes, each as often as wanted, and tells of it", async () => {
      const stop = new AbortController();
      const events = hypervisor().events(stop.signal);
      const heard = firstOf(events, uuid(), ["suspended", "resumed"]);
      await listening();
      for (let time = 0; time < 2; time++) await hypervisor().pause(uuid());
      expect(await hypervisor().observe(uuid())).toMatchObject({ state: "paused", reason: "user", migrationJob: "none" });
      for (let time = 0; time < 2; time++) await hypervisor().resume(uuid());
      expect(await hypervisor().observe(uuid())).toMatchObject({ state: "running", migrationJob: "none" });
      expect(await heard).toEqual(["suspended", "resumed"]);
      stop.abort();
    });

    it("knows of no job on a guest that is left alone", async () => {
      expect((await hypervisor().job(uuid())).kind).not.toBe("running");
      expect(await hypervisor().diskCopies(uuid(), ["vda"])).toEqual([]);
    });

    it("does nothing to a guest that is not there", async () => {
      const nobody = randomUUID();
      for (const act of ["pause", "resume", "destroy", "undefine", "shutdown", "managedSave"] as const) await hypervisor()[act](nobody);
      expect(await hypervisor().hasManagedSave(nobody)).toBe(false);
      expect(await hypervisor().job(nobody)).toEqual({ kind: "none" });
    });

    it("compares the guest's CPU with what the other host gives", async () => {
      const live = await hypervisor().document(uuid(), "live");
      if (!live) throw new Error("the guest is not there");
      const { cpuXml, arch, virtType, machine, emulator } = live.definition;
      const question = { cpuXml: cpuXml ?? "", arch, virtType, machine, emulator };
      expect(["identical", "superset", "unsupported"]).toContain(await get().destination.hypervisor.compareCpu(question));
    });
  });
}

/** Lifecycle events of the guest of those kinds, in order, until each was heard once. */
async function firstOf(events: AsyncIterable<HypervisorEvent>, uuid: string, kinds: readonly string[]): Promise<string[]> {
  const heard: string[] = [];
  for await (const event of events) {
    if (event.kind === "lifecycle" && event.uuid === uuid && kinds.includes(event.event)) heard.push(event.event);
    if (heard.length === kinds.length) break;
  }
  return heard;
}

/** Events have no word for "I am listening now": the subscription is one call and its answer. */
const listening = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
