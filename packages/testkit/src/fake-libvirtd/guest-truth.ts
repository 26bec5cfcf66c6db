import type { Blocks } from "./disk-image.ts";
import type { Journal } from "./journal.ts";

/** A stretch of execution on one host, in journal time. `to` is null while it lasts. */
export interface Interval {
  readonly host: string;
  readonly from: number;
  to: number | null;
}

/**
 * What is true of a guest, whatever any host believes: where it has executed, and what it has written to its disks and was told is safe there.
 * It sees when two hosts execute it at once.
 */
export class GuestTruth {
  readonly uuid: string;
  readonly intervals: Interval[] = [];
  readonly #journal: Journal;
  readonly #written = new Map<string, Record<string, string>>();
  #count = 0;

  constructor(uuid: string, journal: Journal) {
    this.uuid = uuid;
    this.#journal = journal;
  }

  /** What the guest must find on that disk. */
  expected(target: string): Blocks {
    return this.#written.get(target) ?? {};
  }

  /** What was on the disk before the guest ever ran. */
  startWith(target: string, blocks: Blocks): void {
    if (!this.#written.has(target)) this.#written.set(target, { ...blocks });
  }

  /** Another disk takes this name. */
  forget(target: string): void {
    this.#written.delete(target);
  }

  /** The next write of the guest: eight places per disk, overwritten in turn. */
  nextWrite(target: string): { block: string; content: string } {
    const content = `${this.uuid}#${++this.#count}`;
    const block = `guest-${this.#count % 8}`;
    this.#written.set(target, { ...this.expected(target), [block]: content });
    return { block, content };
  }

  /** How much the guest has written so far: memory of another moment does not fit to the disks. */
  get moment(): number {
    return this.#count;
  }

  runsOn(host: string): void {
    const other = this.runningOn().filter((name) => name !== host);
    if (other.length > 0) this.#journal.violation(`I1: guest ${this.uuid} starts on ${host} while it runs on ${other.join(", ")}`);
    this.intervals.push({ host, from: this.#journal.note(host, "guest-runs", this.uuid), to: null });
  }

  stopsOn(host: string): void {
    const at = this.#journal.note(host, "guest-stops", this.uuid);
    for (const interval of this.intervals) if (interval.host === host && interval.to === null) interval.to = at;
  }

  /** Hosts that execute it now. */
  runningOn(): string[] {
    return this.intervals.filter((interval) => interval.to === null).map((interval) => interval.host);
  }
}
