import { fail } from "@ferry/core";
import type { Store, StoredFlavor } from "@ferry/store";
import { enforce } from "../policy.ts";
import type { RouteDefinition } from "../route.ts";
import { flavorAccessView } from "../views/flavor-resource.ts";

interface FlavorActionBody {
  readonly addTenantAccess?: { readonly tenant: string };
  readonly removeTenantAccess?: { readonly tenant: string };
}

/** GET /flavors/{id}/os-flavor-access, and the two actions of POST /flavors/{id}/action. */
export function flavorAccessRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listFlavorAccess",
      access: "rule",
      rule: "os_compute_api:os-flavor-access",
      handle: async ({ params }) => {
        const { id, isPublic } = await existing(store, params.flavor_id ?? "");
        if (isPublic) throw fail("FLAVOR_ACCESS_UNLISTED");
        return { body: flavorAccessView(id, await store.flavors.projectsOf(id)) };
      },
    },
    {
      operation: "flavorAction",
      access: "rule",
      rule: "os_compute_api:os-flavor-access:add_tenant_access",
      handle: async ({ params, body, caller, minor }) => {
        const { addTenantAccess: add, removeTenantAccess: remove } = body as FlavorActionBody;
        const { id, isPublic } = await existing(store, params.flavor_id ?? "");
        if (add !== undefined) {
          if (isPublic && minor >= 7) throw fail("FLAVOR_IS_PUBLIC");
          await store.flavors.allowProject(id, add.tenant);
        }
        if (remove !== undefined) {
          enforce(caller, "os_compute_api:os-flavor-access:remove_tenant_access");
          await store.flavors.disallowProject(id, remove.tenant);
        }
        return { body: flavorAccessView(id, await store.flavors.projectsOf(id)) };
      },
    },
  ];
}

async function existing(store: Store, id: string): Promise<StoredFlavor> {
  const flavor = await store.flavors.find(id);
  if (flavor === null) throw fail("FLAVOR_NOT_FOUND", { id });
  return flavor;
}
