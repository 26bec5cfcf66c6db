import { BeatWatch, virsh } from "../lab/index.ts";
import { type BenchWorld, type HostName, otherHost } from "./bench-world.ts";

/** What a move by virsh took, in ms. */
export interface VirshMove {
  readonly to: HostName;
  /** From the start of the command to its end. */
  readonly totalMs: number;
  /** As the destination's libvirt reports it. */
  readonly downtimeMs: number;
  /** When a peer heard the guest again, at the destination: the part of the move that is libvirt's and QEMU's, whoever drives it. */
  readonly heardAgainMs: number;
  /** Longest silence on the network. */
  readonly gapMs: number;
}

const MIGRATE_WITHIN_MS = 300_000;

/** `virsh migrate` with the flags that ferry gives to libvirt, run on the source; only the command is timed. `copy` says which disks go along. */
export async function moveByVirsh(world: BenchWorld, to: HostName, copy: readonly string[] = ["--copy-storage-all"]): Promise<VirshMove> {
  const [source, destination] = [world.host(otherHost(to)), world.host(to)];
  const flags = ["--live", "--p2p", "--persistent", "--undefinesource", ...copy, "--abort-on-error"];
  const addresses = ["--migrateuri", `tcp://${destination.address}`, "--listen-address", destination.address];
  const peer = `qemu+ssh://root@${destination.address}/system?no_tty=1`;
  const beats = await BeatWatch.start(world.guestAddress);
  const startedAt = performance.now();
  await source.exec(["virsh", "--connect", "qemu:///system", "migrate", ...flags, ...addresses, world.guest, peer], {
    timeoutMs: MIGRATE_WITHIN_MS,
  });
  const totalMs = performance.now() - startedAt;
  const { maxGapMs, maxGapEndedAt } = beats.stop();
  const statistics = await virsh(destination, ["domjobinfo", "--completed", "--rawstats", world.guest]);
  await world.deleteDisksOn(otherHost(to));
  return {
    to,
    totalMs,
    downtimeMs: Number(/^\s*downtime: (\d+)$/m.exec(statistics)?.[1]),
    heardAgainMs: maxGapEndedAt - startedAt,
    gapMs: maxGapMs,
  };
}
