/** A disk of a guest, as its definition names it. */
export interface GuestDisk {
  /** A "cdrom" is read-only and on SATA, a "disk" is on virtio. */
  readonly device: "disk" | "cdrom";
  readonly format: "qcow2" | "raw";
  readonly source: DiskSource;
}

/** Where a disk's data lies. */
export type DiskSource =
  | { readonly type: "file" | "block"; readonly path: string }
  /** A file of an NFS export, opened by QEMU itself. */
  | { readonly type: "nfs"; readonly server: string; readonly path: string }
  /** A LUN, opened by QEMU itself through one portal of its target. */
  | { readonly type: "iscsi"; readonly portal: string; readonly port: number; readonly target: string; readonly lun: number };
