import type { GuestDefinition, NetworkSource, SecretReference } from "@ferry/core";

/** TCP ports that the protocols mean when the definition names none. */
const ownPorts: Readonly<Record<string, number>> = {
  ftp: 21,
  ftps: 990,
  gluster: 24_007,
  http: 80,
  https: 443,
  iscsi: 3260,
  nbd: 10_809,
  nfs: 2049,
  rbd: 6789,
  sheepdog: 7000,
  ssh: 22,
  vxhs: 9999,
};

export interface Portal {
  readonly name: string;
  readonly port: number;
}

/** Key of a portal in the facts of a destination. */
export const portalKey = ({ name, port }: Portal): string => `${name}:${port}`;

/** The servers of a network disk with their ports; without those of protocols whose port is not known. */
export function portalsOf({ protocol, hosts }: NetworkSource): Portal[] {
  return hosts.flatMap(({ name, port }) => {
    const known = port ?? ownPorts[protocol];
    return known === undefined ? [] : [{ name, port: known }];
  });
}

/** Every server that one of the guest's disks needs, each once. */
export function allPortals({ disks }: GuestDefinition): Portal[] {
  const portals = disks.flatMap(({ source }) => (source.type === "network" ? portalsOf(source) : []));
  return [...new Map(portals.map((portal) => [portalKey(portal), portal])).values()];
}

/** Every secret that one of the guest's disks needs. */
export const allSecrets = ({ disks }: GuestDefinition): SecretReference[] =>
  disks.flatMap(({ source }) => (source.type === "network" && source.secret ? [source.secret] : []));

/** What a secret is called in sentences, and in the facts of a destination. */
export const secretWords = (secret: SecretReference): string => ("uuid" in secret ? secret.uuid : `${secret.usage} (${secret.type})`);
