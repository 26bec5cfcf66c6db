import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { PluggableDisk, VolumeFacts } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { codeOf, type GetSubject } from "./subject.ts";

const both = { live: true, config: true };

/** The guest has its own disk only at the end of each test, and runs. */
export function plugSuite(get: GetSubject): void {
  describe("disks that are plugged in", () => {
    const hypervisor = () => get().source.hypervisor;
    const storage = () => get().source.storage;
    const uuid = () => get().guest.uuid;
    const make = (): Promise<VolumeFacts> =>
      storage().createVolume({ pool: "default", name: randomUUID(), format: "qcow2", capacityBytes: 16 * 1024 ** 2, backing: null });
    const diskOf = ({ path }: VolumeFacts): PluggableDisk => ({
      target: "vdb",
      serial: randomUUID(),
      format: "qcow2",
      source: { type: "file", path },
    });
    const targets = async (view: "live" | "persistent"): Promise<string[]> =>
      ((await hypervisor().document(uuid(), view))?.definition.disks ?? []).map(({ target }) => target);

    it("appear in the running guest and in its definition, and go from both; the guest lets go of them", async () => {
      const volume = await make();
      const disk = diskOf(volume);
      await hypervisor().attachDisk(uuid(), disk, both);
      expect([await targets("live"), await targets("persistent")]).toEqual([
        ["vda", "vdb"],
        ["vda", "vdb"],
      ]);
      expect((await hypervisor().guest(uuid()))?.definition.disks[1]).toMatchObject({
        source: disk.source,
        format: "qcow2",
        cache: "none",
      });
      const over = new AbortController();
      const removed = heard(over.signal);
      await hypervisor().detachDisk(uuid(), "vdb", both);
      expect(await targets("persistent")).toEqual(["vda"]);
      await untilReleased();
      expect((await removed)?.alias).toContain("vi");
      over.abort();
      await storage().deleteVolume(volume.path);
    });

    it("are refused where there is one of that name, and when there is none to pull out", async () => {
      const volume = await make();
      const taken = { ...diskOf(volume), target: "vda" };
      expect(await codeOf(hypervisor().attachDisk(uuid(), taken, both))).toBe("HYPERVISOR_CALL_FAILED");
      expect(await codeOf(hypervisor().detachDisk(uuid(), "vdb", both))).toBe("HYPERVISOR_CALL_FAILED");
      expect([await targets("live"), await targets("persistent")]).toEqual([["vda"], ["vda"]]);
      await storage().deleteVolume(volume.path);
    });

    it("are plugged into the definition alone while the guest is off", async () => {
      const volume = await make();
      await hypervisor().destroy(uuid());
      const config = { live: false, config: true };
      await hypervisor().attachDisk(uuid(), diskOf(volume), config);
      expect(await targets("persistent")).toEqual(["vda", "vdb"]);
      await hypervisor().detachDisk(uuid(), "vdb", config);
      expect(await targets("persistent")).toEqual(["vda"]);
      await hypervisor().start(uuid());
      await storage().deleteVolume(volume.path);
    });

    async function heard(signal: AbortSignal) {
      for await (const event of hypervisor().events(signal)) if (event.kind === "device-removed" && event.uuid === uuid()) return event;
      return null;
    }

    /** A guest that still boots does not hear the first request. */
    async function untilReleased(): Promise<void> {
      for (let tries = 1; tries < 200 && (await targets("live")).includes("vdb"); tries++) {
        if (tries % 25 === 0) await codeOf(hypervisor().detachDisk(uuid(), "vdb", { live: true, config: false }));
        await sleep(200);
      }
      expect(await targets("live")).toEqual(["vda"]);
    }
  });
}
