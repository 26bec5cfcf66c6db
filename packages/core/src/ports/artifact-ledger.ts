import type { HostId, MigrationId } from "../ids.ts";

/**
 * The ledger of what ferry makes on hosts. An entry is written before the thing is made and removed after it is gone or has been handed to the
 * server for good, so that after a crash nothing of ours is missed and nothing of others is touched.
 */
export const artifactKinds = [
  "volume",
  "base-image",
  "pool-start",
  "network-start",
  "nwfilter",
  "peer-key",
  "saved-state",
  "definition",
] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

export interface Artifact {
  readonly hostId: HostId;
  readonly kind: ArtifactKind;
  /** Unique per host and kind: a path, a name, a uuid. */
  readonly key: string;
  readonly migrationId: MigrationId;
  /** `making`: may or may not exist, content not to be trusted. `made`: exists. `kept`: stays after the migration, still known as ferry's. */
  readonly state: "making" | "made" | "kept";
}

export interface ArtifactLedger {
  /**
   * Enters an artifact as `making`. `mine`: entered now or earlier by this migration. `kept`: it exists since an earlier migration, use it.
   * `foreign`: an unfinished other migration is making it.
   */
  begin(artifact: Omit<Artifact, "state">): Promise<"mine" | "kept" | "foreign">;
  made(artifact: Omit<Artifact, "state" | "migrationId">): Promise<void>;
  keep(artifact: Omit<Artifact, "state" | "migrationId">): Promise<void>;
  forget(artifact: Omit<Artifact, "state" | "migrationId">): Promise<void>;
  find(hostId: HostId, kind: ArtifactKind, key: string): Promise<Artifact | null>;
  /** What this migration made and has not handed over (`making` and `made`). */
  ofMigration(migrationId: MigrationId, kind?: ArtifactKind): Promise<Artifact[]>;
}
