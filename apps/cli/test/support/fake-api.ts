import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Exchange {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Answers one request; writes to the response itself for streams and returns undefined then. */
export type Handler = (exchange: Exchange, response: ServerResponse) => Reply | undefined;

/**
 * A ferry server in this process. It knows only what a test told it: any other request is answered with 500 and fails the test at `close`, as
 * does an answer that nobody asked for.
 */
export class FakeApi {
  readonly requests: Exchange[] = [];
  readonly #handlers = new Map<string, { handler: Handler; used: boolean; optional: boolean }>();
  readonly #unexpected: string[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.on("POST /identity/v3/auth/tokens", () => ({
      status: 201,
      headers: { "x-subject-token": "token-1" },
      body: { token: { expires_at: "2099-01-02T15:04:05.000000Z", roles: [{ id: "a1", name: "admin" }] } },
    }));
    this.allowUnused("POST /identity/v3/auth/tokens");
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Answers `METHOD /path` (without query) with this. */
  on(route: string, handler: Handler | Reply): void {
    this.#handlers.set(route, { handler: typeof handler === "function" ? handler : () => handler, used: false, optional: false });
  }

  allowUnused(route: string): void {
    const entry = this.#handlers.get(route);
    if (entry !== undefined) entry.optional = true;
  }

  asked(route: string): Exchange[] {
    return this.requests.filter(({ method, path }) => `${method} ${path.split("?")[0]}` === route);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    const unused = [...this.#handlers].filter(([, { used, optional }]) => !used && !optional).map(([route]) => route);
    if (this.#unexpected.length > 0) throw new Error(`requests that the test did not expect: ${this.#unexpected.join(", ")}`);
    if (unused.length > 0) throw new Error(`answers that nobody asked for: ${unused.join(", ")}`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await request.setEncoding("utf8").toArray()).join("");
    const exchange: Exchange = {
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: text === "" ? null : request.headers["content-type"] === "application/octet-stream" ? text : JSON.parse(text),
    };
    this.requests.push(exchange);
    const route = `${exchange.method} ${exchange.path.split("?")[0]}`;
    const entry = this.#handlers.get(route);
    if (entry === undefined) {
      this.#unexpected.push(route);
      response.writeHead(500).end();
      return;
    }
    entry.used = true;
    const reply = entry.handler(exchange, response);
    if (reply !== undefined) send(response, reply);
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  const json = body === undefined ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...json, "x-openstack-request-id": "req-1", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
