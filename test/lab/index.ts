/*
 * The lab: real libvirt hosts on one machine, and guests that can prove that they came through a move whole.
 *
 *   const lab = await labUp({ hosts: 2 });                       // 0.7 s; returns the running lab when there is one
 *   const source = hostNamed(lab, "compute1");                   // .address .sshPort .hostKeyFingerprint .exec([...])
 *   await startGuest(lab, { host: "compute1", name: "lm001" });  // 3 to 4 s, until the program inside answers
 *   using inside = await witness(lab, "lm001");                  // counter, disk records, memory pattern, load
 *   const beats = await BeatWatch.start(inside.address);         // the pause as the network sees it
 *   … a move …
 *   beats.stop().maxGapMs; (await inside.verify()).records.bad; await inventory(source);
 *   await labDown();                                             // nothing is left
 *
 * FERRY_LAB_NAME, FERRY_LAB_SUBNET and FERRY_LAB_DIR (config.ts) keep labs apart that run at the same time.
 */
export { type BeatReport, BeatWatch } from "./beat-watch.ts";
export { type LabConfig, type LabConfigOptions, labConfig } from "./config.ts";
export { killLibvirtd, killQemu, killSshd, startLibvirtd, startSshd } from "./daemons.ts";
export { DISK_KINDS, type DiskKind, IMAGES_DIR } from "./disk-kinds.ts";
export { type GuestOptions, removeGuest, startGuest, whereIs, witness } from "./guest.ts";
export { GUEST_FILTER, type GuestNetwork, guestFilterXml } from "./guest-xml.ts";
export { execOn, pathOn, tryExecOn, virsh } from "./host-exec.ts";
export { powerOff, powerOn } from "./host-power.ts";
export { type Inventory, inventory, inventoryChanges } from "./inventory.ts";
export {
  type HostStatus,
  hostNamed,
  type Lab,
  type LabHost,
  type LabUpOptions,
  labDown,
  labStatus,
  labUp,
  openLab,
} from "./lab.ts";
export {
  cutControl,
  cutControlAtOnce,
  cutLink,
  cutStoragePath,
  linkBytes,
  restoreControl,
  restoreLink,
  restoreStoragePath,
  setLinkRate,
} from "./links.ts";
export { ensureClientPackages, ensureDebianPackages, ensureTestPackages, missingPackages } from "./packages.ts";
export { waitFor } from "./processes.ts";
export { CommandError } from "./run.ts";
export type { GuestRecord, HostRecord } from "./state.ts";
export { blockDevicePath } from "./storage/block-device.ts";
export { createSpareLun } from "./storage/iscsi.ts";
export { NFS_EXPORT } from "./storage/nfs.ts";
export { ensureSharedDirectory, SHARED_DIR, SHARED_POOL } from "./storage/shared-directory.ts";
export { portalAddress } from "./subnet.ts";
export { ensureOpenVswitch, SWITCH, SWITCH_VLAN } from "./switch/open-vswitch.ts";
export { trustHosts } from "./trust-hosts.ts";
export { WitnessClient, type WitnessStatus } from "./witness-client.ts";
