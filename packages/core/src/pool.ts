/** What a storage pool is made of, as far as ferry can define one. Secrets are named, never held: each host's libvirt keeps their values. */
export type PoolSource =
  /** A directory of the host. */
  | { readonly kind: "dir"; readonly path: string }
  /** An NFS export that the host mounts at `path`. */
  | { readonly kind: "netfs"; readonly path: string; readonly server: string; readonly export: string }
  /** An LVM volume group that exists; nothing is formatted. */
  | { readonly kind: "logical"; readonly volumeGroup: string }
  /** A target that libvirt's own initiator logs in to; its volumes are the LUNs. `port` null: the protocol's own. */
  | {
      readonly kind: "iscsi-direct";
      readonly server: string;
      readonly port: number | null;
      readonly target: string;
      readonly initiator: string;
      readonly login: PoolLogin | null;
    }
  /** A pool of a Ceph cluster; its volumes are images. */
  | {
      readonly kind: "rbd";
      readonly monitors: readonly { readonly name: string; readonly port: number | null }[];
      readonly rbdPool: string;
      readonly login: PoolLogin | null;
    };

export interface PoolLogin {
  readonly user: string;
  /** Uuid of a secret that the host's libvirt has. */
  readonly secret: string;
}

export type PoolKind = PoolSource["kind"];
export const poolKinds = ["dir", "netfs", "logical", "iscsi-direct", "rbd"] as const satisfies readonly PoolKind[];

/** Pools whose volumes are files in one directory. */
export const isFilePool = (kind: string): boolean => kind === "dir" || kind === "fs" || kind === "netfs";

/** Pools whose volumes are somebody else's to make and to delete: the LUNs of a target are cut by its administrator, and libvirt has no call for it. */
export const hasGivenVolumes = (kind: string): boolean => kind === "iscsi-direct";

/** What two hosts that have the same storage both call it; null for a pool that may be each host's own. */
export function sharedIdentity(source: PoolSource | null): string | null {
  switch (source?.kind) {
    case "netfs":
      return `netfs:${source.server}:${source.export}`;
    case "iscsi-direct":
      return `iscsi:${source.server}:${source.port ?? ISCSI_PORT}/${source.target}`;
    case "rbd":
      return `rbd:${source.monitors
        .map(({ name, port }) => `${name}:${port ?? CEPH_PORT}`)
        .sort()
        .join(",")}/${source.rbdPool}`;
    default:
      return null;
  }
}

const ISCSI_PORT = 3260;
const CEPH_PORT = 6789;
