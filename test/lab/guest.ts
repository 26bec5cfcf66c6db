import { stableUuid } from "./config.ts";
import type { DiskKind } from "./disk-kinds.ts";
import { createGuestDisks, removeGuestDisks } from "./guest-disks.ts";
import { consoleLog, GUEST_FILTER, type GuestNetwork, guestFilterXml, guestXml } from "./guest-xml.ts";
import { pathOn, tryExecOn, virsh } from "./host-exec.ts";
import { hostNamed, type Lab } from "./lab.ts";
import { withLock } from "./lock.ts";
import { kvmWorks } from "./probe-kvm.ts";
import { readIfPresent } from "./processes.ts";
import { type GuestRecord, type HostRecord, readState, writeState } from "./state.ts";
import { guestAddress, guestMac, MAX_GUESTS } from "./subnet.ts";
import { ensureOpenVswitch } from "./switch/open-vswitch.ts";
import { WitnessClient } from "./witness-client.ts";

/** A guest to be created. Sizes in MiB. */
export interface GuestOptions {
  /** Name of the host. */
  readonly host: string;
  readonly name: string;
  /** Default 256; the guest itself needs about 64. */
  readonly memoryMiB?: number;
  readonly vcpus?: number;
  /**
   * Its disks, the one that it boots from first: by default a single "qcow2". The witness keeps records on each that is not a CD-ROM. What a
   * kind needs is installed and started when it is first asked for.
   */
  readonly disks?: readonly DiskKind[];
  /** Short for `disks: ["overlay"]`. */
  readonly overlay?: boolean;
  /** Gives MAC and IPv4 address (198.18.78.100 + index, for the default subnet). Default: the lowest free one. */
  readonly index?: number;
  /** Virtual size of the first disk; default and least: 1024. */
  readonly diskMiB?: number;
  /** So many MiB of data are put on the first disk, outside of what the guest uses: something to copy. At most `diskMiB` less 304. */
  readonly dataMiB?: number;
  /** Sizes of further, empty disks. */
  readonly extraDisksMiB?: readonly number[];
  /** Default "bridge". */
  readonly network?: GuestNetwork;
  /** False: no nwfilter. On "ovs" there is none: libvirt refuses it there. */
  readonly filter?: boolean;
  /** False: do not wait until the witness answers. */
  readonly wait?: boolean;
}

/** Milliseconds that a guest may take from its start to its first answer, on a loaded machine. */
const BOOT_TIMEOUT_MS = 180_000;

/** Defines a guest on a host, starts it, and waits until its witness answers. @throws Error with the end of its console when it does not. */
export async function startGuest(lab: Lab, options: GuestOptions): Promise<GuestRecord> {
  const host = hostNamed(lab, options.host);
  const guest = await recordGuest(lab, options);
  const disks = await createGuestDisks(lab, host, options);
  const filtered = options.filter !== false && options.network !== "ovs";
  if (filtered) await defineFilter(host);
  if (options.network === "ovs") await ensureOpenVswitch(lab);
  const xml = guestXml({
    name: guest.name,
    uuid: stableUuid(`${lab.config.name}/guest/${guest.name}`),
    kvm: await kvmWorks(lab.config),
    memoryMiB: options.memoryMiB ?? 256,
    vcpus: options.vcpus ?? 1,
    disks,
    mac: guest.mac,
    network: options.network ?? "bridge",
    filter: filtered ? GUEST_FILTER : undefined,
  });
  await virsh(host, ["define", "/dev/stdin"], xml);
  await virsh(host, ["start", "--", guest.name]);
  if (options.wait !== false) await waitForBoot(host, guest);
  return guest;
}

/** The hosts on which libvirt knows the guest, with its state there ("running", "paused", "shut off", …). */
export async function whereIs(lab: Lab, guest: string): Promise<{ host: HostRecord; state: string }[]> {
  const found = await Promise.all(
    lab.hosts.map(async (host) => {
      const result = await tryExecOn(host, ["virsh", "--connect", "qemu:///system", "--quiet", "domstate", "--", guest]);
      return result.code === 0 ? [{ host, state: result.stdout.trim() }] : [];
    }),
  );
  return found.flat();
}

/** Removes a guest from every host: process, definition, disks, record. Nothing when there is none. */
export async function removeGuest(lab: Lab, name: string): Promise<void> {
  for (const { host } of await whereIs(lab, name)) {
    await tryExecOn(host, ["virsh", "--quiet", "destroy", "--", name]);
    // A transient domain is gone by now.
    await tryExecOn(host, ["virsh", "--quiet", "undefine", "--managed-save", "--snapshots-metadata", "--", name]);
  }
  await removeGuestDisks(lab, name);
  await forgetGuest(lab, name);
}

/** A client of the guest's witness; close it when done. @throws Error when no guest of that name was started. */
export async function witness(lab: Lab, name: string): Promise<WitnessClient> {
  const { guests } = await readState(lab.config);
  const guest = guests.find((candidate) => candidate.name === name);
  if (guest === undefined) throw new Error(`No guest "${name}" in lab "${lab.config.name}": start it first.`);
  return new WitnessClient(guest.address);
}

async function recordGuest(lab: Lab, options: GuestOptions): Promise<GuestRecord> {
  refuseBadName(options.name);
  return await withLock(lab.config.name, async () => {
    const state = await readState(lab.config);
    const others = state.guests.filter(({ name }) => name !== options.name);
    const index = options.index ?? freeIndex(state.guests.filter(({ name }) => name === options.name).concat(others), options.name);
    const { subnet } = lab.config;
    const guest = { name: options.name, index, address: guestAddress(subnet, index), mac: guestMac(subnet, index) };
    const taken = others.find((other) => other.index === index);
    if (taken !== undefined) throw new Error(`Cannot start guest "${options.name}" with index ${index}: guest "${taken.name}" has it.`);
    await writeState(lab.config, { ...state, guests: [...others, guest] });
    return guest;
  });
}

function refuseBadName(name: string): void {
  if (name !== "" && !name.includes("/") && !name.includes("\n") && !name.startsWith(".")) return;
  throw new Error(
    `Cannot start a guest named ${JSON.stringify(name)}: a name must not be empty, hold "/" or a line break, or start with a dot.`,
  );
}

function freeIndex(guests: readonly GuestRecord[], name: string): number {
  const own = guests.find((guest) => guest.name === name);
  if (own !== undefined) return own.index;
  for (let index = 1; index <= MAX_GUESTS; index++) {
    if (!guests.some((guest) => guest.index === index)) return index;
  }
  throw new Error(`Cannot start guest "${name}": the lab's subnet holds ${MAX_GUESTS} guests; remove one.`);
}

async function forgetGuest(lab: Lab, name: string): Promise<void> {
  await withLock(lab.config.name, async () => {
    const state = await readState(lab.config);
    await writeState(lab.config, { ...state, guests: state.guests.filter((guest) => guest.name !== name) });
  });
}

async function defineFilter(host: HostRecord): Promise<void> {
  const names = (await virsh(host, ["nwfilter-list"])).split("\n").map((line) => line.trim().split(/\s+/)[1]);
  if (!names.includes(GUEST_FILTER)) await virsh(host, ["nwfilter-define", "/dev/stdin"], guestFilterXml());
}

async function waitForBoot(host: HostRecord, guest: GuestRecord): Promise<void> {
  using client = new WitnessClient(guest.address);
  try {
    await client.status(BOOT_TIMEOUT_MS);
  } catch (error) {
    const console = (await readIfPresent(pathOn(host, consoleLog(guest.name)))) ?? "";
    throw new Error(`Guest "${guest.name}" on ${host.name} did not answer after its start. Its console ends: ${console.slice(-500)}`, {
      cause: error,
    });
  }
}
