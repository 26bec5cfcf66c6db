import type { GuestDisk } from "@ferry/core";
import { type Finding, pass, refuse, withBoth } from "../check/check.ts";
import type { MoveFacts } from "../facts.ts";
import { diskWords } from "../policy/disk-words.ts";
import { planDisk } from "../policy/plan-disk.ts";

/** Nothing can be copied from a dead host: each disk is one that the destination has, and that is proven to be the same. */
export const disksVisible = withBoth("disks-visible", (facts) => {
  for (const disk of facts.source.guest.disks) {
    const finding = notSeen(disk, facts);
    if (finding) return finding;
  }
  return pass(`${facts.destination.record.name} sees every disk of the server.`);
});

function notSeen(disk: GuestDisk, facts: MoveFacts): Finding | null {
  const there = facts.destination.record.name;
  const here = facts.source.record.name;
  if (disk.source.type === "block")
    return refuse(
      `Disk ${disk.target} cannot be evacuated: nothing kept proves that ${diskWords(disk)} is one device for ${here} and ${there}.`,
      `Define the server by hand on a host that has the device, once ${here} is off for sure.`,
    );
  if (disk.source.type === "file" || disk.source.type === "volume") {
    const path = facts.source.disks.find(({ target }) => target === disk.target)?.path ?? null;
    if (path === null || !facts.destination.volumes[path])
      return refuse(
        `Disk ${disk.target} cannot be evacuated: ${there} does not see ${path ?? diskWords(disk)}.`,
        `If it is on shared storage, mount that on ${there} and start a dir pool on it; what was on ${here} alone is lost with it.`,
      );
    if (!facts.destination.sharedPaths.includes(path))
      return refuse(
        `Disk ${disk.target} cannot be evacuated: ${there} has a file ${path}, but while ${here} lived it was not proven to be the same one.`,
        `Choose a host that shared the directory with ${here} and has not been restarted since.`,
      );
  }
  const plan = planDisk(disk, facts);
  if (plan.action === "immovable") return refuse(`Disk ${disk.target} cannot be evacuated: ${plan.reason}.`, plan.remedy);
  return null;
}
