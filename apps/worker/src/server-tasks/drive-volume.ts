import {
  type Clock,
  type FerryError,
  fail,
  type HostPorts,
  hasCode,
  isFerryError,
  lifecycle,
  type PluggableDisk,
  type PlugPlaces,
  SECOND,
  type VolumeAction,
} from "@ferry/core";
import type { AttachmentRow, ServerTaskOrder, ServerTaskRecord, VolumeRow } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { isSilence } from "../is-silence.ts";
import { findSource } from "../volumes/find-source.ts";
import { refuseUsed } from "../volumes/refuse-used.ts";
import { guestNews } from "./guest-news.ts";
import { nextPlug, type PlugMove, releasePatienceMs } from "./next-plug.ts";
import { placeAt } from "./volume-places.ts";
import { lookForVolume, type SeenVolume } from "./volume-seen.ts";

type VolumeOrder = ServerTaskOrder & { readonly action: VolumeAction };
type Claimed = VolumeRow & { readonly attachment: AttachmentRow };

const lookAgainAfterMs = 2 * SECOND;
/** How long after its first silence a host is asked on: an answer that was lost is no failure, the next look shows what happened. */
const silencePatienceMs = 60 * SECOND;

/**
 * Plugs the volume in, or pulls it out, by looking at the guest, doing the next thing, and looking again; then records what came of it. All that it
 * needs after a crash it learns from the host and the claim. Throws what the host refuses, HOST_UNREACHABLE and LIBVIRT_UNAVAILABLE when it stays
 * silent; what that left is looked for by the caller.
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
  #silentAt: number | null = null;
  #refused: FerryError | null = null;

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
        const next = await this.#step(this.#clock.now() - startedAt);
        if (next !== "again" && next !== "later") return next;
        if (next === "later") await news.next(lookAgainAfterMs);
      }
    } finally {
      over.abort();
    }
  }

  /** The guest as it was seen when nothing was left to do; otherwise when to look again. */
  async #step(elapsedMs: number): Promise<SeenVolume | "again" | "later"> {
    try {
      const seen = await this.#look();
      const askedAgoMs = this.#askedAt === null ? null : this.#clock.now() - this.#askedAt;
      const move = nextPlug(this.#order.action, seen.view, { elapsedMs, askedAgoMs });
      if (move.kind === "done") return seen;
      if (move.kind === "wait") return "later";
      await this.#do(move, seen);
      return "again";
    } catch (error) {
      if (!isSilence(error) || this.#silentForMs() > silencePatienceMs) throw error;
      return "later";
    }
  }

  #silentForMs(): number {
    this.#silentAt ??= this.#clock.now();
    return this.#clock.now() - this.#silentAt;
  }

  async #look(): Promise<SeenVolume> {
    const { serverId: id, hostName: host, action } = this.#order;
    const seen = await lookForVolume(id, this.#volume, this.#host);
    if (seen === null) throw fail("SERVER_GONE", { action: lifecycle[action].name, id, host });
    return seen;
  }

  async #do(move: Exclude<PlugMove, { kind: "wait" | "done" }>, seen: SeenVolume): Promise<void> {
    if (move.kind === "held") throw this.#held();
    // libvirt changes both places or none: a request that left the definition as it was had no effect.
    if (this.#refused !== null && (move.kind === "plug" || move.places.config)) throw this.#refused;
    if (move.kind === "plug") await this.#plug(move.places, seen);
    else await this.#unplug(move.places, seen);
  }

  async #plug(places: PlugPlaces, seen: SeenVolume): Promise<void> {
    const disk = await this.#fitFor(seen);
    await this.#request(({ hypervisor }) => hypervisor.attachDisk(this.#order.serverId, disk, places));
  }

  async #unplug(places: PlugPlaces, seen: SeenVolume): Promise<void> {
    const target = seen.disks[0]?.target ?? this.#volume.attachment.target;
    await this.#notePlace(seen);
    if (places.live) this.#askedAt = this.#clock.now();
    await this.#request(({ hypervisor }) => hypervisor.detachDisk(this.#order.serverId, target, places));
  }

  /** A refusal may be due to a request that is still under way, of this worker or of one before it: the next look tells. */
  async #request(change: (host: HostPorts) => Promise<void>): Promise<void> {
    await this.#task.confirm();
    try {
      await change(this.#host);
    } catch (error) {
      if (!isFerryError(error) || !hasCode(error, "HYPERVISOR_CALL_FAILED")) throw error;
      this.#refused = error;
    }
  }

  /** The disk to plug in; refused when something else has its name, or another guest has the volume. */
  async #fitFor(seen: SeenVolume): Promise<PluggableDisk> {
    const { id, format, attachment } = this.#volume;
    const { serverId } = this.#order;
    if (seen.nameTaken) throw fail("DEVICE_TAKEN", { id: serverId, device: `/dev/${attachment.target}` });
    const source = await findSource(this.#volume, serverId, this.#host);
    await refuseUsed({ action: "attach", id, except: serverId }, source, this.#host);
    return { target: attachment.target, serial: id, format, source };
  }

  /** Before it is pulled out, because afterwards nothing names it: a move may have brought it to another place. */
  async #notePlace({ disks: [disk] }: SeenVolume): Promise<void> {
    const path = disk?.source.type === "file" || disk?.source.type === "block" ? disk.source.path : null;
    const place = path === null ? null : await placeAt(path, this.#host);
    if (place !== null) await this.#task.placeVolume(this.#volume.id, place);
  }

  #held(): Error {
    const { id, attachment } = this.#volume;
    const device = `/dev/${attachment.target}`;
    return fail("VOLUME_HELD", { id, server: this.#order.serverId, device, seconds: releasePatienceMs / SECOND });
  }
}
