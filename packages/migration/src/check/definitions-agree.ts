import type { GuestDisk } from "@ferry/core";
import { diskPath } from "../policy/disk-path.ts";
import { pass, refuse, withBoth } from "./check.ts";

/**
 * The persistent definition travels too, and the next start uses it. Each of its disks must be one that moves, or it would open a file that the
 * destination does not have, or another guest's (CVE-2020-17376).
 */
export const definitionsAgree = withBoth("definitions-agree", ({ source }) => {
  const { guest, persistent, host } = source;
  const placeOf = (disk: GuestDisk): string => diskPath(disk, host.pools) ?? JSON.stringify(disk.source);
  const live = new Map(guest.disks.map((disk) => [disk.target, placeOf(disk)]));
  const odd = persistent?.disks.find((disk) => disk.source.type !== "none" && live.get(disk.target) !== placeOf(disk));
  if (!odd) return pass("The server's persistent definition has the disks that it runs with.");
  return refuse(
    `The server's persistent definition has disk ${odd.target} at ${diskPath(odd, host.pools) ?? odd.source.type}, with which it does not run.`,
    `Take it out: virsh detach-disk ${guest.name} ${odd.target} --config (a drive: virsh change-media ${guest.name} ${odd.target} --eject --config).`,
  );
});
