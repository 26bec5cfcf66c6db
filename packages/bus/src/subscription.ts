import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { fits, payloadLimitBytes } from "./messages.ts";

export interface SubscriptionHandlers {
  message(channel: string, payload: string): void;
  /** It listens again after a gap. */
  resynced(): void;
  error(error: Error): void;
}

/** A silent connection is asked for a sign of life this often, and given up when none comes within the same time. */
const heartbeatMs = 10_000;
const firstDelayMs = 50;
const longestDelayMs = 5_000;

/**
 * One PostgreSQL connection that listens. States: `idle` until `open`; `listening`; `broken` from the loss of the connection until it listens again (what is
 * sent meanwhile is dropped); `closed` for good. Only `connect`, `lost` and `close` change the state.
 */
export class Subscription {
  private client: Client | null = null;
  private state: "idle" | "listening" | "broken" | "closed" = "idle";
  private heartbeat: NodeJS.Timeout | null = null;
  private readonly stop = new AbortController();
  private readonly connectionString: string;
  private readonly channels: readonly string[];
  private readonly handlers: SubscriptionHandlers;

  constructor(connectionString: string, channels: readonly string[], handlers: SubscriptionHandlers) {
    this.connectionString = connectionString;
    this.channels = channels;
    this.handlers = handlers;
  }

  async open(): Promise<void> {
    await this.connect();
  }

  /** Sends at once and does not wait. Throws when the payload is too long for PostgreSQL. */
  notify(channel: string, payload: string): void {
    if (!fits(payload)) throw new RangeError(`Cannot notify ${channel}: the payload has more than ${payloadLimitBytes} bytes.`);
    if (this.state !== "listening" || this.client === null) return;
    this.client.query("SELECT pg_notify($1, $2)", [channel, payload]).catch((error: Error) => this.handlers.error(error));
  }

  async close(): Promise<void> {
    this.state = "closed";
    this.stop.abort();
    await this.drop();
  }

  private async connect(): Promise<void> {
    const client = new Client({ connectionString: this.connectionString, keepAlive: true, application_name: "ferry-events" });
    client.on("error", (error) => this.lost(client, error));
    client.on("end", () => this.lost(client, new Error("The database closed the connection that listens for events.")));
    client.on("notification", ({ channel, payload }) => this.handlers.message(channel, payload ?? ""));
    try {
      await client.connect();
      await client.query(this.channels.map((channel) => `LISTEN ${channel}`).join(";"));
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.state === "closed") return await client.end();
    this.client = client;
    this.state = "listening";
    this.heartbeat = setInterval(() => void this.beat(client), heartbeatMs).unref();
  }

  private async beat(client: Client): Promise<void> {
    const answered = client.query("SELECT 1").then(
      () => true,
      () => false,
    );
    const late = sleep(heartbeatMs, false, { ref: false });
    if (!(await Promise.race([answered, late])))
      this.lost(client, new Error("The database did not answer on the connection that listens for events."));
  }

  private lost(client: Client, error: Error): void {
    if (client !== this.client || this.state !== "listening") return;
    this.state = "broken";
    this.handlers.error(error);
    void this.drop();
    void this.reconnect();
  }

  private async reconnect(): Promise<void> {
    for (let delayMs = firstDelayMs; this.state === "broken"; delayMs = Math.min(2 * delayMs, longestDelayMs)) {
      try {
        await this.connect();
        if (this.isListening()) this.handlers.resynced();
        return;
      } catch (error) {
        this.handlers.error(error as Error);
        await sleep(delayMs, undefined, { signal: this.stop.signal }).catch(() => undefined);
      }
    }
  }

  private isListening(): boolean {
    return this.state === "listening";
  }

  private async drop(): Promise<void> {
    const client = this.client;
    this.client = null;
    if (this.heartbeat !== null) clearInterval(this.heartbeat);
    await client?.end().catch(() => undefined);
  }
}
