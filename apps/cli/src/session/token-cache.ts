import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Credentials } from "./credentials.ts";

/** A token with what the answer said about it. `expiresAt` is in milliseconds since 1970. */
export interface Token {
  readonly value: string;
  readonly expiresAt: number;
  readonly roles: readonly string[];
}

/** Keeps the newest token in one file that only its owner reads. A cache that cannot be read or written costs a login, never the command. */
export interface TokenCache {
  read(): Promise<Token | null>;
  write(token: Token): Promise<void>;
}

/** Names the account without holding a secret of it: address, user and project, hashed. */
function accountKey(credentials: Credentials): string {
  const { authUrl, login } = credentials;
  const parts = login.kind === "token" ? [authUrl] : [authUrl, login.userDomain, login.username, login.projectDomain, login.project];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function parseToken(text: string, key: string): Token | null {
  const file: unknown = JSON.parse(text);
  if (typeof file !== "object" || file === null) return null;
  const { account, value, expiresAt, roles } = file as Record<string, unknown>;
  if (account !== key || typeof value !== "string" || typeof expiresAt !== "number" || !Array.isArray(roles)) return null;
  return { value, expiresAt, roles: roles.filter((role) => typeof role === "string") };
}

/** The cache in `directory` for that account. `debug` hears why it could not be used. */
export function openTokenCache(directory: string, credentials: Credentials, debug: (text: string) => void): TokenCache {
  const path = join(directory, "token.json");
  const key = accountKey(credentials);
  const tolerant = async <T>(work: () => Promise<T>): Promise<T | null> =>
    work().catch((error: unknown) => {
      debug(`token cache ${path}: ${String(error)}`);
      return null;
    });
  return {
    read: () => tolerant(async () => parseToken(await readFile(path, "utf8"), key)),
    async write(token) {
      await tolerant(async () => {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        const temporary = `${path}.${process.pid}`;
        await writeFile(temporary, JSON.stringify({ account: key, ...token }), { mode: 0o600 });
        await rename(temporary, path);
      });
    },
  };
}
