import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { GetSubject } from "./subject.ts";

const DEADLINE_MS = 3000;
/** Nothing listens there on any host of a test. */
const CLOSED_PORT = 49_199;

export function peerAccessSuite(get: GetSubject): void {
  describe("the peer access port", () => {
    it("tells an open port from a closed one, as the source sees it", async () => {
      const { source, destination } = get();
      const { migrationAddress, port } = destination.address;
      expect(await source.peerAccess.reach(migrationAddress, port, DEADLINE_MS)).toBe("open");
      expect(await source.peerAccess.reach(migrationAddress, CLOSED_PORT, DEADLINE_MS)).toBe("refused");
    });

    it("names a port on which nothing listens, and none where something does", async () => {
      const { destination } = get();
      expect(await destination.peerAccess.idlePort(CLOSED_PORT, 3)).toBe(CLOSED_PORT + 2);
      expect(await destination.peerAccess.idlePort(destination.address.port, 1)).toBeNull();
    });

    it("finds the tools of libvirt's SSH transport", async () => {
      const { source, destination } = get();
      expect(await source.peerAccess.canPeer("source")).toBe(true);
      expect(await destination.peerAccess.canPeer("destination")).toBe(true);
    });

    it("places a key twice and takes it back twice, and leaves both hosts as they were", async () => {
      const { source, destination, inventory } = get();
      const before = [await inventory(source), await inventory(destination)];
      const tag = randomUUID();
      const { port, hostKey, migrationAddress } = destination.address;
      for (let time = 0; time < 2; time++) {
        const { publicKey } = await source.peerAccess.placeSourceKey(tag, { address: migrationAddress, port, hostKey });
        const key = { publicKey, sourceAddress: source.address.migrationAddress, expiresAt: new Date(Date.now() + 3_600_000) };
        await destination.peerAccess.admitKey(tag, key);
      }
      expect([await inventory(source), await inventory(destination)]).not.toEqual(before);
      for (let time = 0; time < 2; time++) for (const host of [source, destination]) await host.peerAccess.withdraw(tag);
      expect([await inventory(source), await inventory(destination)]).toEqual(before);
    });

    it("takes back one key and leaves the other", async () => {
      const { destination, inventory } = get();
      const [mine, other] = [randomUUID(), randomUUID()];
      const key = { publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA", sourceAddress: "198.18.0.1", expiresAt: new Date(0) };
      await destination.peerAccess.admitKey(other, key);
      const before = await inventory(destination);
      await destination.peerAccess.admitKey(mine, key);
      await destination.peerAccess.withdraw(mine);
      expect(await inventory(destination)).toEqual(before);
      await destination.peerAccess.withdraw(other);
    });
  });
}
