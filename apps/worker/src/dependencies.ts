import type { Clock, ConfigDrives, EventSink, Hosts } from "@ferry/core";
import type { FaultProbe } from "@ferry/engine";
import type { MigrationSettings, VirtType } from "@ferry/migration";
import type { Owner, Store } from "@ferry/store";
import type { Logger } from "pino";
import type { AbortSignals } from "./abort-signals.ts";

/** What a worker is made of; joined in main.ts. */
export interface Worker {
  readonly owner: string;
  readonly store: Store;
  readonly hosts: Hosts;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly settings: MigrationSettings;
  readonly aborts: AbortSignals;
  readonly faults: FaultProbe;
  readonly log: Logger;
  /** How new servers are made. */
  readonly making: { readonly virtType: VirtType; readonly configDrives: ConfigDrives };
  /** ferry's public key line for authorized_keys. */
  readonly publicKey: string;
  /** Whose the guests are that ferry finds on hosts. */
  readonly adopter: () => Promise<Owner>;
}
