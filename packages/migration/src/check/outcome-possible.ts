import { type GuestDisk, isUsual } from "@ferry/core";
import { planDisks } from "../policy/plan-disks.ts";
import { type Finding, type KnownFacts, pass, refuse, withBoth } from "./check.ts";

/** What was asked to be left behind, and how the memory is to travel, where that differs from the usual end of a move. */
export const outcomePossible = withBoth("outcome-possible", (facts) => {
  const { outcome, mode } = facts.order;
  if (isUsual(outcome)) return pass("Nothing is asked for but the usual end of a move.");
  if (mode !== "live")
    return refuse(`A ${mode} move has its own end; what to leave behind can be asked of a live one only.`, "Leave those options out.");
  return staysPaused(facts) ?? keepsSource(facts) ?? tunnels(facts) ?? pass("The server can be left as it is asked for.");
});

function staysPaused({ order, source }: KnownFacts): Finding | null {
  const paused = source.observation.kind === "present" && source.observation.state === "paused";
  if (order.outcome.leave !== "running" || !paused) return null;
  return refuse(
    `Server ${order.serverName} is paused on ${source.record.name} and would arrive paused, but is to be left running.`,
    "Unpause it first, or leave --leave running out.",
  );
}

/** A definition that is kept must not open a disk that the destination writes to: two writers destroy it. */
function keepsSource(facts: KnownFacts): Finding | null {
  const { order, source } = facts;
  if (!order.outcome.keepSource) return null;
  if (!source.persistent)
    return refuse(
      `Server ${order.serverName} has no persistent definition on ${source.record.name} that could be kept.`,
      "Leave --keep-source out.",
    );
  const shared = sharedWritable(facts);
  if (shared.length === 0) return null;
  const targets = shared.map(({ target }) => target).join(", ");
  return refuse(
    `The definition kept on ${source.record.name} would open disks that ${facts.destination.record.name} writes to: ${targets}.`,
    "Leave --keep-source out; only a server whose disks are all copied can be kept.",
  );
}

/** libvirt sends the copies of disks beside its tunnel, over connections of their own, and refuses both together. */
function tunnels(facts: KnownFacts): Finding | null {
  const { order, source } = facts;
  if (!order.outcome.tunnelled) return null;
  const copied = planDisks(facts).flatMap((plan) => (plan.action === "copy" ? [plan.target] : []));
  if (copied.length > 0)
    return refuse(
      `libvirt copies no disks through a tunnel, and these would have to be copied: ${copied.join(", ")}.`,
      "Leave --tunnelled out, or put the disks on shared storage.",
    );
  if (order.transport === "direct" || !source.host.moves.tunnels)
    return refuse(
      "Only the source's libvirtd can tunnel (transport p2p), and only with QEMU.",
      "Leave --tunnelled out, or ask for the transport p2p or auto.",
    );
  return null;
}

function sharedWritable(facts: KnownFacts): GuestDisk[] {
  const shared = new Set(planDisks(facts).flatMap((plan) => (plan.action === "shared" ? [plan.target] : [])));
  return facts.source.guest.disks.filter((disk) => shared.has(disk.target) && !disk.readOnly && disk.device === "disk");
}
