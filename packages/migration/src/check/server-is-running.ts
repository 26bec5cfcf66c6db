import type { GuestState, OrderMode } from "@ferry/core";
import { type Check, pass, refuse, sourceSilent } from "./check.ts";

/** What a move of each mode wants of the guest, and what helps when it is otherwise. */
const wanted: Record<OrderMode, { readonly states: readonly GuestState[]; readonly words: string; readonly remedy: string }> = {
  live: {
    states: ["running", "paused"],
    words: "running or paused",
    remedy: "Start it first; a live migration moves a running guest.",
  },
  cold: {
    states: ["running", "shutoff", "crashed"],
    words: "running or shut off",
    remedy: "Unpause it first, or move it live or with its saved state; a cold migration would lose its memory.",
  },
  saved: {
    states: ["running", "paused"],
    words: "running or paused",
    remedy: "Start it first, or move it cold; a guest that is off has no state to save.",
  },
  evacuate: { states: [], words: "on a dead host", remedy: "Evacuate it." },
  offline: {
    states: ["shutoff", "crashed"],
    words: "shut off",
    remedy: "Stop it first, or move it live; an offline move carries the definition only.",
  },
};

/** Nova #12 for a live move, power state running or paused, as the hypervisor says now; the like for the other modes. */
export const serverIsRunning: Check = {
  key: "server-is-running",
  judge: (facts) => {
    const { order, source } = facts;
    const seen = source.observation;
    if (!source.host || seen.kind === "unreachable") return sourceSilent(facts);
    if (seen.kind === "absent") {
      return refuse(
        `Cannot move server ${order.serverName}: it is not on ${source.record.name}.`,
        "Run `ferry host check` for the host where it runs; that refreshes the record.",
      );
    }
    if (seen.migrationJob !== "none") {
      return refuse(
        `Cannot move server ${order.serverName}: it has a migration job on ${source.record.name} that is not ferry's.`,
        "Wait for it, or abort it: virsh domjobabort.",
      );
    }
    const { states, words, remedy } = wanted[order.mode];
    if (states.includes(seen.state)) return pass(`Server ${order.serverName} is ${seen.state} on ${source.record.name}.`);
    return refuse(`Cannot move server ${order.serverName}: it is ${seen.state} on ${source.record.name}, must be ${words}.`, remedy);
  },
};
