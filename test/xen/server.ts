import type { MigrationRecord } from "../stack/api-client.ts";
import type { Stack } from "../stack/stack.ts";

const AT_REST = ["finished", "completed", "confirmed", "failed", "cancelled", "error"];

/** How long a move may take: nothing here is fast. */
export const MOVE_TIMEOUT_MS = 400_000;

type StillMode = "cold" | "offline" | "saved";

/** One server, over the wire of Nova's API. */
export class ServerOverApi {
  private readonly api: Stack["api"];
  private readonly id: string;

  constructor({ api }: Stack, id: string) {
    this.api = api;
    this.id = id;
  }

  /** Moves it live and waits for the end. */
  async moveLive(host: string, transport?: "direct"): Promise<MigrationRecord> {
    const path = await this.api.migrate(this.id, host, transport === undefined ? {} : { transport });
    return await this.api.untilEnded(path, MOVE_TIMEOUT_MS);
  }

  /** Moves it while it does not run, and waits until that has ended or waits to be confirmed. */
  async moveStill(mode: StillMode, host: string): Promise<MigrationRecord> {
    const path = `/v2.1/servers/${this.id}/action`;
    const { headers } = await this.api.ok("POST", path, { migrate: { host } }, "2.56", { "X-Ferry-Mode": mode });
    return await this.atRest(new URL(headers.get("location") ?? "").pathname);
  }

  async confirm({ id }: MigrationRecord): Promise<MigrationRecord> {
    await this.act({ confirmResize: null });
    return await this.atRest(`/ferry/v1/migrations/${id}`);
  }

  /** Asks for an action of Nova's, `{ pause: null }`, and waits until the server shows what came of it. */
  async actUntil(action: Readonly<Record<string, null>>, status: string): Promise<void> {
    await this.act(action);
    const isSo = async (): Promise<true | null> => ((await this.status()) === status ? true : null);
    await this.api.until(`the server is shown as ${status}`, isSo, MOVE_TIMEOUT_MS);
  }

  /** Nova's word for its state; with a task in it, that one is added. */
  async status(): Promise<string> {
    const { server } = (await this.api.ok("GET", `/v2.1/servers/${this.id}`)).body as { server: Record<string, string | null> };
    const task = server["OS-EXT-STS:task_state"] ?? null;
    return task === null ? `${server["status"]}` : `${server["status"]} (${task})`;
  }

  private async act(action: Readonly<Record<string, null>>): Promise<void> {
    await this.api.ok("POST", `/v2.1/servers/${this.id}/action`, action);
  }

  private atRest(path: string): Promise<MigrationRecord> {
    const look = async (): Promise<MigrationRecord | null> => {
      const record = await this.api.migration(path);
      return AT_REST.includes(record.status) ? record : null;
    };
    return this.api.until(`the migration ${path} is at rest`, look, MOVE_TIMEOUT_MS);
  }
}
