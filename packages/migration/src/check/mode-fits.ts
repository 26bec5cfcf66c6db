import type { OrderMode } from "@ferry/core";
import { copies } from "../move-plan.ts";
import { undeclaredLayer } from "../policy/image-headers.ts";
import { placeState } from "../policy/place-state.ts";
import { planDisks } from "../policy/plan-disks.ts";
import { type Finding, type KnownFacts, pass, refuse, withBoth } from "./check.ts";

/** What only a move of the asked mode needs, beyond the guest's state. */
export const modeFits = withBoth("mode-fits", (facts) => {
  const unable = notAble(facts);
  if (unable) return unable;
  switch (facts.order.mode) {
    case "live":
      return runsForTransfer(facts) ?? pass("A live move leaves nothing behind that has to be kept.");
    case "cold":
      return (
        startableThere(facts) ??
        imagesKnown(facts) ??
        pass("The server can be moved cold: its source keeps the disks until it is confirmed.")
      );
    case "saved":
      return (
        startableThere(facts) ?? imagesKnown(facts) ?? statePlaced(facts) ?? pass("The server's running state can be saved and moved.")
      );
    case "evacuate":
      return pass("The server's host is dead.");
    case "offline":
      return startableThere(facts) ?? nothingToCopy(facts) ?? pass("Both hosts see the server's disks; its definition moves alone.");
  }
});

function notAble({ order, source }: KnownFacts): Finding | null {
  const { hypervisorType, moves } = source.host;
  const able: readonly OrderMode[] = moves.modes;
  if (able.includes(order.mode)) return null;
  return refuse(
    `${hypervisorType} on ${source.record.name} cannot move a server in the mode ${order.mode}.`,
    `Ask for another mode: ${moves.modes.join(", ")}.`,
  );
}

function runsForTransfer({ order, source }: KnownFacts): Finding | null {
  const { hypervisorType, moves } = source.host;
  const isPaused = source.observation.kind === "present" && source.observation.state === "paused";
  if (moves.paused || !isPaused) return null;
  return refuse(
    `Cannot move server ${order.serverName} live: it is paused on ${source.record.name}, must be running, since ${hypervisorType} has it take part.`,
    "Unpause it first.",
  );
}

/** The guest is defined here, and free to be defined there. */
function startableThere({ order, source, destination }: KnownFacts): Finding | null {
  const { name } = source.guest;
  if (!source.persistent)
    return refuse(
      `Server ${order.serverName} has no persistent definition on ${source.record.name}, so it could not be started again.`,
      `Define it: virsh dumpxml ${name} --inactive > ${name}.xml; virsh define ${name}.xml.`,
    );
  if (source.suspended)
    return refuse(
      `Server ${order.serverName} is suspended to the disk of ${source.record.name}; its memory would be lost.`,
      "Resume it first, then move it.",
    );
  if (destination.observation.kind !== "present") return null;
  return refuse(
    `${destination.record.name} has a definition of this server already; only a live move replaces it.`,
    `If it is a leftover, remove it there: virsh undefine ${name}.`,
  );
}

/** A copied file is used as it is, its own header included. */
function imagesKnown(facts: KnownFacts): Finding | null {
  for (const { target } of copies({ disks: planDisks(facts) })) {
    const disk = facts.source.guest.disks.find((one) => one.target === target);
    const known = facts.source.disks.find((one) => one.target === target);
    const hidden = disk && known ? undeclaredLayer(disk, known, "whole") : null;
    if (hidden) return refuse(`Disk ${target} cannot move: ${hidden.reason}.`, hidden.remedy);
  }
  return null;
}

function statePlaced(facts: KnownFacts): Finding | null {
  if (placeState(facts)) return null;
  return refuse(
    `No running file pool of ${facts.source.record.name} has its like on ${facts.destination.record.name}, so the saved state has no place.`,
    "Define and start a dir pool of one name or directory on both.",
  );
}

function nothingToCopy(facts: KnownFacts): Finding | null {
  const local = planDisks(facts).filter((disk) => disk.action === "copy" || disk.action === "bring");
  if (local.length === 0) return null;
  return refuse(
    `An offline move carries no disks, and these are on ${facts.source.record.name} alone: ${local.map((disk) => disk.target).join(", ")}.`,
    "Move it cold: then its disks are copied.",
  );
}
