import type { GuestInterface, HostFacts } from "@ferry/core";

/** Why a card cannot be plugged in on a host: a sentence that begins with the host's name, and what to do. */
export interface MissingNetwork {
  readonly sentence: string;
  readonly remedy: string;
}

export interface Destination {
  readonly name: string;
  /** What the card's network is called at the source. */
  readonly wanted: string | null;
}

type Judge = (nic: GuestInterface, source: string, host: HostFacts, at: Destination) => MissingNetwork | null;

/** libvirt 11.0: VLAN tags on a Linux bridge; older ones refuse to start such a card. */
const linuxBridgeVlanVersion = 11_000_000;
/** What Open vSwitch shows among a host's interfaces: its kernel's switch, or the one in its own process. */
const openVswitchInterfaces = ["ovs-system", "ovs-netdev"];

/** What the host lacks for this card, whose source is already the host's own name; null when it can be plugged in, or needs nothing of the host. */
export function missingNetwork(nic: GuestInterface, host: HostFacts, at: Destination): MissingNetwork | null {
  const judge = Object.hasOwn(judges, nic.type) ? judges[nic.type] : undefined;
  return nic.source === null || judge === undefined ? null : judge(nic, nic.source, host, at);
}

const lacks = (what: string, nic: GuestInterface, { name }: Destination, remedy: string): MissingNetwork => ({
  sentence: `${name} lacks ${what} that interface ${nic.mac} is plugged into.`,
  remedy,
});

/** No network of that name is on the host. */
function absent(what: string, nic: GuestInterface, source: string, at: Destination): MissingNetwork {
  if (at.wanted !== source)
    return lacks(`${what} ${source} (${at.wanted} by the network maps)`, nic, at, "Create it there, or correct the map (ferry host set).");
  const remedy = `Create it there under the same name, map it to another one (ferry host set ${at.name} --map), or unplug the interface.`;
  return lacks(`${what} ${source}`, nic, at, remedy);
}

const judges: Readonly<Record<string, Judge>> = {
  network: (nic, source, host, at) => {
    const network = host.networks.find((one) => one.name === source);
    if (!network) return absent("the libvirt network", nic, source, at);
    if (nic.portgroup === null || network.portgroups.includes(nic.portgroup)) return null;
    const remedy = `Add it there (virsh net-edit ${source}); without it libvirt would plug the interface in outside its VLAN.`;
    return lacks(`the port group ${nic.portgroup} of the libvirt network ${source}`, nic, at, remedy);
  },
  bridge: (nic, source, host, at) => {
    if (!host.bridges.includes(source)) return absent("the bridge", nic, source, at);
    return nic.virtualPort === "openvswitch" ? missingSwitch(nic, source, host, at) : unsupportedVlan(nic, source, host, at);
  },
  direct: (nic, source, host, at) => (host.bridges.includes(source) ? null : absent("the host interface", nic, source, at)),
};

const missingSwitch: Judge = (nic, source, host, at) =>
  openVswitchInterfaces.some((one) => host.bridges.includes(one))
    ? null
    : lacks(`Open vSwitch, which runs the bridge ${source}`, nic, at, "Start it there, or choose another host.");

const unsupportedVlan: Judge = (nic, source, host, { name }) =>
  nic.vlans.length === 0 || host.libvirtVersion >= linuxBridgeVlanVersion
    ? null
    : {
        sentence: `${name} cannot give interface ${nic.mac} VLAN ${nic.vlans.join(", ")} on the bridge ${source}: its libvirt is older than 11.0.`,
        remedy: "Upgrade libvirt there, or plug the interface into a bridge that belongs to the VLAN.",
      };
