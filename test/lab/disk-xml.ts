import { escapeXml } from "./escape-xml.ts";
import type { DiskSource, GuestDisk } from "./guest-disk.ts";

/** The <disk> elements of a guest: disks become vda, vdb, …, CD-ROMs sda, sdb, …, each in the order given. */
export function disksXml(disks: readonly GuestDisk[]): string {
  const numbered = (["disk", "cdrom"] as const).flatMap((device) =>
    disks.filter((disk) => disk.device === device).map((disk, index) => diskXml(disk, letter(index))),
  );
  return numbered.join("\n");
}

/** "a" for 0, "b" for 1, …: the letter of a guest's disk. */
export function letter(index: number): string {
  return String.fromCharCode("a".charCodeAt(0) + index);
}

function diskXml(disk: GuestDisk, last: string): string {
  const [dev, bus, readOnly] = disk.device === "cdrom" ? [`sd${last}`, "sata", "\n      <readonly/>"] : [`vd${last}`, "virtio", ""];
  const { type, source } = sourceXml(disk.source);
  return `    <disk type='${type}' device='${disk.device}'>
      <driver name='qemu' type='${disk.format}' cache='none'/>
      ${source}
      <target dev='${dev}' bus='${bus}'/>${readOnly}
    </disk>`;
}

function sourceXml(source: DiskSource): { type: string; source: string } {
  switch (source.type) {
    case "file":
      return { type: "file", source: `<source file='${escapeXml(source.path)}'/>` };
    case "block":
      return { type: "block", source: `<source dev='${escapeXml(source.path)}'/>` };
    case "nfs":
      return { type: "network", source: nfsXml(source.server, source.path) };
    case "iscsi":
      return { type: "network", source: iscsiXml(`${source.target}/${source.lun}`, source.portal, source.port) };
  }
}

/** QEMU's NFS client takes no port: it asks the server's port mapper. Without <nfs> it would come as nobody. */
function nfsXml(server: string, path: string): string {
  return `<source protocol='nfs' name='${escapeXml(path)}'><host name='${server}'/><nfs user='+0' group='+0'/></source>`;
}

function iscsiXml(name: string, portal: string, port: number): string {
  return `<source protocol='iscsi' name='${escapeXml(name)}'><host name='${portal}' port='${port}'/></source>`;
}
