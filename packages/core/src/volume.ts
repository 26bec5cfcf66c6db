import type { NetworkSource } from "./guest.ts";
import type { PoolLogin, PoolSource } from "./pool.ts";

/** Cinder's words; `error` with an attachment means that it is not known whether the guest has the disk: the claim stays, detaching settles it. */
export const volumeStatuses = ["creating", "available", "attaching", "in-use", "detaching", "deleting", "error"] as const;
export type VolumeStatus = (typeof volumeStatuses)[number];

export const volumeFormats = ["qcow2", "raw"] as const;
export type VolumeFormat = (typeof volumeFormats)[number];

/** Where a volume is on a host. `path` is null for one that is no path there. */
export interface VolumePlace {
  readonly pool: string;
  readonly volumeName: string;
  readonly path: string | null;
}

/** How a guest reaches what is to be plugged into it. */
export type PluggableSource =
  | { readonly type: "file" | "block"; readonly path: string }
  | (Pick<NetworkSource, "type" | "name" | "hosts"> & {
      readonly protocol: "iscsi" | "rbd";
      readonly initiator: string | null;
      readonly login: PoolLogin | null;
    });

/** A disk to be plugged into a guest. */
export interface PluggableDisk {
  /** `vdb`; its letters before the last say which bus it is on. */
  readonly target: string;
  /** By which the guest tells it apart: /dev/disk/by-id/virtio-… has the first 20 characters. */
  readonly serial: string;
  readonly format: VolumeFormat;
  readonly source: PluggableSource;
}

/** What a volume of a pool is to a guest; null for a pool that a guest cannot take volumes from, or a name that is none of its kind. */
export function pluggableSource(pool: PoolSource | null, { volumeName, path }: VolumePlace): PluggableSource | null {
  switch (pool?.kind) {
    case "dir":
    case "netfs":
      return path === null ? null : { type: "file", path };
    case "logical":
      return path === null ? null : { type: "block", path };
    case "iscsi-direct": {
      const lun = /^unit:\d+:\d+:(\d+)$/.exec(volumeName)?.[1];
      if (lun === undefined) return null;
      const { server, port, target, initiator, login } = pool;
      return { type: "network", protocol: "iscsi", name: `${target}/${lun}`, hosts: [{ name: server, port }], initiator, login };
    }
    case "rbd":
      return {
        type: "network",
        protocol: "rbd",
        name: `${pool.rbdPool}/${volumeName}`,
        hosts: pool.monitors,
        initiator: null,
        login: pool.login,
      };
    default:
      return null;
  }
}

const letters = "abcdefghijklmnopqrstuvwxyz";

/** The first free name for a disk in a guest that has these, on the bus of a guest of that kind; null when all 26 are taken. */
export function freeTarget(taken: readonly string[], virtType: string): string | null {
  const prefix = virtType === "xen" ? "xvd" : "vd";
  return [...letters].map((letter) => prefix + letter).find((target) => !taken.includes(target)) ?? null;
}
