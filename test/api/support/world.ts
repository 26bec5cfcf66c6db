import { buildApp, type KeystoneSettings, openLogger } from "@ferry/api";
import { type LiveEvents, openLiveEvents } from "@ferry/bus";
import { openStore, type Store } from "@ferry/store";
import { createTestDatabase } from "@ferry/testkit";
import type { FastifyInstance } from "fastify";
import { Client } from "pg";
import { now, password, type UserName, userNames, users } from "./ids.ts";
import { seed } from "./seed.ts";
import { startWorkerDouble } from "./worker-double.ts";

/** The service over a database of its own, filled as `seed` says, with a worker that is not one. */
export interface World {
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly sql: Client;
  readonly news: LiveEvents;
  readonly tokens: Readonly<Record<UserName, string>>;
  readonly connectionString: string;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** False: nobody answers, and inquiries end after 50 ms. */
  readonly worker?: boolean;
  /** Validates the tokens instead of this service. */
  readonly keystone?: KeystoneSettings;
  /** Takes the log's lines; without it nothing is logged. */
  readonly log?: (line: string) => void;
}

/** The host that requests name and that links repeat. */
export const authority = "ferry.example:8774";

export async function openWorld({ worker = true, keystone, log }: WorldOptions = {}): Promise<World> {
  const { connectionString, drop } = await createTestDatabase();
  const store = openStore({ connectionString });
  const sql = new Client({ connectionString });
  await sql.connect();
  await seed(sql, await passwordHash(store, sql));
  const news = await openLiveEvents({ connectionString });
  const logger = log === undefined ? openLogger("silent") : openLogger("info", { write: log });
  const deadline = worker ? {} : { inquiryDeadlineMs: 50 };
  const app = await buildApp({ store, news, publicUrl: null, keystone: keystone ?? null, logger, ...deadline });
  const double = worker ? startWorkerDouble(store, news) : null;
  const tokens = await issueTokens(store);
  const close = async (): Promise<void> => {
    await app.close();
    await double?.stop();
    await news.close();
    await store.close();
    await sql.end();
    await drop();
  };
  return { app, store, sql, news, tokens, connectionString, close };
}

/** The hash of `password`, made as the service makes it, once for all users. */
async function passwordHash(store: Store, sql: Client): Promise<string> {
  const { userId } = await store.identity.bootstrap({ userName: "first", password, projectName: "first" });
  const { rows } = await sql.query<{ password_hash: string }>("SELECT password_hash FROM users WHERE id = $1", [userId]);
  await sql.query("DELETE FROM users");
  await sql.query("DELETE FROM projects");
  return rows[0]?.password_hash ?? "";
}

async function issueTokens(store: Store): Promise<Record<UserName, string>> {
  const expiresAt = new Date(now.getTime() + 12 * 3_600_000);
  const issue = async (name: UserName): Promise<readonly [UserName, string]> => {
    const { id: userId, project: projectId, role } = users[name];
    const { token } = await store.tokens.issue({ userId, projectId, roles: [role], methods: ["password"], expiresAt });
    return [name, token];
  };
  return Object.fromEntries(await Promise.all(userNames.map(issue))) as Record<UserName, string>;
}
