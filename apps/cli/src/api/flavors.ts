import type { components } from "@ferry/contract";
import { CliError } from "../cli-error.ts";
import type { Api } from "./connect.ts";
import { answered } from "./fault.ts";

export type Flavor = components["schemas"]["Flavor"];
export type NewFlavor = components["schemas"]["FlavorCreation"]["flavor"];

/** All flavors that the caller may see; to an administrator also those that are not public. */
export async function listFlavors(api: Api): Promise<Flavor[]> {
  const query = (await api.isAdmin()) ? { is_public: "None" } : {};
  return answered(await api.client.GET("/v2.1/flavors/detail", { params: { query } })).flavors;
}

export const createFlavor = async (api: Api, flavor: NewFlavor): Promise<Flavor> =>
  answered(await api.client.POST("/v2.1/flavors", { body: { flavor } })).flavor;

export async function deleteFlavor(api: Api, { id }: Pick<Flavor, "id">): Promise<void> {
  answered(await api.client.DELETE("/v2.1/flavors/{flavor_id}", { params: { path: { flavor_id: id } } }));
}

/** The flavor of that id or name. Throws FLAVOR_NOT_FOUND. */
export async function findFlavor(api: Api, text: string): Promise<Flavor> {
  const flavors = await listFlavors(api);
  const found = flavors.find(({ id }) => id === text) ?? flavors.find(({ name }) => name === text);
  if (found) return found;
  throw new CliError("FLAVOR_NOT_FOUND", `Cannot find flavor "${text}": no flavor has that name or id.`, {
    remedy: 'Look with "ferry flavor-list" which flavors there are.',
  });
}
