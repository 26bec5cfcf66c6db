import {
  domainStates,
  type EventPayload,
  lifecycleEvents,
  pausedReasons,
  resumedDetails,
  runningReasons,
  shutoffReasons,
  startedDetails,
  stoppedDetails,
  suspendedDetails,
} from "@ferry/libvirt";
import { type DefinedDomain, readDomain } from "./domain-xml.ts";
import { Emulator } from "./emulator.ts";
import type { FakeHost } from "./host.ts";
import type { IncomingJob, OutgoingJob } from "./migration/job.ts";
import type { MigrationNumbers } from "./migration/numbers.ts";
import { Refusal } from "./refusal.ts";
import { requireSurroundings } from "./surroundings.ts";

type Lifecycle = keyof typeof lifecycleEvents;

/** A guest as one host's libvirt knows it. */
export class FakeDomain {
  readonly host: FakeHost;
  readonly uuid: string;
  readonly name: string;
  /** The persistent definition; null makes the guest transient. */
  persistentXml: string | null = null;
  emulator: Emulator | null = null;
  state: number = domainStates.shutoff;
  reason: number = shutoffReasons.unknown;
  job: OutgoingJob | IncomingJob | null = null;
  /** Final numbers of the last successful migration, until read. */
  completed: MigrationNumbers | null = null;
  autostart = 0;
  /** The guest's system does not react to a request to shut down. */
  deaf = false;

  constructor(host: FakeHost, definition: DefinedDomain) {
    this.host = host;
    this.uuid = definition.uuid;
    this.name = definition.name;
  }

  get handle(): EventPayload<"lifecycle">["dom"] {
    return { name: this.name, uuid: this.uuid, id: this.emulator?.id ?? -1 };
  }

  get outgoing(): OutgoingJob | null {
    return this.job?.direction === "outgoing" ? this.job : null;
  }

  get incoming(): IncomingJob | null {
    return this.job?.direction === "incoming" ? this.job : null;
  }

  /** The process, or libvirt's error 55. */
  running(): Emulator {
    if (!this.emulator) throw new Refusal("operationInvalid", "Requested operation is not valid: domain is not running");
    return this.emulator;
  }

  emit(event: Lifecycle, detail: number): void {
    this.host.daemon.emit("lifecycle", { dom: this.handle, event: lifecycleEvents[event], detail });
  }

  define(xml: string): void {
    const definition = readDomain(xml);
    const known = this.persistentXml !== null;
    if (definition.uuid !== this.uuid) throw new Error(`definition of ${definition.uuid} given to ${this.uuid}`);
    this.persistentXml = xml;
    this.emit("defined", known ? 1 : 0);
  }

  undefine(): void {
    this.persistentXml = null;
    this.emit("undefined", 0);
    if (!this.emulator) this.host.domains.delete(this.uuid);
  }

  resume(reason: keyof typeof runningReasons, detail: keyof typeof resumedDetails): void {
    this.running().execute();
    this.setState(domainStates.running, runningReasons[reason]);
    this.emit("resumed", resumedDetails[detail]);
  }

  pause(reason: keyof typeof pausedReasons, detail: number): void {
    this.running().pause();
    this.setState(domainStates.paused, pausedReasons[reason]);
    this.emit("suspended", detail);
  }

  /** Starts a process that boots from the disks. */
  start(xml: string, { paused }: { paused: boolean }): void {
    requireSurroundings(this.host, readDomain(xml));
    this.emulator = new Emulator(this.host, xml, { incoming: false });
    this.host.datacentre.journal.note(this.host.name, "guest-booted", this.uuid);
    if (!paused) this.emulator.execute();
    this.setState(paused ? domainStates.paused : domainStates.running, paused ? pausedReasons.user : runningReasons.booted);
    this.emit("started", startedDetails.booted);
    if (paused) this.emit("suspended", suspendedDetails.paused);
  }

  /** Ends the process. A transient guest is forgotten. */
  stop(reason: keyof typeof shutoffReasons, detail: keyof typeof stoppedDetails): void {
    this.emulator?.kill();
    this.emulator = null;
    this.job = null;
    this.setState(domainStates.shutoff, shutoffReasons[reason]);
    this.emit("stopped", stoppedDetails[detail]);
    if (this.persistentXml === null) this.host.domains.delete(this.uuid);
  }

  setState(state: number, reason: number): void {
    this.state = state;
    this.reason = reason;
  }
}
