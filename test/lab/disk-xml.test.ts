import { describe, expect, test } from "vitest";
import { disksXml } from "./disk-xml.ts";
import type { DiskSource, GuestDisk } from "./guest-disk.ts";

const disk = (source: DiskSource): GuestDisk => ({ device: "disk", format: "raw", source });
const file = (path: string): DiskSource => ({ type: "file", path });

describe("the disks of a definition", () => {
  test("disks and CD-ROMs are counted apart, in the order given", () => {
    const xml = disksXml([disk(file("/a")), { ...disk(file("/b.iso")), device: "cdrom" }, disk(file("/c"))]);
    expect([...xml.matchAll(/(?:file|dev)='([^']+)'/g)].map(([, name]) => name)).toEqual(["/a", "vda", "/c", "vdb", "/b.iso", "sda"]);
    expect(xml.match(/<readonly\/>/g)).toHaveLength(1);
  });

  test("a path with XML characters stays one attribute", () => {
    expect(disksXml([disk(file("/a'/><b>&"))])).toContain("<source file='/a&apos;/&gt;&lt;b&gt;&amp;'/>");
  });

  test("a block device is a block disk", () => {
    const xml = disksXml([disk({ type: "block", path: "/dev/mapper/x" })]);
    expect(xml).toContain("<disk type='block'");
    expect(xml).toContain("<source dev='/dev/mapper/x'/>");
  });

  test("an NFS file is opened as root", () => {
    const xml = disksXml([disk({ type: "nfs", server: "198.18.0.2", path: "/srv/nfs/x.raw" })]);
    expect(xml).toContain("<disk type='network'");
    expect(xml).toContain("name='/srv/nfs/x.raw'><host name='198.18.0.2'/><nfs user='+0' group='+0'/>");
  });

  test("an iSCSI LUN is named behind its target", () => {
    const source: DiskSource = { type: "iscsi", portal: "198.18.0.2", port: 3260, target: "iqn.2026-11.test.lab:x", lun: 1 };
    expect(disksXml([disk(source)])).toContain("name='iqn.2026-11.test.lab:x/1'><host name='198.18.0.2' port='3260'/>");
  });
});
