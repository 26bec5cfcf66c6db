import type { Tenancy } from "../tenancy.ts";
import type { MigrationNumbers } from "./numbers.ts";

/** What has happened so far on the source of a migration. */
export type OutgoingPhase = "begun" | "performing" | "performed" | "failed" | "cancelled";

/** A migration that leaves this host. */
export interface OutgoingJob {
  readonly direction: "outgoing";
  phase: OutgoingPhase;
  readonly flags: number;
  /** Whose end ends the job; null for a job that the daemon itself drives. */
  readonly owner: Tenancy | null;
  /** The guest was paused before it all began. */
  readonly wasPaused: boolean;
  abortRequested: boolean;
  /** The streams to the other host were broken by the monitor command. */
  yanked: boolean;
  readonly numbers: MigrationNumbers;
}

/** A migration that comes to this host. */
export interface IncomingJob {
  readonly direction: "incoming";
  readonly flags: number;
  /** Port on which the process waits. */
  readonly port: number;
  readonly address: string;
  /** Whose end kills the half guest. */
  readonly owner: Tenancy;
  readonly persistentXml: string | null;
}
