import type { Artifact, ArtifactKind, ArtifactLedger, HostId } from "@ferry/core";

type Key = Pick<Artifact, "hostId" | "kind" | "key">;
const keyOf = ({ hostId, kind, key }: Key): string => `${hostId} ${kind} ${key}`;

/** The ledger's contract in memory. */
export class MemoryLedger implements ArtifactLedger {
  readonly rows = new Map<string, Artifact>();

  async begin(artifact: Omit<Artifact, "state">): Promise<"mine" | "kept" | "foreign"> {
    const row = this.rows.get(keyOf(artifact));
    if (!row) this.rows.set(keyOf(artifact), { ...artifact, state: "making" });
    if (row?.state === "kept") return "kept";
    return !row || row.migrationId === artifact.migrationId ? "mine" : "foreign";
  }
  made = async (key: Key): Promise<void> => this.change(key, "made");
  keep = async (key: Key): Promise<void> => this.change(key, "kept");
  forget = async (key: Key): Promise<void> => void this.rows.delete(keyOf(key));
  find = async (hostId: HostId, kind: ArtifactKind, key: string): Promise<Artifact | null> =>
    this.rows.get(keyOf({ hostId, kind, key })) ?? null;
  ofMigration = async (id: string, kind?: ArtifactKind): Promise<Artifact[]> =>
    [...this.rows.values()].filter((row) => row.migrationId === id && row.state !== "kept" && (!kind || row.kind === kind));

  /** `kind key state` of each entry. */
  list = (): string[] => [...this.rows.values()].map(({ kind, key, state }) => `${kind} ${key} ${state}`);

  private change(key: Key, state: Artifact["state"]): void {
    const row = this.rows.get(keyOf(key));
    if (!row) throw new Error(`the ledger has no entry ${keyOf(key)}`);
    this.rows.set(keyOf(key), { ...row, state });
  }
}
