import { setTimeout as sleep } from "node:timers/promises";

export interface Login {
  readonly username: string;
  readonly password: string;
  readonly project: string;
}

/** One HTTP answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface MigrateOptions {
  /** Without it ferry chooses. */
  readonly transport?: "p2p" | "direct";
  /** "auto" when not given. */
  readonly blockMigration?: boolean | "auto";
  readonly microversion?: string;
  /** Further headers of ferry's own, `X-Ferry-Leave` and the like. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The parts of ferry's migration record that tests look at. */
export interface MigrationRecord {
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly source_host: string | null;
  readonly destination_host: string | null;
  readonly transport: string | null;
  readonly problem: { readonly code: string | null; readonly sentence: string } | null;
  readonly checks: readonly {
    readonly check: string;
    readonly verdict: string;
    readonly sentence: string;
    readonly remedy: string | null;
  }[];
  readonly steps: readonly { readonly name: string; readonly state: string; readonly problem: string | null; readonly attempts: number }[];
  readonly progress: {
    readonly step: string;
    readonly disk_total_bytes: number | null;
    readonly disk_remaining_bytes: number | null;
  } | null;
  readonly summary: {
    readonly total_ms: number | null;
    readonly downtime_ms: number | null;
    readonly memory_bytes: number | null;
    readonly disk_bytes: number | null;
  } | null;
  readonly outcome: Readonly<Record<string, unknown>>;
  readonly virsh: string | null;
  readonly pending_work: boolean;
}

const FINAL = ["completed", "done", "failed", "cancelled", "error"];

/** A small REST client of its own, so that what is tested is the wire and not ferry's own client. */
export class ApiClient {
  readonly url: string;
  private readonly login: Login;
  private token: string | null = null;

  constructor(url: string, login: Login) {
    this.url = url;
    this.login = login;
  }

  /** PUTs a file as it is. */
  async upload(path: string, content: Uint8Array<ArrayBuffer>): Promise<Answer> {
    this.token ??= await this.authenticate();
    const headers = { "X-Auth-Token": this.token, "Content-Type": "application/octet-stream" };
    const response = await fetch(`${this.url}${path}`, { method: "PUT", headers, body: content });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  }

  async request(method: string, path: string, body?: unknown, microversion = "2.80", extra: Record<string, string> = {}): Promise<Answer> {
    this.token ??= await this.authenticate();
    const headers = {
      ...extra,
      "X-Auth-Token": this.token,
      "X-OpenStack-Nova-API-Version": microversion,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    };
    const response = await fetch(`${this.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  }

  /** The same, but any status from 400 on is an error. */
  async ok(method: string, path: string, body?: unknown, microversion?: string, extra?: Record<string, string>): Promise<Answer> {
    const answer = await this.request(method, path, body, microversion, extra);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** Opens the event stream; `query` narrows it. The caller reads the body until `signal` ends it. */
  async events(query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    this.token ??= await this.authenticate();
    const headers = { Accept: "text/event-stream", "X-Auth-Token": this.token };
    const response = await fetch(`${this.url}/ferry/v1/events?${new URLSearchParams(query)}`, { headers, signal });
    if (response.status !== 200 || response.body === null) throw new Error(`The event stream answered ${response.status}.`);
    return response.body;
  }

  /** Scans the host's key, pins what it offers, adds the host and waits until it is up. */
  async addHost(host: { name: string; address: string; port: number; uri?: string; migration_address?: string }): Promise<void> {
    const scan = await this.ok("POST", "/ferry/v1/hosts/scan", { address: host.address, port: host.port });
    const [key] = scan.body["keys"] as { host_key: string }[];
    await this.ok("POST", "/ferry/v1/hosts", { ...host, host_key: key?.host_key });
    await this.until(`host ${host.name} is up`, async () => {
      const shown = (await this.ok("GET", `/ferry/v1/hosts/${host.name}`)).body["host"] as { state: string };
      return shown.state === "up" ? true : null;
    });
  }

  /** The server of that name. */
  async server(name: string): Promise<Record<string, unknown> & { id: string }> {
    const { body } = await this.ok("GET", `/v2.1/servers/detail?all_tenants=1&name=${encodeURIComponent(`^${name}$`)}`);
    const [server] = body["servers"] as (Record<string, unknown> & { id: string })[];
    if (!server) throw new Error(`ferry shows no server ${name}.`);
    return server;
  }

  /** Posts `os-migrateLive` and returns the address at which the migration can be watched. */
  async migrate(serverId: string, host: string | null, options: MigrateOptions = {}): Promise<string> {
    const { transport, blockMigration = "auto", microversion, headers: own = {} } = options;
    const body = { "os-migrateLive": { host, block_migration: blockMigration } };
    const headers = { ...own, ...(transport === undefined ? {} : { "X-Ferry-Transport": transport }) };
    const answer = await this.ok("POST", `/v2.1/servers/${serverId}/action`, body, microversion, headers);
    const location = answer.headers.get("location");
    if (answer.status !== 202 || !location) throw new Error(`os-migrateLive answered ${answer.status} without a place to watch.`);
    return new URL(location, this.url).pathname;
  }

  async migration(path: string): Promise<MigrationRecord> {
    return (await this.ok("GET", path)).body["migration"] as MigrationRecord;
  }

  /** Waits until the migration has ended, in whatever way. */
  untilEnded(path: string, withinMs = 120_000): Promise<MigrationRecord> {
    return this.until(
      `${path} has ended`,
      async () => {
        const migration = await this.migration(path);
        return FINAL.includes(migration.status) ? migration : null;
      },
      withinMs,
    );
  }

  /** Asks every 50 ms until there is an answer that is not null. */
  async until<T>(what: string, ask: () => Promise<T | null>, withinMs = 60_000): Promise<T> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const value = await ask();
      if (value !== null) return value;
      if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain until ${what}.`);
      await sleep(50);
    }
  }

  private async authenticate(): Promise<string> {
    const { username, password, project } = this.login;
    const user = { name: username, domain: { id: "default" }, password };
    const auth = {
      identity: { methods: ["password"], password: { user } },
      scope: { project: { name: project, domain: { id: "default" } } },
    };
    const response = await fetch(`${this.url}/identity/v3/auth/tokens`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ auth }),
    });
    const token = response.headers.get("x-subject-token");
    if (!token) throw new Error(`No token for ${username}: ${response.status} ${await response.text()}`);
    return token;
  }
}
