import type { GuestDefinition } from "@ferry/core";
import { type Check, type Finding, pass, refuse, sourceSilent } from "./check.ts";

/** Devices bound to the source host, and parts of the definition that ferry does not know and would not pass on unseen. */
export const devicesMovable: Check = {
  key: "devices-movable",
  judge: (facts) => {
    const { guest, persistent } = facts.source;
    if (!guest) return sourceSilent(facts);
    return (
      obstacle(guest, "definition") ??
      (persistent && obstacle(persistent, "persistent definition")) ??
      pass("No device of the server is bound to its host.")
    );
  },
};

function obstacle({ immovable, unknownElements }: GuestDefinition, which: string): Finding | null {
  const [stuck] = immovable;
  if (stuck) return refuse(`The server cannot move: its ${which} has ${stuck.what}.`, stuck.remedy);
  const [strange] = unknownElements;
  if (strange === undefined) return null;
  return refuse(
    `The server cannot move: its ${which} has the element ${strange}, which ferry does not carry to another host.`,
    "Take it out of the definition, or report it to ferry's makers.",
  );
}
