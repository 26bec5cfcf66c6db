import { hostNamed, inventory, inventoryChanges, removeGuest } from "../../lab/index.ts";
import type { MovingGuest, MovingGuestOptions } from "./moving-guest.ts";
import { type HostName, otherHost, type World } from "./world.ts";

/** A guest whose disks need not be files of its host, and what its storage has put on both hosts. */
export interface StoredGuest {
  readonly guest: MovingGuest;
  /** Ends the guest and forgets all that was expected because of it. */
  readonly remove: () => Promise<void>;
  /** A read-only image does not go with the guest: it stays on each host that has once got it. */
  readonly imageIsOn: (host: HostName) => void;
}

/** Starts the guest. What this makes appear on the other host too (a shared file, a pool, a mount) stays where it is when the guest moves. */
export async function startStored(world: World, options: MovingGuestOptions): Promise<StoredGuest> {
  const { lab } = world;
  const [here, there] = [options.host, otherHost(options.host)];
  const before = await inventory(hostNamed(lab, there));
  const guest = await world.startGuest(options);
  const { added } = inventoryChanges(before, await inventory(hostNamed(lab, there)));
  const kept = new Map<HostName, string[]>([
    [here, []],
    [there, []],
  ]);
  const expect = (host: HostName, item: string): void => {
    world.expectAlso(host, item);
    if (item.startsWith("volumes: ")) kept.get(host)?.push(item);
  };
  for (const item of added) {
    expect(there, item);
    if (take(guest.things, item)) expect(here, item);
  }
  const image = guest.things.find((item) => item.endsWith(".iso"));
  if (image !== undefined && take(guest.things, image)) expect(here, image);
  return {
    guest,
    imageIsOn: (host) => image !== undefined && expect(host, image),
    remove: async () => {
      guest.close();
      await removeGuest(lab, guest.name);
      world.guests.splice(world.guests.indexOf(guest), 1);
      for (const [host, items] of kept) for (const item of items) world.expectNoMore(host, item);
    },
  };
}

/** Removes one occurrence; false when there is none. */
function take(items: string[], item: string): boolean {
  const at = items.indexOf(item);
  if (at >= 0) items.splice(at, 1);
  return at >= 0;
}
