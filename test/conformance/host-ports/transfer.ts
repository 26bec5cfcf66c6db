import { migrationId, type TransferRequest, whereabouts } from "@ferry/core";
import { afterEach, describe, expect, it } from "vitest";
import { cleanUp, prepareMove } from "../../live/support/host-drivers.ts";
import type { GetSubject } from "./subject.ts";

const transports = ["p2p", "direct"] as const;

/** The guest starts at the source, and is brought back there after each test that has moved it. */
export function transferSuite(get: GetSubject): void {
  describe("the transfer port", () => {
    let made: { request: TransferRequest; path: string } | null = null;

    const where = async (): Promise<string> => {
      const { source, destination, guest } = get();
      return whereabouts(await source.hypervisor.observe(guest.uuid), await destination.hypervisor.observe(guest.uuid));
    };
    const prepared = async (transport: "p2p" | "direct"): Promise<TransferRequest> => {
      const { source, destination, guest } = get();
      made = await prepareMove(source, destination, guest.uuid, transport);
      return made.request;
    };
    const run = (request: TransferRequest, signal = new AbortController().signal) => {
      const { hosts, source, destination } = get();
      return hosts.transfer.run(request, source.address.id, destination.address.id, signal);
    };

    /** Moves the guest back when it has moved, and removes what each move has left at the other host. */
    afterEach(async () => {
      const { hosts, source, destination, guest } = get();
      if (!made) return;
      await hosts.transfer.settle(made.request.migrationId);
      const away = (await where()) === "at-destination" ? source : destination;
      await cleanUp(away, [source, destination], guest.uuid, made.path, made.request.migrationId);
      if (away === source) await moveBack();
      made = null;
    });

    async function moveBack(): Promise<void> {
      const { hosts, source, destination, guest } = get();
      const back = await prepareMove(destination, source, guest.uuid, "direct");
      expect(await hosts.transfer.run(back.request, destination.address.id, source.address.id, new AbortController().signal)).toEqual({
        kind: "handed-over",
      });
      await hosts.transfer.settle(back.request.migrationId);
      await cleanUp(destination, [source], guest.uuid, back.path, back.request.migrationId);
    }

    it.each(transports)("hands the guest over: %s", async (transport) => {
      const { hosts, source, destination, guest } = get();
      const request = await prepared(transport);
      expect(await run(request)).toEqual({ kind: "handed-over" });
      await hosts.transfer.settle(request.migrationId);
      expect(await where()).toBe("at-destination");
      expect(await source.hypervisor.observe(guest.uuid)).toMatchObject({ state: "shutoff", persistent: true });
      expect(await destination.hypervisor.observe(guest.uuid)).toMatchObject({ state: "running", persistent: true, migrationJob: "none" });
      expect((await destination.hypervisor.job(guest.uuid)).kind).toBe("ended");
    });

    it.each(transports)("leaves the guest where it is when it is aborted at once: %s", async (transport) => {
      const outcome = await run(await prepared(transport), AbortSignal.abort(new Error("not wanted")));
      expect(outcome).toMatchObject({ kind: "stayed", aborted: true });
      expect(await where()).toBe("at-source");
    });

    it.each(transports)("leaves the guest where it is when the target has another size: %s", async (transport) => {
      const { destination, guest, source } = get();
      const request = await prepared(transport);
      const { capacityBytes } = await source.storage.diskSize(guest.uuid, "vda");
      const name = guest.diskPath.split("/").at(-1) ?? "";
      await destination.storage.deleteVolume(guest.diskPath);
      await destination.storage.createVolume({ pool: "default", name, format: "qcow2", capacityBytes: capacityBytes * 2, backing: null });
      const outcome = await run(request);
      expect(outcome).toMatchObject({ kind: "stayed", aborted: false });
      expect(await where()).toBe("at-source");
    });

    it("leaves the guest where it is when the key between the hosts is not admitted", async () => {
      const { destination } = get();
      const request = await prepared("p2p");
      await destination.peerAccess.withdraw(request.migrationId);
      expect(await run(request)).toMatchObject({ kind: "stayed", aborted: false });
      expect(await where()).toBe("at-source");
    });

    it("moves a guest that its user has paused, and does not wake it", async () => {
      const { hosts, source, destination, guest } = get();
      await source.hypervisor.pause(guest.uuid);
      const request = { ...(await prepared("direct")), paused: true };
      expect(await run(request)).toEqual({ kind: "handed-over" });
      await hosts.transfer.settle(request.migrationId);
      expect(await destination.hypervisor.observe(guest.uuid)).toMatchObject({ state: "paused", reason: "user" });
      expect(await where()).toBe("at-destination");
      await destination.hypervisor.resume(guest.uuid);
    });

    it("settles at once what it did not start", async () => {
      await get().hosts.transfer.settle(migrationId("00000000-0000-4000-8000-00000000dead"));
    });
  });
}
