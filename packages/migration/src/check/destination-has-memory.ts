import { availableMiB } from "../policy/available-memory.ts";
import { pass, refuse, warn, withBoth } from "./check.ts";

/** Nova #18: more memory free than the guest needs, after the reserve and the claims of other migrations. In MiB. */
export const destinationHasMemory = withBoth("destination-has-memory", (facts) => {
  const { order, source, destination } = facts;
  const need = order.resize?.to.memoryMiB ?? Math.ceil(source.guest.memoryKiB / 1024);
  const free = availableMiB(destination.host, destination.claimedMiB, facts.reservedMemoryMiB);
  const numbers = `${destination.record.name} has ${free} MiB free for guests, the server needs ${need} MiB`;
  if (free > need) return pass(`${numbers}.`);
  const remedy = "Free memory there or choose another host.";
  if (order.force) return warn(`${numbers}; forced.`, remedy);
  return refuse(
    `Unable to migrate ${order.serverId} to ${destination.record.name}: Lack of memory(host:${free} <= instance:${need}), in MiB.`,
    remedy,
  );
});
