import { listNetworksFlags, networkLifecycleEvents } from "@ferry/libvirt";
import type { FakeHost, FakeNetwork } from "../host.ts";
import { Refusal } from "../refusal.ts";
import { escaped } from "../xml.ts";
import { type Answers, counted, onlyFlags } from "./answer.ts";

/** libvirt networks, and the interfaces of the host that guests may be plugged into. */
export const networkAnswers = (host: FakeHost): Answers => ({
  connectListAllNetworks: ({ needResults, flags }) => {
    onlyFlags("connectListAllNetworks", flags, listNetworksFlags.active, listNetworksFlags.inactive);
    const { items, ret } = counted([...host.networks.values()].filter((network) => isListed(network, flags)).map(handleOf), needResults);
    return { nets: items, ret };
  },
  networkLookupByName: ({ name }) => ({ net: handleOf(named(host, name)) }),
  networkLookupByUuid: ({ uuid }) => ({ net: handleOf(networkOf(host, { uuid })) }),
  networkGetXmlDesc: ({ net }) => {
    const { name, uuid, bridge } = networkOf(host, net);
    return { xml: `<network><name>${escaped(name)}</name><uuid>${uuid}</uuid><forward mode='nat'/><bridge name='${bridge}'/></network>` };
  },
  networkGetBridgeName: ({ net }) => ({ name: networkOf(host, net).bridge }),
  networkIsActive: ({ net }) => ({ active: networkOf(host, net).active ? 1 : 0 }),
  networkCreate: ({ net }) => switchTo(host, networkOf(host, net), true),
  networkDestroy: ({ net }) => switchTo(host, networkOf(host, net), false),
  connectListAllInterfaces: ({ needResults }) => {
    const { items, ret } = counted(
      host.bridges().map((name) => ({ name, mac: "52:54:00:aa:bb:cc" })),
      needResults,
    );
    return { ifaces: items, ret };
  },
  interfaceGetXmlDesc: ({ iface }) => ({ xml: `<interface type='bridge' name='${escaped(iface.name)}'><bridge/></interface>` }),
  connectListAllNodeDevices: ({ needResults, flags }) => {
    onlyFlags("connectListAllNodeDevices", flags, NET_DEVICES);
    const names = host.bridges().map((name) => ({ name: `net_${name}_52_54_00_aa_bb_cc` }));
    const { items, ret } = counted(names, needResults);
    return { devices: items, ret };
  },
  nodeDeviceGetXmlDesc: ({ name }) => {
    const bridge = name.slice("net_".length, -"_52_54_00_aa_bb_cc".length);
    if (!host.bridges().includes(bridge)) throw new Refusal("internalError", `no node device ${name}`);
    const capability = `<capability type='net'><interface>${escaped(bridge)}</interface><address>52:54:00:aa:bb:cc</address></capability>`;
    return { xml: `<device><name>${escaped(name)}</name>${capability}</device>` };
  },
});

/** VIR_CONNECT_LIST_NODE_DEVICES_CAP_NET */
const NET_DEVICES = 16;

const handleOf = ({ name, uuid }: FakeNetwork): { name: string; uuid: string } => ({ name, uuid });

function isListed(network: FakeNetwork, flags: number): boolean {
  const both = listNetworksFlags.active | listNetworksFlags.inactive;
  if ((flags & both) === 0 || (flags & both) === both) return true;
  return network.active === ((flags & listNetworksFlags.active) !== 0);
}

function named(host: FakeHost, name: string): FakeNetwork {
  const network = host.networks.get(name);
  if (!network) throw new Refusal("noNetwork", `Network not found: no network with matching name '${name}'`, "domain");
  return network;
}

function networkOf(host: FakeHost, { uuid }: { readonly uuid: string }): FakeNetwork {
  const network = [...host.networks.values()].find((one) => one.uuid === uuid);
  if (!network) throw new Refusal("noNetwork", `Network not found: no network with matching uuid '${uuid}'`, "domain");
  return network;
}

function switchTo(host: FakeHost, network: FakeNetwork, active: boolean): Record<string, never> {
  if (network.active === active)
    throw new Refusal("operationInvalid", `Requested operation is not valid: network is ${active ? "already" : "not"} active`, "domain");
  network.active = active;
  const event = active ? networkLifecycleEvents.started : networkLifecycleEvents.stopped;
  host.daemon.emit("networkLifecycle", { net: handleOf(network), event, detail: 0 });
  host.datacentre.journal.note(host.name, active ? "network-started" : "network-stopped", network.name);
  return {};
}
