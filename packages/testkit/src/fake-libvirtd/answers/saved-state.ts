import { domainStates, pausedReasons, saveFlags, saveImageXmlFlags, startedDetails, suspendedDetails } from "@ferry/libvirt";
import { FakeDomain } from "../domain.ts";
import { readDomain } from "../domain-xml.ts";
import { Emulator } from "../emulator.ts";
import { FakeFile } from "../files.ts";
import type { FakeHost } from "../host.ts";
import { DaemonDied, Refusal } from "../refusal.ts";
import { decodeSavedGuest, encodeSavedGuest, type SavedGuest } from "../saved-guest.ts";
import { requireSurroundings } from "../surroundings.ts";
import { type Answers, onlyFlags } from "./answer.ts";
import { domainOf } from "./domains.ts";

/** Guests whose state goes to a file and comes back from it. */
export const savedStateAnswers = (host: FakeHost): Answers => ({
  domainSaveFlags: async ({ dom, to, flags }) => {
    onlyFlags("domainSaveFlags", flags);
    await save(host, domainOf(host, dom), to);
    return {};
  },
  domainRestoreFlags: ({ from, dxml, flags }) => {
    onlyFlags("domainRestoreFlags", flags, saveFlags.running, saveFlags.paused);
    const saved = readSaved(host, from);
    const definition = readDomain(dxml ?? saved.xml);
    if (definition.uuid !== saved.uuid)
      throw new Refusal("configUnsupported", `Target domain uuid ${definition.uuid} does not match source`);
    const domain = host.domains.get(definition.uuid) ?? new FakeDomain(host, definition);
    if (domain.emulator)
      throw new Refusal("operationInvalid", `Requested operation is not valid: domain is already active as '${domain.name}'`);
    const executing = flags & saveFlags.paused ? false : flags & saveFlags.running ? true : saved.executing;
    restore(host, domain, saved, { xml: dxml ?? saved.xml, executing });
    host.domains.set(domain.uuid, domain);
    return {};
  },
  domainSaveImageGetXmlDesc: ({ file, flags }) => {
    onlyFlags("domainSaveImageGetXmlDesc", flags, saveImageXmlFlags.secure);
    return { xml: readSaved(host, file).xml };
  },
  domainManagedSave: async ({ dom, flags }) => {
    onlyFlags("domainManagedSave", flags);
    const domain = domainOf(host, dom);
    domain.running();
    if (domain.persistentXml === null)
      throw new Refusal("operationInvalid", "Requested operation is not valid: cannot do managed save for transient domain");
    await save(host, domain, managedSavePath(domain));
    return {};
  },
  domainHasManagedSaveImage: ({ dom, flags }) => {
    onlyFlags("domainHasManagedSaveImage", flags);
    return { result: host.files.get(managedSavePath(domainOf(host, dom))) ? 1 : 0 };
  },
  domainManagedSaveRemove: ({ dom, flags }) => {
    onlyFlags("domainManagedSaveRemove", flags);
    host.files.delete(managedSavePath(domainOf(host, dom)));
    return {};
  },
});

/** Where libvirt keeps the state of a guest that it restores at its next start. */
export const managedSavePath = (domain: FakeDomain): string => `/var/lib/libvirt/qemu/save/${domain.name}.save`;

/** Restores a guest that was suspended to its host's disk, and removes the state; false when there is none. */
export function resumeFromManagedSave(host: FakeHost, domain: FakeDomain, paused: boolean): boolean {
  const path = managedSavePath(domain);
  if (!host.files.get(path)) return false;
  const saved = readSaved(host, path);
  restore(host, domain, saved, { xml: domain.persistentXml ?? saved.xml, executing: !paused && saved.executing });
  host.files.delete(path);
  return true;
}

/** The guest stands still while it is written, and its process ends when all of it is in the file. */
async function save(host: FakeHost, domain: FakeDomain, path: string): Promise<void> {
  const emulator = domain.running();
  const { executing } = emulator;
  const { life } = host.daemon;
  if (executing) domain.pause("save", suspendedDetails.paused);
  const bytes = encodeSavedGuest({ uuid: domain.uuid, xml: emulator.xml, executing, moment: emulator.truth.moment });
  const file = host.files.put(path, new FakeFile("", 0o600));
  try {
    file.write(0, bytes.subarray(0, 40));
    await host.datacentre.pace.tick();
    if (life.aborted) throw new DaemonDied();
    if (host.pools.ofPath(path)?.full) throw new Refusal("systemError", `unable to write ${path}: No space left on device`);
    if (domain.emulator !== emulator) throw new Refusal("operationFailed", "operation failed: domain is not running");
    file.write(40, bytes.subarray(40));
  } catch (error) {
    if (error instanceof DaemonDied) throw error;
    host.files.delete(path);
    if (executing && domain.emulator === emulator) domain.resume("saveCanceled", "unpaused");
    throw error;
  }
  domain.stop("saved", "saved");
}

function readSaved(host: FakeHost, path: string): SavedGuest {
  const file = host.files.get(path);
  if (!file) throw new Refusal("systemError", `cannot open file '${path}': No such file or directory`);
  const saved = decodeSavedGuest(file.content());
  if (!saved) throw new Refusal("operationFailed", "operation failed: save image is incomplete");
  return saved;
}

function restore(host: FakeHost, domain: FakeDomain, saved: SavedGuest, { xml, executing }: { xml: string; executing: boolean }): void {
  requireSurroundings(host, readDomain(xml));
  const emulator = new Emulator(host, xml, { incoming: true });
  emulator.loaded = true;
  const { journal } = host.datacentre;
  if (emulator.truth.moment !== saved.moment)
    journal.violation(`guest ${domain.uuid} restored on ${host.name} from a state that is older than its disks`);
  journal.note(host.name, "guest-restored", domain.uuid);
  domain.emulator = emulator;
  domain.setState(domainStates.paused, pausedReasons.user);
  domain.emit("started", startedDetails.restored);
  if (executing) domain.resume("restored", "unpaused");
  else domain.emit("suspended", suspendedDetails.restored);
}
