import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Credentials } from "./credentials.ts";

/** A token with what the answer said about it. `expiresAt` is in milliseconds since 1970. */
export interface Token {
  readonly value: string;
  readonly expiresAt: number;
  readonly roles: readonly string[];
}

/**
 * Keeps the newest token in one file that only its owner reads, with a slow hash of the password it was got with: another password, or a wrong one, logs
 * in anew. A cache that cannot be read or written costs a login, never the command.
 */
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

/** What the file holds beside the token: whose it is. */
interface Entry extends Token {
  readonly account: string;
  /** Random, base64. */
  readonly salt: string;
  /** scrypt of the password, base64. */
  readonly password: string;
}

const slowHash = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt);
const hashBytes = 32;
const saltBytes = 16;

/** About 10 ms and 4 MiB: enough against guessing a password out of the file, not felt by a person. */
const hashPassword = (password: string, salt: Buffer): Promise<Buffer> => slowHash(password, salt, hashBytes, { N: 2 ** 12 });

const passwordOf = ({ login }: Credentials): string => (login.kind === "password" ? login.password : login.token);

function parseEntry(text: string): Entry | null {
  const file: unknown = JSON.parse(text);
  if (typeof file !== "object" || file === null) return null;
  const { account, salt, password, value, expiresAt, roles } = file as Record<string, unknown>;
  if (typeof account !== "string" || typeof salt !== "string" || typeof password !== "string") return null;
  if (typeof value !== "string" || typeof expiresAt !== "number" || !Array.isArray(roles)) return null;
  return { account, salt, password, value, expiresAt, roles: roles.filter((role) => typeof role === "string") };
}

async function belongsTo(entry: Entry, credentials: Credentials): Promise<boolean> {
  if (entry.account !== accountKey(credentials)) return false;
  const known = Buffer.from(entry.password, "base64");
  const given = await hashPassword(passwordOf(credentials), Buffer.from(entry.salt, "base64"));
  return known.length === given.length && timingSafeEqual(known, given);
}

async function readToken(path: string, credentials: Credentials): Promise<Token | null> {
  const entry = parseEntry(await readFile(path, "utf8"));
  return entry !== null && (await belongsTo(entry, credentials)) ? entry : null;
}

/** Written beside and renamed, so that a reader never sees half a file. */
async function writeToken(path: string, credentials: Credentials, token: Token): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const salt = randomBytes(saltBytes);
  const password = (await hashPassword(passwordOf(credentials), salt)).toString("base64");
  const entry: Entry = { account: accountKey(credentials), salt: salt.toString("base64"), password, ...token };
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(entry), { mode: 0o600 });
  await rename(temporary, path);
}

/** The cache in `directory` for that account. `debug` hears why it could not be used. */
export function openTokenCache(directory: string, credentials: Credentials, debug: (text: string) => void): TokenCache {
  const path = join(directory, "token.json");
  const tolerant = async <T>(work: () => Promise<T>): Promise<T | null> =>
    work().catch((error: unknown) => {
      debug(`token cache ${path}: ${String(error)}`);
      return null;
    });
  return {
    read: () => tolerant(() => readToken(path, credentials)),
    async write(token) {
      await tolerant(() => writeToken(path, credentials, token));
    },
  };
}
