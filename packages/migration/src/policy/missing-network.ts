import type { GuestInterface, HostFacts } from "@ferry/core";

/** Why a card cannot be plugged in on a host: a sentence that begins with the host's name, and what to do. */
export interface MissingNetwork {
  readonly sentence: string;
  readonly remedy: string;
}

type Judge = (nic: GuestInterface, source: string, host: HostFacts, name: string) => MissingNetwork | null;

/** libvirt 11.0: VLAN tags on a Linux bridge; older ones refuse to start such a card. */
const linuxBridgeVlanVersion = 11_000_000;
/** What Open vSwitch shows among a host's interfaces: its kernel's switch, or the one in its own process. */
const openVswitchInterfaces = ["ovs-system", "ovs-netdev"];

/** What the host lacks for this card; null when it can be plugged in, or is plugged into nothing of the host. */
export function missingNetwork(nic: GuestInterface, host: HostFacts, name: string): MissingNetwork | null {
  const judge = Object.hasOwn(judges, nic.type) ? judges[nic.type] : undefined;
  return nic.source === null || judge === undefined ? null : judge(nic, nic.source, host, name);
}

const lacks = (what: string, nic: GuestInterface, name: string, remedy: string): MissingNetwork => ({
  sentence: `${name} lacks ${what} that interface ${nic.mac} is plugged into.`,
  remedy,
});
const create = "Create it there under the same name, or unplug the interface.";

const judges: Readonly<Record<string, Judge>> = {
  network: (nic, source, host, name) => {
    const network = host.networks.find((one) => one.name === source);
    if (!network) return lacks(`the libvirt network ${source}`, nic, name, create);
    if (nic.portgroup === null || network.portgroups.includes(nic.portgroup)) return null;
    const remedy = `Add it there (virsh net-edit ${source}); without it libvirt would plug the interface in outside its VLAN.`;
    return lacks(`the port group ${nic.portgroup} of the libvirt network ${source}`, nic, name, remedy);
  },
  bridge: (nic, source, host, name) => {
    if (!host.bridges.includes(source)) return lacks(`the bridge ${source}`, nic, name, create);
    return nic.virtualPort === "openvswitch" ? missingSwitch(nic, source, host, name) : unsupportedVlan(nic, source, host, name);
  },
  direct: (nic, source, host, name) => (host.bridges.includes(source) ? null : lacks(`the host interface ${source}`, nic, name, create)),
};

const missingSwitch: Judge = (nic, source, host, name) =>
  openVswitchInterfaces.some((one) => host.bridges.includes(one))
    ? null
    : lacks(`Open vSwitch, which runs the bridge ${source}`, nic, name, "Start it there, or choose another host.");

const unsupportedVlan: Judge = (nic, source, host, name) =>
  nic.vlans.length === 0 || host.libvirtVersion >= linuxBridgeVlanVersion
    ? null
    : {
        sentence: `${name} cannot give interface ${nic.mac} VLAN ${nic.vlans.join(", ")} on the bridge ${source}: its libvirt is older than 11.0.`,
        remedy: "Upgrade libvirt there, or plug the interface into a bridge that belongs to the VLAN.",
      };
