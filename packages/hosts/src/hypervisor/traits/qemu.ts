import { unlessAlreadySo } from "../../link/unless-already-so.ts";
import { readJob } from "../job.ts";
import type { DriverTraits } from "./traits.ts";

/** libvirt's QEMU driver: the one that has every call which ferry makes. */
export const qemu: DriverTraits = {
  scheme: "qemu",
  moves: {
    transports: ["p2p", "direct"],
    modes: ["live", "cold", "saved", "offline"],
    copiesDisks: true,
    aborts: true,
    countsBytes: true,
    paused: true,
    tunnels: true,
  },
  transferFlags: ~0,
  takesParameter: () => true,
  undefineFlags: ~0,
  isGuest: () => true,
  readJob,
  resume: async ({ connection }, dom) => void (await unlessAlreadySo(connection.call("domainResume", { dom }))),
  reset: async (connection, dom) => void (await connection.call("domainReset", { dom, flags: 0 })),
  diskSize: async ({ connection }, dom, target) => {
    const { capacity, allocation, physical } = await connection.call("domainGetBlockInfo", { dom, path: target, flags: 0 });
    return { capacityBytes: Number(capacity), allocationBytes: Number(allocation), physicalBytes: Number(physical) };
  },
  hostUuid: async (told) => told,
};
