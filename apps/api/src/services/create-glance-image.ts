import { fail, type ImageFormat } from "@ferry/core";
import type { Store, StoredImage } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import { enforce } from "../policy.ts";
import { fixedAttributes } from "../views/glance-image.ts";

/** The body of POST /v2/images, checked and with its defaults; other keys are further properties. */
export interface GlanceCreation {
  readonly id?: string;
  readonly name: string;
  readonly disk_format: ImageFormat;
  readonly container_format?: "bare";
  readonly visibility: "private" | "public";
  readonly owner?: string;
  readonly min_disk: number;
  readonly min_ram: number;
  readonly protected: boolean;
  readonly os_hidden: boolean;
  readonly tags?: readonly string[];
  readonly [property: string]: unknown;
}

/** Enters an image that waits for its content. Throws POLICY_FORBIDS, IMAGE_FIXED, IMAGE_EXISTS, VALIDATION_FAILED. */
export async function createGlanceImage(store: Store, creation: GlanceCreation, caller: Caller): Promise<StoredImage> {
  const { id, name, disk_format, container_format: _, visibility, owner, min_disk, min_ram, tags = [], ...others } = creation;
  const { protected: isProtected, os_hidden: isHidden, ...properties } = others;
  const fixed = Object.keys(properties).find((key) => fixedAttributes.some((one) => one === key));
  if (fixed !== undefined) throw fail("IMAGE_FIXED", { attribute: fixed });
  if (visibility === "public") enforce(caller, "publicize_image");
  return await store.images.add({
    ...(id === undefined ? {} : { id }),
    name,
    projectId: ownerOf(owner, caller),
    isPublic: visibility === "public",
    diskFormat: disk_format,
    minDiskGiB: min_disk,
    minRamMiB: min_ram,
    isProtected,
    isHidden,
    tags,
    properties: properties as Record<string, string>,
    source: null,
  });
}

/** The caller's project; another one only for administrators. */
function ownerOf(asked: string | undefined, caller: Caller): string {
  if (asked !== undefined && (asked === caller.projectId || isAdmin(caller))) return asked;
  if (asked !== undefined) throw fail("IMAGE_FIXED", { attribute: "owner" });
  if (caller.projectId === null) throw fail("VALIDATION_FAILED", { sentence: "An image needs a project: scope the token to one." });
  return caller.projectId;
}
