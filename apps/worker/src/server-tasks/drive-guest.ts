import { FerryError, fail, type HostPorts, type Hypervisor, isFerryError, lifecycle, type PowerAction, SECOND } from "@ferry/core";
import type { ServerTaskOrder, ServerTaskRecord } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { isSilence } from "../is-silence.ts";
import { guestNews } from "./guest-news.ts";
import { type Act, nextMove, type Seen } from "./next-move.ts";

/** A host that says nothing for longer than this ends the action. */
const silencePatienceMs = 60 * SECOND;
const lookAgainAfterMs = 2 * SECOND;

const acts: Readonly<Record<Act, (hypervisor: Hypervisor, uuid: string) => Promise<void>>> = {
  start: (hypervisor, uuid) => hypervisor.start(uuid),
  shutdown: (hypervisor, uuid) => hypervisor.shutdown(uuid),
  destroy: (hypervisor, uuid) => hypervisor.destroy(uuid),
  pause: (hypervisor, uuid) => hypervisor.pause(uuid),
  resume: (hypervisor, uuid) => hypervisor.resume(uuid),
  "managed-save": (hypervisor, uuid) => hypervisor.managedSave(uuid),
  "drop-saved": (hypervisor, uuid) => hypervisor.dropManagedSave(uuid),
  undefine: (hypervisor, uuid) => hypervisor.undefine(uuid, { purge: true }),
};

/** Look again at once, look again later, or it is as wanted. */
type Next = "again" | "later" | "settled";

/** An order about how the guest runs. */
export type PowerOrder = ServerTaskOrder & { readonly action: PowerAction };

/** Brings one guest to where its task wants it. Everything it needs to know after a crash it learns from the host and the task's one mark. */
export class GuestDrive {
  /** What this worker has done to the guest. */
  readonly done = new Set<Act>();
  readonly #order: PowerOrder;
  readonly #task: Pick<ServerTaskRecord, "confirm" | "noteOff">;
  readonly #host: HostPorts;
  readonly #clock: Worker["clock"];
  #wasOff: boolean;
  #askedAt: number | null = null;
  #heardAt: number;
  #failed: { readonly act: Act; readonly error: FerryError } | null = null;

  constructor(order: PowerOrder, task: Pick<ServerTaskRecord, "confirm" | "noteOff">, host: HostPorts, clock: Worker["clock"]) {
    this.#order = order;
    this.#task = task;
    this.#host = host;
    this.#clock = clock;
    this.#wasOff = order.wasOff;
    this.#heardAt = clock.now();
  }

  /**
   * Looks at the guest, does the next thing, and looks again, until it is as wanted; returns how it was seen then. Throws SERVER_GONE,
   * SERVER_NOT_AS_WANTED, TASK_FENCED, HOST_UNREACHABLE, or the error of what was refused by the host.
   */
  async run(): Promise<Seen> {
    const over = new AbortController();
    const news = guestNews(this.#host.hypervisor, this.#order.serverId, this.#clock, over.signal);
    const startedAt = this.#clock.now();
    try {
      for (;;) {
        const seen = await this.#look();
        const next = seen === null ? "later" : await this.#step(seen, this.#clock.now() - startedAt);
        if (seen !== null && next === "settled") return seen;
        if (next === "later") await news.next(lookAgainAfterMs);
      }
    } finally {
      over.abort();
    }
  }

  /** Null while the host is silent. */
  async #look(): Promise<Seen | null> {
    const seen = await this.#host.hypervisor.observe(this.#order.serverId);
    if (seen.kind !== "unreachable") {
      this.#heardAt = this.#clock.now();
      return seen;
    }
    if (this.#clock.now() - this.#heardAt > silencePatienceMs) throw new FerryError("HOST_UNREACHABLE", seen.problem);
    return null;
  }

  async #step(seen: Seen, elapsedMs: number): Promise<Next> {
    const { serverId: id, hostName: host } = this.#order;
    const { name: action } = lifecycle[this.#order.action];
    const move = nextMove(this.#order.action, await this.#situation(seen, elapsedMs));
    switch (move.kind) {
      case "done":
        return "settled";
      case "wait":
        return "later";
      case "note-off":
        await this.#task.noteOff();
        this.#wasOff = true;
        return "again";
      case "gone":
        throw fail("SERVER_GONE", { action, id, host });
      case "stuck":
        throw this.#failed?.error ?? fail("SERVER_NOT_AS_WANTED", { action, id, host, state: wordsOf(seen), wanted: move.wanted });
      case "act":
        if (this.#failed?.act === move.act) throw this.#failed.error;
        return await this.#act(move.act);
    }
  }

  async #situation(seen: Seen, elapsedMs: number) {
    const saving = this.#order.action === "suspend" && isOn(seen) && (await this.#isSaving());
    const askedAgoMs = this.#askedAt === null ? null : this.#clock.now() - this.#askedAt;
    return { seen, saving, wasOff: this.#wasOff, done: this.done, elapsedMs, askedAgoMs };
  }

  /** A host that falls silent at this question is asked again, as one that is at work would be. */
  async #isSaving(): Promise<boolean> {
    try {
      return (await this.#host.hypervisor.job(this.#order.serverId)).kind === "running";
    } catch (error) {
      if (isSilence(error)) return true;
      throw error;
    }
  }

  /** An answer that was lost is no failure: the next look shows whether the act happened. */
  async #act(act: Act): Promise<Next> {
    await this.#task.confirm();
    try {
      if (act === "shutdown") this.#askedAt = this.#clock.now();
      await acts[act](this.#host.hypervisor, this.#order.serverId);
      this.done.add(act);
      return act === "shutdown" ? "later" : "again";
    } catch (error) {
      if (isSilence(error)) return "later";
      if (!isFerryError(error)) throw error;
      this.#failed = { act, error };
      return "again";
    }
  }
}

const isOn = (seen: Seen): boolean => seen.kind === "present" && (seen.state === "running" || seen.state === "paused");

const wordsOf = (seen: Seen): string => (seen.kind === "absent" ? "not there" : seen.state === "shutoff" ? "off" : seen.state);
