/** Host drivers: the ports of `@ferry/core` over SSH and libvirt. */
export { type HostsOptions, openHosts } from "./hosts.ts";
export type { SshIdentity, Tap } from "./link/host-link.ts";
