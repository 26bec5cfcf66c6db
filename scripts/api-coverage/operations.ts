import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseYaml } from "@redocly/openapi-core";

/** One call that the upstream API offers, as openapi/nova-operations.yaml writes it. */
export interface UpstreamCall {
  /** `GET /servers`, below the API's root; `#lock` at the end names the one key of the body. */
  readonly call: string;
  /** Upstream's own microversions, where it is not all of them. */
  readonly min?: string;
  readonly max?: string;
  /** Why ferry has nothing of the kind. */
  readonly absent?: string;
}

export interface UpstreamGroup {
  readonly title: string;
  readonly absent?: string;
  readonly operations: readonly UpstreamCall[];
}

export interface UpstreamApi {
  readonly title: string;
  /** What stands before the calls' paths in the contract. */
  readonly root: string;
  readonly groups: readonly UpstreamGroup[];
}

const list = fileURLToPath(new URL("../../openapi/nova-operations.yaml", import.meta.url));

/** The upstream APIs by name. */
export async function readUpstream(): Promise<Readonly<Record<string, UpstreamApi>>> {
  return parseYaml(await readFile(list, "utf8")) as Readonly<Record<string, UpstreamApi>>;
}
