import { type DomainHandle, isNoSuchFile, type SshSession } from "@ferry/libvirt";
import { parseDomain } from "@ferry/libvirt-xml";
import { deviceAt } from "../../storage/devices.ts";
import type { DiskSize, TraitsHost } from "./traits.ts";

/** The driver does not tell the size of a guest's disk, so its device or file is looked at; 0 for one that is neither. */
export async function xenDiskSize({ connection, session }: TraitsHost, dom: DomainHandle, target: string): Promise<DiskSize> {
  const { xml } = await connection.call("domainGetXmlDesc", { dom, flags: 0 });
  const source = parseDomain(xml).disks.find((disk) => disk.target === target)?.source;
  const bytes = source?.type === "block" || source?.type === "file" ? await sizeOf(await session(), source.path) : 0;
  return { capacityBytes: bytes, allocationBytes: bytes, physicalBytes: bytes };
}

async function sizeOf(session: SshSession, path: string): Promise<number> {
  const device = await deviceAt({ files: session.files, exec: (argv) => session.exec(argv) }, path);
  if (device) return device.sizeBytes;
  try {
    return (await session.files.stat(path)).size;
  } catch (error) {
    if (isNoSuchFile(error)) return 0;
    throw error;
  }
}
