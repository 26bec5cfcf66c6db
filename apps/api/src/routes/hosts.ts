import { fail, hostId, stops } from "@ferry/core";
import type { HypervisorRow, Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { addHost, type HostAddition } from "../services/add-host.ts";
import { hostByAnyKey } from "../services/host-lookup.ts";
import type { Inquirer } from "../services/inquire.ts";
import { checkNetworkMap } from "../services/network-map.ts";
import { maximumItems } from "../services/paging.ts";
import { hostView } from "../views/host.ts";

/** /ferry/v1/hosts and /ferry/v1/ssh-key. */
export function hostRoutes(store: Store, inquirer: Inquirer): readonly RouteDefinition[] {
  return [...readRoutes(store, inquirer), ...writeRoutes(store, inquirer)];
}

function readRoutes(store: Store, inquirer: Inquirer): readonly RouteDefinition[] {
  return [
    {
      operation: "listHosts",
      access: "rule",
      rule: "ferry:hosts:list",
      handle: async () => {
        const hosts = await store.hypervisors.page({}, { limit: maximumItems });
        return { body: { hosts: hosts.map(hostView) } };
      },
    },
    {
      operation: "showHost",
      access: "rule",
      rule: "ferry:hosts:show",
      handle: async ({ params }) => {
        const { id } = await hostByAnyKey(store, params.host_id ?? "");
        return { body: { host: hostView(await row(store, id)) } };
      },
    },
    {
      operation: "checkHost",
      access: "rule",
      rule: "ferry:hosts:check",
      handle: async ({ params }) => {
        const { id } = await hostByAnyKey(store, params.host_id ?? "");
        const { results } = await inquirer.ask("check-host", { hostId: id });
        return { body: { host_id: id, passes: !results.some(stops), checks: results } };
      },
    },
    {
      operation: "showSshKey",
      access: "rule",
      rule: "ferry:ssh-key:show",
      handle: async () => ({ body: { public_key: (await inquirer.ask("ssh-key", {})).publicKey } }),
    },
  ];
}

function writeRoutes(store: Store, inquirer: Inquirer): readonly RouteDefinition[] {
  return [
    {
      operation: "addHost",
      access: "rule",
      rule: "ferry:hosts:add",
      handle: async ({ body, base }) => {
        const { id, adopted } = await addHost(store, inquirer, body as HostAddition);
        const headers = { Location: `${base}/ferry/v1/hosts/${id}` };
        return { status: adopted ? 201 : 202, headers, body: { host: hostView(await row(store, id)) } };
      },
    },
    {
      operation: "scanHost",
      access: "rule",
      rule: "ferry:hosts:scan",
      handle: async ({ body }) => {
        const { keys } = await inquirer.ask("scan-host-key", body as { address: string; port: number });
        return { body: { keys: keys.map(({ type, hostKey, fingerprint }) => ({ type, host_key: hostKey, fingerprint })) } };
      },
    },
    {
      operation: "changeHost",
      access: "rule",
      rule: "ferry:hosts:change",
      handle: async ({ params, body }) => {
        const { id } = await hostByAnyKey(store, params.host_id ?? "");
        const { network_map: changes } = body as { network_map: Record<string, string | null> };
        checkNetworkMap(changes);
        await store.hosts.changeNetworkMap(hostId(id), changes);
        return { body: { host: hostView(await row(store, id)) } };
      },
    },
    {
      operation: "removeHost",
      access: "rule",
      rule: "ferry:hosts:remove",
      handle: async ({ params }) => {
        const { id } = await hostByAnyKey(store, params.host_id ?? "");
        await store.hosts.remove(hostId(id));
        return { status: 204 };
      },
    },
  ];
}

async function row(store: Store, id: string): Promise<HypervisorRow> {
  const [found] = await store.hypervisors.page({ id }, { limit: 1 });
  if (found === undefined) throw fail("HOST_NOT_FOUND", { id });
  return found;
}
