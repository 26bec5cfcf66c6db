import { firewallSuite } from "./firewall.ts";
import { hypervisorSuite } from "./hypervisor.ts";
import { networkSuite } from "./network.ts";
import { peerAccessSuite } from "./peer-access.ts";
import { plugSuite } from "./plug.ts";
import { powerSuite } from "./power.ts";
import { storageSuite } from "./storage.ts";
import type { GetSubject } from "./subject.ts";
import { transferSuite } from "./transfer.ts";

/** One suite for each port that reaches a host. */
export function hostPortsSuite(get: GetSubject): void {
  hypervisorSuite(get);
  powerSuite(get);
  plugSuite(get);
  storageSuite(get);
  networkSuite(get);
  firewallSuite(get);
  peerAccessSuite(get);
  transferSuite(get);
}
