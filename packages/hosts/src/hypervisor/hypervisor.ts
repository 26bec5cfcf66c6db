import type { Hypervisor } from "@ferry/core";
import { isNoDomain } from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { presenceOf } from "../link/presence.ts";
import { compareCpu } from "./cpu.ts";
import { readDocument } from "./document.ts";
import { hypervisorEvents } from "./events.ts";
import { readFacts } from "./facts.ts";
import { readStatistics } from "./guest-statistics.ts";
import { type Report, readDefinitions, readGuest, readGuests } from "./guests.ts";
import { ofGuest } from "./handle.ts";
import { readDiskCopy } from "./job.ts";
import { observeGuest } from "./observe.ts";
import { attachDisk, detachDisk } from "./plug.ts";
import {
  defineGuest,
  destroyGuest,
  pauseGuest,
  rebootGuest,
  resumeGuest,
  setAutostart,
  shutdownGuest,
  startGuest,
  undefineGuest,
} from "./power.ts";
import { dropManagedSave, hasManagedSave, managedSaveGuest, readSavedXml, restoreGuest, saveGuest } from "./saved-state.ts";
import { traitsOf } from "./traits/traits-of.ts";

/** The hypervisor port of one host, over its libvirt. */
export function libvirtHypervisor(link: HostLink, report: Report): Hypervisor {
  const traits = traitsOf(link.address.uri);
  return {
    presence: () => presenceOf(link),
    moves: traits.moves,
    facts: () => readFacts(link),
    guests: () => link.ask("list the guests", (connection) => readGuests(connection, report, traits)),
    guest: (uuid) => link.ask(`read guest ${uuid}`, (connection) => ofGuest(connection, uuid, (dom) => readGuest(connection, dom))),
    definitions: () => link.ask("read the definitions of the guests", (connection) => readDefinitions(connection, traits)),
    uuidOfName: (name) => link.ask(`look for guest ${name}`, (connection) => uuidOfName(connection, name)),
    observe: (uuid) => observeGuest(link, uuid),
    document: (uuid, view) =>
      link.ask(`read the definition of guest ${uuid}`, (connection) =>
        ofGuest(connection, uuid, (dom) => readDocument(connection, dom, view)),
      ),
    compareCpu: (question) => link.ask("compare CPUs", (connection) => compareCpu(connection, question)),
    job: async (uuid) => {
      const job = await link.ask(`read the job of guest ${uuid}`, (connection) =>
        ofGuest(connection, uuid, (dom) => traits.readJob(connection, dom)),
      );
      return job ?? { kind: "none" };
    },
    statistics: (uuid) =>
      link.ask(`read the statistics of guest ${uuid}`, (connection) => ofGuest(connection, uuid, (dom) => readStatistics(connection, dom))),
    diskCopies: (uuid, targets) => link.ask(`read the disk copies of guest ${uuid}`, (connection) => diskCopies(connection, uuid, targets)),
    resume: (uuid) =>
      link.act(`resume guest ${uuid}`, (connection) => resumeGuest({ connection, session: () => link.session() }, uuid, traits)),
    pause: (uuid) => link.act(`pause guest ${uuid}`, (connection) => pauseGuest(connection, uuid)),
    destroy: (uuid) => link.act(`stop guest ${uuid}`, (connection) => destroyGuest(connection, uuid)),
    undefine: (uuid, options) =>
      link.act(`remove the definition of guest ${uuid}`, (connection) => undefineGuest(connection, uuid, traits, options)),
    startWithHost: (uuid, wanted) => link.act(`set the autostart of guest ${uuid}`, (connection) => setAutostart(connection, uuid, wanted)),
    define: (xml) => link.act("define a guest", (connection) => defineGuest(connection, xml)),
    start: (uuid, options) => link.own(`start guest ${uuid}`, (connection) => startGuest(connection, uuid, options)),
    shutdown: (uuid) => link.act(`shut guest ${uuid} down`, (connection) => shutdownGuest(connection, uuid)),
    reboot: (uuid, kind) => link.act(`reboot guest ${uuid}`, (connection) => rebootGuest(connection, uuid, kind, traits)),
    managedSave: (uuid) => link.own(`suspend guest ${uuid}`, (connection) => managedSaveGuest(connection, uuid)),
    hasManagedSave: (uuid) => link.ask(`look for a saved state of guest ${uuid}`, (connection) => hasManagedSave(connection, uuid)),
    dropManagedSave: (uuid) => link.act(`drop the saved state of guest ${uuid}`, (connection) => dropManagedSave(connection, uuid)),
    save: (uuid, path) => link.own(`save guest ${uuid} to ${path}`, (connection) => saveGuest(connection, uuid, path)),
    savedXml: (path) => link.ask(`read the saved state ${path}`, (connection) => readSavedXml(connection, path)),
    restore: (path, xml, options) => link.own(`restore a guest from ${path}`, (connection) => restoreGuest(connection, path, xml, options)),
    attachDisk: (uuid, disk, places) =>
      link.act(`attach disk ${disk.target} to guest ${uuid}`, (connection) => attachDisk(connection, uuid, disk, places)),
    detachDisk: (uuid, target, places) =>
      link.act(`detach disk ${target} from guest ${uuid}`, (connection) => detachDisk(connection, uuid, target, places)),
    events: (signal) => hypervisorEvents(link, signal),
  };
}

type Connection = Parameters<typeof readGuests>[0];

async function uuidOfName(connection: Connection, name: string): Promise<string | null> {
  try {
    return (await connection.call("domainLookupByName", { name })).dom.uuid;
  } catch (error) {
    if (isNoDomain(error)) return null;
    throw error;
  }
}

async function diskCopies(connection: Connection, uuid: string, targets: readonly string[]) {
  if (targets.length === 0) return [];
  const copies = await ofGuest(connection, uuid, (dom) => Promise.all(targets.map((target) => readDiskCopy(connection, dom, target))));
  return (copies ?? []).filter((copy) => copy !== null);
}
