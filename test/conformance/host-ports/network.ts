import { describe, expect, it } from "vitest";
import { codeOf, type GetSubject } from "./subject.ts";

export function networkSuite(get: GetSubject): void {
  describe("the network port", () => {
    const isActive = async (): Promise<boolean | undefined> => {
      const { destination, network } = get();
      return (await destination.hypervisor.facts()).networks.find((one) => one.name === network)?.active;
    };

    it("stops a network and starts it again, each once", async () => {
      const { destination, network } = get();
      expect(await destination.network.startNetwork(network)).toEqual({ started: false });
      await destination.network.stopNetwork(network);
      await destination.network.stopNetwork(network);
      expect(await isActive()).toBe(false);
      expect(await destination.network.startNetwork(network)).toEqual({ started: true });
      expect(await isActive()).toBe(true);
    });

    it("names a network that is not there when it shall start, and is content when it shall stop", async () => {
      const { network } = get().destination;
      expect(await codeOf(network.startNetwork("no such network"))).toBe("HYPERVISOR_CALL_FAILED");
      await network.stopNetwork("no such network");
    });
  });
}
