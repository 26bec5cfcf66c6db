import { homedir } from "node:os";
import { join } from "node:path";

/** Where ferry keeps what it needs on one machine, and where it listens. All from the environment, all with defaults. */
export interface Settings {
  /** Embedded database, SSH key. `FERRY_STATE_DIR`; /var/lib/ferry for root, ~/.local/state/ferry for others. */
  readonly stateDirectory: string;
  /** What the command line tool reads: `FERRY_HOME`, ~/.ferry. */
  readonly homeDirectory: string;
  /** `FERRY_LISTEN`, host:port; 127.0.0.1:8774. */
  readonly listen: string;
  /** `DATABASE_URL`: a PostgreSQL of one's own instead of the embedded one. */
  readonly databaseUrl: string | null;
  /** `FERRY_KEYSTONE_URL`: an existing Keystone has the users, so there is no first one to write logins for. */
  readonly keystoneUrl: string | null;
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const asRoot = process.getuid?.() === 0;
  return {
    stateDirectory: env["FERRY_STATE_DIR"] ?? (asRoot ? "/var/lib/ferry" : join(homedir(), ".local", "state", "ferry")),
    homeDirectory: env["FERRY_HOME"] ?? join(homedir(), ".ferry"),
    listen: env["FERRY_LISTEN"] ?? "127.0.0.1:8774",
    databaseUrl: env["DATABASE_URL"] ?? null,
    keystoneUrl: env["FERRY_KEYSTONE_URL"] || null,
  };
}
