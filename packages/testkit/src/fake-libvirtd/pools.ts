import { randomUUID } from "node:crypto";
import type { FakeHost } from "./host.ts";
import { Refusal } from "./refusal.ts";

/** A directory as a storage pool. It knows the files that it saw at its last refresh, and those it made. */
export class FakePool {
  readonly name: string;
  readonly uuid = randomUUID();
  readonly path: string;
  capacityBytes = 64 * 1024 ** 3;
  active = true;
  autostart = 0;
  /** Every further write fails for want of space, whatever the statistics say. */
  full = false;
  readonly #host: FakeHost;
  readonly #seen = new Set<string>();

  constructor(host: FakeHost, name: string, path: string) {
    this.#host = host;
    this.name = name;
    this.path = path;
  }

  get handle(): { name: string; uuid: string } {
    return { name: this.name, uuid: this.uuid };
  }

  pathOf(volume: string): string {
    return `${this.path}/${volume}`;
  }

  refresh(): void {
    this.#seen.clear();
    for (const name of this.#host.files.list(this.path)) if (this.#host.files.get(this.pathOf(name))) this.#seen.add(name);
  }

  /** Volume names known now. */
  volumes(): string[] {
    return this.active ? [...this.#seen].sort() : [];
  }

  learn(volume: string): void {
    this.#seen.add(volume);
  }

  forget(volume: string): void {
    this.#seen.delete(volume);
  }

  start(): void {
    this.active = true;
    this.refresh();
  }

  stop(): void {
    this.active = false;
    this.#seen.clear();
  }

  usedBytes(): number {
    return this.#host.files.list(this.path).reduce((sum, name) => sum + (this.#host.files.get(this.pathOf(name))?.bytes.length ?? 0), 0);
  }

  /** libvirt's error 55 when the pool is stopped. */
  requireActive(): this {
    if (!this.active)
      throw new Refusal("operationInvalid", `Requested operation is not valid: storage pool '${this.name}' is not active`, "storage");
    return this;
  }
}

/** The pools of one host. */
export class FakePools {
  readonly #host: FakeHost;
  readonly #pools = new Map<string, FakePool>();

  constructor(host: FakeHost) {
    this.#host = host;
  }

  add(name: string, path: string): FakePool {
    const pool = new FakePool(this.#host, name, path);
    this.#pools.set(name, pool);
    pool.refresh();
    return pool;
  }

  /** As `add`, but not started. */
  define(name: string, path: string): FakePool {
    const pool = this.add(name, path);
    pool.stop();
    return pool;
  }

  remove(pool: FakePool): void {
    this.#pools.delete(pool.name);
  }

  all(): FakePool[] {
    return [...this.#pools.values()];
  }

  named(name: string): FakePool {
    const pool = this.#pools.get(name);
    if (!pool) throw new Refusal("noStoragePool", `Storage pool not found: no storage pool with matching name '${name}'`, "storage");
    return pool;
  }

  withUuid(uuid: string): FakePool {
    const pool = this.all().find((one) => one.uuid === uuid);
    if (!pool) throw new Refusal("noStoragePool", `Storage pool not found: no storage pool with matching uuid '${uuid}'`, "storage");
    return pool;
  }

  /** The pool whose directory holds the path, active or not. */
  ofPath(path: string): FakePool | undefined {
    return this.all().find((pool) => path.slice(0, path.lastIndexOf("/")) === pool.path);
  }
}
