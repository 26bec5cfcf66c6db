import { fail } from "@ferry/core";
import type { Store, StoredHost } from "@ferry/store";
import type { Input, RouteDefinition } from "../route.ts";
import { hostByAnyKey } from "../services/host-lookup.ts";
import type { Inquirer } from "../services/inquire.ts";
import { text } from "../services/paging.ts";
import { type PoolDefinition, poolSource } from "../services/pool-source.ts";
import { type HostedPool, poolView } from "../views/pool.ts";

/** /ferry/v1/pools: what the hosts' libvirt has of storage pools, read from the record and changed by a worker. */
export function poolRoutes(store: Store, inquirer: Inquirer): readonly RouteDefinition[] {
  return [
    {
      operation: "listPools",
      access: "rule",
      rule: "ferry:pools:list",
      handle: async ({ query }) => {
        const named = text(query, "host");
        const hosts = named === undefined ? await store.hosts.list() : [await hostByAnyKey(store, named)];
        return { body: { pools: hosts.flatMap(poolsOf).map(poolView) } };
      },
    },
    {
      operation: "showPool",
      access: "rule",
      rule: "ferry:pools:show",
      handle: async (input) => ({ body: { pool: poolView(await namedIn(store, input)) } }),
    },
    {
      operation: "definePool",
      access: "rule",
      rule: "ferry:pools:define",
      handle: async ({ body, base }) => {
        const { host: key, name, source } = body as PoolDefinition;
        const { id } = await hostByAnyKey(store, key);
        await inquirer.ask("define-pool", { hostId: id, name, source: poolSource(source) });
        const headers = { Location: `${base}/ferry/v1/pools/${id}/${encodeURIComponent(name)}` };
        return { status: 201, headers, body: { pool: poolView(poolNamed(await hostByAnyKey(store, id), name)) } };
      },
    },
    {
      operation: "switchPool",
      access: "rule",
      rule: "ferry:pools:switch",
      handle: async (input) => {
        const { host, pool } = await namedIn(store, input);
        const { active } = input.body as { active: boolean };
        if (!active) await refuseVolumes(store, "stop", { host, pool });
        await inquirer.ask("switch-pool", { hostId: host.id, name: pool.name, active });
        return { body: { pool: poolView(await namedIn(store, input)) } };
      },
    },
    {
      operation: "removePool",
      access: "rule",
      rule: "ferry:pools:remove",
      handle: async (input) => {
        const { host, pool } = await namedIn(store, input);
        await refuseVolumes(store, "delete", { host, pool });
        await inquirer.ask("remove-pool", { hostId: host.id, name: pool.name });
        return { status: 204 };
      },
    },
  ];
}

const poolsOf = (host: StoredHost): HostedPool[] => (host.facts?.pools ?? []).map((pool) => ({ host, pool }));

const namedIn = async (store: Store, { params }: Pick<Input, "params">): Promise<HostedPool> =>
  poolNamed(await hostByAnyKey(store, params.host_id ?? ""), params.pool_name ?? "");

/** A pool that holds volumes of the record is not taken away from them. */
async function refuseVolumes(store: Store, action: string, { host, pool }: HostedPool): Promise<void> {
  const id = await store.volumes.anyIn(host.id, pool.name);
  if (id !== null) throw fail("POOL_IN_USE", { action, host: host.name, name: pool.name, user: `volume ${id}` });
}

function poolNamed(host: StoredHost, name: string): HostedPool {
  const found = poolsOf(host).find(({ pool }) => pool.name === name);
  if (found === undefined) throw fail("POOL_NOT_FOUND", { host: host.name, name });
  return found;
}
