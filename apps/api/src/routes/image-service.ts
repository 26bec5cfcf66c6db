import { Readable } from "node:stream";
import { fail, hasCode, isUuid } from "@ferry/core";
import type { Store, StoredImage } from "@ferry/store";
import type { Operation } from "fast-json-patch";
import type { Caller } from "../caller.ts";
import { imagePatchType } from "../image-content.ts";
import { enforce } from "../policy.ts";
import type { Answer, Input, RouteDefinition } from "../route.ts";
import { createGlanceImage, type GlanceCreation } from "../services/create-glance-image.ts";
import { ownImage, usableImage } from "../services/image-lookup.ts";
import { imageFilter, imageSort } from "../services/image-query.ts";
import { limitOf, text } from "../services/paging.ts";
import { patchImage } from "../services/patch-image.ts";
import { uploadImage } from "../services/upload-image.ts";
import { glanceImage } from "../views/glance-image.ts";
import { imageSchema, imagesSchema } from "../views/glance-schema.ts";

type Asked = Input & { readonly caller: Caller };

/** /image: what /ferry/v1/images has, in the words of Image v2. */
export function imageServiceRoutes(store: Store): readonly RouteDefinition[] {
  return [...versionRoutes, ...readingRoutes(store), ...writingRoutes(store), ...contentRoutes(store), ...tagRoutes(store)];
}

const versionRoutes: readonly RouteDefinition[] = [
  {
    operation: "listImageVersions",
    access: "open",
    handle: ({ base }) => {
      const links = [{ rel: "self", href: `${base}/image/v2/` }];
      const older = ["v2.1", "v2.0"].map((id) => ({ id, status: "SUPPORTED", links }));
      return { status: 300, body: { versions: [{ id: "v2.2", status: "CURRENT", links }, ...older] } };
    },
  },
  { operation: "showImageSchema", access: "rule", rule: "get_image", handle: () => ({ body: imageSchema() }) },
  { operation: "showImagesSchema", access: "rule", rule: "get_images", handle: () => ({ body: imagesSchema() }) },
];

function readingRoutes(store: Store): readonly RouteDefinition[] {
  return [
    { operation: "listImagesV2", access: "rule", rule: "get_images", handle: (asked) => listImages(store, asked) },
    {
      operation: "showImageV2",
      access: "rule",
      rule: "get_image",
      handle: async ({ params, caller }) => ({ body: glanceImage(await usableImage(store, params.image_id ?? "", caller)) }),
    },
  ];
}

async function listImages(store: Store, { query, unknownKeys, request, caller }: Asked): Promise<Answer> {
  const raw = request.query as Record<string, string | string[]>;
  const further = Object.fromEntries(unknownKeys.map((key) => [key, String([raw[key]].flat().at(-1))]));
  const [limit, marker] = [limitOf(query), text(query, "marker") ?? null];
  if (marker !== null && !isUuid(marker)) throw unknownMarker(marker);
  const page = { sort: imageSort(query), limit, marker };
  const images = await store.imageLists.page(imageFilter(query, further, caller), page).catch((error: unknown) => {
    throw marker !== null && hasCode(error, "IMAGE_NOT_FOUND") ? unknownMarker(marker) : error;
  });
  const asked = new URLSearchParams(request.url.split("?", 2)[1] ?? "");
  const link = (last?: string): string => {
    const params = new URLSearchParams(asked);
    params.delete("marker");
    if (last !== undefined) params.set("marker", last);
    return params.size === 0 ? "/v2/images" : `/v2/images?${params}`;
  };
  const last = images.length === limit ? images.at(-1)?.id : undefined;
  const next = last === undefined ? {} : { next: link(last) };
  return { body: { images: images.map(glanceImage), first: link(), ...next, schema: "/v2/schemas/images" } };
}

const unknownMarker = (marker: string): Error =>
  fail("VALIDATION_FAILED", { sentence: `Invalid input for query parameters marker. Value: ${marker}. It is no image.` });

function writingRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "createImageV2",
      access: "rule",
      rule: "add_image",
      handle: async ({ body, caller, base }) => {
        const image = await createGlanceImage(store, body as GlanceCreation, caller);
        return { status: 201, headers: { Location: `${base}/image/v2/images/${image.id}` }, body: glanceImage(image) };
      },
    },
    {
      operation: "updateImageV2",
      access: "rule",
      rule: "modify_image",
      handle: async ({ params, body, caller, request }) => {
        const { id } = await ownImage(store, params.image_id ?? "", caller);
        demandPatch(request.headers["content-type"]);
        const changed = await store.images.change(id, (image) => {
          const change = patchImage(image, body as readonly Operation[]);
          if (change.isPublic && !image.isPublic) enforce(caller, "publicize_image");
          return change;
        });
        return { body: glanceImage(changed) };
      },
    },
    {
      operation: "deleteImageV2",
      access: "rule",
      rule: "delete_image",
      handle: async ({ params, caller }) => {
        const { id } = await ownImage(store, params.image_id ?? "", caller);
        await store.images.remove(id);
        return { status: 204 };
      },
    },
  ];
}

function demandPatch(contentType = ""): void {
  if (contentType.split(";", 1)[0]?.trim() === imagePatchType) return;
  throw fail("CONTENT_TYPE_UNSUPPORTED", { contentType: contentType.slice(0, 100), wanted: imagePatchType });
}

function contentRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "uploadImageV2",
      access: "rule",
      rule: "upload_image",
      handle: async ({ params, caller, request }) => {
        const image = await ownImage(store, params.image_id ?? "", caller);
        // A refusal must still reach the client: the rest of the content is read and dropped.
        await uploadImage(store, image, request.raw.iterator({ destroyOnReturn: false }));
        return { status: 204 };
      },
    },
    {
      operation: "downloadImageV2",
      access: "rule",
      rule: "download_image",
      handle: async ({ params, caller }) => download(store, await usableImage(store, params.image_id ?? "", caller)),
    },
  ];
}

/** Piece by piece, as the client takes it. */
async function download(store: Store, { id, status, source, sizeBytes, checksum }: StoredImage): Promise<Answer> {
  if (source !== null) {
    const host = await store.hosts.find(source.hostId);
    throw fail("IMAGE_ELSEWHERE", { id, host: host?.name ?? source.hostId });
  }
  if (status !== "active" || sizeBytes === null) return { status: 204 };
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Length": String(sizeBytes),
    ...(checksum === null ? {} : { "Content-MD5": checksum }),
  };
  return { headers, body: Readable.from(store.images.content(id), { objectMode: false }) };
}

function tagRoutes(store: Store): readonly RouteDefinition[] {
  const change = async (
    { params, caller }: Asked,
    decide: (tags: readonly string[], tag: string) => readonly string[],
  ): Promise<Answer> => {
    const { id } = await ownImage(store, params.image_id ?? "", caller);
    const tag = params.image_tag ?? "";
    await store.images.change(id, (image) => ({ tags: decide(image.tags, tag) }));
    return { status: 204 };
  };
  return [
    {
      operation: "addImageTag",
      access: "rule",
      rule: "modify_image",
      handle: (asked) => change(asked, (tags, tag) => [...new Set([...tags, tag])]),
    },
    {
      operation: "removeImageTag",
      access: "rule",
      rule: "modify_image",
      handle: (asked) =>
        change(asked, (tags, tag) => {
          if (!tags.includes(tag)) throw fail("IMAGE_TAG_NOT_FOUND", { id: asked.params.image_id ?? "", tag });
          return tags.filter((one) => one !== tag);
        }),
    },
  ];
}
