import { ConfigurationError, parseListenAddress } from "@ferry/core";
import type { KeystoneSettings } from "./keystone/keystone.ts";

export interface ApiConfig {
  /** `postgresql://user:password@host:port/database`. */
  readonly databaseUrl: string;
  readonly listenHost: string;
  readonly listenPort: number;
  /** What clients call this service, for links in answers; null: what each request calls it. */
  readonly publicUrl: string | null;
  /** Password of the first user, admin in project admin, made at start when it is not there; null: no user is made. */
  readonly adminPassword: string | null;
  /** An existing Keystone that validates tokens instead of ferry; null: ferry serves identity itself. */
  readonly keystone: KeystoneSettings | null;
  /** trace, debug, info, warn, error, fatal or silent. */
  readonly logLevel: string;
}

/** Reads the environment. Throws a ConfigurationError that names the variable and what it must look like. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ApiConfig {
  const { host, port } = parseListenAddress(env.FERRY_LISTEN ?? "127.0.0.1:8774");
  return {
    databaseUrl: needed(env, "DATABASE_URL", "postgresql://user:password@host:5432/ferry"),
    listenHost: host,
    listenPort: port,
    publicUrl: readUrl("FERRY_PUBLIC_URL", env.FERRY_PUBLIC_URL, "https://ferry.example:8774"),
    adminPassword: env.FERRY_ADMIN_PASSWORD ?? null,
    keystone: readKeystone(env),
    logLevel: env.FERRY_LOG_LEVEL ?? "info",
  };
}

function needed(env: Readonly<Record<string, string | undefined>>, name: string, example: string): string {
  const value = env[name];
  if (value === undefined || value === "")
    throw new ConfigurationError(`Cannot start: ${name} is not set. Set it, for example to ${example}.`);
  return value;
}

function readKeystone(env: Readonly<Record<string, string | undefined>>): KeystoneSettings | null {
  const url = readUrl("FERRY_KEYSTONE_URL", env.FERRY_KEYSTONE_URL, "https://keystone.example:5000/v3");
  if (url === null) return null;
  return {
    url,
    user: needed(env, "FERRY_KEYSTONE_USER", "ferry"),
    password: needed(env, "FERRY_KEYSTONE_PASSWORD", "the password of that user"),
    project: needed(env, "FERRY_KEYSTONE_PROJECT", "service"),
    domain: env.FERRY_KEYSTONE_DOMAIN || "Default",
  };
}

function readUrl(name: string, text: string | undefined, example: string): string | null {
  if (text === undefined || text === "") return null;
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new ConfigurationError(`Cannot start: ${name} is ${text}, must be a URL such as ${example}.`);
  }
  return text.replace(/\/+$/, "");
}
