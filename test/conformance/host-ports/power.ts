import { randomUUID } from "node:crypto";
import { posix } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { GuestDocument, GuestState } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { codeOf, type GetSubject } from "./subject.ts";

/** The guest runs again at the end of each test. */
export function powerSuite(get: GetSubject): void {
  describe("the power of a guest", () => {
    const hypervisor = () => get().source.hypervisor;
    const uuid = () => get().guest.uuid;
    const state = async (): Promise<GuestState | "gone"> => {
      const seen = await hypervisor().observe(uuid());
      return seen.kind === "present" ? seen.state : "gone";
    };
    const document = async (view: "live" | "persistent"): Promise<GuestDocument> => {
      const found = await hypervisor().document(uuid(), view);
      if (!found) throw new Error("the guest has no such definition");
      return found;
    };

    it("starts what is off, held when wanted, and leaves alone what is active", async () => {
      await hypervisor().destroy(uuid());
      expect(await state()).toBe("shutoff");
      for (let time = 0; time < 2; time++) await hypervisor().start(uuid(), { paused: true });
      expect(await hypervisor().observe(uuid())).toMatchObject({ state: "paused", reason: "user" });
      await hypervisor().start(uuid());
      expect(await state()).toBe("paused");
      await hypervisor().resume(uuid());
      await hypervisor().start(uuid());
      expect(await state()).toBe("running");
    });

    it("shuts down when the guest obeys, and does not wait for it", async () => {
      for (let tries = 0; tries < 100 && (await state()) !== "shutoff"; tries++) {
        await hypervisor().shutdown(uuid());
        await sleep(200);
      }
      expect(await state()).toBe("shutoff");
      await hypervisor().shutdown(uuid());
      await hypervisor().start(uuid());
      expect(await state()).toBe("running");
    });

    it("reboots softly and hard, and stays where it is", async () => {
      for (const kind of ["soft", "hard"] as const) await hypervisor().reboot(uuid(), kind);
      expect(await state()).toBe("running");
    });

    it("is told whether to start with its host, as often as one likes, and takes no notice for a guest that it does not have", async () => {
      for (const wanted of [true, true, false, false]) await hypervisor().startWithHost(uuid(), wanted);
      await hypervisor().startWithHost(randomUUID(), false);
      expect(await state()).toBe("running");
    });

    it("suspends to the host's disk, and goes on from there at the next start", async () => {
      for (let time = 0; time < 2; time++) await hypervisor().managedSave(uuid());
      expect(await state()).toBe("shutoff");
      expect(await hypervisor().hasManagedSave(uuid())).toBe(true);
      expect(await hypervisor().observe(uuid())).toMatchObject({ state: "shutoff", reason: "saved" });
      expect(await hypervisor().guest(uuid())).toMatchObject({ state: "shutoff", reason: "saved" });
      await hypervisor().start(uuid());
      expect(await state()).toBe("running");
      expect(await hypervisor().hasManagedSave(uuid())).toBe(false);
    });

    it("throws a saved state away, so that the next start boots", async () => {
      await hypervisor().managedSave(uuid());
      for (let time = 0; time < 2; time++) await hypervisor().dropManagedSave(uuid());
      const seen = await hypervisor().observe(uuid());
      expect(seen).toMatchObject({ state: "shutoff" });
      expect(seen).not.toMatchObject({ reason: "saved" });
      await hypervisor().start(uuid());
      expect(await state()).toBe("running");
    });

    it("saves to a file and goes on from it, as often as wanted and with the definition that is given", async () => {
      const { guest, source } = get();
      const path = posix.join(posix.dirname(guest.diskPath), `${guest.name}.state`);
      const { xml } = await document("live");
      await hypervisor().save(uuid(), path);
      expect(await state()).toBe("shutoff");
      expect(await hypervisor().hasManagedSave(uuid())).toBe(false);
      expect(await source.storage.fileExists(path)).toBe(true);
      expect(await hypervisor().savedXml(path)).toContain(uuid());
      for (let time = 0; time < 2; time++) await hypervisor().restore(path, xml, { paused: true });
      expect(await state()).toBe("paused");
      await hypervisor().destroy(uuid());
      await hypervisor().restore(path, xml);
      expect(await state()).toBe("running");
      await source.storage.deleteVolume(path);
    });

    it("keeps a paused guest paused when it is saved and restored", async () => {
      const { guest, source } = get();
      const path = posix.join(posix.dirname(guest.diskPath), `${guest.name}.state`);
      const { xml } = await document("live");
      await hypervisor().pause(uuid());
      await hypervisor().save(uuid(), path);
      await hypervisor().restore(path, xml);
      expect(await state()).toBe("paused");
      await hypervisor().resume(uuid());
      await source.storage.deleteVolume(path);
    });

    it("defines a guest again without touching the one that runs", async () => {
      const { xml } = await document("persistent");
      for (let time = 0; time < 2; time++) await hypervisor().define(xml);
      expect(await state()).toBe("running");
    });

    it("refuses what needs a guest that is there, or active", async () => {
      const nobody = randomUUID();
      expect(await codeOf(hypervisor().start(nobody))).toBe("HYPERVISOR_CALL_FAILED");
      expect(await codeOf(hypervisor().reboot(nobody, "soft"))).toBe("HYPERVISOR_CALL_FAILED");
      expect(await codeOf(hypervisor().save(nobody, "/var/lib/libvirt/images/nobody.state"))).toBe("HYPERVISOR_CALL_FAILED");
      await hypervisor().destroy(uuid());
      expect(await codeOf(hypervisor().reboot(uuid(), "hard"))).toBe("HYPERVISOR_CALL_FAILED");
      expect(await codeOf(hypervisor().save(uuid(), "/var/lib/libvirt/images/off.state"))).toBe("HYPERVISOR_CALL_FAILED");
      const { xml } = await document("persistent");
      expect(await codeOf(hypervisor().restore("/var/lib/libvirt/images/off.state", xml))).toBe("HYPERVISOR_CALL_FAILED");
      await hypervisor().start(uuid());
    });
  });
}
