import { fail, GIB, type HostPorts, hostId, type ServerId, serverId } from "@ferry/core";
import { expect, test } from "vitest";
import { learnRootSizes } from "../src/hosts/learn-root-sizes.ts";

const HOST = hostId("33333333-3333-4333-8333-333333333333");
const [large, small, silent] = ["1", "2", "3"].map((digit) => serverId(`${digit.repeat(8)}-1111-4111-8111-111111111111`));
const bytes = new Map([
  [large, 20 * GIB + 1],
  [small, 1],
]);

const storage = {
  diskSize: async (id: string) => {
    const capacityBytes = bytes.get(id as ServerId);
    if (capacityBytes === undefined) throw fail("HYPERVISOR_CALL_FAILED", { host: "kvm1", action: "look", reason: "busy" });
    return { capacityBytes, allocationBytes: 0, physicalBytes: 0 };
  },
} as unknown as HostPorts["storage"];

test("sizes are rounded up to whole GiB; one that is not told is left for the next time", async () => {
  const learnt: unknown[] = [];
  const ids = [large, small, silent].filter((id) => id !== undefined);
  await learnRootSizes(HOST, {
    store: {
      rootSizes: {
        unknown: async () => ids.map((id) => ({ id, target: "vda" })),
        learn: async (sizes) => void learnt.push(...sizes),
      },
    },
    hosts: { host: async () => ({ storage }) as HostPorts },
  });
  expect(learnt).toEqual([
    { id: large, gib: 21 },
    { id: small, gib: 1 },
  ]);
});
