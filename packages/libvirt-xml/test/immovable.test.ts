import { destinationDomain, parseDomain, sameEverywhere, XmlError } from "@ferry/libvirt-xml";
import { expect, test } from "vitest";
import { smallDomain } from "./fixture.ts";

const disk = (attributes: string, inside: string): string => `<disk ${attributes}><target dev='sda'/>${inside}</disk>`;

const cases: [what: string, xml: string][] = [
  [
    "PCI 0000:03:00.1",
    smallDomain({
      devices:
        "<hostdev mode='subsystem' type='pci'><source><address domain='0x0000' bus='0x03' slot='0x00' function='0x1'/></source></hostdev>",
    }),
  ],
  [
    "mdev c2177883",
    smallDomain({ devices: "<hostdev type='mdev' model='vfio-pci'><source><address uuid='c2177883'/></source></hostdev>" }),
  ],
  ["raw QEMU arguments", smallDomain({ top: "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'/>" })],
  ["encrypted guest memory", smallDomain({ top: "<launchSecurity type='sev'/>" })],
  ["cdrom sda holds /dev/sr0", smallDomain({ devices: disk("type='block' device='cdrom'", "<source dev='/dev/sr0'/>") })],
  ["floppy sda holds /srv/a", smallDomain({ devices: disk("type='dir' device='floppy'", "<source dir='/srv/a'/>") })],
  ["disk sda of type nvme", smallDomain({ devices: disk("type='nvme'", "<source type='pci'/>") })],
  ["lun sda passes SCSI", smallDomain({ devices: disk("type='block' device='lun'", "<source dev='/dev/sdb'/>") })],
  ["disk sda has a block job", smallDomain({ devices: disk("type='file'", "<source file='/a'/><mirror type='file'/>") })],
  ["disk sda is transient", smallDomain({ devices: disk("type='file'", "<source file='/a'/><transient/>") })],
  ["disk sda is encrypted", smallDomain({ devices: disk("type='file'", "<source file='/a'><encryption format='luks'/></source>") })],
  ["memory region", smallDomain({ devices: "<shmem name='s'/>" })],
  [
    "host directory /srv shared",
    smallDomain({ devices: "<filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='t'/></filesystem>" }),
  ],
  ["TPM (emulator)", smallDomain({ devices: "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>" })],
  [
    "network card 52:54:00:00:00:01",
    smallDomain({ devices: "<interface type='vdpa'><mac address='52:54:00:00:00:01'/><source dev='/dev/v'/></interface>" }),
  ],
  [
    "the host's eth1 to itself",
    smallDomain({
      devices: "<interface type='direct'><mac address='52:54:00:00:00:01'/><source dev='eth1' mode='passthrough'/></interface>",
    }),
  ],
  ["serial line connected to the host's /dev/ttyS0", smallDomain({ devices: "<serial type='dev'><source path='/dev/ttyS0'/></serial>" })],
  ["nvdimm", smallDomain({ devices: "<memory model='nvdimm'/>" })],
];

test.each(cases)("%s cannot move, with a remedy", (what, xml) => {
  const [thing, ...others] = parseDomain(xml).immovable;
  expect(others).toEqual([]);
  expect(thing?.what).toContain(what);
  expect(thing?.remedy).toMatch(/\w+.*\.$/);
});

test.each(cases)("%s is never carried to a destination", (_, xml) => {
  expect(() => destinationDomain(xml, sameEverywhere)).toThrow(XmlError);
});

test.each([
  ["an empty CD-ROM", disk("type='file' device='cdrom'", "")],
  ["a CD-ROM with an image file", disk("type='file' device='cdrom'", "<source file='/iso/a.iso'/><readonly/>")],
  ["a CD-ROM over the network", disk("type='network' device='cdrom'", "<source protocol='http' name='/a.iso'/>")],
  ["USB redirection", "<redirdev bus='usb' type='spicevmc'/>"],
  ["a pty", "<serial type='pty'/>"],
])("%s can move", (_, devices) => {
  expect(parseDomain(smallDomain({ devices })).immovable).toEqual([]);
});
