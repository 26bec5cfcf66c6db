import type { Transport } from "@ferry/core";
import type { MoveFacts } from "../facts.ts";

export type TransportChoice = { readonly transport: Transport } | { readonly refused: string; readonly remedy: string };

/**
 * `p2p` survives the death of the control plane, so `auto` takes it when it is proven: the source reaches the destination's sshd and both have
 * the tools of libvirt's SSH transport. Else `direct`, which needs nothing between the hosts but the transfer ports.
 */
export function chooseTransport(facts: MoveFacts): TransportChoice {
  const asked = facts.order.transport;
  const obstacle = peerObstacle(facts);
  if (asked === "direct") return { transport: "direct" };
  if (!obstacle) return { transport: "p2p" };
  return asked === "auto" ? { transport: "direct" } : { refused: obstacle, remedy: "Allow it, or ask for the transport direct or auto." };
}

function peerObstacle({ source, destination }: MoveFacts): string | null {
  if (destination.sshReach !== "open")
    return `${source.record.name} does not reach the sshd of ${destination.record.name} (${destination.sshReach ?? "not asked"})`;
  if (!source.canPeer) return `${source.record.name} lacks the ssh client or SFTP`;
  if (!destination.canPeer) return `${destination.record.name} lacks virt-ssh-helper or SFTP`;
  return null;
}
