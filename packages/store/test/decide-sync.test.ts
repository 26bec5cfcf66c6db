import type { GuestState, GuestStateReason } from "@ferry/core";
import { expect, test } from "vitest";
import { decideSync, type RecordedServer, type SeenGuest, type SyncDecision } from "../src/index.ts";

const recorded = (vmState: string, where: "here" | "elsewhere", moving = false, busy = false): RecordedServer => ({
  hostId: where,
  vmState,
  moving,
  busy,
  unmade: false,
});
const seen = (state: GuestState, reason: GuestStateReason = "other"): SeenGuest => ({ state, reason });

const cases: [string, RecordedServer | null, SeenGuest | null, SyncDecision][] = [
  ["an unknown running guest is adopted", null, seen("running"), "adopt"],
  ["an unknown stopped guest is adopted", null, seen("shutoff"), "adopt"],
  ["a guest that somebody else is moving here is not adopted before it runs", null, seen("paused", "migration"), "leave"],
  ["an unknown guest that is not there is nothing", null, null, "leave"],
  ["a known guest is followed at home", recorded("active", "here"), seen("shutoff"), "update"],
  ["a known guest that vanished at home is gone", recorded("active", "here"), null, "gone"],
  ["a server that was never made is no guest that vanished", { ...recorded("error", "here"), unmade: true }, null, "leave"],
  ["a guest that is gone already stays so", recorded("deleted", "here"), null, "leave"],
  ["a guest that came back at home is followed", recorded("deleted", "here"), seen("running"), "update"],
  ["a guest that stopped at home and runs here has moved", recorded("stopped", "elsewhere"), seen("running"), "move"],
  ["a guest that is gone elsewhere and is paused here has moved", recorded("deleted", "elsewhere"), seen("paused", "user"), "move"],
  ["a guest in error elsewhere that runs here has moved", recorded("error", "elsewhere"), seen("running"), "move"],
  ["a guest alive on two hosts is left for a person", recorded("active", "elsewhere"), seen("running"), "leave"],
  ["a guest paused elsewhere is alive there", recorded("paused", "elsewhere"), seen("running"), "leave"],
  ["a dead definition here moves nothing", recorded("stopped", "elsewhere"), seen("shutoff"), "leave"],
  ["a guest elsewhere that is not here is nobody's business", recorded("active", "elsewhere"), null, "leave"],
  ["a migration owns its server at the source", recorded("active", "here", true), seen("paused"), "leave"],
  ["a migration owns its server when it has left the source", recorded("active", "here", true), null, "leave"],
  ["a migration owns its server at the destination", recorded("active", "elsewhere", true), seen("running"), "leave"],
  ["an action owns its server while the guest is off", recorded("active", "here", false, true), seen("shutoff"), "leave"],
  ["an action owns its server when the guest is gone", recorded("active", "here", false, true), null, "leave"],
];

test.each(cases)("%s", (_name, record, guest, decision) => {
  expect(decideSync(record, guest, "here")).toBe(decision);
});
