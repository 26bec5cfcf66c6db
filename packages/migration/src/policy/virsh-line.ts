import type { HostAddress, MigrationOrder, MoveOutcome } from "@ferry/core";
import { copies, type MovePlan } from "../move-plan.ts";

/**
 * The command of virsh, run on the source, that asks libvirt for the same move, to be read and not to be run by ferry. What ferry does
 * before and after has no flag there: the destination's disks, networks and filters must exist, and copied disks stay at the source. Null for
 * moves that virsh has no command for.
 */
export function virshLine(
  plan: Pick<MovePlan, "mode" | "guest" | "transport" | "disks">,
  order: Pick<MigrationOrder, "outcome" | "bandwidthMiBps">,
  destination: Pick<HostAddress, "user" | "port" | "uri" | "migrationAddress">,
): string | null {
  const end = [plan.guest.name, peer(destination)];
  if (plan.mode === "offline") return line(["--offline", "--persistent", "--undefinesource", ...end]);
  if (plan.mode !== "live") return null;
  const { outcome, bandwidthMiBps } = order;
  const speed = bandwidthMiBps > 0 ? ["--bandwidth", String(bandwidthMiBps)] : [];
  return line([
    "--live",
    ...drives(plan),
    "--persistent",
    ...leaves(outcome),
    ...disks(plan),
    ...speed,
    ...end,
    ...streams(outcome, destination),
  ]);
}

const line = (words: readonly string[]): string => ["virsh", "migrate", ...words].map(quoted).join(" ");

const drives = ({ transport }: Pick<MovePlan, "transport">): string[] => (transport === "p2p" ? ["--p2p"] : ["--change-protection"]);

function leaves({ leave, keepSource, tunnelled, unsafeCache }: MoveOutcome): string[] {
  return [
    ...(keepSource ? [] : ["--undefinesource"]),
    ...(leave === "paused" ? ["--suspend"] : []),
    ...(tunnelled ? ["--tunnelled"] : []),
    ...(unsafeCache ? ["--unsafe"] : []),
    "--abort-on-error",
  ];
}

function disks(plan: Pick<MovePlan, "disks">): string[] {
  const copied = copies(plan);
  if (copied.length === 0) return [];
  const how = copied.some(({ backing }) => backing !== null) ? "--copy-storage-inc" : "--copy-storage-all";
  return [how, "--migrate-disks", copied.map(({ target }) => target).join(",")];
}

/** `qemu:///system` on that host, dialled over SSH from the source. */
function peer({ user, port, uri, migrationAddress }: Pick<HostAddress, "user" | "port" | "uri" | "migrationAddress">): string {
  const [scheme = "qemu", path = "/system"] = uri.split("://");
  return `${scheme}+ssh://${user}@${bracketed(migrationAddress)}${port === 22 ? "" : `:${port}`}${path}`;
}

/** A tunnelled stream has no address of its own. */
function streams({ tunnelled }: MoveOutcome, { migrationAddress }: Pick<HostAddress, "migrationAddress">): string[] {
  if (tunnelled) return [];
  return ["--migrateuri", `tcp://${bracketed(migrationAddress)}`, "--listen-address", migrationAddress];
}

const bracketed = (address: string): string => (address.includes(":") ? `[${address}]` : address);

/** As a shell would have to be told, for a person to read: what is not plain stands in single quotes. */
const quoted = (word: string): string => (/^[\w@%+=:,./[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
