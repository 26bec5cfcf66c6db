import { createFlags, destroyFlags, suspendedDetails, undefineFlags } from "@ferry/libvirt";
import { FakeDomain } from "../domain.ts";
import { readDomain } from "../domain-xml.ts";
import type { FakeHost } from "../host.ts";
import { Refusal } from "../refusal.ts";
import { type Answers, onlyFlags } from "./answer.ts";
import { domainOf } from "./domains.ts";
import { managedSavePath, resumeFromManagedSave } from "./saved-state.ts";

/** Changing what runs and what is defined. */
export const powerAnswers = (host: FakeHost): Answers => ({
  domainDefineXmlFlags: ({ xml, flags }) => {
    onlyFlags("domainDefineXmlFlags", flags, 1);
    const definition = readDomain(xml);
    const namesake = [...host.domains.values()].find((one) => one.name === definition.name && one.uuid !== definition.uuid);
    if (namesake) throw new Refusal("operationFailed", `domain '${definition.name}' already exists with uuid ${namesake.uuid}`);
    const domain = host.domains.get(definition.uuid) ?? new FakeDomain(host, definition);
    host.domains.set(domain.uuid, domain);
    domain.define(xml);
    return { dom: domain.handle };
  },
  domainUndefineFlags: ({ dom, flags }) => {
    onlyFlags("domainUndefineFlags", flags, ...Object.values(undefineFlags));
    const domain = domainOf(host, dom);
    if (domain.persistentXml === null)
      throw new Refusal("operationInvalid", "Requested operation is not valid: cannot undefine transient domain");
    if (host.files.get(managedSavePath(domain)) && !(flags & undefineFlags.managedSave))
      throw new Refusal(
        "operationInvalid",
        "Requested operation is not valid: Refusing to undefine while domain managed save image exists",
      );
    host.files.delete(managedSavePath(domain));
    host.datacentre.journal.note(host.name, "guest-undefined", domain.uuid);
    domain.undefine();
    return {};
  },
  domainSetAutostart: ({ dom, autostart }) => {
    const domain = domainOf(host, dom);
    if (domain.persistentXml === null)
      throw new Refusal("operationInvalid", "Requested operation is not valid: cannot set autostart for transient domain");
    domain.autostart = autostart;
    return {};
  },
  domainDestroyFlags: ({ dom, flags }) => {
    onlyFlags("domainDestroyFlags", flags, ...Object.values(destroyFlags));
    const domain = domainOf(host, dom);
    domain.running();
    if (domain.outgoing?.phase === "performing")
      host.datacentre.journal.violation(
        `guest ${dom.uuid} destroyed on ${host.name} while its migration is performed: libvirt 9.0 crashes`,
      );
    host.datacentre.journal.note(host.name, "guest-destroyed", domain.uuid);
    domain.stop("destroyed", "destroyed");
    return {};
  },
  domainCreateWithFlags: ({ dom, flags }) => {
    onlyFlags("domainCreateWithFlags", flags, createFlags.paused);
    const domain = domainOf(host, dom);
    if (domain.emulator) throw new Refusal("operationInvalid", "Requested operation is not valid: domain is already running");
    const paused = (flags & createFlags.paused) !== 0;
    if (!resumeFromManagedSave(host, domain, paused)) domain.start(domain.persistentXml ?? "", { paused });
    return { dom: domain.handle };
  },
  domainShutdownFlags: ({ dom, flags }) => {
    onlyFlags("domainShutdownFlags", flags);
    const domain = domainOf(host, dom);
    const emulator = domain.running();
    void host.datacentre.pace.tick().then(() => {
      if (domain.emulator === emulator && emulator.executing && !domain.deaf) domain.stop("shutdown", "shutdown");
    });
    return {};
  },
  domainReboot: ({ dom, flags }) => reboot(host, domainOf(host, dom), flags),
  domainReset: ({ dom, flags }) => reboot(host, domainOf(host, dom), flags),
  domainSuspend: ({ dom }) => {
    const domain = domainOf(host, dom);
    if (!domain.running().executing) throw new Refusal("operationInvalid", "Requested operation is not valid: domain is not running");
    domain.pause("user", suspendedDetails.paused);
    return {};
  },
  domainResume: async ({ dom }) => {
    const domain = domainOf(host, dom);
    domain.running();
    await waitForJob(host, domain);
    if (domain.running().executing) throw new Refusal("operationInvalid", "Requested operation is not valid: domain is already running");
    domain.resume("unpaused", "unpaused");
    return {};
  },
});

function reboot(host: FakeHost, domain: FakeDomain, flags: number): Record<string, never> {
  onlyFlags("domainReboot", flags);
  domain.running();
  host.datacentre.journal.note(host.name, "guest-rebooted", domain.uuid);
  return {};
}

/** libvirt waits 30 s for the guest's job to end; the fake a hundred ticks. */
async function waitForJob(host: FakeHost, domain: FakeDomain): Promise<void> {
  for (let ticks = 0; domain.job && ticks < 100; ticks++) await host.datacentre.pace.tick();
  if (domain.job) throw new Refusal("operationTimeout", "Timed out during operation: cannot acquire state change lock");
}
