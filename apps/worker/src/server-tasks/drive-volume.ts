import { type Clock, fail, type HostPorts, hasCode, lifecycle, type PluggableDisk, SECOND, type VolumeAction } from "@ferry/core";
import type { AttachmentRow, ServerTaskOrder, ServerTaskRecord, VolumeRow } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { findSource } from "../volumes/find-source.ts";
import { refuseUsed } from "../volumes/refuse-used.ts";
import { guestNews } from "./guest-news.ts";
import { nextPlug, type PlugMove, releasePatienceMs } from "./next-plug.ts";
import { placeAt } from "./volume-places.ts";
import { isSource, lookForDisk, type SeenVolume } from "./volume-seen.ts";

type VolumeOrder = ServerTaskOrder & { readonly action: VolumeAction };
type Claimed = VolumeRow & { readonly attachment: AttachmentRow };

const lookAgainAfterMs = 2 * SECOND;

/**
 * Plugs the volume in, or pulls it out, by looking at the guest, doing the next thing, and looking again; then records what came of it. All that it
 * needs after a crash it learns from the host and the claim. Throws what the host refuses; what that left is looked for by the caller.
 */
export async function driveVolume(
  order: VolumeOrder,
  task: ServerTaskRecord,
  host: HostPorts,
  { clock }: Pick<Worker, "clock">,
): Promise<void> {
  const volume = await task.volume();
  if (volume?.attachment == null) throw fail("TASK_WITHDRAWN", { by: lifecycle[order.action].name });
  const drive = new VolumeDrive(order, { ...volume, attachment: volume.attachment }, task, host, clock);
  const { guest } = await drive.run();
  await task.saveDefinition(guest.definition);
  await task.succeed(guest);
}

class VolumeDrive {
  readonly #order: VolumeOrder;
  readonly #volume: Claimed;
  readonly #task: ServerTaskRecord;
  readonly #host: HostPorts;
  readonly #clock: Clock;
  #askedAt: number | null = null;

  constructor(order: VolumeOrder, volume: Claimed, task: ServerTaskRecord, host: HostPorts, clock: Clock) {
    this.#order = order;
    this.#volume = volume;
    this.#task = task;
    this.#host = host;
    this.#clock = clock;
  }

  async run(): Promise<SeenVolume> {
    const over = new AbortController();
    const news = guestNews(this.#host.hypervisor, this.#order.serverId, this.#clock, over.signal);
    const startedAt = this.#clock.now();
    try {
      for (;;) {
        const seen = await this.#look();
        const askedAgoMs = this.#askedAt === null ? null : this.#clock.now() - this.#askedAt;
        const move = nextPlug(this.#order.action, seen.view, { elapsedMs: this.#clock.now() - startedAt, askedAgoMs });
        if (move.kind === "done") return seen;
        if (move.kind === "wait") await news.next(lookAgainAfterMs);
        else await this.#do(move, seen);
      }
    } finally {
      over.abort();
    }
  }

  async #look(): Promise<SeenVolume> {
    const { serverId: id, hostName: host, action } = this.#order;
    const seen = await lookForDisk(id, this.#volume.attachment.target, this.#host);
    if (seen === null) throw fail("SERVER_GONE", { action: lifecycle[action].name, id, host });
    return seen;
  }

  async #do(move: Exclude<PlugMove, { kind: "wait" | "done" }>, seen: SeenVolume): Promise<void> {
    if (move.kind === "held") throw this.#held();
    if (move.kind === "plug") {
      const disk = await this.#fitFor(seen);
      await this.#task.confirm();
      return await this.#host.hypervisor.attachDisk(this.#order.serverId, disk, move.places);
    }
    await this.#notePlace(seen);
    await this.#task.confirm();
    await this.#unplug(move);
  }

  /** The disk to plug in; refused when something else has its name, or another guest has the volume. */
  async #fitFor(seen: SeenVolume): Promise<PluggableDisk> {
    const { id, format, attachment } = this.#volume;
    const { serverId } = this.#order;
    const source = await findSource(this.#volume, serverId, this.#host);
    if (seen.disks.some((disk) => !isSource(disk, source)))
      throw fail("DEVICE_TAKEN", { id: serverId, device: `/dev/${attachment.target}` });
    await refuseUsed({ action: "attach", id, except: serverId }, source, this.#host);
    return { target: attachment.target, serial: id, format, source };
  }

  /** Before it is pulled out, because afterwards nothing names it: a move may have brought it to another place. */
  async #notePlace({ disks: [disk] }: SeenVolume): Promise<void> {
    const path = disk?.source.type === "file" || disk?.source.type === "block" ? disk.source.path : null;
    const place = path === null ? null : await placeAt(path, this.#host);
    if (place !== null) await this.#task.placeVolume(this.#volume.id, place);
  }

  /** A request that is repeated while the first one is pending may be refused: the next look tells. */
  async #unplug({ places }: Extract<PlugMove, { kind: "unplug" }>): Promise<void> {
    const again = this.#askedAt !== null;
    if (places.live) this.#askedAt = this.#clock.now();
    try {
      await this.#host.hypervisor.detachDisk(this.#order.serverId, this.#volume.attachment.target, places);
    } catch (error) {
      if (!again || !hasCode(error, "HYPERVISOR_CALL_FAILED")) throw error;
    }
  }

  #held(): Error {
    const { id, attachment } = this.#volume;
    const device = `/dev/${attachment.target}`;
    return fail("VOLUME_HELD", { id, server: this.#order.serverId, device, seconds: releasePatienceMs / SECOND });
  }
}
