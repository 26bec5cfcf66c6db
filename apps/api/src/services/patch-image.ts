import { bodySchemaAt, operationOf, type Schema } from "@ferry/contract";
import { fail } from "@ferry/core";
import type { ImageChange, StoredImage } from "@ferry/store";
import jsonPatch, { type Operation } from "fast-json-patch";
import { type Check, compile, show } from "../validator.ts";
import { fixedAttributes } from "../views/glance-image.ts";

/** What a patch may change of an image, as clients see it. */
interface Changeable {
  readonly name: string;
  readonly visibility: "private" | "public";
  readonly min_disk: number;
  readonly min_ram: number;
  readonly protected: boolean;
  readonly os_hidden: boolean;
  readonly tags: readonly string[];
  readonly [property: string]: unknown;
}

const changeable = ["name", "visibility", "min_disk", "min_ram", "protected", "os_hidden", "tags"] as const;

/**
 * The image after a JSON patch whose form the contract has checked. Throws IMAGE_FIXED for what is not to be changed, VALIDATION_FAILED when the patch
 * does not fit the image, or its result is none.
 */
export function patchImage(image: StoredImage, patch: readonly Operation[]): ImageChange {
  for (const { path } of patch) {
    const attribute = path.split("/")[1] ?? "";
    if (fixedAttributes.some((one) => one === attribute)) throw fail("IMAGE_FIXED", { attribute });
  }
  const after = apply(changeableOf(image), patch);
  const complaint = check(after);
  if (complaint !== null) {
    const sentence = `Invalid input for field/attribute ${complaint.path.at(-1) ?? "image"}. Value: ${show(complaint.value, false)}. ${complaint.reason}`;
    throw fail("VALIDATION_FAILED", { sentence });
  }
  return changeOf(after);
}

function changeableOf(image: StoredImage): Changeable {
  return {
    ...image.properties,
    name: image.name,
    visibility: image.isPublic ? "public" : "private",
    min_disk: image.minDiskGiB,
    min_ram: image.minRamMiB,
    protected: image.isProtected,
    os_hidden: image.isHidden,
    tags: [...image.tags],
  };
}

function changeOf({
  name,
  visibility,
  min_disk,
  min_ram,
  protected: isProtected,
  os_hidden: isHidden,
  tags,
  ...further
}: Changeable): ImageChange {
  const properties = further as Record<string, string>;
  return { name, isPublic: visibility === "public", minDiskGiB: min_disk, minRamMiB: min_ram, isProtected, isHidden, tags, properties };
}

function apply(before: Changeable, patch: readonly Operation[]): Changeable {
  try {
    return jsonPatch.applyPatch(before, patch, true, false).newDocument;
  } catch (error) {
    if (!(error instanceof jsonPatch.JsonPatchError)) throw error;
    const where = error.operation?.path ?? "";
    throw fail("VALIDATION_FAILED", { sentence: `Cannot change the image at ${where}: it has no such attribute, or that change is none.` });
  }
}

/** What may be changed obeys the rules of a new image. */
function schemaAfter(): Schema {
  const { properties = {}, ...schema } = bodySchemaAt(operationOf("createImageV2"), 0) ?? {};
  const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => changeable.some((one) => one === name)));
  return { ...schema, properties: kept, required: [...changeable] };
}

const check: Check = compile(schemaAfter(), "strict");
