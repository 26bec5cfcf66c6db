import { expect, test } from "vitest";
import { destinationDomain, parseCapabilities, parseDomain, sameEverywhere } from "../src/index.ts";

const capabilities = `<capabilities>
  <host>
    <cpu><arch>x86_64</arch><model>Nehalem</model><topology sockets='1' dies='1' cores='1' threads='1'/></cpu>
    <power_management/>
    <migration_features><live/></migration_features>
    <netprefix>vif</netprefix>
  </host>
  <guest>
    <os_type>xen</os_type>
    <arch name='x86_64'><wordsize>64</wordsize><emulator>/usr/lib/xen-4.17/bin/qemu-system-i386</emulator><machine>xenpv</machine><domain type='xen'/></arch>
  </guest>
</capabilities>`;

test("capabilities of a Xen host: no uuid, paravirtual guests", () => {
  expect(parseCapabilities(capabilities)).toMatchObject({ hostUuid: null, arch: "x86_64", machines: { "x86_64/xen": ["xenpv"] } });
});

const guest = `<domain type='xen' id='1'>
  <name>pv1</name>
  <uuid>c0ffee00-0000-4000-8000-000000000001</uuid>
  <memory unit='KiB'>98304</memory>
  <currentMemory unit='KiB'>98304</currentMemory>
  <vcpu placement='static'>1</vcpu>
  <os>
    <type arch='x86_64' machine='xenpv'>linux</type>
    <kernel>/boot/guest-vmlinuz</kernel>
    <initrd>/boot/guest.gz</initrd>
    <cmdline>console=hvc0</cmdline>
  </os>
  <clock offset='utc' adjustment='reset'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <disk type='block' device='disk'>
      <driver name='phy' type='raw'/>
      <source dev='/dev/mapper/unit1'/>
      <backingStore/>
      <target dev='xvda' bus='xen'/>
      <shareable/>
    </disk>
    <interface type='bridge'>
      <mac address='00:16:3e:00:00:01'/>
      <source bridge='xenbr0'/>
      <target dev='vif1.0'/>
    </interface>
    <console type='pty' tty='/dev/pts/1'>
      <source path='/dev/pts/1'/>
      <target type='xen' port='0'/>
    </console>
    <input type='mouse' bus='xen'/>
    <memballoon model='xen'/>
  </devices>
</domain>`;

test("a paravirtual guest holds nothing that could not move, and its disk is past the cache of its host", () => {
  const found = parseDomain(guest);
  expect(found).toMatchObject({ virtType: "xen", machine: "xenpv", immovable: [], unknownElements: [], cpuXml: null });
  expect(found.disks).toMatchObject([
    { target: "xvda", source: { type: "block", path: "/dev/mapper/unit1" }, format: "raw", cache: "none" },
  ]);
});

test("a cache mode that is declared is told as it is", () => {
  const cached = guest.replace("name='phy'", "name='qemu' cache='writeback'");
  expect(parseDomain(cached).disks[0]?.cache).toBe("writeback");
  expect(parseDomain(guest.replace("name='phy'", "name='qemu'")).disks[0]?.cache).toBeNull();
});

test("the definition for the destination keeps what the guest sees", () => {
  const { disks, interfaces, machine, hostFiles } = parseDomain(destinationDomain(guest, sameEverywhere));
  expect({ disks, interfaces, machine, hostFiles }).toMatchObject({
    disks: parseDomain(guest).disks,
    interfaces: [{ mac: "00:16:3e:00:00:01", source: "xenbr0" }],
    machine: "xenpv",
    hostFiles: ["/boot/guest-vmlinuz", "/boot/guest.gz"],
  });
});
