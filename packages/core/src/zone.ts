/** Nova's zone of hosts that no aggregate puts into another one. */
export const defaultZone = "nova";
/** Nova's zone of services that are not hosts. */
export const internalZone = "internal";

/** Pure: the hosts that may take a server for which that zone was asked; null: any zone. */
export const hostsOfZone = <H extends { readonly zone: string }>(hosts: readonly H[], zone: string | null): readonly H[] =>
  zone === null ? hosts : hosts.filter((host) => host.zone === zone);
