import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "@ferry/core";
import type { VirtType } from "@ferry/migration";
import type { Owner } from "@ferry/store";

/** A worker's settings, all from the environment. */
export interface WorkerConfig {
  readonly databaseUrl: string;
  /** BullMQ on Redis when set, else on PostgreSQL. */
  readonly redisUrl: string | null;
  /** Private key with which ferry logs in to hosts; made at first start when missing. */
  readonly keyPath: string;
  /** Migrations that one worker drives at a time. */
  readonly concurrency: number;
  /** How new servers are executed, as Nova's `virt_type`: auto is kvm where the host offers it. */
  readonly virtType: VirtType;
  /** The program that makes ISO images for config drives, `genisoimage` or one that takes its arguments. */
  readonly mkisofs: string;
  readonly owner: string;
  /** To whom guests that are found belong, by Keystone's ids; null: the project and the user admin of ferry's own identity. */
  readonly adopter: Owner | null;
  readonly logLevel: string;
}

export function readConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const databaseUrl = env["DATABASE_URL"];
  if (!databaseUrl)
    throw new ConfigurationError(
      "Cannot start the worker: DATABASE_URL is not set. Give it the address of ferry's PostgreSQL, postgresql://user:password@host:port/database.",
    );
  return {
    databaseUrl,
    redisUrl: env["REDIS_URL"] ?? null,
    keyPath: env["FERRY_SSH_KEY"] ?? join(env["FERRY_STATE_DIR"] ?? join(homedir(), ".ferry"), "ssh", "id_ed25519"),
    concurrency: positive(env["FERRY_WORKER_CONCURRENCY"], 8),
    virtType: virtTypeOf(env["FERRY_VIRT_TYPE"] ?? "auto"),
    mkisofs: env["FERRY_MKISOFS"] ?? "genisoimage",
    owner: `${hostname()}-${process.pid}-${Date.now().toString(36)}`,
    adopter: adopterOf(env),
    logLevel: env["FERRY_LOG_LEVEL"] ?? "info",
  };
}

function adopterOf(env: NodeJS.ProcessEnv): Owner | null {
  const projectId = env["FERRY_ADOPT_PROJECT_ID"];
  const userId = env["FERRY_ADOPT_USER_ID"];
  if (!projectId && !userId && !env["FERRY_KEYSTONE_URL"]) return null;
  if (projectId && userId) return { projectId, userId };
  throw new ConfigurationError(
    "Cannot start the worker: FERRY_ADOPT_PROJECT_ID and FERRY_ADOPT_USER_ID must both be set when FERRY_KEYSTONE_URL is. Set them to ids of that Keystone: guests that are found belong to them.",
  );
}

function virtTypeOf(text: string): VirtType {
  if (text === "auto" || text === "kvm" || text === "qemu") return text;
  throw new ConfigurationError(`Cannot start the worker: FERRY_VIRT_TYPE is ${text}, must be auto, kvm or qemu.`);
}

function positive(text: string | undefined, fallback: number): number {
  const value = Number(text ?? fallback);
  return Number.isInteger(value) && value > 0 ? value : fallback;
}
