import type { Store } from "@ferry/store";
import { isAdmin } from "../caller.ts";
import type { RouteDefinition } from "../route.ts";
import { addImage, type ImageAddition } from "../services/add-image.ts";
import { ownImage, usableImage } from "../services/image-lookup.ts";
import { uploadImage } from "../services/upload-image.ts";
import { imageView } from "../views/image.ts";

/** /ferry/v1/images. */
export function imageRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listImages",
      access: "rule",
      rule: "ferry:images:list",
      handle: async ({ caller }) => {
        const images = await store.images.list(isAdmin(caller) ? null : (caller.projectId ?? ""));
        return { body: { images: images.map(imageView) } };
      },
    },
    {
      operation: "addImage",
      access: "rule",
      rule: "ferry:images:add",
      handle: async ({ body, caller, base }) => {
        const image = await addImage(store, body as ImageAddition, caller);
        return { status: 201, headers: { Location: `${base}/ferry/v1/images/${image.id}` }, body: { image: imageView(image) } };
      },
    },
    {
      operation: "showImage",
      access: "rule",
      rule: "ferry:images:show",
      handle: async ({ params, caller }) => ({ body: { image: imageView(await usableImage(store, params.image_id ?? "", caller)) } }),
    },
    {
      operation: "uploadImage",
      access: "rule",
      rule: "ferry:images:upload",
      handle: async ({ params, caller, request }) => {
        const image = await ownImage(store, params.image_id ?? "", caller);
        // A refusal must still reach the client: the rest of the content is read and dropped.
        await uploadImage(store, image, request.raw.iterator({ destroyOnReturn: false }));
        return { status: 204 };
      },
    },
    {
      operation: "removeImage",
      access: "rule",
      rule: "ferry:images:remove",
      handle: async ({ params, caller }) => {
        const { id } = await ownImage(store, params.image_id ?? "", caller);
        await store.images.remove(id);
        return { status: 204 };
      },
    },
  ];
}
