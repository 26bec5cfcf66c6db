import type { GuestDisk, NetworkSource } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";
import type { DiskPlan } from "../move-plan.ts";
import { diskWords, immovable } from "./disk-words.ts";
import { portalKey, portalsOf, secretWords } from "./network-portals.ts";

/** Addresses under which each host finds itself. */
const ownAddress = /^(localhost|127\.[\d.]+|\[?::1\]?)$/i;

/**
 * A disk behind QEMU's own network client is one disk for all hosts, if its server is the same for all of them and the destination reaches it.
 * Of several servers (monitors, portals) one is enough. `forbidden` means that the destination's sshd would not let ferry try.
 */
export function planNetworkDisk(disk: GuestDisk, source: NetworkSource, { destination }: MoveFacts): DiskPlan {
  const { target } = disk;
  const words = diskWords(disk);
  const itself = source.socket ?? source.hosts.find(({ name }) => ownAddress.test(name))?.name;
  if (itself !== undefined) {
    return immovable(
      target,
      `${words} is served at ${itself}, which is another server on each host`,
      "Name the server by an address that both hosts reach.",
    );
  }
  const portals = portalsOf(source).map(portalKey);
  const answers = portals.map((portal) => destination.portals[portal]);
  if (portals.length > 0 && !answers.some((answer) => answer === "open" || answer === "forbidden")) {
    return immovable(
      target,
      `${destination.record.name} does not reach the server of ${words} at ${portals.join(" or ")}`,
      "Open the way from that host to the storage server, or choose another host.",
    );
  }
  const secret = source.secret && secretWords(source.secret);
  if (secret !== null && !destination.secrets[secret]) {
    return immovable(
      target,
      `${destination.record.name} lacks the secret ${secret} that opens ${words}`,
      "Define it there as it is at the source (virsh secret-define, secret-set-value).",
    );
  }
  const open = portals.filter((_portal, index) => answers[index] === "open");
  const reason =
    open.length > 0 ? `${destination.record.name} reaches its server at ${open.join(" and ")}` : "a network disk is one disk for all hosts";
  return { action: "shared", target, reason, sourcePath: null };
}
