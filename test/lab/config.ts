import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseSubnet, type Subnet } from "./subnet.ts";

/** Where one lab lives. Two labs with different names and subnets run side by side. */
export interface LabConfig {
  /** Keys namespaces, interfaces and directories: a lower-case letter, then at most 11 letters, digits or dashes. */
  readonly name: string;
  /** Holds everything the running lab owns; removed by `down`. */
  readonly dir: string;
  /** Addresses of the root namespace (.1), the storage server (.2 and .3), the hosts (.11 up) and the guests (.101 up). Always a /24. */
  readonly subnet: Subnet;
  /** Built guest images and compiled helpers, kept between labs; safe to delete at any time. */
  readonly cacheDir: string;
}

/** What a caller may state instead of the environment. */
export interface LabConfigOptions {
  readonly name?: string;
  readonly dir?: string;
  readonly subnet?: string;
}

const DEFAULT_SUBNET = "198.18.78.0/24";
const NAME_PATTERN = /^[a-z][a-z0-9-]{0,11}$/;

/**
 * Reads `FERRY_LAB_NAME` (default `ferry`), `FERRY_LAB_DIR`, `FERRY_LAB_SUBNET` (default 198.18.78.0/24) and
 * `FERRY_LAB_CACHE`. Stated options win over the environment.
 * @throws Error when the name or the subnet cannot be used.
 */
export function labConfig(options: LabConfigOptions = {}): LabConfig {
  const name = options.name ?? process.env.FERRY_LAB_NAME ?? "ferry";
  if (!NAME_PATTERN.test(name)) {
    throw new Error(
      `Cannot use lab name "${name}": it becomes part of interface names, so it must be 1 to 12 lower-case letters, digits or dashes.`,
    );
  }
  const dir = resolve(options.dir ?? process.env.FERRY_LAB_DIR ?? join(tmpdir(), `ferry-lab-${name}`));
  const subnet = parseSubnet(options.subnet ?? process.env.FERRY_LAB_SUBNET ?? DEFAULT_SUBNET);
  return { name, dir, subnet, cacheDir: cacheDirectory() };
}

function cacheDirectory(): string {
  const stated = process.env.FERRY_LAB_CACHE;
  if (stated !== undefined) return resolve(stated);
  return resolve(import.meta.dirname, "../../node_modules/.cache/ferry-lab");
}

/** A version 4 shaped UUID that depends only on `seed`, so that a host or guest keeps its UUID from run to run. */
export function stableUuid(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
