import type { FlavorSnapshot, OrderMode } from "@ferry/core";
import { FakeFile, type FakeHost, type GuestSpec } from "@ferry/testkit";

/** What is moved and how. */
export interface Scenario {
  readonly name: string;
  readonly transport: "p2p" | "direct";
  readonly guest: GuestSpec;
  /** A cold move to this size. */
  readonly resize?: Pick<FlavorSnapshot, "memoryMiB" | "vcpus" | "rootGiB">;
  /** Default: live. */
  readonly mode?: OrderMode;
  /** The guest is shut off before the move. */
  readonly off?: boolean;
  /** The guest does not react to a request to shut down. */
  readonly deaf?: boolean;
  /** Makes what the guest needs on both hosts before it starts. */
  readonly furnish?: (source: FakeHost, destination: FakeHost) => void;
}

const plainGuest: GuestSpec = { name: "lm001" };

const RULES = "<rule action='drop' direction='out' priority='500'><mac match='no' srcmacaddr='$MAC'/></rule>";

/** Two disks, one of them an overlay whose base the destination lacks, in a pool that is stopped there; an ISO image; a stopped network; filters. */
const richGuest: GuestSpec = {
  name: "lm001",
  disks: [
    { path: "/var/lib/libvirt/images/lm001.qcow2" },
    { path: "/srv/ssd/lm001-data.qcow2", backing: "/srv/ssd/base.qcow2" },
    { path: "/var/lib/libvirt/images/install.iso", target: "sda", medium: true, capacityBytes: 64 * 1024 },
  ],
  network: "tenant",
  filter: "lm001-guard",
};

function furnishRichly(source: FakeHost, destination: FakeHost): void {
  source.pools.add("ssd", "/srv/ssd");
  destination.pools.add("ssd", "/srv/ssd").stop();
  source.addNetwork("tenant", { active: true });
  destination.addNetwork("tenant", { active: false });
  source.addNwfilter("base-guard", RULES);
  source.addNwfilter("lm001-guard", "<filterref filter='base-guard'/>");
}

/** A directory that both hosts mount. */
function furnishShared(source: FakeHost, destination: FakeHost): void {
  source.shareDirectory("/srv/shared", destination);
  for (const host of [source, destination]) host.pools.add("shared", "/srv/shared");
}

const transports = ["p2p", "direct"] as const;

/** Every step of the plan has something to do here. */
export const richMoves: readonly Scenario[] = transports.map((transport) => ({
  name: `${transport}, with all there is`,
  transport,
  guest: richGuest,
  furnish: furnishRichly,
}));

export const plainMoves: readonly Scenario[] = transports.map((transport) => ({
  name: `${transport}, one disk`,
  transport,
  guest: plainGuest,
}));

export const pausedMoves: readonly Scenario[] = transports.map((transport) => ({
  name: `${transport}, a paused guest`,
  transport,
  guest: { ...plainGuest, paused: true },
}));

export const sharedMoves: readonly Scenario[] = transports.map((transport) => ({
  name: `${transport}, shared storage`,
  transport,
  guest: { name: "lm001", disks: [{ path: "/srv/shared/lm001.qcow2" }] },
  furnish: furnishShared,
}));

/** One disk stays where both hosts see it, the other is raw and copied. */
export const mixedMoves: readonly Scenario[] = transports.map((transport) => ({
  name: `${transport}, a shared and a local disk`,
  transport,
  guest: { name: "lm001", disks: [{ path: "/srv/shared/lm001.qcow2" }, { path: "/var/lib/libvirt/images/lm001.raw", format: "raw" }] },
  furnish: furnishShared,
}));

export const allMoves: readonly Scenario[] = [...richMoves, ...plainMoves, ...pausedMoves, ...sharedMoves, ...mixedMoves];

const direct = { transport: "direct" } as const;
const sharedGuest: GuestSpec = { name: "lm001", disks: [{ path: "/srv/shared/lm001.qcow2" }] };
const twoDisks: GuestSpec = {
  name: "lm001",
  disks: [{ path: "/var/lib/libvirt/images/lm001.qcow2" }, { path: "/srv/ssd/lm001-data.raw", format: "raw" }],
  network: "tenant",
  filter: "lm001-guard",
};

/** Cold migrations: of a running guest with all there is, of one that is off, and of one whose disks both hosts see. */
export const coldMoves: readonly Scenario[] = [
  { name: "cold, with all there is", ...direct, mode: "cold", guest: richGuest, furnish: furnishRichly },
  { name: "cold, a guest that is off", ...direct, mode: "cold", off: true, guest: twoDisks, furnish: furnishRichly },
  { name: "cold, shared storage", ...direct, mode: "cold", guest: sharedGuest, furnish: furnishShared },
];

/** Cold moves to another size: with a larger disk, and of a guest that is off to one with less memory. */
export const resizes: readonly Scenario[] = [
  {
    name: "resize, with all there is",
    ...direct,
    mode: "cold",
    guest: richGuest,
    furnish: furnishRichly,
    resize: { memoryMiB: 384, vcpus: 2, rootGiB: 1 },
  },
  {
    name: "resize, a guest that is off",
    ...direct,
    mode: "cold",
    off: true,
    guest: twoDisks,
    furnish: furnishRichly,
    resize: { memoryMiB: 128, vcpus: 3, rootGiB: 0 },
  },
];

/** Moves with the running state in a file, and of a definition alone: nothing to confirm. */
export const stateMoves: readonly Scenario[] = [
  { name: "saved, with all there is", ...direct, mode: "saved", guest: richGuest, furnish: furnishRichly },
  { name: "saved, a paused guest", ...direct, mode: "saved", guest: { ...plainGuest, paused: true } },
  { name: "saved, shared storage", ...direct, mode: "saved", guest: sharedGuest, furnish: furnishShared },
  { name: "offline", ...direct, mode: "offline", off: true, guest: sharedGuest, furnish: furnishShared },
];

/** Evacuations of a host that has died: of a guest that ran, and of one that was off. */
export const evacuations: readonly Scenario[] = [
  { name: "evacuate, a guest that ran", ...direct, mode: "evacuate", guest: { ...sharedGuest, network: "tenant" }, furnish: furnishRefuge },
  { name: "evacuate, a guest that was off", ...direct, mode: "evacuate", off: true, guest: sharedGuest, furnish: furnishShared },
];

/** The network that the guest needs is stopped at the destination. */
function furnishRefuge(source: FakeHost, destination: FakeHost): void {
  furnishShared(source, destination);
  source.addNetwork("tenant", { active: true });
  destination.addNetwork("tenant", { active: false });
}

/** What others have on the hosts: none of it may change. */
export function placeDecoys(host: FakeHost): void {
  host.addNwfilter("decoy-filter", RULES);
  host.addNetwork("decoy-network", { active: false });
  host.files.put("/var/lib/libvirt/images/decoy.iso", "somebody's installation medium");
  host.files.put("/var/lib/libvirt/images/lm001.qcow2.bak", "a copy that somebody made");
  host.files.put("/root/.ssh/authorized_keys", new FakeFile(`ssh-ed25519 AAAAdecoy somebody@${host.name}\n# a comment without end`, 0o600));
  host.files.put("/root/.ssh/known_hosts", new FakeFile("git.example ssh-ed25519 AAAAdecoy\n", 0o644));
  host.files.put("/root/.ssh/ferry-of-somebody", new FakeFile("not ferry's at all", 0o600));
}
