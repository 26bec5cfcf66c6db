import { type Duplex, duplexPair } from "node:stream";
import type { EventKind, EventPayload } from "@ferry/libvirt";
import { type AnswerTable, answersOf } from "./answers/table.ts";
import { FakeClient } from "./client.ts";
import type { FakeHost } from "./host.ts";
import { recoverJobs } from "./migration/recover.ts";

/** libvirtd of one host. Its death leaves the emulators alone; its next start cleans up after what was half done. */
export class FakeDaemon {
  readonly host: FakeHost;
  readonly answers: AnswerTable;
  readonly #clients = new Set<FakeClient>();
  #life = new AbortController();

  constructor(host: FakeHost) {
    this.host = host;
    this.answers = answersOf(host);
  }

  /** Aborts when the daemon dies. A new start has a new one. */
  get life(): AbortSignal {
    return this.#life.signal;
  }

  get alive(): boolean {
    return !this.#life.signal.aborted;
  }

  /** A client's end of a new connection. Throws when nobody listens. */
  connect(): Duplex {
    if (!this.alive) throw new Error("connection refused");
    const [near, far] = duplexPair();
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
    const client = new FakeClient(this, far, () => this.#clients.delete(client));
    this.#clients.add(client);
    return near;
  }

  emit<K extends EventKind>(kind: K, payload: Omit<EventPayload<K>, "callbackId">): void {
    for (const client of this.#clients) client.sendEvent(kind, payload);
  }

  /** `kill -9`: clients see the end of the connection, nothing is cleaned up. */
  kill(): void {
    this.#life.abort();
    for (const client of [...this.#clients]) client.vanish();
  }

  /** Starts again and cleans up what the last life left half done. */
  start(): void {
    if (this.alive) return;
    this.#life = new AbortController();
    recoverJobs(this.host);
    for (const pool of this.host.pools.all()) if (pool.active) pool.refresh();
  }

  /** Ends the connections of all clients, as a broken network does: the daemon cleans up after each. */
  dropClients(): void {
    for (const client of [...this.#clients]) client.drop();
  }
}
