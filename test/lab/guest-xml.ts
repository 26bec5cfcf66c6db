import { disksXml } from "./disk-xml.ts";
import { escapeXml } from "./escape-xml.ts";
import type { GuestDisk } from "./guest-disk.ts";
import { SWITCH, SWITCH_VLAN } from "./switch/open-vswitch.ts";

/** On the bridge br0 by its name, or through libvirt's network "lab" (the same bridge), or on the Open vSwitch, tagged with its VLAN. */
export type GuestNetwork = "bridge" | "network" | "ovs";

/** What a guest's definition says. Sizes in MiB. */
export interface GuestDefinition {
  readonly name: string;
  readonly uuid: string;
  readonly kvm: boolean;
  readonly memoryMiB: number;
  readonly vcpus: number;
  readonly disks: readonly GuestDisk[];
  readonly mac: string;
  readonly network: GuestNetwork;
  /** Name of an nwfilter, or undefined for none. */
  readonly filter: string | undefined;
}

/** The nwfilter of the lab's guests. It lets everything pass that bears the guest's own MAC address. */
export const GUEST_FILTER = "lab-guest";

/** Definition of {@link GUEST_FILTER}. */
export function guestFilterXml(): string {
  const rule = "<rule action='drop' direction='out' priority='500'><mac match='no' srcmacaddr='$MAC'/></rule>";
  return `<filter name='${GUEST_FILTER}' chain='root'>${rule}</filter>`;
}

/** The persistent definition of a guest: no graphics, no USB, a serial console that is logged on its host. */
export function guestXml(guest: GuestDefinition): string {
  return `<domain type='${guest.kvm ? "kvm" : "qemu"}'>
  <name>${escapeXml(guest.name)}</name>
  <uuid>${guest.uuid}</uuid>
  <memory unit='MiB'>${guest.memoryMiB}</memory>
  <vcpu>${guest.vcpus}</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><boot dev='hd'/></os>
  <features><acpi/></features>
  <cpu mode='custom' match='exact' check='none'><model fallback='forbid'>qemu64</model></cpu>
  <clock offset='utc'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
${disksXml(guest.disks)}
    <controller type='usb' model='none'/>
${interfaceXml(guest)}
    <serial type='pty'><log file='${escapeXml(consoleLog(guest.name))}' append='on'/><target port='0'/></serial>
    <console type='pty'><target type='serial' port='0'/></console>
  </devices>
</domain>
`;
}

/** Where a host keeps what a guest wrote to its console there. */
export function consoleLog(guest: string): string {
  return `/var/log/libvirt/qemu/${guest}-console.log`;
}

function interfaceXml(guest: GuestDefinition): string {
  const filter = guest.filter === undefined ? "" : `<filterref filter='${escapeXml(guest.filter)}'/>`;
  return `    <interface type='${guest.network === "network" ? "network" : "bridge"}'>
      <mac address='${guest.mac}'/>
      ${PORTS[guest.network]}
      <model type='virtio'/>
      <rom enabled='no'/>${filter}
    </interface>`;
}

/** A switch in userspace gets a packet before the kernel has filled in its checksum: the guest must do that itself. */
const NO_OFFLOAD = "csum='off' tso4='off' tso6='off' ecn='off' ufo='off'";

const PORTS: Readonly<Record<GuestNetwork, string>> = {
  bridge: "<source bridge='br0'/>",
  network: "<source network='lab'/>",
  ovs: `<source bridge='${SWITCH}'/><virtualport type='openvswitch'/><vlan><tag id='${SWITCH_VLAN}'/></vlan>
      <driver><host gso='off' mrg_rxbuf='off' ${NO_OFFLOAD}/><guest ${NO_OFFLOAD}/></driver>`,
};
