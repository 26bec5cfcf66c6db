import type { MoveAbilities, Transport } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";
import { copies } from "../move-plan.ts";
import { planDisks } from "./plan-disks.ts";

export type TransportChoice =
  | { readonly transport: Transport }
  /** Why `wanted`, the only transport left, cannot be used. */
  | { readonly refused: string; readonly remedy: string; readonly wanted: Transport };

/** About twenty seconds on a link of 1 Gbit/s. */
const SHORT_MOVE_BYTES = 2 * 1024 ** 3;

/**
 * `p2p` survives the death of the control plane, so `auto` takes it for what takes long, when it is proven: the source reaches the destination's
 * sshd and both have the tools of libvirt's SSH transport. A short move is made by `direct`: it hands the guest over sooner and puts no key on the
 * hosts, and should the control plane die in those seconds the guest stays where it is (docs/decisions/0005-transport-by-size.md). A hypervisor that
 * has only one of the two gets that one.
 */
export function chooseTransport(facts: MoveFacts): TransportChoice {
  if (facts.order.mode !== "live") return { transport: "direct" };
  const asked = facts.order.outcome.tunnelled ? "p2p" : facts.order.transport;
  const canDirect = abilities(facts).includes("direct");
  if (asked === "direct" && !canDirect) return withoutDirect(facts);
  const obstacle = peerObstacle(facts);
  if (asked === "direct" || (asked === "auto" && canDirect && bytesToMove(facts) <= SHORT_MOVE_BYTES)) return { transport: "direct" };
  if (!obstacle) return { transport: "p2p" };
  if (asked === "auto" && canDirect) return { transport: "direct" };
  return { refused: obstacle, remedy: canDirect ? "Allow it, or ask for the transport direct or auto." : "Allow it.", wanted: "p2p" };
}

const abilities = ({ source }: MoveFacts): MoveAbilities["transports"] => source.host?.moves.transports ?? [];

function withoutDirect({ source }: MoveFacts): TransportChoice {
  const refused = `${source.host?.hypervisorType} would stop the server on both hosts if ferry died while it drives the transfer`;
  return { refused, remedy: "Ask for the transport p2p or auto.", wanted: "direct" };
}

/** Memory, and what the copied disks hold: at most so much crosses the link once. */
function bytesToMove(facts: MoveFacts): number {
  const memoryBytes = (facts.source.guest?.memoryKiB ?? 0) * 1024;
  return copies({ disks: planDisks(facts) }).reduce((sum, disk) => sum + disk.usedBytes, memoryBytes);
}

function peerObstacle({ source, destination }: MoveFacts): string | null {
  if (destination.sshReach !== "open")
    return `${source.record.name} does not reach the sshd of ${destination.record.name} (${destination.sshReach ?? "not asked"})`;
  if (!source.canPeer) return `${source.record.name} lacks the ssh client or SFTP`;
  if (!destination.canPeer) return `${destination.record.name} lacks virt-ssh-helper or SFTP`;
  return null;
}
