import { hasCode } from "@ferry/core";
import type { Store, VolumeRow } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import { may } from "../policy.ts";
import type { Answer, Input, RouteDefinition } from "../route.ts";
import type { Inquirer } from "../services/inquire.ts";
import { adoptVolume, createVolume, type VolumeAdoption, type VolumeRequest } from "../services/make-volume.ts";
import { volumeInReach } from "../services/volume-lookup.ts";
import { volumeView } from "../views/volume.ts";

/** /ferry/v1/volumes: a project's volumes in the pools of the hosts. */
export function volumeRoutes(store: Store, inquirer: Inquirer): readonly RouteDefinition[] {
  return [
    {
      operation: "listVolumes",
      access: "rule",
      rule: "ferry:volumes:list",
      handle: async ({ caller }) => {
        const volumes = await store.volumes.list(isAdmin(caller) ? {} : { projectId: caller.projectId ?? "" });
        return { body: { volumes: volumes.map((volume) => viewFor(volume, caller)) } };
      },
    },
    {
      operation: "createVolume",
      access: "rule",
      rule: "ferry:volumes:create",
      handle: async (input) => made(await createVolume(store, inquirer, input.body as VolumeRequest, input.caller), input),
    },
    {
      operation: "adoptVolume",
      access: "rule",
      rule: "ferry:volumes:adopt",
      handle: async (input) => made(await adoptVolume(store, inquirer, input.body as VolumeAdoption, input.caller), input),
    },
    {
      operation: "showVolume",
      access: "rule",
      rule: "ferry:volumes:show",
      handle: async ({ params, caller }) => ({
        body: { volume: viewFor(await volumeInReach(store, params.volume_id ?? "", caller), caller) },
      }),
    },
    {
      operation: "deleteVolume",
      access: "rule",
      rule: "ferry:volumes:delete",
      handle: async ({ params, caller }) => await remove(store, inquirer, await volumeInReach(store, params.volume_id ?? "", caller)),
    },
  ];
}

type Asking = Input & { readonly caller: Caller };

const viewFor = (volume: VolumeRow, caller: Caller) => volumeView(volume, { places: may(caller, "ferry:volumes:show:place") });

const made = (volume: VolumeRow, { base, caller }: Asking): Answer => ({
  status: volume.status === "creating" ? 202 : 201,
  headers: { Location: `${base}/ferry/v1/volumes/${volume.id}` },
  body: { volume: viewFor(volume, caller) },
});

/** A silent worker leaves it as `deleting`: it goes when one is back. */
async function remove(store: Store, inquirer: Inquirer, { id }: VolumeRow): Promise<Answer> {
  await store.volumes.beginDelete(id);
  try {
    await inquirer.ask("delete-volume", { volumeId: id });
    return { status: 204 };
  } catch (error) {
    if (!hasCode(error, "WORKER_SILENT")) throw error;
    return { status: 202 };
  }
}
