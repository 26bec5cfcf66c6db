import { fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { checkExtraSpecs } from "../services/extra-spec-rules.ts";
import { usableFlavor } from "../services/flavor-lookup.ts";

type Specs = Readonly<Record<string, string>>;

/** /flavors/{id}/os-extra_specs and below. */
export function flavorExtraSpecRoutes(store: Store): readonly RouteDefinition[] {
  return [...readRoutes(store), ...writeRoutes(store)];
}

function readRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listFlavorExtraSpecs",
      access: "rule",
      rule: "os_compute_api:os-flavor-extra-specs:index",
      handle: async ({ params, caller }) => ({
        body: { extra_specs: (await usableFlavor(store, params.flavor_id ?? "", caller)).extraSpecs },
      }),
    },
    {
      operation: "showFlavorExtraSpec",
      access: "rule",
      rule: "os_compute_api:os-flavor-extra-specs:show",
      handle: async ({ params: { flavor_id: id = "", spec_key: key = "" }, caller }) => {
        const { extraSpecs } = await usableFlavor(store, id, caller);
        const value = Object.hasOwn(extraSpecs, key) ? extraSpecs[key] : undefined;
        if (value === undefined) throw fail("EXTRA_SPEC_NOT_FOUND", { id, key });
        return { body: { [key]: value } };
      },
    },
  ];
}

function writeRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "setFlavorExtraSpecs",
      access: "rule",
      rule: "os_compute_api:os-flavor-extra-specs:create",
      handle: async ({ params, body, minor }) => {
        const { extra_specs: specs } = body as { extra_specs: Specs };
        await set(store, params.flavor_id ?? "", specs, minor);
        return { body: { extra_specs: specs } };
      },
    },
    {
      operation: "setFlavorExtraSpec",
      access: "rule",
      rule: "os_compute_api:os-flavor-extra-specs:update",
      handle: async ({ params: { flavor_id: id = "", spec_key: key = "" }, body, minor }) => {
        const specs = body as Specs;
        if (!Object.hasOwn(specs, key)) throw fail("VALIDATION_FAILED", { sentence: "Request body and URI mismatch" });
        await set(store, id, specs, minor);
        return { body: specs };
      },
    },
    {
      operation: "removeFlavorExtraSpec",
      access: "rule",
      rule: "os_compute_api:os-flavor-extra-specs:delete",
      handle: async ({ params: { flavor_id: id = "", spec_key: key = "" } }) => {
        await store.flavors.removeExtraSpec(id, key);
        return {};
      },
    },
  ];
}

/** From 2.86 on keys and values are checked. */
async function set(store: Store, id: string, specs: Specs, minor: number): Promise<void> {
  if (minor >= 86) checkExtraSpecs(specs);
  await store.flavors.setExtraSpecs(id, specs);
}
