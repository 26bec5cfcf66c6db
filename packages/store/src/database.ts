import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

/** The client every table group works with. */
export type Database = PrismaClient;

/** The same inside a transaction: no nested transaction, no disconnect. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`. */
  readonly connectionString: string;
  /** Connections at most, default 10. */
  readonly connections?: number;
}

/** Connects on first use. */
export function openDatabase({ connectionString, connections = 10 }: DatabaseOptions): Database {
  const adapter = new PrismaPg({ connectionString, max: connections });
  // Minimal: no argument values in messages, they would carry definitions and hashes into logs.
  return new PrismaClient({ adapter, errorFormat: "minimal", transactionOptions: { maxWait: 10_000, timeout: 15_000 } });
}
