import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Answer, RouteDefinition } from "../route.ts";
import { deleteService } from "../services/delete-service.ts";
import { maximumItems, text } from "../services/paging.ts";
import {
  changeOf,
  type NamedServiceUpdate,
  namedChangeOf,
  type ServiceUpdate,
  serviceById,
  serviceByName,
} from "../services/update-service.ts";
import { changedService, computeService, ownService } from "../views/service.ts";

/** /os-services. */
export function serviceRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listServices",
      access: "rule",
      rule: "os_compute_api:os-services:list",
      handle: async ({ query, minor }) => {
        const now = new Date();
        const [host, binary] = [text(query, "host"), text(query, "binary")];
        const [own, hosts] = await Promise.all([
          store.ownServices.list(),
          store.hypervisors.page(host === undefined ? {} : { name: host }, { limit: maximumItems }),
        ]);
        const services = [...own.map((row) => ownService(row, minor, now)), ...hosts.map((row) => computeService(row, minor, now))];
        const matches = (service: Record<string, unknown>): boolean =>
          (host === undefined || service.host === host) && (binary === undefined || service.binary === binary);
        return { body: { services: services.filter(matches) } };
      },
    },
    {
      operation: "updateService",
      access: "rule",
      rule: "os_compute_api:os-services:update",
      handle: ({ minor, params, body }) =>
        minor < 53
          ? updateNamed(store, params.service_id ?? "", body as NamedServiceUpdate, minor)
          : updateByUuid(store, params.service_id ?? "", body as ServiceUpdate, minor),
    },
    {
      operation: "deleteService",
      access: "rule",
      rule: "os_compute_api:os-services:delete",
      handle: async ({ minor, params }) => {
        await deleteService(store, params.service_id ?? "", minor);
        return { status: 204 };
      },
    },
  ];
}

async function updateNamed(store: Store, word: string, body: NamedServiceUpdate, minor: number): Promise<Answer> {
  const change = namedChangeOf(word, body, minor);
  await store.hosts.setService(await serviceByName(store, body), change);
  return { body: { service: changedService(body, change) } };
}

async function updateByUuid(store: Store, id: string, body: ServiceUpdate, minor: number): Promise<Answer> {
  const service = await serviceById(store, id);
  await store.hosts.setService(service, changeOf(body));
  const [row] = await store.hypervisors.page({ id: service }, { limit: 1 });
  if (row === undefined) throw fail("SERVICE_NOT_FOUND", { id });
  return { body: { service: computeService(row, minor, new Date()) } };
}
