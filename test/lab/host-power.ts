import { bootHost } from "./host.ts";
import { hostNamed, type Lab, type LabHost, openLab } from "./lab.ts";
import { cutControl, cutLink, restoreControl, restoreLink } from "./links.ts";
import { withLock } from "./lock.ts";
import { hostNamespace, runIn } from "./network.ts";
import { killProcess } from "./processes.ts";
import { type HostRecord, readState, writeState } from "./state.ts";
import { showBlockDevices } from "./storage/block-device.ts";
import { restoreSharedDirectory } from "./storage/shared-directory.ts";
import { restoreOpenVswitch } from "./switch/open-vswitch.ts";

/** Takes a host's power away: every process ends at once and the host falls silent. Its disks stay (a size-limited one loses its content). */
export async function powerOff(lab: Lab, host: HostRecord): Promise<void> {
  await cutControl(lab, host);
  await cutLink(lab, host);
  await killProcess(host.init);
  // What a kernel keeps in memory does not outlive it.
  await runIn(hostNamespace(lab.config, host.name), ["nft", "flush", "ruleset"]);
}

/** Boots a host after `powerOff`. Its guests stay off. Returns the host with its new process 1: use it instead of the old one. */
export async function powerOn(lab: Lab, host: HostRecord): Promise<LabHost> {
  await restoreControl(lab, host);
  await restoreLink(lab, host);
  await withLock(lab.config.name, async () => {
    const limit = host.diskLimitMiB === undefined ? {} : { diskLimitMiB: host.diskLimitMiB };
    const init = await bootHost(lab.config, host.name, limit, "again");
    const state = await readState(lab.config);
    const hosts = state.hosts.map((other) => (other.name === host.name ? { ...other, init } : other));
    await writeState(lab.config, { ...state, hosts });
    await restoreExtras(lab, { ...host, init });
  });
  return hostNamed(await openLab({ name: lab.config.name, dir: lab.config.dir, subnet: lab.config.subnet.cidr }), host.name);
}

/** Cables outlive a host's processes; mounts, device nodes and switches do not. */
async function restoreExtras(lab: Lab, host: HostRecord): Promise<void> {
  await restoreSharedDirectory(lab, host);
  await showBlockDevices(lab.config, host);
  await restoreOpenVswitch(lab, host);
}
