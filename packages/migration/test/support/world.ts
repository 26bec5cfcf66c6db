import {
  type CheckResult,
  type Firewall,
  fail,
  type GuestDocument,
  type GuestObservation,
  type GuestTransfer,
  type HostId,
  type HostPorts,
  type Hosts,
  type Hypervisor,
  type MigrationOrder,
  type MigrationProgress,
  type MigrationStore,
  type Network,
  type PeerAccess,
} from "@ferry/core";
import type { StepContext } from "@ferry/engine";
import { makeMovePlan } from "../../src/check/make-move-plan.ts";
import type { MovePlan } from "../../src/move-plan.ts";
import { defaultSettings, type MigrationPorts } from "../../src/ports.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeStorage } from "./fake-storage.ts";
import { MemoryLedger } from "./memory-ledger.ts";
import { absent, address, destinationId, guest, hostFacts, moveFacts, order, record, seen, sourceId } from "./move-facts.ts";
import { stub } from "./stub.ts";

/** A definition that libvirt could have written for the guest of the facts. */
export const document = (definition = guest()): GuestDocument => ({
  definition,
  xml: `<domain type='kvm'><name>lm001</name><uuid>${order.serverId}</uuid><memory unit='KiB'>262144</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><devices>${definition.disks
    .map((disk) =>
      disk.source.type === "file"
        ? `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${disk.source.path}'/><target dev='${disk.target}' bus='virtio'/></disk>`
        : "",
    )
    .join("")}</devices></domain>`,
});

/** One host of the world: what it holds and the ports that show it. Tests replace members of `hypervisor` and the others. */
export class FakeHost {
  readonly storage: FakeStorage;
  readonly hypervisor: { -readonly [Key in keyof Hypervisor]?: Hypervisor[Key] };
  readonly peerAccess: Partial<PeerAccess>;
  readonly firewall: Partial<Firewall> = { filter: async () => null };
  readonly network: Partial<Network> = {};
  readonly ports: HostPorts;

  constructor(id: HostId, name: string, ip: string, files: Record<string, string>, observations: () => GuestObservation) {
    const facts = hostFacts({ hostname: name, hostUuid: id });
    this.storage = new FakeStorage(new Map(Object.entries(files)), { default: "/images", base: "/base" });
    this.hypervisor = {
      moves: facts.moves,
      facts: async () => facts,
      observe: async () => observations(),
      guests: async () => [],
      uuidOfName: async () => null,
      document: async () => (observations().kind === "present" ? document() : null),
      job: async () => ({ kind: "none" }),
      diskCopies: async () => [],
      hasManagedSave: async () => false,
    };
    this.peerAccess = {
      idlePort: async () => 49_215,
      canPeer: async () => true,
      reach: async (_ip, port) => (port === 22 ? "open" : "refused"),
    };
    this.ports = {
      address: address(id, name, ip),
      storage: this.storage.port,
      hypervisor: stub<Hypervisor>(`${name}.hypervisor`, this.hypervisor),
      peerAccess: stub<PeerAccess>(`${name}.peerAccess`, this.peerAccess),
      firewall: stub<Firewall>(`${name}.firewall`, this.firewall),
      network: stub<Network>(`${name}.network`, this.network),
    };
  }

  /** From now on nothing on this host answers. */
  silence(): void {
    const problem = () => Promise.reject(fail("HOST_UNREACHABLE", { host: this.ports.address.name, address: "a", problem: "timeout" }));
    for (const key of ["facts", "document", "uuidOfName", "guests"] as const) this.hypervisor[key] = problem;
    this.hypervisor.observe = async () => ({ kind: "unreachable", problem: "timeout" });
    this.peerAccess.canPeer = problem;
    this.peerAccess.reach = problem;
  }
}

/** Two hosts, a guest on the first, and a record in memory. */
export class World {
  sourceSays: GuestObservation = seen("running");
  destinationSays: GuestObservation = absent;
  order: MigrationOrder = order;
  readonly clock = new FakeClock();
  readonly ledger = new MemoryLedger();
  readonly source = new FakeHost(sourceId, "kvm1", "198.18.0.1", { "/images/lm001.qcow2": "guest" }, () => this.sourceSays);
  readonly destination = new FakeHost(destinationId, "kvm2", "198.18.0.2", {}, () => this.destinationSays);
  readonly hosts = new Map([this.source, this.destination].map((host) => [host.ports.address.id, host]));
  readonly transfer: Partial<GuestTransfer> = { endWhenOutOfReach: async () => undefined };
  readonly checks: CheckResult[][] = [];
  readonly published: number[] = [];
  readonly saved: number[] = [];
  saveProgress: (progress: MigrationProgress) => Promise<void> = async () => void this.saved.push(this.clock.now());
  chosen: HostId | null = null;
  transport: string | null = null;
  claimedByOthersMiB = 0;
  readonly ports: MigrationPorts;

  constructor() {
    this.ports = {
      migrationId: order.id,
      clock: this.clock,
      ledger: this.ledger,
      settings: defaultSettings,
      events: { progress: () => void this.published.push(this.clock.now()) },
      store: stub<MigrationStore>("store", {
        order: async () => this.order,
        host: async (id) => record(id, this.host(id).ports.address.name),
        candidates: async () =>
          [...this.hosts.keys()].filter((id) => id !== sourceId).map((id) => record(id, this.host(id).ports.address.name)),
        claimedMiB: async () => this.claimedByOthersMiB,
        setChecks: async (results) => void this.checks.push([...results]),
        setChoice: async ({ hostId, transport, checks }) => {
          this.checks.push([...checks]);
          this.chosen = hostId;
          this.transport = transport;
        },
        confirmLease: async () => undefined,
        whileFirewallRests: (work) => work(),
        saveProgress: (progress) => this.saveProgress(progress),
      }),
      hosts: stub<Hosts>("hosts", {
        host: async (id) => this.host(id).ports,
        transfer: stub<GuestTransfer>("transfer", this.transfer),
      }),
    };
  }

  private host(id: HostId): FakeHost {
    const host = this.hosts.get(id);
    if (!host) throw fail("HOST_NOT_FOUND", { id });
    return host;
  }

  /** The context of a step, after checks that passed with this plan. */
  context(plan: MovePlan = makeMovePlan(moveFacts()), change: Partial<StepContext<MigrationPorts>> = {}): StepContext<MigrationPorts> {
    const outputs: Record<string, unknown> = { "check-conditions": plan, "grant-peer-access": null };
    return {
      ports: this.ports,
      signal: new AbortController().signal,
      attempt: 1,
      outputOf: <Out>(step: { name: string }) => outputs[step.name] as Out,
      outputIfDone: <Out>(step: { name: string }) => (outputs[step.name] ?? null) as Out | null,
      ...change,
    };
  }
}
