import { posix } from "node:path";
import type { DeviceFacts } from "@ferry/core";
import { type CommandResult, SshFileError, type SshFiles } from "@ferry/libvirt";

/** The part of an SSH session that is needed here. */
type Files = Pick<SshFiles, "readFile" | "realPath" | "list">;

interface Session {
  readonly files: Files;
  readonly exec: (argv: readonly string[]) => Promise<Pick<CommandResult, "code" | "stdout">>;
}

const BY_NUMBER = "/sys/dev/block";
const CLASS_BLOCK = "/sys/class/block";
const BOOT_ID = "/proc/sys/kernel/random/boot_id";
const SECTOR_BYTES = 512;
/** Names of SCSI and NVMe units that are unique in the world; `t10.` names are made up by vendors and repeat among virtual disks. */
const unique = /^(naa|eui|uuid)\./;
/** device-mapper's multipath names: the type of a SCSI name as a digit, then the name. */
const multipath = /^mpath-([23])([0-9a-f]+)$/;
const scsiTypes: Readonly<Record<string, string>> = { 2: "eui", 3: "naa" };

/** File type of a block device in `st_mode`. */
const BLOCK_DEVICE = 0x6000;
const FILE_TYPE = 0xf000;

/** The block device at the path, as the host's kernel describes it in sysfs; null when there is none. */
export async function deviceAt({ exec, files }: Session, path: string): Promise<DeviceFacts | null> {
  const number = await numberOf(exec, path);
  if (number === null) return null;
  const name = posix.basename(await files.realPath(`${BY_NUMBER}/${number}`));
  const [sectors, bootId] = await Promise.all([textOf(files, `${CLASS_BLOCK}/${name}/size`), textOf(files, BOOT_ID)]);
  if (sectors === null) return null;
  return { sizeBytes: Number(sectors) * SECTOR_BYTES, worldWideId: await worldWideId(files, name), kernelId: `${bootId} ${number}` };
}

/** `major:minor`, which SFTP does not tell. A node may have any name, so the name of the path says nothing. */
async function numberOf(exec: Session["exec"], path: string): Promise<string | null> {
  const { code, stdout } = await exec(["stat", "--dereference", "--format=%f %t %T", "--", path]);
  const [mode = 0, major, minor] = stdout
    .trim()
    .split(" ")
    .map((hex) => Number.parseInt(hex, 16));
  return code === 0 && (mode & FILE_TYPE) === BLOCK_DEVICE ? `${major}:${minor}` : null;
}

/** What the unit itself says, or for a mapping or partition: what it is of units that say so. */
async function worldWideId(files: Files, name: string): Promise<string | null> {
  const at = (file: string): Promise<string | null> => textOf(files, `${CLASS_BLOCK}/${name}/${file}`);
  const [mapping, partition, ofScsi, ofNvme] = await Promise.all([at("dm/uuid"), at("partition"), at("device/wwid"), at("wwid")]);
  if (mapping !== null) return ofMapping(files, name, mapping);
  if (partition !== null) return ofPartition(files, name, partition);
  const own = ofScsi ?? ofNvme;
  return own !== null && unique.test(own) ? own : null;
}

/** A multipath map has its unit's name; any other map (a logical volume) is what lies on its units, all of which must have one. */
async function ofMapping(files: Files, name: string, mapping: string): Promise<string | null> {
  const [, type = "", unit] = multipath.exec(mapping) ?? [];
  if (unit !== undefined) return `${scsiTypes[type]}.${unit}`;
  const slaves = await files.list(`${CLASS_BLOCK}/${name}/slaves`);
  const units = await Promise.all(slaves.sort().map((slave) => worldWideId(files, slave)));
  if (mapping.startsWith("mpath-") || units.length === 0 || units.includes(null)) return null;
  return `${mapping} on ${units.join(", ")}`;
}

async function ofPartition(files: Files, name: string, partition: string): Promise<string | null> {
  const whole = posix.basename(posix.dirname(await files.realPath(`${CLASS_BLOCK}/${name}`)));
  const unit = await worldWideId(files, whole);
  return unit === null ? null : `${unit} partition ${partition}`;
}

/** An attribute that the kernel does not have for a device; some drivers have the file and fail to read it. */
async function textOf(files: Files, path: string): Promise<string | null> {
  try {
    return (await files.readFile(path)).toString("latin1").trim() || null;
  } catch (error) {
    if (error instanceof SshFileError && error.code !== undefined) return null;
    throw error;
  }
}
