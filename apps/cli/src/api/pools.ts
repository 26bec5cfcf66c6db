import type { components } from "@ferry/contract";
import { usageError } from "../cli-error.ts";
import type { Api } from "./connect.ts";
import { answered } from "./fault.ts";
import { checkHostName } from "./hosts.ts";

export type Pool = components["schemas"]["HostedPool"];
export type PoolSource = components["schemas"]["PoolDefinition"]["source"];

/** Which pool of which host. */
export interface PoolRef {
  readonly host: string;
  readonly name: string;
}

function pathOf({ host, name }: PoolRef): { params: { path: { host_id: string; pool_name: string } } } {
  const refused = name === "" || name === "." || name === ".." || name.includes("/");
  if (refused) throw usageError(`Cannot look for pool "${name}": a pool's name has no slash.`, 'Look with "ferry pool list".');
  return { params: { path: { host_id: checkHostName(host), pool_name: name } } };
}

/** The pools of one host, or of all. */
export const listPools = async (api: Api, host: string | null): Promise<Pool[]> =>
  answered(await api.client.GET("/ferry/v1/pools", { params: { query: host === null ? {} : { host } } })).pools;

/** Defines the pool on its host and starts it. */
export const definePool = async (api: Api, { host, name }: PoolRef, source: PoolSource): Promise<Pool> =>
  answered(await api.client.POST("/ferry/v1/pools", { body: { host, name, source } })).pool;

/** Starts the pool, or stops it. */
export const switchPool = async (api: Api, pool: PoolRef, active: boolean): Promise<Pool> =>
  answered(await api.client.PATCH("/ferry/v1/pools/{host_id}/{pool_name}", { ...pathOf(pool), body: { active } })).pool;

/** Stops the pool and removes its definition; what it holds stays. */
export async function removePool(api: Api, pool: PoolRef): Promise<void> {
  answered(await api.client.DELETE("/ferry/v1/pools/{host_id}/{pool_name}", pathOf(pool)));
}
