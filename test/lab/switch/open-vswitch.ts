import type { LabConfig } from "../config.ts";
import { execOn, tryExecOn } from "../host-exec.ts";
import type { Lab } from "../lab.ts";
import { withLock } from "../lock.ts";
import { bridgeNamespace, connect, hostNamespace, runIn } from "../network.ts";
import { ensureOptionalPackages } from "../packages.ts";
import { type HostRecord, readState, writeState } from "../state.ts";

/** The Open vSwitch bridge of every host that has one. */
export const SWITCH = "ovs0";
/** The VLAN that leaves the switch without a tag. A guest in any other reaches only guests of the same VLAN and host. */
export const SWITCH_VLAN = 7;

const RUN = "/run/openvswitch";
const UPLINK = "ovsup0";
const SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema";

/**
 * Gives every host an Open vSwitch with an uplink beside that of br0. It switches in userspace, because the kernel here has no datapath; and it
 * tags by itself, because the kernel has no VLAN devices.
 */
export async function ensureOpenVswitch(lab: Lab): Promise<void> {
  await ensureOptionalPackages("ovs");
  await withLock(lab.config.name, async () => {
    for (const host of lab.hosts) await startSwitch(lab.config, host);
    await writeState(lab.config, { ...(await readState(lab.config)), openVswitch: true });
  });
}

/** Starts the switch of a host that has just booted, if the lab has it. */
export async function restoreOpenVswitch(lab: Lab, host: HostRecord): Promise<void> {
  if ((await readState(lab.config)).openVswitch === true) await startSwitch(lab.config, host);
}

async function startSwitch(config: LabConfig, host: HostRecord): Promise<void> {
  if ((await tryExecOn(host, ["ovs-vsctl", "--timeout=5", "br-exists", SWITCH])).code === 0) return;
  await startDaemons(host);
  if ((await tryExecOn(host, ["ip", "link", "show", "dev", UPLINK])).code !== 0) {
    await connect(config, hostNamespace(config, host.name), UPLINK, `ovs${host.index}`, "br-ctl");
    // Between kernels on one machine checksums are left out; the switch would hand such packets on as they are.
    await runIn(bridgeNamespace(config), ["ethtool", "--offload", `ovs${host.index}`, "tx", "off"]);
  }
  const control = (...args: string[]): Promise<string> => execOn(host, ["ovs-vsctl", "--timeout=20", ...args]);
  await control("add-br", SWITCH, "--", "set", "bridge", SWITCH, "datapath_type=netdev");
  await control("add-port", SWITCH, UPLINK, "--", "set", "port", UPLINK, "vlan_mode=native-untagged", `tag=${SWITCH_VLAN}`);
}

async function startDaemons(host: HostRecord): Promise<void> {
  const log = (name: string): string[] => ["--pidfile", "--detach", `--log-file=/var/log/${name}.log`, "-vconsole:off"];
  await execOn(host, ["mkdir", "-p", RUN]);
  await execOn(host, ["ovsdb-tool", "create", `${RUN}/conf.db`, SCHEMA]);
  await execOn(host, ["ovsdb-server", `${RUN}/conf.db`, `--remote=punix:${RUN}/db.sock`, ...log("ovsdb-server")]);
  await execOn(host, ["ovs-vsctl", "--no-wait", "init"]);
  await execOn(host, ["ovs-vswitchd", `unix:${RUN}/db.sock`, "--disable-system", ...log("ovs-vswitchd")]);
}
