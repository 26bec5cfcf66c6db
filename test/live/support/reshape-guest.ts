import { hostNamed, virsh } from "../../lab/index.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { untilStatus } from "./server.ts";
import type { World } from "./world.ts";

/**
 * Starts the guest anew with an edited definition, and takes what its host has then on account of it as the guest's own, to move with it. Its
 * counter begins anew; its disk keeps its records.
 */
export async function reshapeGuest(world: World, guest: MovingGuest, edit: (xml: string) => string): Promise<void> {
  const host = hostNamed(world.lab, guest.at);
  await virsh(host, ["destroy", "--", guest.name]);
  await untilStatus(world, guest, "SHUTOFF");
  await editDefinition(world, guest, edit);
  await virsh(host, ["start", "--", guest.name]);
  guest.last = await guest.inside.pattern(16);
  await untilStatus(world, guest, "ACTIVE");
  const { added, removed } = await world.strayThings(guest.at);
  guest.things.push(...added);
  for (const thing of removed) guest.things.splice(guest.things.indexOf(thing), 1);
}

/** Changes what the guest's next start uses. @throws Error when the edit changes nothing: a test that relies on it would prove nothing. */
export async function editDefinition(world: World, guest: MovingGuest, edit: (xml: string) => string): Promise<void> {
  const host = hostNamed(world.lab, guest.at);
  const before = await virsh(host, ["dumpxml", "--inactive", "--security-info", "--", guest.name]);
  const after = edit(before);
  if (after === before) throw new Error(`The definition of ${guest.name} does not have what was to be edited.`);
  await virsh(host, ["define", "/dev/stdin"], after);
}

/** The card's `<interface>` replaced as a whole; its MAC address and model stay. */
export const withCard =
  (type: string, inside: string) =>
  (xml: string): string =>
    xml.replace(
      /<interface type='[^']*'>\s*(<mac [^>]*>)[\s\S]*?<\/interface>/,
      `<interface type='${type}'>$1${inside}<model type='virtio'/></interface>`,
    );
