import { randomUUID } from "node:crypto";
import { domainStates, runningReasons } from "@ferry/libvirt";
import { CallFaults } from "./call-faults.ts";
import { FakeDaemon } from "./daemon.ts";
import type { FakeDatacentre } from "./datacentre.ts";
import { FakeDomain } from "./domain.ts";
import { readDomain } from "./domain-xml.ts";
import { Emulator } from "./emulator.ts";
import { FakeFile, FakeFiles } from "./files.ts";
import { FakePools } from "./pools.ts";
import { FakeSsh } from "./ssh/fake-ssh.ts";

/** A libvirt network of a host. */
export interface FakeNetwork {
  readonly name: string;
  readonly uuid: string;
  readonly bridge: string;
  active: boolean;
}

/** A network filter of a host: its whole XML, uuid included. */
export interface FakeNwfilter {
  readonly name: string;
  readonly uuid: string;
  readonly xml: string;
}

/** A secret that a host's libvirt keeps. */
export interface FakeSecret {
  readonly uuid: string;
  readonly type: "ceph" | "iscsi";
  readonly usage: string;
}

/** Sizes and versions that a test may change. Memory in KiB, versions as libvirt's integers. */
export interface HostHardware {
  memoryTotalKiB: number;
  memoryFreeKiB: number;
  libvirtVersion: number;
  hypervisorVersion: number;
  machines: string[];
  /** Answer of the CPU comparison: 0 incompatible, 1 identical, 2 superset. */
  cpuVerdict: number;
}

const CLASS_NET = "/sys/class/net";
/** The kernel's table of sockets: sshd listens. */
const SOCKETS = `  sl  local_address rem_address   st
   0: 00000000:0016 00000000:0000 0A
`;

/** One machine: files, an SSH server, libvirt with guests, pools, networks and filters. */
export class FakeHost {
  readonly datacentre: FakeDatacentre;
  readonly name: string;
  readonly address: string;
  /** `<host><uuid>` of the capabilities. */
  readonly uuid: string;
  readonly files = new FakeFiles();
  readonly pools: FakePools;
  readonly domains = new Map<string, FakeDomain>();
  readonly networks = new Map<string, FakeNetwork>();
  readonly nwfilters = new Map<string, FakeNwfilter>();
  readonly secrets: FakeSecret[] = [];
  readonly faults = new CallFaults();
  readonly daemon: FakeDaemon;
  readonly ssh: FakeSsh;
  readonly hardware: HostHardware = {
    memoryTotalKiB: 16 * 1024 ** 2,
    memoryFreeKiB: 12 * 1024 ** 2,
    libvirtVersion: 9_000_000,
    hypervisorVersion: 7_002_022,
    machines: ["pc-q35-7.2", "pc-i440fx-7.2"],
    cpuVerdict: 2,
  };
  powered = true;

  constructor(datacentre: FakeDatacentre, { name, address, uuid }: { name: string; address: string; uuid: string }) {
    this.datacentre = datacentre;
    this.name = name;
    this.address = address;
    this.uuid = uuid;
    this.pools = new FakePools(this);
    this.daemon = new FakeDaemon(this);
    this.ssh = new FakeSsh(this);
    this.pools.add("default", "/var/lib/libvirt/images");
    this.addNetwork("default", { active: true });
    this.files.makeDirectory("/root", 0o700);
    this.files.put("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
    this.files.put("/root/.ssh/authorized_keys", new FakeFile("ssh-ed25519 AAAA ferry\n", 0o600));
    this.files.put("/proc/self/mounts", "/dev/vda1 / ext4 rw 0 0\n");
    this.files.put("/proc/uptime", "4711.42 9000.00\n");
    this.#newBoot();
    this.files.put("/proc/net/tcp", SOCKETS);
    for (const tool of ["/usr/bin/ssh", "/usr/bin/virt-ssh-helper"]) this.files.put(tool, new FakeFile("ELF", 0o755));
    for (const name of ["lo", "eth0", "br0"]) this.files.put(`${CLASS_NET}/${name}`, "");
  }

  /** A boot has a name of its own. */
  #newBoot(): void {
    this.files.put("/proc/sys/kernel/random/boot_id", `${randomUUID()}\n`);
  }

  /** Mounts one directory on this host and on another: a cluster file system, as far as both see. */
  shareDirectory(directory: string, other: FakeHost): void {
    const tree = new FakeFiles();
    for (const { files } of [this, other]) {
      const mounts = files.get("/proc/self/mounts")?.content().toString() ?? "";
      files.put("/proc/self/mounts", `${mounts}nas:/shared ${directory} nfs4 rw 0 0\n`);
    }
    this.files.mount(directory, tree);
    other.files.mount(directory, tree);
  }

  /** Interfaces that guests may be plugged into. */
  bridges(): string[] {
    return this.files.list(CLASS_NET).filter((name) => name !== "lo");
  }

  addBridge(name: string): void {
    this.files.put(`${CLASS_NET}/${name}`, "");
  }

  addNetwork(name: string, { active }: { active: boolean }): FakeNetwork {
    const network = { name, uuid: randomUUID(), bridge: `virbr-${name}`, active };
    this.networks.set(name, network);
    return network;
  }

  addNwfilter(name: string, rules = "", uuid: string = randomUUID()): FakeNwfilter {
    const xml = `<filter name='${name}' chain='root'><uuid>${uuid}</uuid>${rules}</filter>`;
    const filter = { name, uuid, xml };
    this.nwfilters.set(name, filter);
    return filter;
  }

  /** Defines a guest and starts it, running or paused by its user. Its disks must exist. */
  startGuest(xml: string, { paused = false }: { paused?: boolean } = {}): FakeDomain {
    const domain = this.defineGuest(xml);
    domain.emulator = new Emulator(this, xml, { incoming: false });
    domain.emulator.execute();
    domain.setState(domainStates.running, runningReasons.booted);
    if (paused) domain.pause("user", 0);
    return domain;
  }

  defineGuest(xml: string): FakeDomain {
    const domain = this.domains.get(readDomain(xml).uuid) ?? new FakeDomain(this, readDomain(xml));
    this.domains.set(domain.uuid, domain);
    domain.define(xml);
    return domain;
  }

  /** QEMU dies by itself. */
  crashGuest(uuid: string): void {
    const domain = this.domains.get(uuid);
    const job = domain?.job ?? null;
    domain?.stop("crashed", "crashed");
    if (domain && job?.direction === "outgoing") domain.job = job;
  }

  /** The power fails: guests end, the daemon ends, nobody answers. */
  powerOff(): void {
    this.powered = false;
    this.daemon.kill();
    this.ssh.cut();
    for (const domain of this.domains.values()) {
      domain.emulator?.kill();
      domain.emulator = null;
      domain.job = null;
      domain.setState(domainStates.shutoff, 0);
    }
  }

  /** Boots after `powerOff`: another boot, on which its guests are defined and off. */
  powerOn(): void {
    this.#newBoot();
    this.powered = true;
    this.ssh.restore();
    this.daemon.start();
  }

  close(): void {
    this.ssh.cut();
    this.daemon.kill();
  }
}
