import { execFileSync } from "node:child_process";
import type { Lab } from "./lab.ts";
import { bridgeNamespace, hostNamespace, runIn } from "./network.ts";
import { tryRun } from "./run.ts";
import type { HostRecord } from "./state.ts";

/*
 * Faults of the lab's links. Each host has a migration link (what hosts say to each other) and a control link (ferry's SSH
 * to it). A cut drops packets in both directions without a word, as a dead switch does: no carrier loss, no reset.
 */

/** Limits a host's migration link in both directions. `rate` as tc writes it: "400mbit", "10mbit". */
export async function setLinkRate(lab: Lab, host: HostRecord, rate: string): Promise<void> {
  if (!/^\d+(\.\d+)?[kmg]?bit$/.test(rate)) throw new Error(`Cannot limit the link of ${host.name} to "${rate}": write it like 400mbit.`);
  for (const [namespace, link] of migrationEnds(lab, host)) {
    await runIn(namespace, ["tc", "qdisc", "replace", "dev", link, "root", "tbf", "rate", rate, "burst", "128kb", "latency", "50ms"]);
  }
}

/** Bytes that a host has sent and received by its migration link since it exists, Ethernet headers included. */
export async function linkBytes(lab: Lab, host: HostRecord): Promise<{ sent: number; received: number }> {
  const output = await runIn(hostNamespace(lab.config, host.name), ["ip", "-json", "-statistics", "link", "show", "dev", "mig0"]);
  const [link] = JSON.parse(output) as { stats64: { rx: { bytes: number }; tx: { bytes: number } } }[];
  return { sent: link?.stats64.tx.bytes ?? 0, received: link?.stats64.rx.bytes ?? 0 };
}

/** Cuts a host's migration link. */
export async function cutLink(lab: Lab, host: HostRecord): Promise<void> {
  await setPort(lab, `mig${host.index}`, "disabled");
}

/** Undoes `cutLink` and `setLinkRate`. */
export async function restoreLink(lab: Lab, host: HostRecord): Promise<void> {
  await setPort(lab, `mig${host.index}`, "forwarding");
  // Without a limit there is nothing to delete, and tc says so with a code.
  for (const [namespace, link] of migrationEnds(lab, host)) await tryRun(["tc", "-n", namespace, "qdisc", "del", "dev", link, "root"]);
}

/** Cuts SSH (and all else) between the root namespace and a host; the host's guests stay reachable. */
export async function cutControl(lab: Lab, host: HostRecord): Promise<void> {
  await setPort(lab, `ctl${host.index}`, "disabled");
}

/** The same, done when it returns, for a test that must not be overtaken by what it cuts. */
export function cutControlAtOnce(lab: Lab, host: HostRecord): void {
  const argv = ["netns", "exec", bridgeNamespace(lab.config), ...portCommand(`ctl${host.index}`, "disabled")];
  execFileSync("ip", argv);
}

/** Undoes `cutControl`. */
export async function restoreControl(lab: Lab, host: HostRecord): Promise<void> {
  await setPort(lab, `ctl${host.index}`, "forwarding");
}

/** Cuts one of the two paths to the storage server, which must be up. */
export async function cutStoragePath(lab: Lab, portal: 1 | 2): Promise<void> {
  await setPort(lab, `san${portal}`, "disabled");
}

/** Undoes `cutStoragePath`. */
export async function restoreStoragePath(lab: Lab, portal: 1 | 2): Promise<void> {
  await setPort(lab, `san${portal}`, "forwarding");
}

/** Numbers of the kernel's bridge port states (enum BR_STATE in linux/if_bridge.h). */
const PORT_STATES = { disabled: "0", forwarding: "3" } as const;

async function setPort(lab: Lab, port: string, state: keyof typeof PORT_STATES): Promise<void> {
  await runIn(bridgeNamespace(lab.config), portCommand(port, state));
}

const portCommand = (port: string, state: keyof typeof PORT_STATES): string[] => [
  "bridge",
  "link",
  "set",
  "dev",
  port,
  "state",
  PORT_STATES[state],
];

function migrationEnds(lab: Lab, host: HostRecord): [namespace: string, link: string][] {
  return [
    [hostNamespace(lab.config, host.name), "mig0"],
    [bridgeNamespace(lab.config), `mig${host.index}`],
  ];
}
