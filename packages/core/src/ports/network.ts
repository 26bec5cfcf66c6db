import type { NetworkFacts } from "./hypervisor.ts";

/** The libvirt networks of one host. */
export interface Network {
  /** All networks, running or not. */
  networks(): Promise<NetworkFacts[]>;
  /** Starts a defined network; says whether it was this call that started it. */
  startNetwork(name: string): Promise<{ started: boolean }>;
  stopNetwork(name: string): Promise<void>;
}
